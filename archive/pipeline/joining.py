"""Which names are one, by what curators judged: pure, so that it can be proved and previewed."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple


class Joined(NamedTuple):
    """A judgement that `left` is a name of what `right` names: `right` keeps its address."""

    left: str
    right: str


def heads(
    keys: Iterable[str], joins: Sequence[Joined], apart: Collection[tuple[str, str]] = ()
) -> dict[str, str]:
    """Each key with the key that stands for its group, which is itself where nothing joins it.

    `joins` come oldest first; the right side of the newest names the group. A join that would bring a pair
    in `apart` together is passed over.
    """
    head = {key: key for key in keys}
    members: dict[str, set[str]] = {key: {key} for key in head}
    foes: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in apart:
        foes[one].add(other)
        foes[other].add(one)
    for left, right in joins:
        if left not in head or right not in head or head[left] == head[right]:
            continue
        kept, gone = head[right], head[left]
        if any(foes[member] & members[kept] for member in members[gone]):
            continue
        members[kept] |= members.pop(gone)
        head.update(dict.fromkeys(members[kept], kept))
    return head


def chain(joins: Iterable[Joined], start: str, end: str) -> list[str]:
    """The shortest way from one key to another over joins, both included; empty if there is none."""
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for left, right in joins:
        beside[left].add(right)
        beside[right].add(left)
    came_from: dict[str, str] = {start: start}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if here == end:
            break
        for there in sorted(beside[here] - came_from.keys()):
            came_from[there] = here
            waiting.append(there)
    if end not in came_from:
        return []
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]
