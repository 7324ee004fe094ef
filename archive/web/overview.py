"""An event at a glance: how many passages stand in how many of its texts, and those that all have."""

from __future__ import annotations

from typing import NamedTuple

from archive.models import Event
from archive.search.comparison import MOST_COLUMNS, comparison
from archive.web.comparison_rows import Cell, PageRow, Tally, page_rows, tally


class InAll(NamedTuple):
    """A passage that every text has, in the words of the one published first."""

    row: PageRow
    cell: Cell


class Overview(NamedTuple):
    """What the comparison of all articles of an event comes to."""

    tally: Tally
    in_all: tuple[InAll, ...]
    texts: int
    first: str  # the outlet whose words are shown


def overview(event: Event, *, whole: bool = True) -> Overview | None:
    """The overview of an event whose articles fit beside each other; None for others and for single ones.

    Without `whole` no passage is shown, only how many there are.
    """
    if event.article_count > MOST_COLUMNS:
        return None
    found = comparison(event)
    if found is None:
        return None
    rows = page_rows(found, "all")
    in_all = tuple(
        InAll(row, row.filled[0])
        for row in rows
        if whole and row.number and len(row.filled) == len(found.columns)
    )
    return Overview(tally(rows), in_all, len(found.columns), found.columns[0].label)
