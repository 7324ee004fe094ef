"""A comparison frozen for a paper or a fact-check: one ZIP, the same bytes from the same archive.

Nothing in it depends on when it was made: files stand in a fixed order with a fixed time, and the time that
is given is that of the last change to what is compared.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive.exports.articles import as_known
from archive.exports.citations import csl, ris
from archive.exports.formats import BYTE_ORDER_MARK, csv_lines
from archive.search.comparison import Column, Comparison
from archive.text.aligning import Passage

_TIME_OF_FILES = (1980, 1, 1, 0, 0, 0)  # the earliest that the format knows
_COLUMNS = ("row", "kinds", "sure", "share_of_common_words", "outlet", "paragraph", "start", "end", "text")


def evidence_pack(comparison: Comparison, address: str, version: str) -> bytes:
    """The ZIP of a comparison.

    Args:
        comparison: what to freeze.
        address: where the comparison stands, with the scheme and host of this archive.
        version: of Parallax.

    Returns:
        The bytes of the file: the comparison as HTML, CSV and JSON, citations as RIS and CSL-JSON, each
        body, and what they are, with the SHA-256 of each.
    """
    articles = [column.article for column in comparison.columns]
    whole = as_data(comparison, address, version)
    files = {
        "comparison.html": _html(comparison, address),
        "comparison.json": json.dumps(whole, ensure_ascii=False, indent=1) + "\n",
        "rows.csv": BYTE_ORDER_MARK + "".join(csv_lines(_rows(comparison), _COLUMNS)),
        "citations.ris": "".join(ris(articles)),
        "citations.json": csl(articles),
        **{f"texts/{_file_of(column)}": column.article.body + "\n" for column in comparison.columns},
    }
    data = {name: text.encode() for name, text in files.items()}
    data["SHA256SUMS"] = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in data.items()
    ).encode()
    return _zipped(data)


def _zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as pack:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _TIME_OF_FILES)
            entry.external_attr = 0o644 << 16
            pack.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=9)
    return made.getvalue()


def _file_of(column: Column) -> str:
    return f"{column.number}-{column.article.content_key[:16]}.txt"


# --- the same as data -------------------------------------------------------------------------------


def as_data(comparison: Comparison, address: str, version: str) -> dict[str, Any]:
    """A comparison as JSON has it: its columns, and the passages of each row."""
    return {
        "event": comparison.event.title,
        "address": address,
        "tool": f"Parallax {version}",
        "last_change": _last_change(comparison).isoformat(),
        "columns": [_column(column) for column in comparison.columns],
        "rows": [
            {
                "row": number,
                "kinds": [kind.value for kind in row.kinds],
                "sure": row.sure,
                "share_of_common_words": round(row.common, 3),
                "cells": [
                    [_passage(column, passage) for passage in passages]
                    for column, passages in zip(comparison.columns, row.cells, strict=True)
                ],
            }
            for number, row in enumerate(comparison.alignment.rows, 1)
        ],
    }


def _last_change(comparison: Comparison) -> datetime:
    return max(column.article.imported_at for column in comparison.columns)


def _column(column: Column) -> dict[str, Any]:
    article = column.article
    return {
        "outlet": column.name,
        "headline": article.headline,
        "published": as_known(article.published, article.published_precision),
        "authors": article.authors,
        "agencies": article.agencies,
        "url": article.url,
        "sha256_of_raw_text": article.content_key,
        "sha256_of_body": hashlib.sha256(article.body.encode()).hexdigest(),
        "text": f"texts/{_file_of(column)}",
    }


def _passage(column: Column, passage: Passage) -> dict[str, Any]:
    body = column.text.body
    return {
        "paragraph": passage.paragraph,
        "start": passage.start,
        "end": passage.end,
        "text": body[passage.start : passage.end],
        "words_without_counterpart": [body[start:end] for start, end in passage.differing],
    }


def _rows(comparison: Comparison) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(comparison.alignment.rows, 1):
        for column, passages in zip(comparison.columns, row.cells, strict=True):
            for passage in passages:
                yield {
                    "row": number,
                    "kinds": ", ".join(kind.value for kind in row.kinds),
                    "sure": row.sure,
                    "share_of_common_words": round(row.common, 3),
                    "outlet": column.name,
                    "paragraph": passage.paragraph,
                    "start": passage.start,
                    "end": passage.end,
                    "text": column.text.body[passage.start : passage.end],
                }


# --- the same to read -------------------------------------------------------------------------------


def _html(comparison: Comparison, address: str) -> str:
    heads = format_html_join("", '<th scope="col">{}<br>{}</th>', map(_head, comparison.columns))
    rows = format_html_join("\n", "<tr><th scope='row'>{}</th>{}</tr>", _html_rows(comparison))
    return format_html(
        '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{title}</title>\n'
        "<h1>{title}</h1>\n<p>{address}</p>\n<table border=1>\n<thead><tr><th></th>{heads}</tr></thead>\n"
        "<tbody>\n{rows}\n</tbody></table>\n</html>\n",
        title=comparison.event.title,
        address=address,
        heads=heads,
        rows=rows,
    )


def _head(column: Column) -> tuple[str, str]:
    published = as_known(column.article.published, column.article.published_precision)
    return f"{column.name}, {published or 'no date known'}", column.article.headline


def _html_rows(comparison: Comparison) -> Iterator[tuple[str, SafeString]]:
    for row in comparison.alignment.rows:
        label = ", ".join(kind.value for kind in row.kinds)
        cells = format_html_join(
            "",
            "<td>{}</td>",
            (
                (_printed(column, passages),)
                for column, passages in zip(comparison.columns, row.cells, strict=True)
            ),
        )
        yield (label if row.sure else f"perhaps {label}"), cells


def _printed(column: Column, passages: tuple[Passage, ...]) -> SafeString:
    return format_html_join(
        "",
        "<p>¶{} {}</p>",
        ((passage.paragraph, column.text.body[passage.start : passage.end]) for passage in passages),
    )
