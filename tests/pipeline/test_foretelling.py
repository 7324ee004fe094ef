"""A dry run: the outcomes of an import, and an archive that nothing has touched."""

import pytest
from django.db import connection

from archive.models import Article, Entity, Entry, Outlet, Run, SearchRow, Source, Wording
from archive.pipeline import foretelling, intake, river
from tests.stories import HARBOUR, HARBOUR_ELSEWHERE, ORCHARD, put, put_sources

pytestmark = pytest.mark.django_db

POST = "a.txt,The Varnholm Post,https://post.example/ferry,2019-03-12,its site"
TOUCHED = (Article, Entity, Entry, Outlet, Run, SearchRow, Source, Wording)


def same_outcomes(*paths) -> dict[str, int]:
    """The outcomes that are foretold, which must be those of the import that follows."""
    before = [model.objects.count() for model in TOUCHED]
    foretold = river.foretell(paths)
    assert [model.objects.count() for model in TOUCHED] == before
    assert {**foretold.counts} == {**river.import_paths(paths).counts}
    return {outcome: number for outcome, number in foretold.counts.items() if number}


def test_it_tells_what_the_import_does(tmp_path):
    put(tmp_path, a=HARBOUR, b=HARBOUR, c=b"", d=ORCHARD, e=HARBOUR_ELSEWHERE)
    put_sources(tmp_path, POST, "gone.txt,,,,")
    assert same_outcomes(tmp_path) == {"created": 3, "exact copy": 1, "rejected": 2}


def test_what_is_there_counts(tmp_path):
    put_sources(put(tmp_path, a=HARBOUR, b=ORCHARD), POST)
    river.import_paths([tmp_path])
    put(tmp_path, a=HARBOUR.replace("340 workers", "355 workers"), c=ORCHARD.replace("2 May", "3 May"))
    assert same_outcomes(tmp_path) == {"unchanged": 1, "exact copy": 1, "new version": 1}


def test_what_it_met_itself_counts_over_batches(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "BATCH_ITEMS", 1)
    lines = ORCHARD.replace("40 hectares", "45 hectares")
    put(tmp_path, a=ORCHARD, b=ORCHARD, c=lines, d=HARBOUR)
    assert same_outcomes(tmp_path) == {"created": 2, "exact copy": 1, "near copy": 1}


def test_no_statement_writes(tmp_path):
    put(tmp_path, a=HARBOUR, b=ORCHARD)
    said = []
    with connection.execute_wrapper(
        lambda execute, sql, *rest: (said.append(str(sql)), execute(sql, *rest))[1]
    ):
        river.foretell([tmp_path])
    assert {one.split()[0].upper() for one in said} <= {"SELECT", "SAVEPOINT", "RELEASE", "SET", "WITH"}
    assert not any("nextval" in one for one in said)


def test_remarks_are_told_up_to_a_number(tmp_path, monkeypatch):
    monkeypatch.setattr(foretelling.ledger, "MOST_LINES", 2)
    put(tmp_path, a=b"", b=b"", c=b"")
    report = river.foretell([tmp_path])
    assert sum("rejected. The file" in line for line in report.lines) == 2
    assert report.lines[-1] == "1 more have a remark."
    assert report.title == "Would import"


def test_a_copy_of_a_copy_and_the_piece_that_it_is_like(tmp_path):
    names = [
        "Alder",
        "Birch",
        "Cedar",
        "Elm",
        "Fir",
        "Gorse",
        "Hazel",
        "Ivy",
        "Larch",
        "Maple",
        "Oak",
        "Pine",
    ]
    lines = [
        f"The {one}er of {one}ton met the {one}man at {one}ham, where {one}low and {one}sted had sold "
        f"{one}wine to the {one}ers, said {one}a {one}berg, and {one}wick and {one}by were lit by {one}lamps."
        for one in names
    ]
    pages = [
        f"Lanterns of {names[first]} Street are lit\n\n{day} May 2021\n\n" + "\n\n".join(lines[first:][:8])
        for first, day in ((0, 4), (2, 5), (4, 6))
    ]
    put(tmp_path, dump="\n\f\n".join(pages))
    foretold = river.foretell([tmp_path])
    assert same_outcomes(tmp_path) == {"created": 1, "near copy": 2}
    assert Article.objects.filter(text_group=None).count() == 1  # only the second is a copy of the first
    remarks = list(Entry.objects.exclude(reason="").order_by("block").values_list("reason", flat=True))
    assert [remark.rpartition(" of ")[0][-7:] for remark in remarks] == ["piece 1", "piece 2"]
    assert all(any(remark in line for line in foretold.lines) for remark in remarks)
