"""A page of a search: the articles behind or before a place, wherever they stand by now."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.postgres.search import SearchRank
from django.db.models import F

from archive.models import SearchRow
from archive.models.search_row import SearchRowQuerySet, Tsquery
from archive.search.asked import Asked
from archive.search.gathering import (
    MOST_ASKED,
    Gathered,
    Key,
    first_of_texts,
    in_order,
    moment_of,
)
from archive.search.limits import Clock, TooLong
from archive.search.query import terms
from archive.search.walking import Between, Walked, likely_end, walk, walk_back

PAGE = 20  # articles

# Ranking reads the words of every row: so many of the newest are ranked, the older ones follow by date. Of
# rows too many to fetch each, the newest have to be looked for besides.
MOST_RANKED = 500
RANKED_OF_MANY = 200
# What ranking one article costs grows with the words and phrases looked for: of queries with more, fewer are.
_MOST_TERMS = 20

_WRITTEN = re.compile(r"(?:([0-9.e+-]{1,30})~)?([0-9TZ:.+-]{0,40})~([0-9]{1,18})", re.ASCII)


class Entry(NamedTuple):
    """An article in its place: by rank if it has one, else by date."""

    rank: float | None
    key: Key

    def __str__(self) -> str:
        """As an address writes it."""
        rank = "" if self.rank is None else f"{self.rank!r}~"
        published = self.key.published
        date = published.isoformat().replace("+00:00", "Z") if published else ""
        return f"{rank}{date}~{self.key.pk}"


class Page(NamedTuple):
    """The articles of a page; `start` counts from 1 and is None where it is not known.

    `previous` and `next` are addresses, "" where there is none; `ranked` is how many were ranked if not all
    were, else 0; `cut` says that time ran out.
    """

    keys: tuple[Key, ...]
    start: int | None
    previous: str
    next: str
    ranked: int = 0
    cut: bool = False


def read_place(written: str) -> Entry | None:
    """The place that an address names; None if it is none."""
    found = _WRITTEN.fullmatch(written)
    if not found:
        return None
    rank, date, pk = found.groups()
    try:
        published = datetime.fromisoformat(date) if date else None
        if published is not None and published.tzinfo is None:
            return None
        moment = moment_of(published.astimezone(UTC)) if published else None
        return Entry(float(rank) if rank else None, Key(moment, int(pk), None))
    except (ValueError, OverflowError):
        return None


def page(asked: Asked, found: Gathered, clock: Clock, *, by_month: bool) -> Page:
    """The page that the address asks for: behind `after`, before `before`, else the first.

    Args:
        asked: what the address asks for.
        found: all its rows, or a sample.
        clock: the time that is left.
        by_month: how rows that were not fetched are looked for (see walking.walk).
    """
    listing = _Listing(asked, found, clock, by_month=by_month)
    before = read_place((asked.here.values("before") or [""])[-1])
    after = read_place((asked.here.values("after") or [""])[-1])
    return listing.before(before) if before and not after else listing.after(after)


def most_ranked(asked: Asked, found: Gathered) -> int:
    """How many of the newest articles are ranked."""
    most = MOST_RANKED if found.exact else RANKED_OF_MANY
    if found.cut:  # there is time for a page
        most = PAGE
    elif found.looked_at:  # as many as are met among so many that have the words
        most = min(most, MOST_ASKED * len(found.keys) * found.rate // found.looked_at)
    wanted = len(terms(asked.query.expression))
    return max(PAGE, most if wanted <= _MOST_TERMS else most * _MOST_TERMS // wanted)


def stretch(
    asked: Asked, found: Gathered, clock: Clock, after: Entry | None, most: int, *, by_month: bool
) -> list[Entry]:
    """So many articles in the order of the pages, behind a place or from the first on.

    Raises:
        TooLong: the time ran out.
    """
    listing = _Listing(asked, found, clock, by_month=by_month)
    _, shown = listing.behind(after, most)
    if listing.cut or found.cut:
        raise TooLong
    return shown


def first_in_order(asked: Asked, found: Gathered, clock: Clock) -> list[int]:
    """The numbers of all rows fetched, in order; or, if not all were, of the ones that are ranked."""
    return [entry.key.pk for entry in _Listing(asked, found, clock, by_month=True).head]


class _Listing:
    """All articles of a search in order: the `head` is in memory, what follows is walked."""

    def __init__(self, asked: Asked, found: Gathered, clock: Clock, *, by_month: bool) -> None:
        self.asked, self.found, self.clock, self.by_month = asked, found, clock, by_month
        self.newest = asked.order != "oldest"
        self.whole = found.exact
        self.cut = False
        self.ranked = 0
        self.head: list[Entry] = []
        if self.whole:
            self.head = self._ordered(found.keys)
        elif asked.order == "best":
            self.head = self._ranked(self._walk(None, most_ranked(asked, found)))
            self.ranked = len(self.head)

    def after(self, place: Entry | None) -> Page:
        """The page behind a place, or the first."""
        start, shown = self.behind(place, PAGE + 1)
        position = start + 1 if start < len(self.head) or not place else None
        return self._page(shown[:PAGE], position, is_more_before=place is not None, is_more=len(shown) > PAGE)

    def behind(self, place: Entry | None, most: int) -> tuple[int, list[Entry]]:
        """The articles behind a place, or the first; and how many of the head stand before them."""
        start = bisect_right(self._sorting, self._sort(place)) if place and self._in_head(place) else 0
        if place and not self._in_head(place):
            start = len(self.head)
        shown = self.head[start : start + most]
        if len(shown) < most and not self.whole:
            behind = place.key if place and not self._in_head(place) else self._lowest()
            shown += [Entry(None, key) for key in self._walk(behind, most - len(shown))]
        return start, shown

    def before(self, place: Entry) -> Page:
        """The page before a place: the first, and full, where less than a page stands before it."""
        shown: list[Entry] = []
        end = len(self.head)
        if self._in_head(place):
            end = bisect_left(self._sorting, self._sort(place))
        else:
            rows = self._rows()
            walked = walk_back(
                rows,
                self.clock,
                PAGE + 1,
                newest=self.newest,
                before=place.key,
                by_month=self.by_month,
                between=self._between(),
            )
            self.cut |= walked.cut
            lowest = self._lowest()
            low = self._date(lowest) if lowest else None
            shown = [Entry(None, key) for key in walked.keys if low is None or self._date(key) > low][::-1]
        missing = PAGE + 1 - len(shown)
        begin = max(0, end - missing) if missing > 0 else end
        shown = [*self.head[begin:end], *shown]
        if len(shown) <= PAGE:
            return self.after(None)
        position = begin + 2 if end > begin else None
        return self._page(shown[-PAGE:], position, is_more_before=True, is_more=True)

    def _page(
        self, shown: Sequence[Entry], position: int | None, *, is_more_before: bool, is_more: bool
    ) -> Page:
        here = self.asked.here
        return Page(
            keys=tuple(entry.key for entry in shown),
            start=position if self.whole or self.head or position == 1 else None,
            previous=str(here.at("before", str(shown[0]))) if shown and is_more_before else "",
            next=str(here.at("after", str(shown[-1]))) if shown and is_more else "",
            ranked=self.ranked,
            cut=self.cut,
        )

    # --- what is in memory ---------------------------------------------------------------------------

    def _ordered(self, keys: Iterable[Key]) -> list[Entry]:
        listed = in_order(first_of_texts(keys) if self.asked.folded else keys, newest=self.newest)
        if self.asked.order != "best":
            return [Entry(None, key) for key in listed]
        most = most_ranked(self.asked, self.found)
        if len(listed) > most:
            self.ranked = most
        return [*self._ranked(listed[:most]), *(Entry(None, key) for key in listed[most:])]

    def _ranked(self, keys: Sequence[Key]) -> list[Entry]:
        rank = SearchRank(F("vector"), Tsquery(self.asked.ranked_by), cover_density=True)
        rows = SearchRow.versions.filter(pk__any_of=[key.pk for key in keys]).annotate(rank=rank)
        try:
            ranks: dict[int, float] = dict(self.clock.within(lambda: list(rows.values_list("pk", "rank"))))
        except TooLong:
            self.cut = True
            ranks = {}
        return sorted((Entry(ranks.get(key.pk, 0.0), key) for key in keys), key=self._sort)

    @property
    def _sorting(self) -> list[Any]:
        return [self._sort(entry) for entry in self.head]

    def _sort(self, entry: Entry) -> tuple[int, float, tuple[bool, int, int]]:
        if entry.rank is None:
            return (1, 0.0, self._date(entry.key))
        return (0, -entry.rank, self._date(entry.key))

    def _date(self, key: Key) -> tuple[bool, int, int]:
        falling = -1 if self.newest else 1
        if key.moment is None:
            return (True, 0, falling * key.pk)
        return (False, falling * key.moment, falling * key.pk)

    # --- what is walked ------------------------------------------------------------------------------

    def _in_head(self, place: Entry) -> bool:
        return self.whole or (place.rank is not None and bool(self.head))

    def _lowest(self) -> Key | None:
        """The last by date of what was ranked: what is walked follows it."""
        return max((entry.key for entry in self.head), key=self._date) if self.head else None

    def _between(self) -> Between:
        chosen = self.asked.filters.chosen()
        since, until = chosen.get("from"), chosen.get("to")
        return Between(since and since.start, until and until.end)

    def _rows(self) -> SearchRowQuerySet:
        rows = self.asked.rows(indexed=self.by_month)
        return rows.one_a_text() if self.asked.folded else rows

    def _walk(self, after: Key | None, most: int) -> tuple[Key, ...]:
        walked: Walked = walk(
            self._rows(),
            self.clock,
            most,
            newest=self.newest,
            after=after,
            by_month=self.by_month,
            between=self._between(),
            likely=self._likely_end(after, most),
        )
        self.cut |= walked.cut
        return walked.keys

    def _likely_end(self, after: Key | None, most: int) -> datetime | None:
        start = 0 if after is None else bisect_right(self._sampled, self._date(after), key=self._date)
        return likely_end(self._sampled[start:], self.found.rate, most)

    @cached_property
    def _sampled(self) -> list[Key]:
        return sorted((key for key in self.found.keys if key.moment is not None), key=self._date)
