"""Which articles are worth comparing closely: what `candidates` of archive.text tells of two profiles, asked
of the index of their terms.

Days bound what is read about a dated article. An undated one may meet articles of all times: of those in
crowded days much is asked, so that its commonest words need not be looked up to find them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection

from archive.models import StoryTerm
from archive.pipeline import crowds
from archive.text.crowds import level_between
from archive.text.relatedness import LEAST_OVERLAP, WINDOW, least_overlap
from archive.text.weights import weight

_ROUNDING = 1e-6  # by which sums of the same numbers may differ
_NOT_LOOKED_UP = 0.6  # of what two articles must share, that the commonest words may come to together

Pair = tuple[int, int]  # the smaller number first


class _Found(NamedTuple):
    """Two articles with their days, and how much they share."""

    one: int
    day: int | None
    other: int
    other_day: int | None
    shared: float


class _Term(NamedTuple):
    term: str
    weight: float


def candidate_pairs(article_ids: Collection[int]) -> set[Pair]:
    """Pairs of each of some articles with every other worth comparing closely.

    A little less than the limit is taken, for the order of adding up.
    """
    if not article_ids:
        return set()
    rows = StoryTerm.objects.filter(article__any_of=article_ids).values_list("article", "day")
    days = dict(rows.order_by().distinct())
    with _by_index():
        found = [*_near(days), *_of_all_times([pk for pk, day in days.items() if day is None])]
    known = {day for one in found for day in (one.day, one.other_day) if day is not None}
    levels = crowds.levels(known)
    return {
        (min(one.one, one.other), max(one.one, one.other)) for one in found if _shares_enough(one, levels)
    }


def _shares_enough(found: _Found, levels: Mapping[int, int]) -> bool:
    level = level_between(found.day, found.other_day, levels)
    return found.shared >= least_overlap(found.day, found.other_day, level) - _ROUNDING


@contextmanager
def _by_index() -> Iterator[None]:
    """The planner does not know how rare terms are and would read the whole table."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on")


# Pairs with those near in time, and with those of unknown days. Each part has conditions that the index
# answers: one over both would read a term's articles of all times.
_NEAR = """
    WITH asked AS MATERIALIZED (
        SELECT id, term, weight, day, least FROM unnest(%s::bigint[], %s::float8[]) AS limits(id, least)
        JOIN (SELECT article_id AS id, term, weight, day FROM archive_storyterm) AS terms USING (id)
    )
    SELECT id, day, article_id, other_day, sum(shared) FROM (
        SELECT asked.id, asked.day, asked.least, there.article_id, there.day AS other_day,
            asked.weight * there.weight AS shared
        FROM asked JOIN archive_storyterm AS there ON there.term = asked.term
            AND there.day BETWEEN asked.day - %s AND asked.day + %s
        UNION ALL
        SELECT asked.id, asked.day, asked.least, there.article_id, NULL, asked.weight * there.weight
        FROM asked JOIN archive_storyterm AS there ON there.term = asked.term AND there.day IS NULL
    ) AS shares
    WHERE id <> article_id
    GROUP BY id, day, article_id, other_day, least HAVING sum(shared) >= least
"""


def _near(days: Mapping[int, int | None]) -> Iterator[_Found]:
    levels = crowds.levels({day for day in days.values() if day is not None})
    least = [LEAST_OVERLAP if day is None else least_overlap(day, day, levels[day]) for day in days.values()]
    limits = [one - _ROUNDING for one in least]
    for row in _rows(_NEAR, list(days), limits, WINDOW, WINDOW):
        yield _Found(*row)


# Articles of known days. What the commonest words share is added up only for those that share enough beside.
_CROWDED = """
    WITH found AS MATERIALIZED (
        SELECT there.article_id, there.day, sum(asked.weight * there.weight) AS shared
        FROM unnest(%s::text[], %s::float8[]) AS asked(term, weight)
        JOIN archive_storyterm AS there ON there.term = asked.term AND there.day IS NOT NULL
        GROUP BY there.article_id, there.day HAVING sum(asked.weight * there.weight) >= %s
    )
    SELECT article_id, day, shared + coalesce((
        SELECT sum(common.weight * there.weight)
        FROM archive_storyterm AS there
        JOIN unnest(%s::text[], %s::float8[]) AS common(term, weight) USING (term)
        WHERE there.article_id = found.article_id
    ), 0) FROM found
"""
# Articles of stretches of days.
_QUIETER = """
    SELECT there.article_id, there.day, sum(asked.weight * there.weight)
    FROM unnest(%s::text[], %s::float8[]) AS asked(term, weight)
    CROSS JOIN unnest(%s::integer[], %s::integer[], %s::float8[]) AS stretch(first, last, least)
    JOIN archive_storyterm AS there
        ON there.term = asked.term AND there.day BETWEEN stretch.first AND stretch.last
    GROUP BY there.article_id, there.day, least HAVING sum(asked.weight * there.weight) >= least
"""


def _of_all_times(article_ids: Sequence[int]) -> Iterator[_Found]:
    """Pairs of undated articles with dated ones."""
    if not article_ids:
        return
    top, stretches = crowds.quieter()
    least = least_overlap(None, 0, top) - _ROUNDING
    bounds = [
        (one.first, one.last, least_overlap(None, one.first, one.level) - _ROUNDING) for one in stretches
    ]
    for pk in article_ids:
        rows = StoryTerm.objects.filter(article=pk).values_list("term", "weight")
        terms = sorted((_Term(*row) for row in rows), key=lambda one: (weight(one.term), one.term))
        skipped, asked = _split(terms, least)
        beside = _length(skipped)
        for other, day, shared in _rows(_CROWDED, *_columns(asked), least - beside, *_columns(skipped)):
            yield _Found(pk, None, other, day, shared)
        if bounds:
            for other, day, shared in _rows(
                _QUIETER, *_columns(terms), *map(list, zip(*bounds, strict=True))
            ):
                yield _Found(pk, None, other, day, shared)


def _split(terms: Sequence[_Term], least: float) -> tuple[Sequence[_Term], Sequence[_Term]]:
    """Terms, the commonest first, as those that need not be looked up and those that must be.

    A vector of length 1 shares no more with the first than their length.
    """
    place = sum(_length(terms[: count + 1]) <= _NOT_LOOKED_UP * least for count in range(len(terms)))
    return terms[:place], terms[place:]


def _length(terms: Iterable[_Term]) -> float:
    return math.hypot(*(one.weight for one in terms))


def _columns(terms: Sequence[_Term]) -> tuple[list[str], list[float]]:
    return [one.term for one in terms], [one.weight for one in terms]


def _rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
