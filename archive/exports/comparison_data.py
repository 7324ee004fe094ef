"""A comparison as data: its columns, its rows, and what follows from them, with the places it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from archive.exports.articles import as_known
from archive.search.comparison import Column, Comparison
from archive.text.aligning import Passage
from archive.text.aligning import Row as AlignedRow
from archive.text.printings import Printing
from archive.text.types import Span

Row = dict[str, Any]

TABLES = {
    "rows": (
        "row",
        "passage",
        "kinds",
        "sure",
        "by_hand",
        "share_of_common_words",
        "outlet",
        "paragraph",
        "start",
        "end",
        "text",
    ),
    "quotations": (
        "quotation",
        "said_by",
        "outlet",
        "printed",
        "speaker_as_printed",
        "through",
        "start",
        "end",
        "text",
    ),
    "figures": (
        "figure",
        "counted",
        "verdict",
        "outlet",
        "low",
        "high",
        "unit",
        "hedge",
        "start",
        "end",
        "text",
    ),
    "names": ("name", "key", "outlet", "form", "times", "quoted"),
    "sources": ("kind", "source", "outlet", "start", "end", "text"),
    "not_mentioned": ("outlet", "what", "carried_by", "row", "text"),
}


def as_data(comparison: Comparison, address: str, version: str) -> Row:
    """A comparison as JSON has it: its columns, the passages of each row, and the tables below them."""
    return {
        "event": comparison.title,
        "address": address,
        "tool": f"Parallax {version}",
        "last_change": last_change(comparison).isoformat(),
        "names_of_outlets": "hidden" if comparison.veil else "shown",
        "copies": "folded" if comparison.copies_folded else "each in a column of its own",
        "columns": [_column(column) for column in comparison.columns],
        "rows": [
            {
                "row": number,
                "passage": passage,
                "kinds": [kind.value for kind in row.kinds],
                "sure": row.sure,
                "by_hand": row.by_hand,
                "share_of_common_words": round(row.common, 3),
                "cells": [
                    [_passage(column, one) for one in passages]
                    for column, passages in zip(comparison.columns, row.cells, strict=True)
                ],
            }
            for number, passage, row in numbered(comparison)
        ],
        **{name: list(lines(comparison, name)) for name in TABLES if name != "rows"},
    }


def numbered(comparison: Comparison) -> Iterator[tuple[int, int | None, AlignedRow]]:
    """The rows with their numbers, and those that several texts have with the number that the page gives."""
    shared = 0
    for number, row in enumerate(comparison.alignment.rows, 1):
        shared += row.shared
        yield number, shared if row.shared else None, row


def last_change(comparison: Comparison) -> datetime:
    """When something that the comparison shows changed last: an import, or a judgement about its rows."""
    imported = [column.article.imported_at for column in comparison.columns]
    return max([*imported, comparison.judged_at] if comparison.judged_at else imported)


def file_of(column: Column) -> str:
    """The name of a text's file."""
    return f"texts/{column.number}-{column.article.content_key[:16]}.txt"


def _column(column: Column) -> Row:
    article = column.article
    return {
        "outlet": column.name,
        "headline": column.headline,
        "published": as_known(article.published, article.published_precision),
        "authors": column.authors,
        "agencies": column.agencies,
        "url": "" if column.veil else article.url,
        "printed_by": column.printed_by,
        "copies": [] if column.veil else [str(copy.outlet or copy.path) for copy in column.copies],
        "sha256_of_raw_text": article.content_key,
        "sha256_of_body": hashlib.sha256(article.body.encode()).hexdigest(),
        "text": file_of(column),
    }


def _passage(column: Column, passage: Passage) -> Row:
    body = column.text.body
    return {
        "paragraph": passage.paragraph,
        "start": passage.start,
        "end": passage.end,
        "text": body[passage.start : passage.end],
        "words_without_counterpart": [body[start:end] for start, end in passage.differing],
    }


# --- the tables, a row for each place -----------------------------------------------------------------


def lines(comparison: Comparison, table: str) -> Iterator[Row]:
    """The rows of one of TABLES."""
    return {
        "rows": _rows,
        "quotations": _quotations,
        "figures": _figures,
        "names": _names,
        "sources": _sources,
        "not_mentioned": _not_mentioned,
    }[table](comparison)


