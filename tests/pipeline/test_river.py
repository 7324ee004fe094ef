"""The whole import: every input under one outcome, once and for all, whatever else lies beside it."""

import json
from collections import Counter
from itertools import permutations

import pytest
from django.db import OperationalError, connection

from archive.models import (
    Article,
    Entity,
    Entry,
    Event,
    Figure,
    Mention,
    Outlet,
    Quotation,
    Run,
    SearchRow,
    Source,
)
from archive.pipeline import importing, intake, preparing, river
from tests.stories import HARBOUR, HARBOUR_ELSEWHERE, ORCHARD, put, put_sources

pytestmark = pytest.mark.django_db

POST = "a.txt,The Varnholm Post,https://post.example/ferry,2019-03-12,its site"


def run_over(*paths, **options):
    return river.import_paths(paths, **options)


def outcomes() -> dict[str, str]:
    """What the last run said of each path."""
    run = Run.objects.latest("pk")
    return {entry.path: entry.outcome for entry in run.entries.all()}


def reasons() -> dict[str, str]:
    run = Run.objects.latest("pk")
    return {entry.path: entry.reason for entry in run.entries.all()}


def everything() -> list:
    """All that readers can see, without the ledger."""
    models = (Article, Mention, Quotation, Figure, Entity, Event, Outlet, SearchRow, Source)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_running_again_changes_nothing(tmp_path):
    put(tmp_path, a=HARBOUR, b=HARBOUR_ELSEWHERE, c=ORCHARD, d=ORCHARD)
    put_sources(tmp_path, POST, "b.txt,Strait Times,https://strait.example/1,,")
    run_over(tmp_path)
    before = everything()
    run_over(tmp_path)
    assert everything() == before
    assert outcomes() == {
        "a.txt": "unchanged",
        "b.txt": "unchanged",
        "c.txt": "unchanged",
        "d.txt": "exact copy",
    }


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty", b"", "is empty"),
        ("blank", b" \n\t\n", "nothing but white space"),
        ("binary", bytes(range(256)) * 8, "machine data"),
        ("picture", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "PNG picture"),
        ("nul", b"A text with a \x00 byte" + b" in it, which no text has.\n" * 20, "NUL byte"),
        ("line", b"x" * 50_000_000, "split it into one file for each article"),
        ("menu", b"Home\nNews\nSport\nLogin\n", "No article text"),
    ],
)
def test_one_bad_file_never_stops_the_rest(tmp_path, name, data, said):
    put(tmp_path, a=HARBOUR, z=ORCHARD, **{name: data})
    report = run_over(tmp_path)
    assert outcomes() == {"a.txt": "created", "z.txt": "created", f"{name}.txt": "rejected"}
    assert said in reasons()[f"{name}.txt"]
    assert report.counts["rejected"] == 1
    assert any(said in line for line in report.lines)


def test_bytes_that_were_rejected_are_kept_too(tmp_path):
    put(tmp_path, nul=b"A text with a \x00 byte.\n")
    run_over(tmp_path)
    entry = Entry.objects.get(path="nul.txt")
    assert bytes(entry.source.data) == b"A text with a \x00 byte.\n"
    assert entry.byte_offset == 14


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_give_the_same_article(tmp_path, encoding):
    text = HARBOUR.replace("Varnholm", "Värnholm")
    put(tmp_path, a=text.encode(encoding))
    run_over(tmp_path)
    article = Article.objects.get()
    assert article.headline == "Ferry strike closes the harbour of Värnholm"
    assert article.raw == text
    assert bytes(article.source.data) == text.encode(encoding)


def test_without_headline_it_is_imported_and_said(tmp_path):
    body = "\n\n".join(paragraph for paragraph in HARBOUR.split("\n\n")[2:])
    put(tmp_path, a=body)
    run_over(tmp_path)
    assert Article.objects.get().headline == ""
    assert "No headline was found" in reasons()["a.txt"]


