"""Which text carries which statement: who has it first, and who, though later, does not have it.

A row of an alignment that two texts or more share is a statement. Nothing is said of a text that may be
older than the first that carries it: it could not have known. Of names the same is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from archive.text.aligning import Alignment, Row
from archive.text.comparing import Naming
from archive.text.row_kinds import RowKind

FEWEST_CARRY = 2  # one text alone is what "no counterpart found" says already


class When(NamedTuple):
    """When a text was published: its day, and the minute where that is known."""

    day: date | None = None
    minute: datetime | None = None

    def surely_before(self, other: When) -> bool:
        """Whether this is earlier for certain: texts of one day need the minute of both."""
        if self.minute and other.minute:
            return self.minute < other.minute
        return self.day is not None and other.day is not None and self.day < other.day


class Unsaid(NamedTuple):
    """A statement that a text does not have: the number of its row, and the columns that carry it."""

    row: int
    carrying: tuple[int, ...]


def carriers(row: Row) -> tuple[int, ...]:
    """The columns that have a passage in the row."""
    return tuple(column for column, cell in enumerate(row.cells) if cell)


def first_of(row: Row, published: Sequence[When]) -> tuple[int, ...]:
    """The columns that may have had it first: one where the order is sure, several where it is not."""
    inside = carriers(row)
    return tuple(
        column
        for column in inside
        if not any(published[other].surely_before(published[column]) for other in inside)
    )


def not_carried(alignment: Alignment, published: Sequence[When]) -> tuple[tuple[Unsaid, ...], ...]:
    """For each column, the statements that others carry and it does not.

    Args:
        alignment: of independent texts: a copy is no second witness.
        published: when each column's text was.

    Returns:
        Statements of two texts or more, in the order of the rows; silent where the column's text was not
        surely published after some text that carries it. Rows that are unsure say nothing.
    """
    return tuple(
        tuple(
            Unsaid(number, inside)
            for number, row in enumerate(alignment.rows)
            if len(inside := carriers(row)) >= FEWEST_CARRY
            and (row.sure and _says_enough(row))
            and column not in inside
            and any(published[other].surely_before(published[column]) for other in inside)
        )
        for column in range(len(published))
    )


class Silence(NamedTuple):
    """What other texts name and this one does not: the keys of names, each with who names it."""

    keys: tuple[tuple[str, tuple[int, ...]], ...]  # (key, columns that name it)
    not_counted: tuple[int, ...]  # columns that may be younger than this text, and so say nothing about it


def not_named(rows: Sequence[Naming], published: Sequence[When]) -> tuple[Silence, ...]:
    """For each text, the names that others print and it does not.

    Args:
        rows: `naming(texts)`.
        published: when each column's text was.
    """
    return tuple(_silence(column, rows, published) for column in range(len(published)))


def _silence(column: int, rows: Sequence[Naming], published: Sequence[When]) -> Silence:
    others = [other for other in range(len(published)) if other != column]
    earlier = {other for other in others if published[other].surely_before(published[column])}
    keys = [
        (row.key, carrying)
        for row in rows
        if not row.forms[column]
        and (carrying := tuple(other for other in others if row.forms[other]))
        and not earlier.isdisjoint(carrying)
    ]
    return Silence(tuple(keys), tuple(other for other in others if other not in earlier))


def _says_enough(row: Row) -> bool:
    return bool(row.kinds) and row.kinds[0] is not RowKind.ONLY
