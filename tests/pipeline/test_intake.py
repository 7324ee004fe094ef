"""From files of every format into the archive: nothing lost, nothing doubled, every byte with its place."""

import gzip
import io
import json
import zipfile

import pytest

from archive.models import Article, Entry, Run
from archive.pipeline import intake, river
from archive.pipeline.files import Remark
from tests.stories import HARBOUR, HARBOUR_ELSEWHERE, ORCHARD, put, put_sources


def row(text: str, number: int = 0, **more: object) -> dict[str, object]:
    headline, date, *paragraphs = text.strip().split("\n\n")
    return {"title": headline, "date": date, "text": "\n\n".join(paragraphs), "n": number, **more}


def lines(*rows: object) -> bytes:
    return "".join(json.dumps(one) + "\n" for one in rows).encode()


def entries() -> list[tuple[str, int, str]]:
    found = Run.objects.latest("pk").entries.order_by("pk")
    return [(entry.path, entry.block, entry.outcome) for entry in found]


def page(text: str) -> str:
    headline, _, *paragraphs = text.strip().split("\n\n")
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<html><head><title>{headline}</title></head><body><article>{body}</article></body></html>"


@pytest.mark.django_db
def test_a_row_that_is_no_article_stops_no_other_and_again_nothing_changes(tmp_path):
    data = lines(row(HARBOUR), {"title": "Only a title"}, row(ORCHARD))
    (tmp_path / "rows.jsonl.gz").write_bytes(gzip.compress(data))
    river.import_paths([tmp_path])
    assert entries() == [
        ("rows.jsonl.gz", 1, "created"),
        ("rows.jsonl.gz", 3, "created"),
        ("rows.jsonl.gz", 2, "rejected"),
    ]
    rejected = Entry.objects.get(outcome="rejected")
    assert data[rejected.byte_offset :].startswith(b'{"title": "Only a title"}')
    river.import_paths([tmp_path])
    assert [outcome for _, _, outcome in entries()] == ["unchanged", "unchanged", "rejected"]
    assert Article.objects.count() == 2


@pytest.mark.django_db
def test_the_bytes_of_every_row_are_kept_under_its_article(tmp_path, monkeypatch):
    monkeypatch.setattr("archive.text.formats.streams.PART_ROWS", 2)
    rows = [row(HARBOUR.replace("340", str(400 + number)), number) for number in range(5)]
    (tmp_path / "rows.jsonl").write_bytes(lines(*rows))
    river.import_paths([tmp_path])
    assert Article.objects.count() == 5
    for article in Article.objects.all():
        kept = bytes(article.source.data)[article.byte_start : article.byte_end]
        assert json.loads(kept)["n"] == article.block - 1
    assert len({article.source_id for article in Article.objects.all()}) == 3


@pytest.mark.django_db
def test_what_is_known_of_a_file_of_many_is_true_of_each_only_for_the_outlet(tmp_path):
    (tmp_path / "rows.jsonl").write_bytes(lines(row(HARBOUR), row(ORCHARD)))
    put(tmp_path, a=HARBOUR_ELSEWHERE)
    put_sources(
        tmp_path,
        "rows.jsonl,The Varnholm Post,https://post.example/one,2001-01-01,its site",
        "a.txt,The Varnholm Post,https://post.example/two,2019-03-13,its site",
    )
    river.import_paths([tmp_path])
    told = {article.headline[:5]: article for article in Article.objects.all()}
    assert {article.outlet.name for article in told.values()} == {"The Varnholm Post"}
    assert (told["Ferry"].url, told["Late "].url) == ("", "")
    assert (told["Ferry"].published.year, told["Late "].published.year) == (2019, 2021)
    assert told["Secon"].url == "https://post.example/two"


@pytest.mark.django_db
def test_one_story_in_five_formats(tmp_path):
    put(tmp_path, text=HARBOUR)
    (tmp_path / "page.html").write_text(page(HARBOUR_ELSEWHERE))
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "script.js").write_text("x()")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("deep/page.html", page(ORCHARD))
        archive.writestr("../out.txt", HARBOUR)
    (tmp_path / "pages.zip").write_bytes(packed.getvalue())
    (tmp_path / "table.csv").write_text('kop,inhoud\nOrchard,"' + ORCHARD.replace('"', '""') + '"\n')
    report = river.import_paths([tmp_path], columns={"inhoud": "text", "kop": "headline"})
    assert sorted(entries()) == [
        ("page.html", 1, "created"),
        ("pages.zip/../out.txt", 1, "rejected"),
        ("pages.zip/deep/page.html", 1, "created"),
        ("table.csv", 1, "near copy"),
        ("text.txt", 1, "created"),
    ]
    assert "page_files: saved by a browser beside a page, passed over." in str(report)
    saved = Article.objects.get(path="page.html")
    assert saved.headline == "Second day of ferry strike strands passengers at Varnholm"
    assert bytes(saved.source.data) == page(HARBOUR_ELSEWHERE).encode()
    assert "Marta Lindqvist" in saved.body


def test_memory_stays_flat_however_many_rows(tmp_path):
    (tmp_path / "rows.jsonl").write_bytes(lines(*(row(HARBOUR, number) for number in range(2000))))
    largest = 0
    count = 0
    for batch in intake.batches([tmp_path], {}):
        inputs = [one for one in batch if not isinstance(one, Remark)]
        largest = max(largest, sum(one.items for one in inputs))
        count += sum(one.items for one in inputs)
    assert count == 2000
    assert largest <= 2 * intake.BATCH_ITEMS


@pytest.mark.parametrize("pair", ["text", "=text", "kop=", "kop=words", "kop=Text"])
def test_what_names_no_field_is_refused_with_the_fields(pair):
    with pytest.raises(ValueError, match="the fields are text, headline"):
        intake.columns_of([pair])


def test_columns_are_named_by_what_stands_before_the_last_sign():
    assert intake.columns_of(["kop=headline", "a=b=text"]) == {"kop": "headline", "a=b": "text"}
