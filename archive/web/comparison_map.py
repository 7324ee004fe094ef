"""The map over a comparison: each text as a line, ties between the passages that meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from archive.search.comparison import Comparison
from archive.text.aligning import Passage, Row

WIDTH = 1200  # units of the drawing, which scales with the page
_LEFT, _RIGHT = 150, 1190  # where the longest text's line begins and ends
_TOP, _BETWEEN = 26, 48  # the first line, and the space between two
_DIGIT, _APART = 7, 5  # the width of a digit, and the space between two numbers
_FLOORS, _FLOOR = 3, 11  # numbers too near each other stand above each other


class Line(NamedTuple):
    """A text: its label and its line."""

    label: str
    y: int
    end: int


class Tie(NamedTuple):
    """A shared row: the path through its passages, and where its number stands."""

    row: str
    number: int
    path: str
    ticks: tuple[tuple[int, int], ...]
    everywhere: bool
    label: tuple[int, int] = (0, 0)


class TextMap(NamedTuple):
    height: int
    top: int  # how far numbers stand out above it
    left: int
    lines: tuple[Line, ...]
    alone: tuple[tuple[int, int], ...]
    ties: tuple[Tie, ...]


def text_map(comparison: Comparison) -> TextMap:
    """Where each passage stands in each text. Lengths of lines are in proportion to the texts' characters."""
    longest = max(len(column.text.body) for column in comparison.columns) or 1

    def x(offset: float) -> int:
        return round(_LEFT + (_RIGHT - _LEFT) * offset / longest)

    lines = tuple(
        Line(column.label, _TOP + _BETWEEN * place, x(len(column.text.body)))
        for place, column in enumerate(comparison.columns)
    )
    shared = [row for row in comparison.alignment.rows if row.shared]
    ties = _numbered([_tie(row, number, lines, x) for number, row in enumerate(shared, 1)])
    top = max([0, *(_TOP - 12 - tie.label[1] for tie in ties)])
    return TextMap(
        height=_TOP + _BETWEEN * (len(lines) - 1) + 14 + top,
        top=-top,
        left=_LEFT,
        lines=lines,
        alone=tuple(
            (x(_middle(passages)), lines[place].y)
            for row in comparison.alignment.rows
            if not row.shared
            for place, passages in enumerate(row.cells)
            if passages
        ),
        ties=ties,
    )


def _tie(row: Row, number: int, lines: Sequence[Line], x: Callable[[float], int]) -> Tie:
    ticks = tuple(
        (x(_middle(passages)), lines[place].y) for place, passages in enumerate(row.cells) if passages
    )
    path = "M" + " L".join(f"{across} {down}" for across, down in ticks)
    return Tie(f"r{number}", number, path, ticks, len(ticks) == len(lines))


def _numbered(ties: Sequence[Tie]) -> tuple[Tie, ...]:
    """The ties with a place for each number: above its first tick, higher where another one stands."""
    ends: dict[tuple[int, int], float] = {}  # of a line and a floor: where its last number ends
    placed = {}
    for tie in sorted(ties, key=lambda tie: tie.ticks[0]):
        across, down = tie.ticks[0]
        half = _DIGIT * len(str(tie.number)) / 2
        floors = [ends.get((down, floor), 0.0) for floor in range(_FLOORS)]
        floor = next((n for n, end in enumerate(floors) if end <= across - half), floors.index(min(floors)))
        ends[down, floor] = across + half + _APART
        placed[tie.number] = tie._replace(label=(across, down - 12 - _FLOOR * floor))
    return tuple(placed[tie.number] for tie in ties)


def _middle(passages: Sequence[Passage]) -> float:
    return (passages[0].start + passages[0].end) / 2
