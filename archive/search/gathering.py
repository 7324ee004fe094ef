"""How many rows a search finds, and which: all of them if they are few, else an even sample."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from django.db.models import BigIntegerField, Func
from django.db.models.functions import Coalesce

from archive.models import SearchRow
from archive.models.search_row import SearchRowQuerySet
from archive.models.search_vector import SAMPLES, sample_lexeme
from archive.search.limits import Clock, TooLong

EXACT = 5_000  # rows that are fetched, ordered and counted one by one
WANTED = 500  # rows that a sample should have: four in a hundred right or wrong
ENOUGH = 100  # rows that a sample must have: ten in a hundred
# Of words in a row or near each other the index finds the words; each row with all of them has to be asked.
ENOUGH_OF_PHRASES = 30  # rows that a sample should have: twenty in a hundred
MOST_ASKED = 3_000  # rows asked for a sample, or for a page
_MOST_ASKED_FOR_ALL = 20_000  # rows asked so that none has to be estimated

# One row in so many: the samples that the index knows, and some between, so that a sample is never ten times
# larger than it has to be.
RATES = (10, 30, 100, 300, 1000)

# As many times as may be fetched: with fewer expected they are fetched without a look at a sample.
_FETCHED_AT_ONCE = 1.2

# The share of all articles from which on rows are found sooner by looking at each than in the index; of
# beginnings of words the lists of all such words have to be joined first.
_EVERYWHERE = 0.5
_EVERYWHERE_OF_BEGINNINGS = 0.15


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Key(NamedTuple):
    """What orders, folds and counts an article; `text` is the text that it is a copy of.

    `moment` is when it was published, in microseconds since 1970: thousands of numbers are read and compared
    in a tenth of the time of as many dates.
    """

    moment: int | None
    pk: int
    text: int | None
    outlet: int | None = None
    event: int | None = None
    language: str = ""

    @property
    def published(self) -> datetime | None:
        return None if self.moment is None else _EPOCH + timedelta(microseconds=self.moment)


def moment_of(published: datetime | None) -> int | None:
    """A date as `Key` holds it."""
    return None if published is None else (published - _EPOCH) // _MICROSECOND


class _Moment(Func):
    output_field = BigIntegerField()
    template = "(extract(epoch FROM %(expressions)s) * 1000000)::bigint"


_PLACES = 2**32


class _Place(Func):
    """Where search_vector.sample_lexemes has an article, or the text that it is a copy of, of _PLACES."""

    output_field = BigIntegerField()
    # The product by halves: whole, it might be too large a number.
    template = (
        "mod(mod((mod(%(expressions)s, 4294967296) >> 16) * 2654435761, 65536) * 65536"
        " + (%(expressions)s & 65535) * 2654435761, 4294967296)"
    )

    def __init__(self) -> None:
        super().__init__(Coalesce("text_id", "article_id"))


@dataclass(frozen=True)
class Gathered:
    """The rows found, or one in `rate` of them; `cut` if not even that was to be had in time."""

    keys: tuple[Key, ...]
    rate: int = 1
    cut: bool = False
    looked_at: int = 0  # rows with the words of phrases, each of which was asked for their order; 0 without

    @property
    def exact(self) -> bool:
        """Whether these are all rows."""
        return self.rate == 1 and not self.cut

    @cached_property
    def alone(self) -> tuple[Key, ...]:
        """The rows whose text is no copy."""
        return tuple(key for key in self.keys if key.text is None)

    @cached_property
    def copied(self) -> tuple[Key, ...]:
        """The rows whose text is printed by others, too."""
        return tuple(key for key in self.keys if key.text is not None)

    @cached_property
    def texts(self) -> int:
        """How many independent texts the rows are."""
        return len(self.alone) + len({key.text for key in self.copied})


class Size(NamedTuple):
    """How many there are: exactly; about, by a sample of `sample` rows; or not known at all (cut)."""

    number: int
    sample: int = 0
    cut: bool = False


def planned(rows: SearchRowQuerySet) -> int:
    """How many rows the planner expects, without looking at any."""
    plan = json.loads(rows.order_by().values("pk").explain(format="json"))
    return int(plan[0]["Plan"]["Plan Rows"])


def is_everywhere(expected: int, *, beginnings: bool) -> bool:
    """Whether so many articles match that looking at each one takes less long than the index.

    Args:
        expected: articles, by `planned`.
        beginnings: whether all words that begin in some way have to be collected from the index first.
    """
    share = _EVERYWHERE_OF_BEGINNINGS if beginnings else _EVERYWHERE
    return expected > 2 * EXACT and expected > share * planned(SearchRow.objects.all())


def gathered(
    rows: SearchRowQuerySet,
    clock: Clock,
    expected: int,
    *,
    indexed: bool = True,
    exact: int | None = None,
    phrases: bool = False,
) -> Gathered:
    """The rows of a search, or a sample of them, whatever was expected.

    Args:
        rows: all rows, copies among them.
        clock: the time that is left.
        expected: by `planned`.
        indexed: whether the index finds the rows; else each one of a sample is looked at.
        exact: how many rows are all fetched at most; EXACT, unless an estimate will do.
        phrases: whether words have to stand in a row or near each other, which the index does not know.
    """
    most = EXACT if exact is None else exact
    try:
        if phrases and expected > 2 * most:
            return clock.within(lambda: _with_phrases(rows, expected, most), share=0.5)
        return clock.within(lambda: _gathered(rows, expected, most, indexed=indexed), share=0.5)
    except TooLong:
        return Gathered((), cut=True)


def _gathered(rows: SearchRowQuerySet, expected: int, most: int, *, indexed: bool) -> Gathered:
    if expected <= _FETCHED_AT_ONCE * most:
        every = _keys(rows, most)
        if len(every) <= most:
            return Gathered(every)
        expected = max(expected, 2 * most)
    coarser: int | None = None
    wanted = WANTED if indexed else 2 * ENOUGH
    for rate in reversed(RATES):
        if expected / rate >= wanted or rate == RATES[0]:
            some = _keys(sampled(rows, rate), most)
            if len(some) > most and coarser:  # far more than expected: the sample was not read to its end
                return Gathered(_keys(sampled(rows, coarser), most), coarser)
            if len(some) >= ENOUGH and len(some) * rate > most:
                return Gathered(some, rate)
            # Far fewer than expected: the finest sample will do, if any.
            expected = min(expected, 2 * len(some) * rate)
        coarser = rate
    every = _keys(rows, most)
    return Gathered(every[:most], cut=len(every) > most)


def _with_phrases(rows: SearchRowQuerySet, expected: int, most: int) -> Gathered:
    """A sample of the rows whose words stand in a row, of so many that have the words.

    All of them where these are not too many, and so few stand in a row that a sample would tell too little.
    """
    rate = next((rate for rate in reversed(RATES) if expected / rate >= MOST_ASKED / 3), RATES[0])
    some = _keys(sampled(rows, rate), most)
    if len(some) < ENOUGH_OF_PHRASES and rate > RATES[0]:
        finer = rate * max(1, len(some)) / ENOUGH_OF_PHRASES
        rate = max((one for one in RATES if one <= finer), default=RATES[0])
        some = _keys(sampled(rows, rate), most)
    if len(some) >= ENOUGH_OF_PHRASES or (some and expected > _MOST_ASKED_FOR_ALL):
        return Gathered(some, rate, looked_at=expected)
    every = _keys(rows, most)
    return Gathered(every[:most], cut=len(every) > most)


def sampled(rows: SearchRowQuerySet, rate: int) -> SearchRowQuerySet:
    """One in so many of the rows: by the index, and between two samples that it knows by their numbers."""
    indexed = max(size for size in SAMPLES if size <= rate)
    some = rows.matching(f"'{sample_lexeme(indexed)}'")
    return some if rate == indexed else some.alias(place=_Place()).filter(place__lt=-(-_PLACES // rate))


def _keys(rows: SearchRowQuerySet, most: int) -> tuple[Key, ...]:
    columns = ("moment", "pk", "text_id", "outlet_id", "event_id", "language")
    found = rows.order_by().annotate(moment=_Moment("published")).values_list(*columns)[: most + 1]
    return tuple(map(Key._make, found))


def in_order(keys: Iterable[Key], *, newest: bool) -> list[Key]:
    """Newest or oldest first; undated articles last, ties in the order of their numbers."""
    place = attrgetter("moment", "pk")
    every = tuple(keys)
    dated = sorted((key for key in every if key.moment is not None), key=place, reverse=newest)
    return dated + sorted((key for key in every if key.moment is None), key=place, reverse=newest)


def first_of_texts(keys: Iterable[Key]) -> list[Key]:
    """Of copies of one text the first published, as SearchRowQuerySet.one_a_text chooses it."""
    kept: list[Key] = []
    first: dict[int, Key] = {}
    for key in keys:
        if key.text is None:
            kept.append(key)
        elif key.text not in first or _earlier(key, first[key.text]):
            first[key.text] = key
    return [*kept, *first.values()]


def _earlier(one: Key, other: Key) -> bool:
    return (one.moment is None, one.moment, one.pk) < (other.moment is None, other.moment, other.pk)


def size_of(found: Gathered, *, folded: bool) -> Size:
    """How many rows a search has, or how many independent texts."""
    number = found.texts if folded else len(found.keys)
    return Size(number * found.rate, 0 if found.rate == 1 else len(found.keys), found.cut)