def test_two_files_with_the_same_text_are_one_article(tmp_path):
    put(tmp_path, a=HARBOUR, b=HARBOUR.replace("\n", "\r\n"))
    run_over(tmp_path)
    assert outcomes() == {"a.txt": "created", "b.txt": "exact copy"}
    assert Article.objects.count() == 1
    assert Source.objects.count() == 2
    assert "same text as a.txt" in reasons()["b.txt"]


def test_the_same_text_at_another_outlet_is_an_article_and_a_copy(tmp_path):
    put(tmp_path, a=HARBOUR, b=HARBOUR)
    put_sources(tmp_path, POST, "b.txt,Strait Times,https://strait.example/1,,")
    run_over(tmp_path)
    assert outcomes() == {"a.txt": "created", "b.txt": "exact copy"}
    original, copy = Article.objects.order_by("path")
    assert copy.copy_of == original
    assert original.copy_of is None


def test_the_same_address_with_other_words_is_a_new_version(tmp_path):
    put_sources(put(tmp_path, a=HARBOUR), POST)
    run_over(tmp_path)
    put(tmp_path, a=HARBOUR.replace("340 workers", "360 workers"))
    run_over(tmp_path)
    assert outcomes() == {"a.txt": "new version"}
    old, new = Article.objects.order_by("pk")
    assert new.previous == old
    assert (old.newest, new.newest) == (False, True)
    assert [row.article_id for row in SearchRow.objects.all()] == [new.pk]
    assert old.mentions.exists()  # an old version can still be read


def test_an_old_version_met_again_is_unchanged(tmp_path):
    put_sources(put(tmp_path / "1", a=HARBOUR), POST)
    put_sources(put(tmp_path / "2", a=HARBOUR.replace("340", "360")), POST)
    run_over(tmp_path / "1")
    run_over(tmp_path / "2")
    before = everything()
    run_over(tmp_path / "1")
    assert outcomes() == {"a.txt": "unchanged"}
    assert everything() == before


def test_what_surrounds_an_article_may_change(tmp_path):
    put_sources(put(tmp_path, a=HARBOUR), POST)
    run_over(tmp_path)
    put(tmp_path, a=HARBOUR.replace("\n\n", "\n\n\n"))
    run_over(tmp_path)
    assert outcomes() == {"a.txt": "unchanged"}
    assert Article.objects.count() == 1


def test_a_corrected_file_without_address_is_a_new_version_by_its_name_and_headline(tmp_path):
    put(tmp_path, a=HARBOUR)
    run_over(tmp_path)
    put(tmp_path, a=HARBOUR.replace("340 workers", "360 workers"))
    run_over(tmp_path)
    assert outcomes() == {"a.txt": "new version"}


def test_another_story_under_an_old_name_is_a_new_article(tmp_path):
    put(tmp_path, a=HARBOUR)
    run_over(tmp_path)
    put(tmp_path, a=ORCHARD)
    run_over(tmp_path)
    assert outcomes() == {"a.txt": "created"}
    assert Article.objects.filter(newest=True).count() == 2


def test_a_sources_file_that_comes_later_completes_the_article(tmp_path):
    put(tmp_path, a=HARBOUR)
    run_over(tmp_path)
    put_sources(tmp_path, POST)
    run_over(tmp_path)
    article = Article.objects.get()
    assert outcomes() == {"a.txt": "unchanged"}
    assert "taken over" in reasons()["a.txt"]
    assert (article.outlet.name, article.url) == ("The Varnholm Post", "https://post.example/ferry")
    assert SearchRow.objects.get().outlet_id == article.outlet_id


@pytest.mark.parametrize("named", ["a", "b"])
def test_of_two_files_with_one_text_the_one_with_an_address_gives_the_article_its_place(tmp_path, named):
    put(tmp_path, a=HARBOUR, b=HARBOUR)
    put_sources(tmp_path, POST.replace("a.txt", f"{named}.txt"))
    run_over(tmp_path)
    article = Article.objects.get()
    assert (article.path, article.url) == (f"{named}.txt", "https://post.example/ferry")
    before = everything()
    run_over(tmp_path)
    assert outcomes() == {"a.txt": "exact copy", "b.txt": "exact copy", f"{named}.txt": "unchanged"}
    assert everything() == before


