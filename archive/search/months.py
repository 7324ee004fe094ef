"""The articles found by the month or year of their publication."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from archive.search.address import Address
from archive.search.asked import Asked
from archive.search.counting import counted
from archive.search.gathering import Gathered, Key, gathered, planned
from archive.search.limits import Clock, TooLong

MOST_BARS = 60  # months in one chart; beyond that, years

_A_DAY = 24 * 60 * 60 * 1_000_000  # microseconds
_EPOCH = date(1970, 1, 1).toordinal()
_DATES = frozenset({"from", "to"})


class Bar(NamedTuple):
    """A month or year: its first and last day, its rows, their link, its share of the busiest."""

    first: date
    last: date
    size: int
    href: str
    share: float
    chosen: bool


class Months(NamedTuple):
    """Every month or year from the first to the last found, those without a row too.

    `undated` articles have no date; `everything` is the address without dates if some are chosen; `sample`
    is how many rows the numbers are estimated from, 0 where they are exact.
    """

    bars: tuple[Bar, ...]
    years: bool
    undated: int
    busiest: Bar | None
    everything: str
    sample: int


def months(asked: Asked, found: Gathered, clock: Clock) -> Months:
    """The articles by month, or by year where there are many months; those of other dates, too.

    Where the dates chosen are a few years of many, the months of these years are shown.

    Raises:
        TooLong: the time ran out.
    """
    chosen = _DATES & set(asked.filters.chosen())
    if chosen:
        rows = asked.rows(_DATES)
        found = gathered(rows, clock, planned(rows), phrases=asked.phrases)
    if found.cut:
        raise TooLong
    by_month = counted(found, _month, folded=asked.folded)
    months = sorted(by_month)
    span = _span(asked, months)
    years = bool(span) and _count(*span) > MOST_BARS if span else False
    sizes = counted(found, _year, folded=asked.folded) if years else by_month
    bars = _bars(sizes, span, asked.here, years=years) if span else ()
    undated = counted(found, lambda key: key.moment is None or None, folded=asked.folded)
    return Months(
        bars=bars,
        years=years,
        undated=undated.get(True, 0),
        busiest=max(bars, key=lambda bar: bar.size, default=None),
        everything=str(asked.here.having("from").having("to")) if chosen else "",
        sample=0 if found.exact else len(found.keys),
    )


def _month(key: Key) -> date | None:
    return None if key.moment is None else _month_of(key.moment // _A_DAY)


@lru_cache(10_000)
def _month_of(day: int) -> date:
    """The first of the month of a day, counted from 1970."""
    return date.fromordinal(_EPOCH + day).replace(day=1)


def _year(key: Key) -> date | None:
    month = _month(key)
    return month and month.replace(month=1)


def _span(asked: Asked, found: list[date]) -> tuple[date, date] | None:
    """The first and the last month to show: whole years around the dates chosen, if these are few of many."""
    if not found:
        return None
    first, last = found[0], found[-1]
    if _count(first, last) <= MOST_BARS:
        return first, last
    since, until = asked.filters.chosen().get("from"), asked.filters.chosen().get("to")
    if since and until and until.end and until.end > since.start:
        low = max(first, date(since.start.year, 1, 1))
        high = min(last, date((until.end.year if until.end.month > 1 else until.end.year - 1), 12, 1))
        if low <= high and _count(low, high) <= MOST_BARS:
            return low, high
    return first, last


def _count(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _bars(sizes: dict[date, int], span: tuple[date, date], here: Address, *, years: bool) -> tuple[Bar, ...]:
    every = _years(*span) if years else _months(*span)
    most = max((sizes.get(first, 0) for first in every), default=0)
    end: Callable[[date], date] = _end_of_year if years else _end_of_month
    chosen, opening = (here.values("from"), here.values("to")), here.opening("from", "to", without=_DATES)
    bars = []
    for first in every:
        last, size = end(first), sizes.get(first, 0)
        days = (first.isoformat(), last.isoformat())
        share = size / most if most else 0
        bars.append(Bar(first, last, size, opening(*days), share, chosen == ([days[0]], [days[1]])))
    return tuple(bars)


def _months(first: date, last: date) -> list[date]:
    begin = first.year * 12 + first.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(begin, begin + _count(first, last))]


def _years(first: date, last: date) -> list[date]:
    return [date(year, 1, 1) for year in range(first.year, last.year + 1)]


def _end_of_month(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _end_of_year(first: date) -> date:
    return first.replace(month=12, day=31)
