"""How many rows a search finds, and which: all of them if they are few, else an even sample."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from archive.models import SearchRow
from archive.models.search_row import SearchRowQuerySet
from archive.models.search_vector import SAMPLES, sample_lexeme
from archive.search.limits import Clock, TooLong

EXACT = 5_000  # rows that are fetched, ordered and counted one by one
WANTED = 500  # rows that a sample should have: four in a hundred right or wrong
ENOUGH = 100  # rows that a sample must have: ten in a hundred

# The share of all articles from which on rows are found sooner by looking at each than in the index; of
# beginnings of words the lists of all such words have to be joined first.
_EVERYWHERE = 0.5
_EVERYWHERE_OF_BEGINNINGS = 0.02


class Key(NamedTuple):
    """What orders, folds and counts an article; `text` is the text that it is a copy of."""

    published: datetime | None
    pk: int
    text: int | None
    outlet: int | None = None
    event: int | None = None
    language: str = ""


class Gathered(NamedTuple):
    """The rows found, or one in `rate` of them; `cut` if not even that was to be had in time."""

    keys: tuple[Key, ...]
    rate: int = 1
    cut: bool = False

    @property
    def exact(self) -> bool:
        """Whether these are all rows."""
        return self.rate == 1 and not self.cut


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


def gathered(rows: SearchRowQuerySet, clock: Clock, expected: int, *, indexed: bool = True) -> Gathered:
    """The rows of a search, or a sample of them, whatever was expected.

    Args:
        rows: all rows, copies among them.
        clock: the time that is left.
        expected: by `planned`.
        indexed: whether the index finds the rows; else each one of a sample is looked at.
    """
    try:
        return clock.within(lambda: _gathered(rows, expected, indexed=indexed), share=0.5)
    except TooLong:
        return Gathered((), cut=True)


def _gathered(rows: SearchRowQuerySet, expected: int, *, indexed: bool) -> Gathered:
    if expected <= 2 * EXACT:
        every = _keys(rows)
        if len(every) <= EXACT:
            return Gathered(every)
        expected = max(expected, 2 * EXACT)
    coarser: int | None = None
    for rate in reversed(SAMPLES):
        if expected / rate >= WANTED or not indexed or rate == SAMPLES[0]:
            some = _keys(rows.matching(f"'{sample_lexeme(rate)}'"))
            if len(some) > EXACT and coarser:  # far more than expected: the sample was not read to its end
                return Gathered(_keys(rows.matching(f"'{sample_lexeme(coarser)}'")), coarser)
            if len(some) >= ENOUGH and len(some) * rate > EXACT:
                return Gathered(some, rate)
        coarser = rate
    every = _keys(rows)
    return Gathered(every[:EXACT], cut=len(every) > EXACT)


def _keys(rows: SearchRowQuerySet) -> tuple[Key, ...]:
    columns = ("published", "pk", "text_id", "outlet_id", "event_id", "language")
    return tuple(Key(*row) for row in rows.order_by().values_list(*columns)[: EXACT + 1])


def size_of(found: Gathered, *, folded: bool) -> Size:
    """How many rows a search has, or how many independent texts."""
    number = texts(found.keys) if folded else len(found.keys)
    return Size(number * found.rate, 0 if found.rate == 1 else len(found.keys), found.cut)


def texts(keys: Collection[Key]) -> int:
    """How many independent texts some articles are."""
    copied = [key.text for key in keys if key.text is not None]
    return len(keys) - len(copied) + len(set(copied))
