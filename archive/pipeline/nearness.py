"""Which articles are worth comparing closely: what `candidates` of archive.text tells of two profiles, asked
of the index of their terms.

Days bound what is read about a dated article. An undated one may meet articles of all times: with those of
crowded days it must share some of its foremost terms, so that its other terms need not be looked up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection
from psycopg.types.json import Jsonb

from archive.models import StoryTerm
from archive.pipeline import crowds
from archive.pipeline.crowds import Levels
from archive.text.crowds import level_between
from archive.text.nearness import (
    FOREMOST,
    LEAST_OVERLAP,
    WINDOW,
    least_foremost,
    least_overlap,
)

_ROUNDING = 1e-6  # by which sums of the same numbers may differ

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


def candidate_pairs(article_ids: Collection[int], levels: Levels) -> set[Pair]:
    """Pairs of each of some articles with every other that shares enough of its terms.

    Some do not share enough of the foremost. A little less than the limit is taken, for the order of adding.
    """
    if not article_ids:
        return set()
    rows = StoryTerm.objects.filter(article__any_of=article_ids).values_list("article", "day")
    days = dict(rows.order_by().distinct())
    with _by_index():
        found = [
            *_near(days, levels.of(days.values())),
            *_of_all_times([pk for pk, day in days.items() if day is None]),
        ]
    known = levels.of(day for one in found for day in (one.day, one.other_day))
    return {(min(one.one, one.other), max(one.one, one.other)) for one in found if _shares_enough(one, known)}


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


def _near(days: Mapping[int, int | None], levels: Mapping[int, int]) -> Iterator[_Found]:
    least = [LEAST_OVERLAP if day is None else least_overlap(day, day, levels[day]) for day in days.values()]
    limits = [one - _ROUNDING for one in least]
    for row in _rows(_NEAR, list(days), limits, WINDOW, WINDOW):
        yield _Found(*row)


# Articles of known days. The other terms count only for those that share enough of the foremost.
_CROWDED = """
    WITH found AS MATERIALIZED (
        SELECT there.article_id, there.day, sum(asked.weight * there.weight) AS shared
        FROM unnest(%s::text[], %s::float8[]) AS asked(term, weight)
        JOIN archive_storyterm AS there ON there.term = asked.term AND there.day IS NOT NULL
        GROUP BY there.article_id, there.day HAVING sum(asked.weight * there.weight) >= %s
    )
    SELECT article_id, day, shared + coalesce((
        SELECT sum(there.weight * (%s::jsonb ->> there.term)::float8)
        FROM archive_storyterm AS there WHERE there.article_id = found.article_id
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
    least = least_overlap(None, None, top)
    bounds = [(one.first, one.last, least_overlap(None, None, one.level) - _ROUNDING) for one in stretches]
    for pk in article_ids:
        rows = StoryTerm.objects.filter(article=pk).order_by("-weight", "term").values_list("term", "weight")
        terms = [_Term(*row) for row in rows]
        asked = terms[: FOREMOST if least_foremost(least) else len(terms)]
        limit = (least_foremost(least) or least) - _ROUNDING
        others = Jsonb(dict(terms[len(asked) :]))
        for other, day, whole in _rows(_CROWDED, *_columns(asked), limit, others):
            yield _Found(pk, None, other, day, whole)
        if bounds:
            columns = map(list, zip(*bounds, strict=True))
            for other, day, whole in _rows(_QUIETER, *_columns(terms), *columns):
                yield _Found(pk, None, other, day, whole)


def _columns(terms: Sequence[_Term]) -> tuple[list[str], list[float]]:
    return [one.term for one in terms], [one.weight for one in terms]


def _rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
