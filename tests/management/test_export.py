"""`manage.py export`, from the command line to the file."""

import csv
import io
import json
import subprocess
import sys
import tracemalloc

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive.exports.catalogue import EXPORTS
from archive.exports.streams import AT_ONCE
from archive.models import Article
from tests.archive_factory import make_article, make_event
from tests.places import environment

HOSTILE = '=HYPERLINK("https://evil.example","<script>alert(1)</script>")\u202e'


def export(*arguments):
    """Return what the command writes to its two outputs."""
    out, err = io.StringIO(newline=""), io.StringIO()
    call_command("export", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def archive(db):
    """Hold two articles of one event; one is hostile in every field that a file can fill."""
    plain = make_article(
        people=["Ada Lund"], body="Ada Lund spoke of Norport Water.", organisations=["Norport Water"]
    )
    hostile = make_article(
        HOSTILE, f"{HOSTILE}\n\n\u2028@x", authors=[HOSTILE], captions=[HOSTILE], url="javascript:x"
    )
    make_event(HOSTILE, plain, hostile)


@pytest.mark.parametrize("what", EXPORTS)
@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_every_table_is_written_the_same_when_made_again(archive, what, format):
    first, said = export(what, "--format", format)
    assert export(what, "--format", format) == (first, said)
    said_when_one = {"people": "1 person", "organisations": "1 organisation", "events": "1 event"}
    assert said == f"Exported {said_when_one.get(what, '2 articles')}.\n"


@pytest.mark.parametrize("what", EXPORTS)
def test_csv_and_json_lines_hold_the_same_rows_and_columns(archive, what):
    objects = [json.loads(line) for line in export(what)[0].splitlines()]
    records = list(csv.DictReader(io.StringIO(export(what, "--format", "csv")[0], newline="")))
    assert objects
    assert [int(record["id"]) for record in records] == [row["id"] for row in objects]
    assert all(tuple(row) == EXPORTS[what].columns for row in [*objects, *records])


def test_hostile_text_is_whole_in_json_and_harmless_in_csv(archive):
    _, row = map(json.loads, export("articles")[0].splitlines())
    assert (row["headline"], row["authors"], row["url"]) == (HOSTILE, [HOSTILE], "javascript:x")
    _, record = csv.DictReader(io.StringIO(export("articles", "--format", "csv")[0], newline=""))
    assert record["headline"] == f"'{HOSTILE}"
    assert record["body"] == f"'{HOSTILE}\n\n\u2028@x"
    assert json.loads(record["authors"]) == [HOSTILE]
    assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for value in record.values())


def test_a_file_holds_what_the_standard_output_would(archive, tmp_path):
    file = tmp_path / "out.csv"
    out, said = export("articles", "--format", "csv", "--output", str(file))
    assert out == ""
    assert file.read_bytes().decode() == export("articles", "--format", "csv")[0]
    assert list(tmp_path.iterdir()) == [file]
    assert "2 articles" in said


def test_a_byte_order_mark_only_where_it_is_asked_for_and_only_in_csv(archive):
    assert not export("articles", "--format", "csv")[0].startswith("\ufeff")
    assert export("articles", "--format", "csv", "--bom")[0].startswith("\ufeffid,")
    assert export("articles", "--bom")[0].startswith("{")


def test_a_file_that_cannot_be_written_is_told_in_one_sentence(archive, tmp_path):
    with pytest.raises(CommandError, match=r"cannot be written .*name another"):
        export("articles", "--output", str(tmp_path / "no folder" / "out.jsonl"))


def test_a_broken_off_export_leaves_the_older_file_alone(archive, tmp_path, monkeypatch):
    file = tmp_path / "out.jsonl"
    file.write_text("older")

    def broken(queryset):
        yield {"id": 1}
        raise RuntimeError("the power fails")

    monkeypatch.setitem(EXPORTS, "articles", EXPORTS["articles"]._replace(rows=broken))
    with pytest.raises(RuntimeError):
        export("articles", "--output", str(file))
    assert [(entry.name, entry.read_text()) for entry in tmp_path.iterdir()] == [("out.jsonl", "older")]


def test_an_empty_archive_gives_a_header_or_nothing(db):
    assert export("people") == ("", "Exported 0 people.\n")
    assert export("people", "--format", "csv")[0] == ",".join(EXPORTS["people"].columns) + "\r\n"


def test_earlier_versions_come_when_asked_for(db):
    make_article(previous=make_article(newest=False))
    assert len(export("articles")[0].splitlines()) == 1
    assert len(export("articles", "--all")[0].splitlines()) == 2


def test_every_row_is_there_however_many_pieces_it_takes(db):
    for number in range(2 * AT_ONCE + 1):
        make_article(f"Headline {number}")
    lines = export("articles")[0].splitlines()
    assert [json.loads(line)["headline"] for line in lines] == [
        f"Headline {n}" for n in range(2 * AT_ONCE + 1)
    ]


def test_memory_stays_flat_however_much_there_is(db, tmp_path):
    pattern, count, body = make_article(), 5 * AT_ONCE, "word " * 5_000
    pattern_fields = {"source": pattern.source, "path": "x", "raw": "", "body": body}
    Article.objects.bulk_create(
        (Article(content_key=f"{number:064}", **pattern_fields) for number in range(count)), batch_size=50
    )
    tracemalloc.start()
    export("articles", "--output", str(tmp_path / "out.jsonl"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    written = (tmp_path / "out.jsonl").stat().st_size
    assert written > count * len(body)
    assert peak < 3 * AT_ONCE * len(body) < written


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_half_in(monkeypatch):
    make_article("before")
    rows = EXPORTS["articles"].rows

    def rows_while_another_writes(queryset):
        seen = rows(queryset)
        yield next(seen)
        assert queryset.count() == 1
        with connection.cursor() as cursor, pytest.raises(Exception, match="read-only"):
            cursor.execute("DELETE FROM archive_entry")
        connection.needs_rollback = False

    monkeypatch.setitem(EXPORTS, "articles", EXPORTS["articles"]._replace(rows=rows_while_another_writes))
    assert len(export("articles")[0].splitlines()) == 1
    assert Article.objects.count() == 1


def test_an_unknown_table_is_refused(db):
    with pytest.raises(CommandError, match="invalid choice"):
        export("sources")


WRITE_MUCH = """
import sys
import django
django.setup()
from archive.management.commands.export import _quiet_if_nobody_reads_on
with _quiet_if_nobody_reads_on():
    sys.stdout.write("x" * 10_000_000)
"""


def test_a_reader_that_stops_is_no_error(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", WRITE_MUCH],
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    with process:
        assert process.stderr.read() == b""
        assert process.wait(30) == 141