def test_what_a_curator_locked_survives(tmp_path):
    put_sources(put(tmp_path, a=HARBOUR), POST)
    run_over(tmp_path)
    article = Article.objects.get()
    article.headline, article.locked = "Corrected", ["headline", "outlet"]
    article.outlet = Outlet.objects.create(name="Corrected outlet")
    article.save()
    run_over(tmp_path)
    run_over(tmp_path, clean_again=True)
    article.refresh_from_db()
    assert (article.headline, article.outlet.name) == ("Corrected", "Corrected outlet")
    assert Article.objects.count() == 1


def test_an_outlet_that_a_curator_renamed_is_not_made_again(tmp_path):
    put_sources(put(tmp_path / "1", a=HARBOUR), "a.txt,Post,,,")
    run_over(tmp_path / "1")
    Outlet.objects.update(name="The Varnholm Post", locked=True)
    put_sources(put(tmp_path / "2", b=ORCHARD), "b.txt,Post,,,")
    run_over(tmp_path / "2")
    outlet = Outlet.objects.get()
    assert outlet.name == "The Varnholm Post"
    assert outlet.articles.count() == 2


def test_every_input_stands_in_the_ledger_once(tmp_path):
    put(tmp_path, a=HARBOUR, b=HARBOUR, c=b"", d=ORCHARD)
    put_sources(tmp_path, POST, "gone.txt,,,,")
    report = run_over(tmp_path)
    paths = Counter(Entry.objects.values_list("path", flat=True))
    assert paths == {"a.txt": 1, "b.txt": 1, "c.txt": 1, "d.txt": 1, "sources.csv": 1}
    assert report.total == 5
    assert Run.objects.get().ended_at is not None


