"""A comparison as flowing text: each article in its own order, every passage with its row's number."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from archive.search.comparison import Column
from archive.web.comparison_rows import Cell, PageRow, Shown


class Placed(NamedTuple):
    """A passage and the row it stands in; `others` are the row's cells of the other columns."""

    shown: Shown
    row: PageRow
    others: tuple[Cell, ...]

    @property
    def hidden(self) -> bool:
        """Whether the switch leaves it out."""
        return self.row.hidden or self.shown.hidden


class Paragraph(NamedTuple):
    number: int
    href: str
    passages: tuple[Placed, ...]

    @property
    def hidden(self) -> bool:
        """Whether none of its passages is shown."""
        return all(placed.hidden for placed in self.passages)


class Flow(NamedTuple):
    column: Column
    paragraphs: tuple[Paragraph, ...]


def flows(rows: Sequence[PageRow]) -> tuple[Flow, ...]:
    """The passages of all rows back in the order of their articles, one flow a column."""
    if not rows:
        return ()
    return tuple(_flow(place, rows) for place in range(len(rows[0].cells)))


def _flow(place: int, rows: Sequence[PageRow]) -> Flow:
    placed = [
        Placed(shown, row, tuple(cell for cell in row.filled if cell is not row.cells[place]))
        for row in rows
        for shown in row.cells[place].passages
    ]
    placed.sort(key=lambda one: one.shown.start)
    return Flow(
        rows[0].cells[place].column,
        tuple(
            Paragraph(number, inside[0].shown.href, tuple(inside))
            for number, inside in (
                (number, list(group))
                for number, group in groupby(placed, key=lambda one: one.shown.paragraph)
            )
        ),
    )
