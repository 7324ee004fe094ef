"""What articles came to when they were compared with those around them, remembered for as long as they stay.

An import compares each new article with those that share its terms, and asks again which of them go together:
without a memory the same pairs would be sought, read and compared with every batch, the more of them the
larger the archive. Kept is what can matter to a group: one pair in twenty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db import connection, transaction

from archive.models import Article, StoryTerm
from archive.text.grouping import kept
from archive.text.profiles import Profile
from archive.text.relatedness import LEAST_OVERLAP, WINDOW, Compared, candidates, compare
from archive.text.types import Precision

MOST_REMEMBERED = 60_000  # articles: 60 MB
MOST_CAUGHT_UP = 5_000
MOST_PROFILES = 2_000  # held at once: 60 MB
_AT_ONCE = 1_000  # pairs whose profiles are read together
_ROUNDING = 1e-6  # by which sums of the same numbers may differ

Pair = tuple[int, int]  # the smaller number first


class _Memory:
    """By article all those beside it that can matter to a group with it, and what the two came to.

    It holds for as long as nobody else stores terms: whoever changes what an article is compared by stores
    its terms anew, under higher numbers.
    """

    def __init__(self) -> None:
        self.whole: set[int] = set()  # articles of which all are known
        self.behind: set[int] = set()  # stored by others: not yet beside those that are remembered
        self._beside: defaultdict[int, dict[int, Compared]] = defaultdict(dict)
        self._newest: int | None = None  # the newest term when this was last true
        self._sure = True  # whether what it was true of has been committed

    def catch_up(self) -> None:
        """Take notice of what others stored. To be called in the turn to write, before terms are stored."""
        newest = _newest_term()
        if newest == self._newest and self._sure:
            return
        changed: set[int] = set()
        if self._sure and newest and self._newest and newest > self._newest:
            terms = StoryTerm.objects.filter(pk__gt=self._newest).values_list("article", flat=True)
            changed = set(terms.distinct()[: MOST_CAUGHT_UP + 1])
        if 0 < len(changed) <= MOST_CAUGHT_UP:
            self._drop(changed)
            self.behind |= changed
        else:
            self.forget()

    def stored(self, article_ids: Iterable[int]) -> None:
        """Note that the terms of some articles were stored anew."""
        self._newest, self._sure = _newest_term(), False
        transaction.on_commit(self._committed)
        self._drop(article_ids)

    def learn(self, one: int, other: int, compared: Compared) -> None:
        """Keep what two articles came to."""
        self._beside[one][other] = self._beside[other][one] = compared

    def beside(self, pk: int) -> Mapping[int, Compared]:
        """Those beside an article, if it is `whole`."""
        return self._beside.get(pk, {})

    def make_room(self) -> None:
        """Begin anew if it is too much; what is asked for is sought again."""
        if len(self._beside) > MOST_REMEMBERED:
            self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.whole.clear()
        self.behind.clear()
        self._beside.clear()

    def _committed(self) -> None:
        self._sure = True

    def _drop(self, article_ids: Iterable[int]) -> None:
        for pk in article_ids:
            self.whole.discard(pk)
            for other in self._beside.pop(pk, {}):
                self._beside[other].pop(pk, None)


memory = _Memory()


def _newest_term() -> int | None:
    return StoryTerm.objects.order_by("-pk").values_list("pk", flat=True).first()


class Comparisons:
    """The pairs that one grouping asks for."""

    def __init__(self, ready: Mapping[int, Profile]) -> None:
        self.days: dict[int, int | None] = {}
        self._ready = ready
        self._outlets: dict[int, str] = {}
        self._profiles: dict[int, Profile] = {}

    def beside(self, article_ids: Collection[int]) -> dict[Pair, Compared]:
        """Pairs of each of some newest articles with every other that can matter, and what they came to."""
        self._compare({*article_ids, *memory.behind} - memory.whole)
        found = {
            (min(one, other), max(one, other)): compared
            for one in article_ids
            for other, compared in memory.beside(one).items()
        }
        memory.make_room()
        self._learn({*article_ids, *(pk for pair in found for pk in pair)})
        return {pair: one for pair, one in found.items() if self.days.keys() >= {*pair}}

    def _compare(self, article_ids: Collection[int]) -> None:
        """Remember of some articles who stands beside them."""
        shared = candidate_pairs(article_ids)
        self._learn({pk for pair in shared for pk in pair})
        pairs = list(shared)
        for first in range(0, len(pairs), _AT_ONCE):
            part = pairs[first : first + _AT_ONCE]
            profiles = self.profiles({pk for pair in part for pk in pair})
            for one, other in part:
                sure = shared[one, other] > LEAST_OVERLAP + _ROUNDING
                if sure or candidates(profiles[one], profiles[other]):
                    compared = compare(profiles[one], profiles[other])
                    if kept({("", ""): compared.score(0)}):
                        memory.learn(one, other, compared)
        memory.whole |= {*article_ids}
        memory.behind.clear()

    def _learn(self, article_ids: Collection[int]) -> None:
        """Look up of which outlets and days articles are; those that a later version replaced are of none."""
        wanted = set(article_ids) - self.days.keys()
        rows = Article.objects.newest_versions().filter(pk__any_of=wanted).order_by()
        for pk, outlet, published, precision in rows.values_list(
            "pk", "outlet", "published", "published_precision"
        ):
            exact = precision in (Precision.MINUTE, Precision.DAY)
            self.days[pk] = published.date().toordinal() if published and exact else None
            self._outlets[pk] = str(outlet or "")

    def profiles(self, article_ids: Collection[int]) -> dict[int, Profile]:
        """The profiles of learnt articles."""
        unread = {pk for pk in article_ids if pk not in self._ready and pk not in self._profiles}
        if len(self._profiles) + len(unread) > MOST_PROFILES:
            self._profiles = {pk: self._profiles[pk] for pk in article_ids if pk in self._profiles}
        stored = Article.objects.filter(pk__any_of=unread).order_by().values_list("pk", "grouping")
        self._profiles |= {
            pk: Profile.from_json(values)._replace(outlet=self._outlets[pk]) for pk, values in stored
        }
        return {
            pk: self._ready[pk]._replace(outlet=self._outlets[pk])
            if pk in self._ready
            else self._profiles[pk]
            for pk in article_ids
        }


# Pairs that share enough of their indexed terms, near in time or undated: what `candidates` tells of two
# profiles, asked of the index. A little less than the limit is taken, for the order of adding up. Each part
# has conditions that the index answers: one over all of them would read a term's articles of all times.
_CANDIDATES = """
    WITH asked AS MATERIALIZED (
        SELECT article_id AS id, term, weight, day FROM archive_storyterm WHERE article_id = ANY(%s)
    )
    SELECT least(id, article_id), greatest(id, article_id), min(shared) FROM (
        SELECT id, article_id, sum(shared) AS shared FROM (
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
        ) AS shares
        WHERE id <> article_id
        GROUP BY id, article_id HAVING sum(shared) >= %s
    ) AS pairs
    GROUP BY 1, 2 ORDER BY 1, 2
"""


def candidate_pairs(article_ids: Collection[int]) -> dict[Pair, float]:
    """Pairs of each of some articles with every other worth comparing closely, and how much they share."""
    if not article_ids:
        return {}
    with connection.cursor() as cursor:
        # The planner does not know how rare terms are and would read the whole table.
        cursor.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
        cursor.execute(_CANDIDATES, [list(article_ids), WINDOW, WINDOW, LEAST_OVERLAP - _ROUNDING])
        pairs = {(one, other): float(shared) for one, other, shared in cursor.fetchall()}
        cursor.execute("SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on")
    return pairs