def _placed(column: Column, span: Span | tuple[int, int]) -> Row:
    start, end = span
    return {"outlet": column.name, "start": start, "end": end, "text": column.text.body[start:end]}


def _rows(comparison: Comparison) -> Iterator[Row]:
    for number, passage, row in numbered(comparison):
        for column, passages in zip(comparison.columns, row.cells, strict=True):
            for one in passages:
                yield {
                    "row": number,
                    "passage": passage or "",
                    "kinds": ", ".join(kind.value for kind in row.kinds),
                    "sure": row.sure,
                    "by_hand": row.by_hand,
                    "share_of_common_words": round(row.common, 3),
                    "paragraph": one.paragraph,
                    **_placed(column, one[:2]),
                }


def _quotations(comparison: Comparison) -> Iterator[Row]:
    for number, (row, printed) in enumerate(zip(comparison.quotations, comparison.printings, strict=True), 1):
        said_by = ", ".join(
            comparison.entities[key].name for key in row.speakers if key in comparison.entities
        )
        for column, printing in zip(comparison.columns, printed, strict=True):
            for quote in printing.quotes if printing else ():
                yield {
                    "quotation": number,
                    "said_by": said_by,
                    **_printing(column, printing),
                    **_placed(column, quote[:2]),
                }


def _printing(column: Column, printing: Printing | None) -> Row:
    if printing is None:
        return {}
    body = column.text.body
    return {
        "printed": ", ".join(way.value for way in printing.ways),
        "speaker_as_printed": ", ".join(body[start:end] for start, end in printing.speakers),
        "through": ", ".join(dict.fromkeys(body[start:end] for start, end in printing.through)),
    }


def _figures(comparison: Comparison) -> Iterator[Row]:
    for number, row in enumerate(comparison.figures, 1):
        for column, figures in zip(comparison.columns, row.cells, strict=True):
            for figure in figures:
                yield {
                    "figure": number,
                    "counted": figure.counted,
                    "verdict": row.verdict.value if row.verdict else "",
                    "low": figure.low,
                    "high": figure.high,
                    "unit": figure.unit,
                    "hedge": figure.hedge.value,
                    **_placed(column, figure[:2]),
                }


def _names(comparison: Comparison) -> Iterator[Row]:
    for row in comparison.naming:
        if row.key not in comparison.entities:
            continue
        for column, forms in zip(comparison.columns, row.forms, strict=True):
            for form in forms:
                yield {
                    "name": comparison.entities[row.key].name,
                    "key": row.key,
                    "outlet": column.name,
                    "form": column.shown(form.surface),
                    "times": form.times,
                    "quoted": form.quoted,
                }


def _sources(comparison: Comparison) -> Iterator[Row]:
    for row in comparison.sources:
        key = row.key.removeprefix("name:")
        known = comparison.entities[key].name if key in comparison.entities else row.key.partition(":")[2]
        for column, places in zip(comparison.columns, row.cells, strict=True):
            for place in places:
                yield {
                    "kind": row.kind.value,
                    "source": column.shown(known or row.key),
                    **_placed(column, place),
                }


def _not_mentioned(comparison: Comparison) -> Iterator[Row]:
    columns = comparison.columns
    for column, silence, unsaid in zip(columns, comparison.silences, comparison.unsaid, strict=True):
        for one in unsaid:
            first = one.carrying[0]
            passages = comparison.alignment.rows[one.row].cells[first]
            yield {
                "outlet": column.name,
                "what": "statement",
                "carried_by": _labels(columns, one.carrying),
                "row": one.row + 1,
                "text": " … ".join(columns[first].text.body[p.start : p.end] for p in passages),
            }
        for key, carrying in silence.keys:
            if key in comparison.entities:
                yield {
                    "outlet": column.name,
                    "what": "name",
                    "carried_by": _labels(columns, carrying),
                    "row": "",
                    "text": comparison.entities[key].name,
                }


def _labels(columns: Sequence[Column], places: Sequence[int]) -> str:
    return ", ".join(columns[place].label for place in places)
