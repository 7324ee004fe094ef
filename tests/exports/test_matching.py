"""All articles of a search as a file: every row, what the file says of itself, and hostile text in it."""

import csv
import io
import json
import re
import tracemalloc

import pytest
import rispy
from django.http import QueryDict
from pybtex.database import parse_string

from archive.exports.articles import COLUMNS
from archive.exports.formats import as_printed
from archive.exports.matching import FORMATS, export
from archive.exports.streams import AT_ONCE
from archive.models import Article, Outlet
from archive.search.matching import matching
from tests.archive_factory import make_article
from tests.search.search_archive import index

pytestmark = pytest.mark.django_db

QUERY = "https://archive.example/search/?q=bridge"
HOSTILE = [
    "=1+1",
    "one\nTY  - JOUR\nER  - ",
    "one\r\nAU  - Somebody",
    "</script><script>alert(1)</script>",
    "} @article{evil, title={x}",
    "{unbalanced \\ 100% & $5 #1 a_b ~ ^",
    "\u2028\u2029\x85\x0b\x0c tab\tend",
    "\ufffe\u202eevil",
    'quote " and \\" and , comma; semicolon',
    "* star",
]


def make(format, sent="q=bridge", **options):
    """Return what a file says of itself and its text."""
    options = {"whole": True, **options}
    said, lines = export(matching("/search/", QueryDict(sent)), format, QUERY, **options)
    return said, "".join(lines)


def records(format, text):
    """Return the records of a file as a program reads them that knows nothing of the archive."""
    if format == "csv":
        rows = list(csv.reader(io.StringIO(text, newline="")))
        return [dict(zip(COLUMNS, row, strict=True)) for row in rows[rows.index(list(COLUMNS)) + 1 :]]
    if format == "jsonl":
        return [row for row in map(json.loads, text.split("\n")[:-1]) if "about" not in row]
    if format == "ris":
        return rispy.loads("".join(text.partition("TY  - ")[1:]))
    if format == "bib":
        return list(parse_string(text, "bibtex").entries.values())
    return json.loads(text)


@pytest.fixture
def bridges():
    """Hold three articles about a bridge and one that is not."""
    make_article("Bridge one", authors=["Nora Lund", "Smith and Sons"], language="en")
    make_article("Bridge two", published=None, outlet=None, url="")
    make_article("Bridge three", outlet="Norport & Times", published_precision="month")
    make_article("Harbour", "Ships.")
    index()


# --- every row -------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("said_inside", [True, False])
def test_a_file_has_as_many_records_as_the_search_counts(bridges, format, said_inside):
    said, text = make(format, said_inside=said_inside)
    assert len(records(format, text)) == said.count == 3


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_found_is_a_file_too(bridges, format):
    said, text = make(format, "q=zebra")
    assert said.count == 0
    assert records(format, text) == []


@pytest.mark.parametrize("format", FORMATS)
def test_no_row_is_lost_between_two_pieces(format):
    for number in range(2 * AT_ONCE + 1):
        make_article(f"Bridge {number}")
    index()
    said, text = make(format)
    assert len(records(format, text)) == said.count == 2 * AT_ONCE + 1


def test_the_order_is_that_of_the_pages(bridges):
    expected = list(matching("/search/", QueryDict("q=bridge&sort=oldest")).ids())
    assert [row["id"] for row in records("jsonl", make("jsonl", "q=bridge&sort=oldest")[1])] == expected


@pytest.mark.parametrize("format", ["csv", "bib"])
def test_memory_stays_flat_however_much_is_found(format):
    pattern, count, body = make_article(), 5 * AT_ONCE, "bridge " * 3_000
    fields = {"source": pattern.source, "path": "x", "raw": "", "body": body, "headline": "Bridge"}
    made = (Article(content_key=f"{number:064}", **fields) for number in range(count))
    Article.objects.bulk_create(made, batch_size=50)
    index()
    tracemalloc.start()
    said, lines = export(matching("/search/", QueryDict("q=bridge")), format, QUERY, whole=True)
    written = sum(map(len, lines))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert said.count == count + 1
    assert peak < 3 * AT_ONCE * len(body)
    assert format == "bib" or written > count * len(body)


# --- what a file says of itself --------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_states_query_count_time_and_version(bridges, format):
    said, text = make(format)
    assert (said.query, said.count) == (QUERY, 3)
    assert said.version.startswith("Parallax ")
    for value in said:
        assert str(value) in text
    assert not any(str(value) in make(format, said_inside=False)[1] for value in (said.query, said.time))


def test_csv_says_it_in_records_of_one_cell_before_the_columns(bridges):
    rows = list(csv.reader(io.StringIO(make("csv")[1], newline="")))
    assert [row[0].split(":")[0] for row in rows[:4]] == ["# query", "# count", "# time", "# version"]
    assert [len(row) for row in rows] == [1, 1, 1, 1, *[len(COLUMNS)] * 4]