def test_a_text_that_cannot_be_stored_does_not_stop_its_batch(tmp_path, monkeypatch):
    put(tmp_path, a=HARBOUR, b=ORCHARD)
    rows = [{"title": text.split("\n")[0], "text": text} for text in (ORCHARD, HARBOUR_ELSEWHERE)]
    (tmp_path / "c.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    fill = importing.fill

    def broken(article, *arguments):
        fill(article, *arguments)
        if "apple" in article.headline:
            article.body += "\x00"

    monkeypatch.setattr(importing, "fill", broken)
    run_over(tmp_path)
    met = Entry.objects.order_by("path", "block").values_list("path", "block", "outcome")
    assert list(met) == [
        *(("a.txt", 1, "created"), ("b.txt", 1, "rejected")),
        *(("c.jsonl", 1, "rejected"), ("c.jsonl", 2, "created")),
    ]
    assert "could not be stored" in reasons()["b.txt"]


def test_a_rule_that_fails_on_a_text_rejects_that_text(tmp_path, monkeypatch):
    put(tmp_path, a=HARBOUR, b=ORCHARD)
    clean = preparing.cleaning.clean

    def broken(text, *arguments):
        if "apple" in text:
            raise RecursionError("too deep")
        return clean(text, *arguments)

    monkeypatch.setattr(preparing.cleaning, "clean", broken)
    run_over(tmp_path)
    assert outcomes() == {"a.txt": "created", "b.txt": "rejected"}
    assert "RecursionError" in reasons()["b.txt"]


def test_a_rule_that_fails_on_names_leaves_an_article_without_names(tmp_path, monkeypatch):
    put(tmp_path, a=HARBOUR, b=ORCHARD)
    quotations = river.annotating.quotes.quotations

    def broken(body, mentions):
        if "apple" in body:
            raise IndexError("no such mark")
        return quotations(body, mentions)

    monkeypatch.setattr(river.annotating.quotes, "quotations", broken)
    report = run_over(tmp_path)
    assert outcomes() == {"a.txt": "created", "b.txt": "created"}
    assert any("b.txt" in line and "IndexError" in line for line in report.lines)
    assert not Mention.objects.filter(article__path="b.txt").exists()
    assert Mention.objects.filter(article__path="a.txt").exists()


def test_two_imports_at_once_double_nothing(tmp_path, monkeypatch):
    """While one import has read a batch and not stored it, another stores the same files."""
    put(tmp_path, a=HARBOUR, b=ORCHARD)
    wait = river.ledger.wait_for_turn
    turns = []

    def overtaken():
        turns.append(1)
        if len(turns) == 1:
            run_over(tmp_path)
        wait()

    monkeypatch.setattr(river.ledger, "wait_for_turn", overtaken)
    report = run_over(tmp_path)
    assert report.counts["unchanged"] == 2
    assert Article.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("stage", ["annotating", "resolving", "grouping", "searching"])
def test_an_import_broken_off_leaves_nothing_half_done(tmp_path, monkeypatch, stage):
    put_sources(put(tmp_path, a=HARBOUR, b=HARBOUR_ELSEWHERE, c=ORCHARD), POST)
    monkeypatch.setattr(intake, "BATCH_ITEMS", 1)
    done = []

    def stop(*arguments, **options):
        done.append(1)
        if len(done) == 2:
            raise KeyboardInterrupt
        return original(*arguments, **options)

    original = getattr(river, stage).run
    monkeypatch.setattr(getattr(river, stage), "run", stop)
    with pytest.raises(KeyboardInterrupt):
        run_over(tmp_path)
    assert list(Article.objects.values_list("path", flat=True)) == ["a.txt"]
    assert SearchRow.objects.count() == 1
    assert Run.objects.get().ended_at is None
    monkeypatch.undo()
    run_over(tmp_path)
    assert outcomes() == {"a.txt": "unchanged", "b.txt": "created", "c.txt": "created"}


def test_a_lost_database_is_no_file_s_fault(tmp_path, monkeypatch):
    put(tmp_path, a=HARBOUR)

    def lose(*arguments, **options):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(river.importing, "run", lose)
    with pytest.raises(OperationalError):
        run_over(tmp_path)
    assert not Entry.objects.exists()


def seen() -> list:
    """What an archive holds, in words that do not depend on row numbers."""
    events = [
        [*sorted(event.articles.values_list("path", flat=True)), event.title, event.article_count]
        for event in Event.objects.live()
    ]
    entities = Entity.objects.live().values_list("key", "kind", "name", "article_count", "mention_count")
    links = Mention.objects.values_list("article__path", "start", "surface", "entity__key")
    return [sorted(events), sorted(entities), sorted(links)]


def test_the_order_of_import_does_not_matter(tmp_path):
    texts = {"a": HARBOUR, "b": HARBOUR_ELSEWHERE, "c": ORCHARD}
    found = []
    for order in permutations(texts):
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT shuffled")
            for name in order:
                run_over(put(tmp_path / "".join(order) / name, **{name: texts[name]}))
            found.append(seen())
            cursor.execute("ROLLBACK TO SAVEPOINT shuffled")
    assert all(one == found[0] for one in found)
    assert found[0][0][0][:2] == ["a.txt", "b.txt"]


def test_a_small_batch_gives_what_a_large_one_gives(tmp_path, monkeypatch):
    put(tmp_path, a=HARBOUR, b=HARBOUR_ELSEWHERE, c=ORCHARD)
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT together")
        run_over(tmp_path)
        together = seen()
        cursor.execute("ROLLBACK TO SAVEPOINT together")
    monkeypatch.setattr(intake, "BATCH_ITEMS", 1)
    run_over(tmp_path)
    assert seen() == together


def test_the_watcher_is_told_of_every_input(tmp_path):
    put(tmp_path, a=HARBOUR, b=b"", c=ORCHARD)
    told = []
    run_over(tmp_path, watch=lambda items, size: told.append((items, size)))
    assert sum(items for items, size in told) == 3
    assert sum(size for items, size in told) == intake.expected_bytes([tmp_path])
