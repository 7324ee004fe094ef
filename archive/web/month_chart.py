"""Articles by month or year as bars."""

from __future__ import annotations

from typing import NamedTuple

from archive.search.months import Bar, Months

STEP = 30  # units from bar to bar; the page stretches the whole to its column
_MARGIN = 7  # on both sides of a bar
_TALLEST = 100


class Drawn(NamedTuple):
    """A bar, the left edge of its field and of itself, its top and height. Numbers as attributes."""

    bar: Bar
    left: int
    inner: int
    top: str
    height: str


class Chart(NamedTuple):
    """All bars, and the width of the drawing."""

    bars: tuple[Drawn, ...]
    width: int


def chart(months: Months) -> Chart:
    """The drawing of the months. A month with any article has a bar that can be seen."""
    bars = tuple(_drawn(place, bar) for place, bar in enumerate(months.bars))
    return Chart(bars, STEP * len(bars))


def _drawn(place: int, bar: Bar) -> Drawn:
    height = max(_TALLEST * bar.share, 2) if bar.size else 0
    left = place * STEP
    return Drawn(bar, left, left + _MARGIN, f"{_TALLEST - height:.1f}", f"{height:.1f}")
