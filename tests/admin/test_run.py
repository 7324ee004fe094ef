"""The ledger's pages: what each run did, what was rejected with its bytes, and trying it again."""

import csv
import io
import zipfile

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from archive.curation import rejected
from archive.models import Article, Entry, Run
from archive.pipeline import river
from tests.admin.test_paste import HOSTILE, fields_of
from tests.text.test_lines import PAGE

ORCHARD = (
    "The orchard of Osterby will be cut down in spring, its owner said on Tuesday. Nobody wanted the apples. "
    "A neighbour offered to keep the oldest trees, and has written to the council. The council will vote on "
    "his letter in March, a clerk said, and until then no tree may be touched."
)
TABLE = f'kop,verhaal\nFerry,"{ORCHARD}"\n'


@pytest.fixture
def curator(curator):
    """Return a curator who may read the whole ledger."""
    curator.user_permissions.add(Permission.objects.get(codename="view_run"))
    return curator


@pytest.fixture
def run(db, tmp_path):
    """Return a run that created one article and rejected three files."""
    (tmp_path / "ferry.txt").write_text(PAGE)
    (tmp_path / "table.csv").write_text(TABLE)
    (tmp_path / "menu.txt").write_text("Menu\nHome\n")
    (tmp_path / "=cmd.bin").write_bytes(b"\x00\x01 =HYPERLINK()")
    river.import_paths([tmp_path])
    return Run.objects.get()


def page(run):
    """Return the address of a run."""
    return reverse("admin:archive_run_change", args=[run.pk])


def entry(run, path):
    """Return a run's entry of a file."""
    return run.entries.get(path=path)


def mend(entry):
    """Return the address where an entry is mended."""
    return reverse("admin:archive_entry_again", args=[entry.pk])


def test_without_the_permission_a_curator_reads_and_mends_only_what_they_started(client, run):
    client.force_login(User.objects.create_user("ben", password="ben's password", is_staff=True))
    rejected_entry = entry(run, "table.csv")
    for address in (page(run), mend(rejected_entry), reverse("admin:archive_run_rejected", args=[run.pk])):
        assert client.get(address).status_code == 404
    assert client.post(reverse("admin:archive_run_again", args=[run.pk])).status_code == 404
    assert "table.csv" not in client.get(reverse("admin:archive_entry_changelist")).content.decode()
    Run.objects.update(started_by=User.objects.get(username="ben"))
    assert "table.csv" in client.get(page(run)).content.decode()


def test_a_run_shows_its_counts_and_every_entry(curating, run):
    listed = curating.get(reverse("admin:archive_run_changelist")).content.decode()
    assert "1 created, 3 rejected" in listed
    shown = curating.get(page(run)).content.decode()
    for path in ("ferry.txt", "table.csv", "menu.txt", "=cmd.bin"):
        assert f"<bdi>{path}</bdi>" in shown
    assert shown.count("Mend and try again") == 3


def test_entries_are_filtered_by_outcome_and_words_and_paged(curating, run, monkeypatch):
    shown = curating.get(page(run), {"outcome": "created"}).content.decode()
    assert "<bdi>ferry.txt</bdi>" in shown and "<bdi>table.csv</bdi>" not in shown
    shown = curating.get(page(run), {"q": "menu", "outcome": "rejected"}).content.decode()
    assert "<bdi>menu.txt</bdi>" in shown and "<bdi>table.csv</bdi>" not in shown
    monkeypatch.setattr("archive.admin.run.ENTRIES_ON_A_PAGE", 3)
    assert "Page 1 of 2" in curating.get(page(run)).content.decode()
    for nonsense in ({"outcome": "x"}, {"p": "x"}, {"q": "\x00"}, {"p": "-1"}):
        assert curating.get(page(run), nonsense).status_code == 200


def test_the_rejected_come_as_a_zip_with_bytes_and_reasons(curating, run):
    answer = curating.get(reverse("admin:archive_run_rejected", args=[run.pk]))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as packed:
        rows = list(csv.DictReader(io.StringIO(packed.read("rejected.csv").decode("utf-8-sig"))))
        for name in packed.namelist():
            assert ".." not in name and not name.startswith("/")
        assert {row["path"] for row in rows} == {"table.csv", "menu.txt", "'=cmd.bin"}
        assert all(row["reason"] for row in rows)
        row = next(row for row in rows if row["path"] == "table.csv")
        assert packed.read(row["file"]).decode() == TABLE


def test_a_rejected_table_is_tried_again_with_its_columns_told(curating, run):
    broken = entry(run, "table.csv")
    looked = curating.post(mend(broken), {"text": TABLE, "url": "", "columns": "kop=headline\nverhaal=text"})
    assert "1 piece, 1 article" in looked.content.decode()
    answer = curating.post(mend(broken), {**fields_of(looked), "save": "1"}, follow=True)
    again = Run.objects.exclude(pk=run.pk).get()
    made = again.entries.get()
    assert (again.command, made.outcome, made.path, made.retry_of) == (
        "try again",
        "created",
        "table.csv",
        broken,
    )
    assert "Created:" in answer.content.decode()
    assert "Tried again: created." in curating.get(page(run)).content.decode()
    assert bytes(made.source.data) == TABLE.encode()


def test_a_rejected_text_is_edited_and_its_first_bytes_stay_kept(curating, run):
    broken = entry(run, "menu.txt")
    shown = curating.get(mend(broken)).content.decode()
    assert "Menu\nHome" in shown
    looked = curating.post(mend(broken), {"text": ORCHARD, "url": "", "columns": ""})
    curating.post(mend(broken), {**fields_of(looked), "save": "1"})
    made = Entry.objects.get(retry_of=broken)
    assert made.outcome in ("created", "near copy")
    assert bytes(broken.source.data) == b"Menu\nHome\n"


