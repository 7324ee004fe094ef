"""Quality of cleaning: how much of the clean body comes out of a text dump, and how little else.

Rows are {id, dumps: {kind: text}, clean} or {id, scraped, clean}, with `url` if known; predictions are
{id, kind, text}, one for each dump. Measures are means over pages of precision, recall and F1 of four-word
shingles, by kind of dump, and the same over English pages only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from archive.evaluation.shingles import overlap
from archive.text.cleaning import clean
from archive.text.languages import language_of
from archive.text.types import Facts

Row = dict[str, Any]
SCRAPED = "scraped"  # the kind of a row's only dump where it names none


def predict(row: Row) -> list[Row]:
    """The cleaned body of every dump of a row."""
    facts = Facts(url=row.get("url") or "")
    return [
        {"id": row["id"], "kind": kind, "text": clean(text, facts).body} for kind, text in _dumps(row).items()
    ]


def score(rows: Sequence[Row], predictions: Sequence[Row]) -> dict[str, float]:
    """Mean precision, recall and F1 by kind of dump; a dump without a prediction counts as empty.

    Returns e.g. {"inscriptis_f1": .93, "inscriptis_english_recall": .96}: every value is between 0 and 1.
    """
    predicted = {(row["id"], row["kind"]): row["text"] for row in predictions}
    found: dict[str, list[tuple[float, ...]]] = {}
    for row in rows:
        english = language_of(row["clean"]) == "en"
        for kind in _dumps(row):
            result = overlap(row["clean"], predicted.get((row["id"], kind), ""))
            found.setdefault(kind, []).append(result)
            if english:
                found.setdefault(f"{kind}_english", []).append(result)
    measures = {}
    for group, results in found.items():
        for name, column in zip(("precision", "recall", "f1"), zip(*results, strict=True), strict=True):
            measures[f"{group}_{name}"] = sum(column) / len(column)
    return measures


def _dumps(row: Row) -> dict[str, str]:
    return row["dumps"] if "dumps" in row else {SCRAPED: row[SCRAPED]}
