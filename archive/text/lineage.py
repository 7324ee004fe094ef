"""Which articles are printings of one independent text, and which of them had it first.

    groups(printings, near)[0].first          # the printing that the others are copies of

The first is the first published; an article without a date comes after those with one. An article joins
the earliest first that it is itself a copy of, never a copy of a copy, so that a text that changes from
printing to printing does not take in what it no longer resembles. Everything depends on the articles alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple


class Printing(NamedTuple):
    """An article as lineage sees it.

    `id` is its name in every order of import. `wording` names its words. `agency` says that its outlet is a
    news agency, which has its reports before those who print them at the same minute or day.
    """

    id: str
    wording: str
    published: datetime | None
    agency: bool = False


class Group(NamedTuple):
    """The printings of one independent text, the first one first."""

    members: tuple[Printing, ...]

    @property
    def first(self) -> Printing:
        return self.members[0]


def groups(
    printings: Iterable[Printing],
    near: Collection[frozenset[str]] = (),
    together: Collection[tuple[str, str]] = (),
    apart: Collection[tuple[str, str]] = (),
) -> list[Group]:
    """Partition printings into independent texts, those printed once included.

    Args:
        near: pairs of wordings that are near copies.
        together: pairs of ids that people judged to be copies; their whole groups join.
        apart: pairs of ids that people judged not to be. They never end in one group.
    """
    ordered = sorted(set(printings), key=_order)
    joining = _Joining(apart)
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in map(sorted, near):
        beside[one].add(other)
        beside[other].add(one)
    for printing in ordered:
        joining.place(printing, {printing.wording, *beside[printing.wording]})
    rank = {printing.id: place for place, printing in enumerate(ordered)}
    ranks = {
        (min(rank[one], rank[other]), max(rank[one], rank[other]))
        for one, other in together
        if one in rank and other in rank
    }
    for earlier, later in sorted(ranks):
        joining.join(ordered[earlier].id, ordered[later].id)
    found = [Group(tuple(sorted(members, key=_order))) for members in joining.groups]
    return sorted((group for group in found if group.members), key=lambda group: _order(group.first))


def _order(printing: Printing) -> tuple[bool, datetime, bool, str]:
    return (
        printing.published is None,
        printing.published or _NEVER,
        not printing.agency,
        printing.id,
    )


_NEVER = datetime.max


class _Joining:
    """Groups as they grow; each begins with its first printing."""

    def __init__(self, apart: Iterable[tuple[str, str]]) -> None:
        self.groups: list[list[Printing]] = []
        self._place: dict[str, int] = {}
        self._firsts: defaultdict[str, list[int]] = defaultdict(list)  # groups by the wording of their first
        self._foes: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self._foes[one].add(other)
            self._foes[other].add(one)

    def place(self, printing: Printing, wordings: Collection[str]) -> None:
        """Put a printing into the earliest group whose first has one of these wordings, else a new one."""
        possible = sorted(number for wording in wordings for number in self._firsts[wording])
        for number in possible:
            if not self._apart([printing], self.groups[number]):
                self.groups[number].append(printing)
                self._place[printing.id] = number
                return
        self._place[printing.id] = len(self.groups)
        self._firsts[printing.wording].append(len(self.groups))
        self.groups.append([printing])

    def join(self, one: str, other: str) -> None:
        """Make two groups one, unless that would bring together what is apart."""
        kept, gone = sorted((self._place[one], self._place[other]))
        if kept == gone or self._apart(self.groups[gone], self.groups[kept]):
            return
        for printing in self.groups[gone]:
            self._place[printing.id] = kept
        self.groups[kept] += self.groups[gone]
        self.groups[gone] = []

    def _apart(self, some: Sequence[Printing], others: Sequence[Printing]) -> bool:
        ids = {printing.id for printing in others}
        return any(self._foes[printing.id] & ids for printing in some)