def test_a_line_put_back_mends_a_text_without_article(curating, run):
    broken = entry(run, "menu.txt")
    looked = curating.post(mend(broken), {"text": "Menu\nHome\n", "url": "", "columns": ""})
    assert "put lines back" in looked.content.decode()
    sent = fields_of(looked)
    sent["a1-line"] = [sent["a1-shown"][0].split()[-1].partition(":")[0]]
    curating.post(mend(broken), {**sent, "save": "1"})
    assert Entry.objects.get(retry_of=broken).outcome == "created"
    assert Article.objects.get(path="menu.txt").body == "Home"


def test_all_rejected_are_tried_again_once(curating, run, monkeypatch):
    again = reverse("admin:archive_run_again", args=[run.pk])
    monkeypatch.setattr(rejected, "MOST_AT_ONCE", 2)
    answer = curating.post(again, {"columns": "kop=headline\nverhaal=text"}, follow=True)
    assert "1 file left" in answer.content.decode()
    curating.post(again, {"columns": "kop=headline\nverhaal=text"})
    assert (
        sorted(Entry.objects.filter(retry_of__run=run).values_list("outcome", flat=True))
        == [
            "created",
            "rejected",
            "rejected",
        ]
        or Entry.objects.filter(retry_of__run=run, outcome="rejected").count() == 2
    )
    answer = curating.post(again, {"columns": ""}, follow=True)
    assert "nothing was left to try" in answer.content.decode()
    assert "is no COLUMN=FIELD" in curating.post(again, {"columns": "x"}, follow=True).content.decode()


def test_what_is_not_rejected_is_not_mended(curating, run):
    assert curating.get(mend(entry(run, "ferry.txt"))).status_code == 404
    assert curating.get(reverse("admin:archive_run_again", args=[run.pk])).status_code == 405
    assert curating.get(reverse("admin:archive_run_change", args=[10**9])).status_code == 404


def test_bytes_that_are_no_text_are_tried_as_they_came(curating, run):
    broken = entry(run, "=cmd.bin")
    assert "no text that can be edited" in curating.get(mend(broken)).content.decode()
    looked = curating.post(mend(broken), {"text": "", "url": "", "columns": ""})
    curating.post(mend(broken), {**fields_of(looked), "save": "1"})
    assert Entry.objects.get(retry_of=broken).outcome == "rejected"


def test_hostile_paths_and_reasons_stay_words(curating, run):
    Entry.objects.create(run=run, path=HOSTILE, outcome="rejected", reason=HOSTILE)
    Run.objects.filter(pk=run.pk).update(arguments=[HOSTILE], command=HOSTILE[:60])
    hostile = entry(run, HOSTILE)
    for address in (page(run), mend(hostile), reverse("admin:archive_run_changelist")):
        shown = curating.get(address).content.decode()
        assert "<script>alert" not in shown and "<img" not in shown
    looked = curating.post(mend(hostile), {"text": PAGE, "url": "", "columns": ""})
    assert "<script>alert" not in looked.content.decode()
    answer = curating.get(reverse("admin:archive_run_rejected", args=[run.pk]))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as packed:
        assert all("<" not in name for name in packed.namelist())


def test_a_visitor_and_a_reader_reach_none_of_it(client, run):
    broken = entry(run, "menu.txt")
    addresses = [
        page(run),
        mend(broken),
        reverse("admin:archive_run_changelist"),
        reverse("admin:archive_run_rejected", args=[run.pk]),
        reverse("admin:archive_run_again", args=[run.pk]),
    ]
    reader = User.objects.create_user("reader", password="reader's password")
    for signed_in in (False, True):
        if signed_in:
            client.force_login(reader)
        for address in addresses:
            for answer in (client.get(address), client.post(address, {"text": PAGE})):
                assert answer.status_code == 302
                assert answer["Location"].startswith(reverse("admin:login"))
    assert Run.objects.count() == 1


def test_rows_of_a_table_are_tried_again_under_its_header(curator, db, tmp_path, monkeypatch):
    monkeypatch.setattr("archive.text.formats.streams.PART_ROWS", 2)
    rows = [f'Story {number},"{ORCHARD} Number {number}."' for number in range(3)]
    (tmp_path / "long.csv").write_text("\n".join(["headline,text", *rows, "No text,"]) + "\n")
    river.import_paths([tmp_path])
    broken = Entry.objects.get(outcome="rejected")
    piece = rejected.piece_of(broken)
    assert piece.data.startswith(b"headline,text\n")
    assert piece.data.endswith(b"No text,\n")


def test_a_page_that_could_not_be_harvested_is_pasted_in_its_place(curating, db):
    run = Run.objects.create(command="harvest", tool_version="test")
    address = "https://post.example/2019/03/12/orchard"
    broken = Entry.objects.create(run=run, path=address, outcome="rejected", reason="The site is busy.")
    shown = curating.get(mend(broken)).content.decode()
    assert "bytes could not be kept" in shown
    assert f'value="{address}"' in shown
    looked = curating.post(mend(broken), {"text": ORCHARD, "url": address, "columns": ""})
    curating.post(mend(broken), {**fields_of(looked), "save": "1"})
    article = Article.objects.get()
    assert (article.url, article.published.date().isoformat()) == (address, "2019-03-12")
