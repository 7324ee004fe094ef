"""How many "later updates" of figures are right, against pairs that one reader judged.

    python -m benchmarks.updates_judged ARTICLES.jsonl.gz...

Articles have `id`, `date` and `text` a line. A case is two figures of two articles of one running story, the
earlier first, each by article and place; they were proposed by the rules of their day, and `right` says
whether the reader agreed that the second is a later count of the same. `sample` says when it was read:
`first`, before the rules were mended; `fresh`, after that, in the same articles. Cases of `press` were read
on pages of the press, which are named by address with both values and are counted as they were judged: 1
before the rules of today, 2 for mending them, 3 after that. Prints, sample by sample, how many of the cases
the rules of today still call an update, and how many of these are right.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from archive.text.figures import figures
from archive.text.figures_compared import Setting, Verdict, compare, may_replace, measure, setting
from archive.text.types import Figure, FigureKind

JUDGED = Path(__file__).with_name("judged_updates.csv")


def counted(text: str) -> dict[int, tuple[Figure, Setting]]:
    """The figures of a text that count something, by place, with the words around them."""
    found = (figure for figure in figures(text) if figure.kind is not FigureKind.DATE)
    return {figure.start: (figure, setting(text, figure)) for figure in found}


def values(found: dict[int, tuple[Figure, Setting]], like: Figure) -> set[tuple[float, str]]:
    """The values of one measure with what they tally."""
    return {(one.low, near.tally) for one, near in found.values() if measure(one) == measure(like)}


def articles(paths: Iterable[Path], wanted: set[str]) -> dict[str, tuple[date, str]]:
    found = {}
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["id"] in wanted and row.get("date"):
                    found[row["id"]] = date.fromisoformat(row["date"][:10]), row["text"]
    return found


def is_update(one: tuple[date, str], start: int, other: tuple[date, str], other_start: int) -> bool:
    """Whether the rules of today call the second figure a later count of the first."""
    ours, theirs = counted(one[1]), counted(other[1])
    if start not in ours or other_start not in theirs:
        return False
    (figure, around), (later, around_later) = ours[start], theirs[other_start]
    verdict = compare(figure, around, later, around_later, one[0], other[0])
    return (
        verdict is Verdict.UPDATE
        and may_replace(figure.low, around.tally, values(theirs, figure))
        and may_replace(later.low, around_later.tally, values(ours, figure))
    )


def main() -> None:
    with JUDGED.open(encoding="utf-8", newline="") as rows:
        cases = list(csv.DictReader(rows))
    texts = articles(
        map(Path, sys.argv[1:]), {case[name] for case in cases for name in ("article", "other_article")}
    )
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for case in cases:
        one, other = texts.get(case["article"]), texts.get(case["other_article"])
        if one and other:
            said = is_update(one, int(case["start"]), other, int(case["other_start"]))
            counts[case["sample"], said, case["right"] == "1"] += 1
        elif case["values"]:
            counts[f"{case['sample']}, as judged", True, case["right"] == "1"] += 1
    for sample in sorted({sample for sample, *_ in counts}):
        right, wrong = counts[sample, True, True], counts[sample, True, False]
        print(f"{sample}: later update {right + wrong}, {right} right", end="; ")
        print(f"no verdict {counts[sample, False, True]} updates, {counts[sample, False, False]} others")


if __name__ == "__main__":
    main()
