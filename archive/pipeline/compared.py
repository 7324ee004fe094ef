"""What pairs of articles came to when they were compared, remembered for as long as neither changes.

An import compares each new article with those around it, and asks again which of those go together: without
a memory the same pairs would be read and compared with every batch, the more of them the larger the archive.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import count, islice
from typing import Any, NamedTuple

from django.db.models.expressions import RawSQL

from archive.models import Article
from archive.text.profiles import Profile
from archive.text.relatedness import Compared, candidates, compare
from archive.text.types import Precision

MOST_PAIRS = 300_000  # remembered: 70 MB
MOST_ARTICLES = 100_000
MOST_PROFILES = 2_000  # held at once: 60 MB
_AT_ONCE = 1_000  # pairs whose profiles are read together

# Where a row stands and who wrote it: another value after every change, in whatever transaction.
_VERSION = RawSQL("archive_article.xmin::text || archive_article.ctid::text", ())


class _Version(NamedTuple):
    stored: str
    number: int  # of this version of this article, here


_versions: dict[int, _Version] = {}
_numbers = count()
_pairs: dict[tuple[int, int], Compared | None] = {}


class Comparisons:
    """The pairs that one grouping asks for."""

    def __init__(self, ready: Mapping[int, Profile]) -> None:
        self.days: dict[int, int | None] = {}
        self._ready = ready
        self._outlets: dict[int, str] = {}
        self._current: dict[int, int] = {}
        self._profiles: dict[int, Profile] = {}

    def learn(self, article_ids: Collection[int]) -> None:
        """Look up which versions of articles are stored, and of which day they are."""
        wanted = set(article_ids) - self._current.keys()
        rows = Article.objects.filter(pk__in=wanted).annotate(version=_VERSION)
        for pk, outlet, published, precision, version in rows.values_list(
            "pk", "outlet", "published", "published_precision", "version"
        ):
            known = _versions.get(pk)
            if known is None or known.stored != version:
                known = _versions[pk] = _Version(version, next(_numbers))
            self._current[pk], self._outlets[pk] = known.number, str(outlet or "")
            exact = precision in (Precision.MINUTE, Precision.DAY)
            self.days[pk] = published.date().toordinal() if published and exact else None

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
        _forget(_versions, MOST_ARTICLES)
        return found

    def profiles(self, article_ids: Collection[int]) -> dict[int, Profile]:
        """The profiles of learnt articles."""
        unread = {pk for pk in article_ids if pk not in self._ready and pk not in self._profiles}
        if len(self._profiles) + len(unread) > MOST_PROFILES:
            self._profiles = {pk: self._profiles[pk] for pk in article_ids if pk in self._profiles}
        stored = Article.objects.filter(pk__in=unread).values_list("pk", "grouping")
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


def _forget(remembered: dict[Any, Any], most: int) -> None:
    """Drop what was learnt first."""
    if len(remembered) > most:
        for key in list(islice(remembered, len(remembered) - most // 2)):
            del remembered[key]
