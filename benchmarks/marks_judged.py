"""How many marks of comparisons are right, kind by kind, against rows that one reader judged.

    python -m benchmarks.marks_judged EVENTS.jsonl.gz... [--judged benchmarks/judged_marks.csv] [--from ROW]

Events are as `manage.py evaluate grouping` reads them. A judged row is the passages that once stood in a row,
with its kind and whether it was sure; `right` says whether the reader agreed. Counts those that the rules of
today still give the same mark, and how many of the judged ones they give another or none.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from archive.text.aligning import align
from archive.text.passages import Text
from benchmarks.refit_relatedness import rows_of
from benchmarks.refit_similarity import text_of

JUDGED = Path(__file__).with_name("judged_marks.csv")

Passages = frozenset[tuple[str, int, int]]


class Judged(NamedTuple):
    """A row as it was read: its event, its mark, its passages, and whether the mark is right."""

    event: str
    mark: tuple[str, bool]
    passages: Passages
    right: bool


def judged_rows(path: Path, first: int) -> list[Judged]:
    with path.open(encoding="utf-8", newline="") as lines:
        by_row: defaultdict[int, list[dict[str, str]]] = defaultdict(list)
        for line in csv.DictReader(lines):
            by_row[int(line["row"])].append(line)
    return [
        Judged(
            lines[0]["event"],
            (lines[0]["kind"], lines[0]["sure"] == "1"),
            frozenset((line["article"], int(line["start"]), int(line["end"])) for line in lines),
            lines[0]["right"] == "1",
        )
        for row, lines in sorted(by_row.items())
        if row >= first
    ]


def marks(texts: list[Text]) -> dict[Passages, tuple[str, bool]]:
    """The marks of today, by the passages that stand in the row."""
    return {
        frozenset(
            (text.id, one.start, one.end) for text, cell in zip(texts, row.cells, strict=True) for one in cell
        ): (
            row.kinds[0].value,
            row.sure,
        )
        for row in align(texts).rows
        if row.kinds
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("events", nargs="+", type=Path)
    parser.add_argument("--judged", type=Path, default=JUDGED)
    parser.add_argument("--from", dest="first", type=int, default=1, help="the first row to count")
    arguments = parser.parse_args()
    judged = judged_rows(arguments.judged, arguments.first)
    wanted = {row.event for row in judged}
    events: defaultdict[str, list[Text]] = defaultdict(list)
    for path in arguments.events:
        for row in rows_of(path):
            if row["event_id"] in wanted:
                events[row["event_id"]].append(text_of(row))
    today = {event: marks(texts) for event, texts in events.items()}
    counts: Counter[tuple[str, bool, bool]] = Counter()
    gone: Counter[tuple[str, bool]] = Counter()
    for one in judged:
        if today.get(one.event, {}).get(one.passages) == one.mark:
            counts[(*one.mark, one.right)] += 1
        else:
            gone[one.mark] += 1
    for kind, sure in sorted({row.mark for row in judged}):
        right, wrong = counts[kind, sure, True], counts[kind, sure, False]
        share = f"{right / (right + wrong):.3f}" if right + wrong else "-"
        name = kind if sure else f"{kind}, perhaps"
        print(f"{name}: {right} of {right + wrong} right ({share}); {gone[kind, sure]} have another mark now")


if __name__ == "__main__":
    main()
