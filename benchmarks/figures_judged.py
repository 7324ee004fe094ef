"""How many verdicts on figures are right, against cases that one reader judged.

    python -m benchmarks.figures_judged EVENTS.jsonl.gz... [--judged benchmarks/judged_figures.csv]

Events are as `manage.py evaluate grouping` reads them. A case is a pair of figures, each by article and
place, that once stood in one row with a verdict; `right` says whether the reader agreed. Prints, verdict by
verdict, how many of the cases still get it and how many of those are right.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from archive.text.aligning import align
from archive.text.comparing import figure_rows
from archive.text.passages import Text
from benchmarks.refit_relatedness import rows_of
from benchmarks.refit_similarity import text_of

JUDGED = Path(__file__).with_name("judged_figures.csv")


def verdicts(texts: list[Text]) -> dict[frozenset[tuple[str, int]], str]:
    """What is said of every two figures of some texts that stand in one row with a verdict."""
    return {
        frozenset({(texts[one].id, first.start), (texts[other].id, second.start)}): row.verdict.value
        for row in figure_rows(texts, align(texts))
        if row.verdict
        for (one, left), (other, right) in combinations(enumerate(row.cells), 2)
        for first in left
        for second in right
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("events", nargs="+", type=Path)
    parser.add_argument("--judged", type=Path, default=JUDGED)
    arguments = parser.parse_args()
    with arguments.judged.open(encoding="utf-8", newline="") as rows:
        cases = list(csv.DictReader(rows))
    wanted = {case["event"] for case in cases}
    events: defaultdict[str, list[Text]] = defaultdict(list)
    for path in arguments.events:
        for row in rows_of(path):
            if row["event_id"] in wanted and len(events[row["event_id"]]) < 3:
                events[row["event_id"]].append(text_of(row))
    said = {pair: verdict for texts in events.values() for pair, verdict in verdicts(texts).items()}
    counts: Counter[tuple[str, str]] = Counter()
    for case in cases:
        ends = {(case["article"], int(case["start"])), (case["other_article"], int(case["other_start"]))}
        counts[said.get(frozenset(ends), "none"), case["right"]] += 1
    for verdict in sorted({verdict for verdict, _ in counts}):
        right, wrong = counts[verdict, "1"], counts[verdict, "0"]
        print(
            f"{verdict}: {right + wrong} of the judged cases, {right} right ({right / (right + wrong):.3f})"
        )


if __name__ == "__main__":
    main()
