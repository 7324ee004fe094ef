"""How much of the body, title, author and date of labelled pages is read from their HTML.

Rows have id, html_path, text, title, x
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from archive.evaluation.shingles import overlap
from archive.text.cleaning import clean
from archive.text.formats.html_pages import read_page
from archive.text.types import RawArticle

Row = dict[str, Any]
_NOT_LETTERS = re.compile(r"[\W_]+")


def predict(row: Row) -> list[Row]:
    """Read and clean the page of a row, the whole way that an import goes; a rejected page is empty."""
    file = Path(row["html_path"])
    data = file.read_bytes()
    page = read_page(gzip.decompress(data) if file.suffix == ".gz" else data, row.get("url") or "")
    if not isinstance(page, RawArticle):
        return [{"id": row["id"], "text": "", "shown": "", "title": "", "author": "", "date": ""}]
    article = clean(page.text, page.facts)
    return [
        {
            "id": row["id"],
            "text": page.text,
            "shown": article.body,
            "title": article.headline,
            "author": ", ".join(article.authors),
            "date": f"{article.published.value:%Y-%m-%d}" if article.published else "",
        }
    ]


def score(rows: Sequence[Row], predictions: Sequence[Row]) -> dict[str, float]:
    """Mean precision, recall and F1 of the body; the share of titles, authors and days that are right.

    A page without a prediction counts as empty.
    """
    predicted = {row["id"]: row for row in predictions}
    measures = {**_bodies("body", "text", rows, predicted), **_bodies("shown", "shown", rows, predicted)}
    for field in ("title", "author", "date"):
        right = [
            _same(field, row[field], predicted.get(row["id"], {}).get(field) or "")
            for row in rows
            if row.get(field)
        ]
        if right:
            measures[field] = sum(right) / len(right)
    return measures


def _bodies(name: str, key: str, rows: Sequence[Row], predicted: dict[str, Row]) -> dict[str, float]:
    found = [overlap(row["text"], predicted.get(row["id"], {}).get(key, "")) for row in rows if row["text"]]
    columns = zip(*found, strict=True)
    measures = zip(("precision", "recall", "f1"), columns, strict=False)
    return {f"{name}_{measure}": sum(column) / len(column) for measure, column in measures}


def _same(field: str, wanted: str, given: str) -> bool:
    if field == "date":
        return wanted[:10] == given[:10]
    return _NOT_LETTERS.sub("", wanted).lower() == _NOT_LETTERS.sub("", given).lower()
