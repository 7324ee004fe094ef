"""Where on the page of a comparison a place of a text stands: every table leads to the words it rests on."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from archive.search.comparison import Column
from archive.text.types import Span
from archive.web.comparison_rows import PageRow

_AROUND = 60  # characters on either side of printed words: enough to see what they are about


class Printed(NamedTuple):
    """Words as printed, the words around them, and the address of their passage on the page."""

    words: str
    before: str
    after: str
    href: str


class Places:
    """The passages of the rows by column, to find the one that holds a place."""

    def __init__(self, rows: Iterable[PageRow]) -> None:
        found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for row in rows:
            for cell in row.cells:
                found[cell.column.number] += [(shown.start, shown.id) for shown in cell.passages]
        self._passages = {number: sorted(passages) for number, passages in found.items()}

    def href(self, column: Column, start: int) -> str:
        """The address of the passage that a place of the column's text stands in; "" for a subheading."""
        passages = self._passages.get(column.number, [])
        place = bisect_right(passages, (start, "\U0010ffff")) if passages else 0
        return f"#{passages[place - 1][1]}" if place else ""

    def printed(self, column: Column, span: Span | tuple[int, int]) -> Printed:
        """Words of the column's text with a line of context, cut between words."""
        body, (start, end) = column.text.body, span
        before = body[max(0, start - _AROUND) : start].rpartition("\n")[2]
        after = body[end : end + _AROUND].partition("\n")[0]
        before = f"… {before.partition(' ')[2]}" if len(before) == _AROUND else before
        after = f"{after.rpartition(' ')[0]} …" if len(after) == _AROUND else after
        return Printed(body[start:end], before, after, self.href(column, start))
