"""How much of the body, title, author and date of labelled pages is read from their HTML.

Rows have id, html_path, text, title, author, date. Besides the share of all labels that are read right,
`author_stated` and `date_stated` count only labels that the page states: an author whose name it shows and
who is not the site itself; a day that it writes, and not as the day of an update.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from archive.evaluation.shingles import overlap
from archive.evaluation.stated import states_author, states_day
from archive.text.cleaning import clean
from archive.text.formats.html_pages import read_page
from archive.text.types import Moment, RawArticle

Row = dict[str, Any]
_NOT_LETTERS = re.compile(r"[\W_]+")


def predict(row: Row) -> list[Row]:
    """Read and clean the page of a row, the whole way that an import goes; a rejected page is empty."""
    file = Path(row["html_path"])
    data = file.read_bytes()
    data = gzip.decompress(data) if file.suffix == ".gz" else data
    page = read_page(data, row.get("url") or "")
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
            "date": _day(article.published),
            "stated": _stated(row, data.decode("utf-8", "replace"), page.facts.outlet),
        }
    ]


def _stated(row: Row, page: str, outlet: str) -> list[str]:
    """Which of the labelled author and day the page states, whatever was read from it."""
    stated = []
    if row.get("author") and states_author(page, row["author"], outlet):
        stated.append("author")
    if row.get("date") and states_day(page, date.fromisoformat(row["date"][:10])):
        stated.append("date")
    return stated


def _day(moment: Moment | None) -> str:
    return f"{moment.value:%Y-%m-%d}" if moment else ""


def score(rows: Sequence[Row], predictions: Sequence[Row]) -> dict[str, float]:
    """Mean precision, recall and F1 of the body; the share of titles, authors and days that are right.

    A page without a prediction counts as empty.
    """
    predicted = {row["id"]: row for row in predictions}
    measures = {**_bodies("body", "text", rows, predicted), **_bodies("shown", "shown", rows, predicted)}
    for field in ("title", "author", "date"):
        labelled = [(row, predicted.get(row["id"], {})) for row in rows if row.get(field)]
        stated = [(row, given) for row, given in labelled if field in given.get("stated", ())]
        for name, pairs in ((field, labelled), (f"{field}_stated", stated)):
            if pairs:
                right = sum(_same(field, row[field], given.get(field) or "") for row, given in pairs)
                measures[name] = right / len(pairs)
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
