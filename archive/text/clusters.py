"""Groups of things from scores of pairs, the same whatever the order of things and pairs.

Agglomeration, best first: two groups become one while a mean of the mean and the worst score of all pairs
across them reaches the cut. Two groups that each hold together much better than with one another stay two:
each was told apart on its own. The more of the pairs across them clash, the less better is enough; where all
do, better at all. A pair without a score counts as the floor. Ties go to the smaller ids.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import product
from typing import NamedTuple

_FEWEST = 2  # members of a group that can be told apart from another
_ROUND = 9  # decimals to which scores are compared, so that the order of adding up does not matter


class Rule(NamedTuple):
    """When two groups join: `worst` is the weight of the worst pair beside the mean of all pairs.

    `gap` is how far the mean across two groups of two or more may lie below the mean within each, if no
    pair across them clashes.
    """

    cut: float
    floor: float
    worst: float
    gap: float = float("inf")


class _Across(NamedTuple):
    """The scored pairs across two groups, or within one."""

    total: float
    pairs: int
    worst: float

    def plus(self, other: _Across) -> _Across:
        return _Across(self.total + other.total, self.pairs + other.pairs, min(self.worst, other.worst))


_NONE = _Across(0.0, 0, float("inf"))


def clusters(
    ids: Iterable[str],
    scores: Mapping[tuple[str, str], float],
    rule: Rule,
    apart: Collection[tuple[str, str]] = (),
    together: Collection[tuple[str, str]] = (),
    clashes: Collection[tuple[str, str]] = (),
) -> list[list[str]]:
    """Partition `ids`.

    `scores` of pairs of ids, each pair once. Pairs in `together` end in one group and pairs in `apart` in
    two, but where both cannot be: there what is together stays apart from nothing but itself. `clashes` are
    pairs of which something says that they are two.
    Returns groups and their members in the order of ids.
    """
    merging = _Merging(ids, rule, apart, clashes)
    for one, other in sorted((min(pair), max(pair)) for pair in together):
        merging.join_by_judgement(one, other)
    for (one, other), score in sorted(scores.items()):
        merging.add(one, other, score)
    merging.run()
    return sorted(sorted(group) for group in merging.members.values())


class _Merging:
    """The state of one agglomeration. A group goes by its smallest id."""

    def __init__(
        self,
        ids: Iterable[str],
        rule: Rule,
        apart: Collection[tuple[str, str]],
        clashes: Collection[tuple[str, str]],
    ) -> None:
        self.rule = rule
        self.members: dict[str, list[str]] = {one: [one] for one in sorted(set(ids))}
        self.name = {one: one for one in self.members}
        self.across: defaultdict[str, dict[str, _Across]] = defaultdict(dict)
        self.within: dict[str, _Across] = {}
        self.apart: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self.apart[one].add(other)
            self.apart[other].add(one)
        self.clashes = {frozenset(pair) for pair in clashes}

    def join_by_judgement(self, one: str, other: str) -> None:
        """Join two before any scores count, unless a judgement forbids it."""
        kept, gone = sorted((self.name[one], self.name[other]))
        if kept != gone and not self.forbidden(kept, gone):
            self._rename(kept, gone)

    def add(self, one: str, other: str, score: float) -> None:
        """Take in the score of a pair."""
        kept, gone = sorted((self.name[one], self.name[other]))
        pair = _Across(score, 1, score)
        if kept == gone:
            self.within[kept] = self.within.get(kept, _NONE).plus(pair)
        else:
            known = self.across[kept].get(gone)
            self.across[kept][gone] = self.across[gone][kept] = known.plus(pair) if known else pair

    def run(self) -> None:
        """Join the best two groups until none reaches the cut."""
        heap: list[tuple[float, str, str]] = []
        for one in sorted(self.across):
            for other in sorted(self.across[one]):
                if one < other:
                    self._propose(heap, one, other)
        while heap:
            negative, one, other = heapq.heappop(heap)
            still = other in self.across[one] and self.score(one, other) == -negative
            if still and not self.forbidden(one, other) and not self.told_apart(one, other):
                self._join(one, other)
                for neighbour in sorted(self.across[one]):
                    self._propose(heap, *sorted((one, neighbour)))

    def score(self, one: str, other: str) -> float:
        """How well two groups go together."""
        across = self.across[one][other]
        pairs = len(self.members[one]) * len(self.members[other])
        worst = across.worst if across.pairs == pairs else self.rule.floor
        mean = self._mean(across, pairs)
        return round((1 - self.rule.worst) * mean + self.rule.worst * worst, _ROUND)

    def told_apart(self, one: str, other: str) -> bool:
        """Whether two groups of two or more each hold together far better than with one another."""
        sizes = len(self.members[one]), len(self.members[other])
        if min(sizes) < _FEWEST:
            return False
        pairs = [size * (size - 1) // 2 for size in sizes]
        inner = [
            self._mean(self.within.get(name, _NONE), count)
            for name, count in zip((one, other), pairs, strict=True)
        ]
        across = self._mean(self.across[one][other], sizes[0] * sizes[1])
        gap = self.rule.gap * (1.0 - self._clash(one, other) ** 2)
        return round(min(inner) - across, _ROUND) > gap

    def _clash(self, one: str, other: str) -> float:
        """The share of the pairs across two groups that clash."""
        if not self.clashes:
            return 0.0
        pairs = [frozenset(pair) in self.clashes for pair in product(self.members[one], self.members[other])]
        return sum(pairs) / len(pairs)

    def _mean(self, scored: _Across, pairs: int) -> float:
        """Of so many pairs, those without a score at the floor."""
        return (scored.total + (pairs - scored.pairs) * self.rule.floor) / pairs

    def forbidden(self, one: str, other: str) -> bool:
        """Whether somebody judged a pair across two groups to be apart."""
        return any(
            not self.apart[member].isdisjoint(self.members[other])
            for member in self.members[one]
            if member in self.apart
        )

    def _propose(self, heap: list[tuple[float, str, str]], one: str, other: str) -> None:
        score = self.score(one, other)
        kept_apart = self.forbidden(one, other) or self.told_apart(one, other)
        if score >= self.rule.cut and not kept_apart:
            heapq.heappush(heap, (-score, one, other))

    def _join(self, kept: str, gone: str) -> None:
        parts = [self.within.pop(name, _NONE) for name in (kept, gone)]
        self.within[kept] = parts[0].plus(parts[1]).plus(self.across[kept][gone])
        for neighbour, pairs in self.across.pop(gone).items():
            self.across[neighbour].pop(gone, None)
            if neighbour != kept:
                known = self.across[kept].get(neighbour)
                both = known.plus(pairs) if known else pairs
                self.across[kept][neighbour] = self.across[neighbour][kept] = both
        self._rename(kept, gone)

    def _rename(self, kept: str, gone: str) -> None:
        for member in self.members[gone]:
            self.name[member] = kept
        self.members[kept] += self.members.pop(gone)
