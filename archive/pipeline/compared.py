"""What articles came to when they were compared with those around them, remembered for as long as they stay.

An import compares each new article with those that share its terms, and asks again which of them go together:
without a memory the same pairs would be sought, read and compared with every batch, the more of them the
larger the archive.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import count, islice
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Min

from archive.models import Article, StoryTerm
from archive.text.profiles import Profile
from archive.text.relatedness import LEAST_OVERLAP, WINDOW, Compared, candidates, compare
from archive.text.types import Precision

MOST_PAIRS = 300_000  # remembered: 70 MB
MOST_ARTICLES = 100_000
MOST_BESIDE = 30_000  # articles of which is remembered who stands beside them: 50 MB
MOST_PROFILES = 2_000  # held at once: 60 MB
_AT_ONCE = 1_000  # pairs whose profiles are read together


class _Version(NamedTuple):
    """A state of an article: its terms are stored anew, under new numbers, whenever its profile is."""

    first_term: int
    outlet: str
    number: int  # of this version, here


_versions: dict[int, _Version] = {}
_checked: set[int] = set()  # articles whose version nobody else can have changed
_numbers = count()
_pairs: dict[tuple[int, int], Compared | None] = {}
_beside: dict[int, set[int]] = {}  # by article all that share enough of its terms
_seen: list[int | None] = [None]  # the newest term when this was last true


def forget_unless_current() -> None:
    """Forget who stands beside whom if anybody else has stored terms since `stored`.

    Must be asked in the turn to write, before terms are stored.
    """
    if _newest_term() != _seen[0]:
        _beside.clear()
        _checked.clear()


def stored(article_ids: Iterable[int]) -> None:
    """Note that the terms of some articles were stored anew."""
    _seen[0] = _newest_term()
    for pk in article_ids:
        _beside.pop(pk, None)
        _checked.discard(pk)


def _first_terms(article_ids: Collection[int]) -> dict[int, int]:
    """The number of the first term of each of some articles."""
    terms = StoryTerm.objects.filter(article__in=article_ids)
    return dict(terms.values_list("article").annotate(Min("pk")))


def _newest_term() -> int | None:
    return StoryTerm.objects.order_by("-pk").values_list("pk", flat=True).first()


class Comparisons:
    """The pairs that one grouping asks for."""

    def __init__(self, ready: Mapping[int, Profile]) -> None:
        self.days: dict[int, int | None] = {}
        self._ready = ready
        self._outlets: dict[int, str] = {}
        self._current: dict[int, int] = {}
        self._profiles: dict[int, Profile] = {}

    def beside(self, article_ids: Collection[int]) -> set[tuple[int, int]]:
        """Pairs of each of some articles with every other worth comparing closely, the smaller number first.

        The articles of both are learnt.
        """
        unknown = [pk for pk in article_ids if pk not in _beside]
        _beside.update({pk: set() for pk in unknown})
        for one, other in _candidates(unknown):
            _beside[one].add(other)
            if other in _beside:
                _beside[other].add(one)
        pairs = {(min(one, other), max(one, other)) for one in article_ids for other in _beside[one]}
        self._learn({*article_ids, *(pk for pair in pairs for pk in pair)})
        _forget(_beside, MOST_BESIDE)
        return {pair for pair in pairs if all(pk in self._current for pk in pair)}

    def _learn(self, article_ids: Collection[int]) -> None:
        """Look up which versions of articles are stored, and of which day they are."""
        wanted = set(article_ids) - self.days.keys()
        rows = Article.objects.newest_versions().filter(pk__in=wanted).order_by()
        for pk, outlet, published, precision in rows.values_list(
            "pk", "outlet", "published", "published_precision"
        ):
            exact = precision in (Precision.MINUTE, Precision.DAY)
            self.days[pk] = published.date().toordinal() if published and exact else None
            self._outlets[pk] = str(outlet or "")
        learnt = wanted & self.days.keys()
        terms = _first_terms(learnt - _checked)
        for pk in learnt:
            known = _versions.get(pk)
            first = known.first_term if known and pk in _checked else terms.get(pk)
            if first is None:  # no word of it tells what it is about
                continue
            if known is None or known[:2] != (first, self._outlets[pk]):
                known = _versions[pk] = _Version(first, self._outlets[pk], next(_numbers))
            self._current[pk] = known.number
            _checked.add(pk)

    def of(self, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Compared]:
        """What pairs of learnt articles came to; those that are not worth comparing closely are left out."""
        asked = list(pairs)
        new = [pair for pair in asked if self._key(pair) not in _pairs]
        for first in range(0, len(new), _AT_ONCE):
            part = new[first : first + _AT_ONCE]
            profiles = self.profiles({pk for pair in part for pk in pair})
            for one, other in part:
                worth = candidates(profiles[one], profiles[other])
                _pairs[self._key((one, other))] = compare(profiles[one], profiles[other]) if worth else None
        found = {pair: known for pair in asked if (known := _pairs[self._key(pair)])}
        _forget(_pairs, MOST_PAIRS)
        if len(_versions) > MOST_ARTICLES:
            _forget(_versions, MOST_ARTICLES)
            _checked.intersection_update(_versions)
        return found

    def profiles(self, article_ids: Collection[int]) -> dict[int, Profile]:
        """The profiles of learnt articles."""
        unread = {pk for pk in article_ids if pk not in self._ready and pk not in self._profiles}
        if len(self._profiles) + len(unread) > MOST_PROFILES:
            self._profiles = {pk: self._profiles[pk] for pk in article_ids if pk in self._profiles}
        stored = Article.objects.filter(pk__in=unread).order_by().values_list("pk", "grouping")
        self._profiles |= {
            pk: Profile.from_json(values)._replace(outlet=self._outlets[pk]) for pk, values in stored
        }
        return {
            pk: self._ready[pk]._replace(outlet=self._outlets[pk])
            if pk in self._ready
            else self._profiles[pk]
            for pk in article_ids
        }

    def _key(self, pair: tuple[int, int]) -> tuple[int, int]:
        one, other = self._current[pair[0]], self._current[pair[1]]
        return (one, other) if one < other else (other, one)


# Pairs that share enough of their indexed terms, near in time or undated: what `candidates` tells of two
# profiles, asked of the index. A little less than the limit is taken, for the order of adding up. Each part
# has conditions that the index answers: one over all of them would read a term's articles of all times.
_CANDIDATES = """
    WITH asked AS MATERIALIZED (
        SELECT article_id AS id, term, weight, day FROM archive_storyterm WHERE article_id = ANY(%s)
    )
    SELECT id, article_id FROM (
        SELECT asked.id, there.article_id, asked.weight * there.weight AS shared
        FROM asked JOIN archive_storyterm AS there ON there.term = asked.term
            AND there.day BETWEEN asked.day - %s AND asked.day + %s
        UNION ALL
        SELECT asked.id, there.article_id, asked.weight * there.weight
        FROM asked JOIN archive_storyterm AS there ON there.term = asked.term AND there.day IS NULL
        UNION ALL
        SELECT asked.id, there.article_id, asked.weight * there.weight
        FROM asked JOIN archive_storyterm AS there ON there.term = asked.term AND there.day IS NOT NULL
        WHERE asked.day IS NULL
    ) AS pairs
    WHERE id <> article_id
    GROUP BY id, article_id HAVING sum(shared) >= %s
    ORDER BY id, article_id
"""


def _candidates(article_ids: Collection[int]) -> list[tuple[int, int]]:
    """Pairs of each of some articles with every other worth comparing closely."""
    if not article_ids:
        return []
    with connection.cursor() as cursor:
        # The planner does not know how rare terms are and would read the whole table.
        cursor.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
        cursor.execute(_CANDIDATES, [list(article_ids), WINDOW, WINDOW, LEAST_OVERLAP - 1e-6])
        pairs: list[tuple[int, int]] = cursor.fetchall()
        cursor.execute("SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on")
    return pairs


def _forget(remembered: dict[Any, Any], most: int) -> None:
    """Drop what was learnt first."""
    if len(remembered) > most:
        for key in list(islice(remembered, len(remembered) - most // 2)):
            del remembered[key]
