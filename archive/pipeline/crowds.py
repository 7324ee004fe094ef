"""How many articles each day has, and so how crowded it is: which articles that touches."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import connection

from archive.models import Day
from archive.text import crowds
from archive.text.types import Precision

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
"""
_THERE = """
    SELECT article.id FROM unnest(%s::integer[]) AS asked(day) JOIN archive_article AS article
        ON article.newest AND article.published_precision = ANY(%s)
        AND article.published >= (date '0001-01-01' + asked.day - 1)::timestamp AT TIME ZONE 'UTC'
        AND article.published < (date '0001-01-01' + asked.day)::timestamp AT TIME ZONE 'UTC'
"""


def levels(days: Iterable[int]) -> dict[int, int]:
    """How crowded each of some days is (archive.text.crowds)."""
    asked = set(days)
    counted = Day.objects.filter(day__any_of=_around(asked)).values_list("day", "articles")
    return crowds.levels(dict(counted), asked)


def recount(days: Collection[int]) -> set[int]:
    """Count the articles of some days; returns those of days where more or less is asked of them now."""
    if not days:
        return set()
    near = _around(days)
    before = levels(near)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [_KNOWN, sorted(days)])
    after = levels(near)
    return _articles_of([day for day in sorted(near) if before[day] != after[day]])


def _articles_of(days: Collection[int]) -> set[int]:
    if not days:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_THERE, [list(days), _KNOWN])
        return {pk for (pk,) in cursor.fetchall()}


def _around(days: Iterable[int]) -> set[int]:
    return {day + shift for day in days for shift in range(-crowds.AROUND, crowds.AROUND + 1)}
