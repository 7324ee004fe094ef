"""Articles by month as bars."""

from __future__ import annotations

from typing import NamedTuple

from archive.search.facets import Month, Months

STEP = 30  # units from bar to bar; the page stretches the whole to its column
_MARGIN = 7  # on both sides of a bar
_TALLEST = 100


class Bar(NamedTuple):
    """A month, the left edge of its field and of its bar, the bar's top and height. Numbers as attributes."""

    month: Month
    left: int
    inner: int
    top: str
    height: str


class Chart(NamedTuple):
    """All bars, and the width of the drawing."""

    bars: tuple[Bar, ...]
    width: int


def chart(months: Months) -> Chart:
    """The drawing of the months. A month with any article has a bar that can be seen."""
    bars = tuple(_bar(place, month) for place, month in enumerate(months.months))
    return Chart(bars, STEP * len(bars))


def _bar(place: int, month: Month) -> Bar:
    height = max(_TALLEST * month.share, 2) if month.size else 0
    left = place * STEP
    return Bar(month, left, left + _MARGIN, f"{_TALLEST - height:.1f}", f"{height:.1f}")
