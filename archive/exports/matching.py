"""All articles of a search in one of five formats, as they were at one moment, streamed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import NamedTuple

from django.utils.timezone import now

from archive.exports import articles
from archive.exports.about import About, about
from archive.exports.bibtex import bibtex
from archive.exports.citations import FIELDS, csl_lines, ris
from archive.exports.formats import csv_lines, json_lines
from archive.exports.streams import batched, one_moment
from archive.models import Article
from archive.search.matching import Matching

CITED_AT_ONCE = 2_000  # articles without their texts


class Asked(NamedTuple):
    """What to write: the articles, with whole texts or excerpts, and what is said of the file in it."""

    found: Matching
    whole: bool
    about: About | None


class Format(NamedTuple):
    """A format by the end of a file's name: what HTTP calls it, and its lines."""

    media_type: str
    lines: Callable[[Asked], Iterator[str]]


def export(
    found: Matching, format: str, query: str, *, whole: bool, said_inside: bool = True
) -> tuple[About, Iterator[str]]:
    """What is said of a file, and its lines.

    The moment that count and rows are of begins with this call and lasts until the lines are exhausted or
    closed.

    Args:
        found: the articles.
        format: a key of FORMATS.
        query: the whole address of the search.
        whole: with whole texts; otherwise with excerpts.
        said_inside: whether the file itself says what it is.
    """
    lines = _at_one_moment(found, format, query, whole=whole, said_inside=said_inside)
    said = next(lines)
    assert isinstance(said, About)
    return said, lines  # type: ignore[return-value]


def _at_one_moment(
    found: Matching, format: str, query: str, *, whole: bool, said_inside: bool
) -> Iterator[About | str]:
    with one_moment():
        said = about(query, found.total(), now())
        yield said
        with closing(FORMATS[format].lines(Asked(found, whole, said if said_inside else None))) as lines:  # type: ignore[type-var]
            yield from lines


def _cited(asked: Asked) -> Iterator[Article]:
    cited = Article.objects.select_related("outlet").only("pk", *FIELDS)
    for some in batched(asked.found.ids(), CITED_AT_ONCE):
        found = cited.in_bulk(some)
        yield from (found[number] for number in some if number in found)


def _csv(asked: Asked) -> Iterator[str]:
    """Comments are records of one cell before the names of the columns: RFC 4180 knows none."""
    if asked.about:
        for line in asked.about.lines():
            yield from csv_lines((), (f"# {line}",))
    yield from csv_lines(articles.rows_numbered(asked.found.ids(), whole=asked.whole), articles.COLUMNS)


def _json(asked: Asked) -> Iterator[str]:
    if asked.about:
        yield from json_lines([{"about": asked.about._asdict()}])
    yield from json_lines(articles.rows_numbered(asked.found.ids(), whole=asked.whole))


def _ris(asked: Asked) -> Iterator[str]:
    """What stands before the first record is no record: reference managers look for the first TY."""
    if asked.about:
        yield "".join(f"{line}\r\n" for line in asked.about.lines()) + "\r\n"
    yield from ris(_cited(asked))


def _bibtex(asked: Asked) -> Iterator[str]:
    """What stands outside an entry is a comment, unless it holds an @; a percent-encoded address has none."""
    if asked.about:
        yield "".join(f"% {line.replace('@', '(at)')}\n" for line in asked.about.lines()) + "\n"
    yield from bibtex(_cited(asked))


def _csl(asked: Asked) -> Iterator[str]:
    return csl_lines(_cited(asked), asked.about._asdict() if asked.about else {})


FORMATS = {
    "csv": Format("text/csv; charset=utf-8; header=present", _csv),
    "jsonl": Format("application/x-ndjson; charset=utf-8", _json),
    "ris": Format("application/x-research-info-systems; charset=utf-8", _ris),
    "bib": Format("application/x-bibtex; charset=utf-8", _bibtex),
    "csl.json": Format("application/vnd.citationstyles.csl+json; charset=utf-8", _csl),
}
