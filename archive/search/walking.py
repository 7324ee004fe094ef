"""The rows of a search by date from a place on, found month by month: never all of them at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import F, Max, Min, Q, Value
from django.db.models.expressions import OrderBy

from archive.models import SearchRow
from archive.models.search_row import SearchRowQuerySet
from archive.models.search_vector import month_lexeme
from archive.search.gathering import Key, moment_of
from archive.search.limits import Clock, TooLong
from archive.search.period import months_between

# Months looked through at once: first one, then twice as many each time.
_MOST_AT_ONCE = 1024
_MOST_MONTHS = 12 * 2_000


class Between(NamedTuple):
    """From one moment to another; None is no bound."""

    since: datetime | None = None
    until: datetime | None = None


EVER = Between()


class Walked(NamedTuple):
    """Rows in the order of the walk; `cut` if time ran out before there were enough."""

    keys: tuple[Key, ...]
    cut: bool = False


class _Stretch(NamedTuple):
    """Part of a walk: some months, or all articles without a date."""

    condition: Q
    months: tuple[datetime, ...] = ()


def walk(
    rows: SearchRowQuerySet,
    clock: Clock,
    most: int,
    *,
    newest: bool,
    after: Key | None,
    by_month: bool,
    between: Between = EVER,
    likely: datetime | None = None,
) -> Walked:
    """The first rows by date, those without a date at the end of both orders.

    Args:
        rows: what to look through.
        clock: the time that is left.
        most: rows wanted.
        newest: whether the newest come first; else the oldest do.
        after: the walk begins behind this row.
        by_month: look in the index month by month; else go along the dates, for what is nearly everywhere.
        between: dates that no row lies before or after.
        likely: where the walk may be expected to end: so many months are looked through at once.
    """
    return _walked(rows, clock, most, _forward(newest, after, by_month, between, likely))


def likely_end(sample: Sequence[Key], rate: int, most: int) -> datetime | None:
    """Where so many rows are all but certain to end, by one in `rate` of them; None if these are too few.

    Args:
        sample: in the order of the walk, dated.
        rate: of the sample.
        most: rows wanted.
    """
    wanted = most / rate
    place = int(wanted + 2 * math.sqrt(wanted)) + 1
    return sample[place].published if place < len(sample) else None


def walk_back(
    rows: SearchRowQuerySet,
    clock: Clock,
    most: int,
    *,
    newest: bool,
    before: Key,
    by_month: bool,
    between: Between = EVER,
) -> Walked:
    """The last rows before a place in the same order, the nearest first."""
    return _walked(rows, clock, most, _backward(newest, before, by_month, between))


class _Way(NamedTuple):
    """The stretches of a walk, and whether later dates come first within them."""

    stretches: Iterator[_Stretch]
    falling: bool


def _walked(rows: SearchRowQuerySet, clock: Clock, most: int, way: _Way) -> Walked:
    found: list[Key] = []
    for stretch in way.stretches:
        step = _step(rows, stretch, way.falling, most - len(found))
        try:
            found += clock.within(lambda: [Key(moment_of(row[0]), *row[1:3]) for row in step])  # noqa: B023 - called at once
        except TooLong:
            return Walked(tuple(found), cut=True)
        if len(found) >= most:
            break
    return Walked(tuple(found))


def _step(rows: SearchRowQuerySet, stretch: _Stretch, falling: bool, most: int) -> Iterable[Any]:
    rows = rows.filter(stretch.condition)
    date = F("published")
    if stretch.months:
        rows = rows.matching(" | ".join(f"'{month_lexeme(month)}'" for month in stretch.months))
        # The sum hides the column from the planner, which would rather walk its index of dates.
        rows = rows.annotate(when=F("published") + Value(timedelta(0)))
        date = F("when")
    order = by_date(date, newest=True) if falling else _rising(date)
    return rows.order_by(*order).values_list("published", "pk", "text_id")[:most]


def _rising(date: F) -> tuple[OrderBy, OrderBy]:
    """The oldest first as the index of dates goes, backwards; no stretch has dates and articles without."""
    return date.asc(nulls_first=True), F("article").asc()


def by_date(date: F, *, newest: bool) -> tuple[OrderBy, OrderBy]:
    """Newest or oldest first; undated articles last, ties in the order of their numbers."""
    if newest:
        return date.desc(nulls_last=True), F("article").desc()
    return date.asc(nulls_last=True), F("article").asc()


def _forward(
    newest: bool, after: Key | None, by_month: bool, between: Between, likely: datetime | None
) -> _Way:
    def stretches() -> Iterator[_Stretch]:
        beyond = _beyond(after, newest)
        if after is None or after.published is not None:
            yield from _dated(beyond, newest, after, by_month, between, likely)
            beyond = Q()
        if between == EVER:
            yield _Stretch(Q(published=None) & beyond)

    return _Way(stretches(), newest)


def _backward(newest: bool, before: Key, by_month: bool, between: Between) -> _Way:
    def stretches() -> Iterator[_Stretch]:
        beyond = _beyond(before, not newest)
        start: Key | None = before
        if before.published is None:
            yield _Stretch(Q(published=None) & beyond)
            beyond, start = Q(), None
        yield from _dated(beyond, not newest, start, by_month, between)

    return _Way(stretches(), not newest)


def _beyond(place: Key | None, falling: bool) -> Q:
    """The rows behind a place among those with a date, or among those without."""
    if place is None:
        return Q()
    later = Q(pk__lt=place.pk) if falling else Q(pk__gt=place.pk)
    if place.published is None:
        return later
    bound = {"published__lte" if falling else "published__gte": place.published}
    strictly = {"published__lt" if falling else "published__gt": place.published}
    return Q(**bound) & (Q(**strictly) | Q(published=place.published) & later)


def _dated(
    beyond: Q,
    falling: bool,
    start: Key | None,
    by_month: bool,
    between: Between,
    likely: datetime | None = None,
) -> Iterator[_Stretch]:
    known = Q(published__isnull=False) & beyond
    if not by_month:
        yield _Stretch(known)
        return
    months = _months(falling, start.published if start else None, between)
    at_once = 1
    if likely:
        month = likely.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        at_once = max(1, sum(one >= month if falling else one <= month for one in months))
    while months:
        yield _Stretch(beyond, tuple(months[:at_once]))
        months = months[at_once:]
        at_once = min(at_once * 2, _MOST_AT_ONCE)


def _months(falling: bool, start: datetime | None, between: Between) -> list[datetime]:
    """The months of the archive from a date on, in the direction of the walk."""
    ends = SearchRow.objects.aggregate(first=Min("published"), last=Max("published"))
    if ends["first"] is None:
        return []
    first, last = ends["first"].astimezone(UTC), ends["last"].astimezone(UTC)
    first = max(first, between.since or first)
    last = min(last, between.until or last)
    if start is not None:
        first, last = (first, min(last, start)) if falling else (max(first, start), last)
    if first > last:
        return []
    months = months_between(first, last, _MOST_MONTHS)
    return months[::-1] if falling else months
