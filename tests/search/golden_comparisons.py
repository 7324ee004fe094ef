"""The golden comparisons: what a careful reader found in the seeds and in five invented events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from archive.search.comparison import Column, Comparison
from archive.text.figures_compared import Verdict

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "comparisons"
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
EVENTS = sorted(path.stem for path in FOLDER.glob("*.json"))


class Gold(NamedTuple):
    """A golden file beside the comparison of its event, with every text in a column or folded into one."""

    said: dict[str, Any]
    found: Comparison

    def column(self, name: str) -> Column:
        """The column of a file; of the file that it is a copy of, if it is folded."""
        for column in self.found.columns:
            if name in {Path(one.path).stem for one in (column.article, *column.copies)}:
                return column
        raise KeyError(name)

    def rows(self, name: str, words: str) -> set[int]:
        """The rows that hold words of a file."""
        column = self.column(name)
        body = column.text.body
        at = body.find(words)
        assert at >= 0, f"{name} does not print {words!r}"
        return {
            number
            for number, row in enumerate(self.found.alignment.rows)
            for passage in row.cells[column.number - 1]
            if passage.start < at + len(words) and at < passage.end
        }


def folder_of(event: str) -> Path:
    """Where the articles of an event are."""
    return SEEDS if event == "seeds" else FOLDER / event


def load(event: str) -> dict[str, Any]:
    """The golden file of an event."""
    return json.loads((FOLDER / f"{event}.json").read_text("utf-8"))


def apart(gold: Gold) -> Iterator[str]:
    """What a reader lays together and no row does."""
    for one in gold.said["together"]:
        rows = [gold.rows(name, words) for name, words in one.items() if name != "what"]
        if not set.intersection(*rows):
            yield f"together: {one['what']}"


def wrongly_together(gold: Gold) -> Iterator[str]:
    """What only one text tells, and a row lays beside others without marking it."""
    for name, all_words in gold.said["alone"].items():
        column = gold.column(name)
        for words in all_words:
            for number in gold.rows(name, words):
                row = gold.found.alignment.rows[number]
                if row.shared and not _marked(column, row.cells[column.number - 1], words):
                    yield f"alone: {name}: {words}"


def _marked(column: Column, passages: Any, words: str) -> bool:
    runs = [column.text.body[slice(*span)] for passage in passages for span in passage.differing]
    return any(run in words or words in run for run in runs)


def wrong_quotations(gold: Gold) -> Iterator[str]:
    """Quotations that are no row, or are printed in other ways than a reader sees."""
    for one in gold.said["quotations"]:
        wanted = {name: words for name, words in one.items() if name != "speaker"}
        places = {name: _quoted(gold, name, words[0]) for name, words in wanted.items()}
        shared = set.intersection(*places.values())
        label = f"quotation: {one['speaker']}: {next(iter(wanted.values()))[0]}"
        if not shared:
            yield f"{label}: not in one row: {places}"
            continue
        row = min(shared)
        for name, (_, *ways) in wanted.items():
            printed = gold.found.printings[row][gold.column(name).number - 1]
            found = {way.value for way in printed.ways} - {"in parts"} if printed else set()
            if found != set(ways):
                yield f"{label}: {name} prints it {sorted(found)}, not {sorted(ways)}"
        names = {gold.found.entities[key].name for key in gold.found.quotations[row].speakers}
        if one["speaker"] not in names:
            yield f"{label}: said by {sorted(names)}"


def _quoted(gold: Gold, name: str, words: str) -> set[int]:
    column = gold.column(name)
    return {
        number
        for number, row in enumerate(gold.found.quotations)
        for quote in row.cells[column.number - 1]
        if words in column.text.body[quote.start : quote.end]
    }


def wrong_figures(gold: Gold) -> Iterator[str]:
    """Verdicts that are not the reader's; what must not agree and is said to."""
    for one in gold.said["figures"]:
        wanted = {name: printed for name, printed in one.items() if name != "verdict"}
        verdicts = [
            gold.found.figures[row].verdict
            for row in set.intersection(*(_figures(gold, *item) for item in wanted.items()))
        ]
        said = [verdict.value for verdict in verdicts if verdict]
        if Verdict.UPDATE in verdicts and len({_value(gold, *item) for item in wanted.items()}) == 1:
            said.append(Verdict.AGREE.value)  # two of the later ones, beside an earlier one
        if one["verdict"] not in said:
            yield f"figures: {wanted} should {one['verdict']}: {said}"
    for one in gold.said.get("apart", []):
        for row in set.intersection(*(_figures(gold, *item) for item in one.items())):
            if gold.found.figures[row].verdict:
                yield f"figures: {one} said to {gold.found.figures[row].verdict}"


def _figures(gold: Gold, name: str, printed: str) -> set[int]:
    column = gold.column(name)
    return {
        number
        for number, row in enumerate(gold.found.figures)
        for figure in row.cells[column.number - 1]
        if printed in column.text.body[figure.start : figure.end]
    }


def _value(gold: Gold, name: str, printed: str) -> float:
    column = gold.column(name)
    return next(f.low for f in column.text.figures if printed in column.text.body[f.start : f.end])


def wrong_sources(gold: Gold) -> Iterator[str]:
    """Sources that a reader finds under another kind, or not at all."""
    for name, kinds in gold.said["sources"].items():
        column = gold.column(name)
        for kind, all_words in kinds.items():
            rows = [
                row for row in gold.found.sources if row.kind.value == kind and row.cells[column.number - 1]
            ]
            printed = [
                column.text.body[slice(*place)] for row in rows for place in row.cells[column.number - 1]
            ]
            keys = [row.key.removeprefix("name:") for row in rows]
            printed += [gold.found.entities[key].name for key in keys if key in gold.found.entities]
            for words in all_words:
                if not any(words in one or one in words for one in printed if len(one) > 1):
                    yield f"sources: {name}: {words} is not {kind}: {printed}"


def shortfalls(gold: Gold) -> list[str]:
    """Everything in which the comparison is not the reader's."""
    checks = (apart, wrongly_together, wrong_quotations, wrong_figures, wrong_sources)
    return [line for check in checks for line in check(gold)]
