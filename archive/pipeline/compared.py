"""What articles came to when they were compared with those around them, remembered for as long as they stay.

An import compares each new article with those that share its terms, and asks again which of them go together:
without a memory the same pairs would be sought, read and compared with every batch, the more of them the
larger the archive. Kept is what can matter to a group: one pair in twenty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.db import connection, transaction

from archive.models import Article, StoryTerm
from archive.pipeline.crowds import Levels
from archive.pipeline.nearness import Pair, candidate_pairs
from archive.text.crowds import level_between
from archive.text.grouping import kept
from archive.text.nearness import Shared, share_enough, shared
from archive.text.profiles import Profile
from archive.text.relatedness import Compared, compare
from archive.text.types import Precision

MOST_REMEMBERED = 60_000  # articles: 60 MB
MOST_CAUGHT_UP = 5_000
MOST_PROFILES = 2_000  # held at once: 60 MB
_AT_ONCE = 1_000  # pairs whose profiles are read together

_ANEW = """
    UPDATE archive_storyterm SET id = nextval(pg_get_serial_sequence('archive_storyterm', 'id'))
    WHERE id IN (SELECT min(id) FROM archive_storyterm WHERE article_id = ANY(%s) GROUP BY article_id)
"""


class Beside(NamedTuple):
    """What two articles came to, and what they share."""

    compared: Compared
    shared: Shared


class _Memory:
    """By article all those beside it that can matter to a group with it, and what the two came to.

    It holds for as long as nobody else stores terms: whoever changes what an article is compared by stores
    its terms anew, under higher numbers.
    """

    def __init__(self) -> None:
        self.whole: set[int] = set()  # articles of which all are known
        self.behind: set[int] = set()  # stored by others: not yet beside those that are remembered
        self._beside: defaultdict[int, dict[int, Beside]] = defaultdict(dict)
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

    def compare_anew(self, article_ids: Collection[int]) -> None:
        """Have some articles compared again, by every process: less is asked of them than before."""
        if article_ids:
            with connection.cursor() as cursor:
                cursor.execute(_ANEW, [list(article_ids)])
            self.stored(article_ids)

    def learn(self, one: int, other: int, beside: Beside) -> None:
        """Keep what two articles came to."""
        self._beside[one][other] = self._beside[other][one] = beside

    def beside(self, pk: int) -> Mapping[int, Beside]:
        """Those beside an article, if it is `whole`; some of them from when less was asked."""
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
        self._levels = Levels()
        self._ready = ready
        self._outlets: dict[int, str] = {}
        self._profiles: dict[int, Profile] = {}

    def beside(self, article_ids: Collection[int]) -> dict[Pair, Compared]:
        """Pairs of each of some newest articles with every other that can matter, and what they came to."""
        self._compare({*article_ids, *memory.behind} - memory.whole)
        found = {
            (min(one, other), max(one, other)): beside
            for one in article_ids
            for other, beside in memory.beside(one).items()
        }
        memory.make_room()
        self._learn({*article_ids, *(pk for pair in found for pk in pair)})
        return {pair: one.compared for pair, one in found.items() if self._share(pair, one.shared)}

    def _share(self, pair: Pair, found: Shared) -> bool:
        """Whether two articles share enough to be compared closely. Those that were replaced do not."""
        if not self.days.keys() >= {*pair}:
            return False
        days = self.days[pair[0]], self.days[pair[1]]
        return share_enough(*days, level_between(*days, self.levels), found)

    def _compare(self, article_ids: Collection[int]) -> None:
        """Remember of some articles who stands beside them."""
        pairs = sorted(candidate_pairs(article_ids, self._levels))
        self._learn({pk for pair in pairs for pk in pair})
        for first in range(0, len(pairs), _AT_ONCE):
            part = pairs[first : first + _AT_ONCE]
            profiles = self.profiles({pk for pair in part for pk in pair})
            for one, other in part:
                both = shared(profiles[one], profiles[other])
                if self._share((one, other), both):
                    compared = compare(profiles[one], profiles[other])
                    if kept({("", ""): compared.score(0)}):
                        memory.learn(one, other, Beside(compared, both))
        memory.whole |= {*article_ids}
        memory.behind.clear()

    @property
    def levels(self) -> Mapping[int, int]:
        """How crowded the days of learnt articles are."""
        return self._levels.known

    def _learn(self, article_ids: Collection[int]) -> None:
        """Look up of which outlets and days articles are; those that a later version replaced are of none."""
        wanted = set(article_ids) - self.days.keys()
        if not wanted:
            return
        rows = Article.objects.newest_versions().filter(pk__any_of=wanted).order_by()
        for pk, outlet, published, precision in rows.values_list(
            "pk", "outlet", "published", "published_precision"
        ):
            exact = precision in (Precision.MINUTE, Precision.DAY)
            self.days[pk] = published.date().toordinal() if published and exact else None
            self._outlets[pk] = str(outlet or "")
        self._levels.of(self.days[pk] for pk in wanted if pk in self.days)

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
