"""How many articles each day has, and so how crowded it is: which articles that touches."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import connection

from archive.models import Day
from archive.text import crowds
from archive.text.nearness import WINDOW
from archive.text.types import Precision

_MOST_STRETCHES = 50  # looked up one by one

_KNOWN = [Precision.MINUTE.value, Precision.DAY.value]

# Ordinals count from the first day of the first year.
_COUNT = """
    INSERT INTO archive_day (day, articles)
    SELECT asked.day, (
        SELECT count(*) FROM archive_article AS article
        WHERE article.newest AND article.published_precision = ANY(%s)
            AND article.published >= (date '0001-01-01' + asked.day - 1)::timestamp AT TIME ZONE 'UTC'
            AND article.published < (date '0001-01-01' + asked.day)::timestamp AT TIME ZONE 'UTC'
    ) FROM unnest(%s::integer[]) AS asked(day)
    ON CONFLICT (day) DO UPDATE SET articles = excluded.articles
    RETURNING day, articles
"""
_THERE = """
    SELECT article.id FROM unnest(%s::integer[]) AS asked(day) JOIN archive_article AS article
        ON article.newest AND article.published_precision = ANY(%s)
        AND article.published >= (date '0001-01-01' + asked.day - 1)::timestamp AT TIME ZONE 'UTC'
        AND article.published < (date '0001-01-01' + asked.day)::timestamp AT TIME ZONE 'UTC'
"""


class Levels:
    """How crowded days are (archive.text.crowds), each looked up once."""

    def __init__(self) -> None:
        self.known: dict[int, int] = {}

    def of(self, days: Iterable[int | None]) -> dict[int, int]:
        """Days with their levels, among them these; those around are looked up as well."""
        unknown = {day for day in days if day is not None} - self.known.keys()
        if unknown:
            around = {day + shift for day in unknown for shift in range(-WINDOW, WINDOW + 1)}
            self.known |= crowds.levels(_counts(_around(around)), around)
        return self.known


def levels(days: Iterable[int]) -> dict[int, int]:
    """How crowded each of some days is (archive.text.crowds)."""
    asked = set(days)
    return crowds.levels(_counts(_around(asked)), asked)


def _counts(days: Collection[int]) -> dict[int, int]:
    return dict(Day.objects.filter(day__any_of=days).values_list("day", "articles"))


class Recounted(NamedTuple):
    """Articles of days where less is asked of them now, and of days where more is."""

    quieter: set[int]
    fuller: set[int]


def recount(days: Collection[int]) -> Recounted:
    """Count the articles of some days; returns those of days where more or less is asked of them now."""
    if not days:
        return Recounted(set(), set())
    near = sorted(_around(days))
    counts = _counts(_around(near))
    before = crowds.levels(counts, near)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [_KNOWN, sorted(days)])
        counts |= dict(cursor.fetchall())
    after = crowds.levels(counts, near)
    return Recounted(
        _articles_of([day for day in near if after[day] < before[day]]),
        _articles_of([day for day in near if after[day] > before[day]]),
    )


class Stretch(NamedTuple):
    """Days from the first to the last, and how crowded the least crowded of them is."""

    first: int
    last: int
    level: int


def quieter() -> tuple[int, list[Stretch]]:
    """How crowded the most crowded day is, and some stretches that hold every day that is less crowded."""
    counted = dict(Day.objects.exclude(articles=0).values_list("day", "articles"))
    found = crowds.levels(counted, counted)
    top = max(found.values(), default=0)
    days = sorted((day, level) for day, level in found.items() if level < top)
    apart = 1
    while len(stretches := _stretches(days, apart)) > _MOST_STRETCHES:
        apart *= 2
    return top, stretches


def _stretches(days: Iterable[tuple[int, int]], apart: int) -> list[Stretch]:
    """Days with their levels, in order, as stretches that lie further apart than so many days."""
    found: list[Stretch] = []
    for day, level in days:
        if found and day - found[-1].last <= apart:
            before = found.pop()
            found.append(Stretch(before.first, day, min(level, before.level)))
        else:
            found.append(Stretch(day, day, level))
    return found


def _articles_of(days: Collection[int]) -> set[int]:
    if not days:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_THERE, [list(days), _KNOWN])
        return {pk for (pk,) in cursor.fetchall()}


def _around(days: Iterable[int]) -> set[int]:
    return {day + shift for day in days for shift in range(-crowds.AROUND, crowds.AROUND + 1)}