def test_json_lines_say_it_in_the_first_line(bridges):
    first, *rest = map(json.loads, make("jsonl")[1].splitlines())
    assert first["about"]["query"] == QUERY
    assert all(set(row) == set(COLUMNS) for row in rest)


def test_ris_says_it_before_the_first_record_in_no_more_lines_than_zotero_passes_over(bridges):
    before = make("ris")[1].split("TY  - ")[0].split("\r\n")
    assert len([line for line in before if line.strip()]) == 4
    assert not any(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in before)


def test_bibtex_says_it_in_lines_that_no_reader_takes_for_an_entry(bridges):
    before = make("bib")[1].split("@article")[0]
    assert all(line.startswith("% ") for line in before.strip().splitlines())
    assert "@" not in before


def test_count_and_rows_are_of_one_moment_and_the_end_of_reading_ends_it(bridges):
    said, lines = export(matching("/search/", QueryDict("q=bridge")), "jsonl", QUERY, whole=True)
    next(lines)
    lines.close()
    assert said.count == 3
    assert make_article("Bridge four").pk


# --- the formats' own rules ------------------------------------------------------------------------


def test_ris_has_the_newspaper_type_four_part_dates_and_cr_lf(bridges):
    text = make("ris", said_inside=False)[1]
    assert text.count("TY  - NEWS\r\n") == text.count("ER  - \r\n") == 3
    assert "DA  - 2017/04/18/\r\n" in text
    assert "DA  - 2017/04//\r\n" in text
    assert "\n" not in text.replace("\r\n", "")
    (one,) = [record for record in rispy.loads(text) if record["title"] == "Bridge one"]
    assert one["authors"] == ["Nora Lund", "Smith and Sons"]
    assert (one["type_of_reference"], one["secondary_title"]) == ("NEWS", "The Courier")


def test_bibtex_keeps_people_and_firms_apart_and_escapes_what_tex_reads(bridges):
    entries = {entry.fields["title"]: entry for entry in records("bib", make("bib")[1])}
    one, three = entries["{Bridge one}"], entries["{Bridge three}"]
    people = [" ".join(person.first_names + person.last_names) for person in one.persons["author"]]
    assert people == ["Nora Lund", "{Smith and Sons}"]
    assert three.fields["journal"] == r"Norport \& Times"
    assert (one.fields["year"], one.fields["month"], one.fields["day"]) == ("2017", "April", "18")
    assert "day" not in three.fields
    assert (one.type, one.fields["entrysubtype"]) == ("article", "newspaper")


def test_csl_json_has_only_what_the_schema_allows(bridges):
    allowed = {"id", "type", "title", "author", "container-title", "URL", "language", "issued", "custom"}
    items = records("csl.json", make("csl.json")[1])
    assert all(set(item) <= allowed for item in items)
    assert {item["type"] for item in items} == {"article-newspaper"}
    assert len({item["id"] for item in items}) == 3
    assert "custom" in items[0]
    assert not any("custom" in item for item in items[1:])


# --- hostile text ----------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_in_its_field(format, text):
    outlet = Outlet.objects.create(name=text[:200])
    make_article(f"Bridge {text}", text, outlet=outlet, authors=[text], url=f"https://x.example/{text}")
    make_article("Bridge")
    index()
    said, written = make(format)
    read = records(format, written)
    assert len(read) == said.count == 2
    if format == "jsonl":
        assert {row["headline"] for row in read} == {f"Bridge {text}", "Bridge"}
    if format == "csv":
        assert {as_printed(row["outlet"]) for row in read} == {text, "The Courier"}
        opening = ("=", "+", "-", "@", "\t", "\r", "\n")
        assert not any(value.startswith(opening) for row in read for value in row.values())
    if format == "bib":
        assert {entry.type for entry in read} == {"article"}
        assert written.count("{") == written.count("}")


# --- excerpts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_without_whole_texts_only_the_lead_is_left(format):
    secret = "Nobody may read this here"
    body = f"A bridge closes. {secret}.\n\n{secret} again."
    make_article(
        "Bridge", body, captions=[secret], blocks=[[0, 44, "paragraph"], [46, len(body), "subheading"]]
    )
    index()
    assert secret not in make(format, whole=False)[1]
    if format in ("csv", "jsonl"):
        assert secret in make(format)[1]
        (row,) = records(format, make(format, whole=False)[1])
        assert row["body"] == "A bridge closes."
        assert row["whole"] in (False, "no")


def test_an_excerpt_is_cut_at_a_word_however_long_the_first_sentence():
    article = make_article("Bridge", "bridge " * 500)
    assert len(article.excerpt) <= 300
    assert article.excerpt.endswith("bridge…")
    assert len(make_article("Bridge", "b" * 5_000).excerpt) <= 300
