"""Which units of different texts belong in one row.

Links are found for every pair that shares enough, quoted words first; groups grow from the surest link down,
where nobody who joins disagrees. Texts need not run in parallel: links may cross.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple, TypeVar

from archive.text import words
from archive.text.similarity import Event, are_first, evidence, probability, share_exact

Key = TypeVar("Key", str, tuple[str, ...])

LINK = 0.6  # probability from which two units are one row
JOIN = 0.42  # the same, where one of the two is in a row with a third text already
TOGETHER = 0.25  # mean probability of all pairs that two groups need to become one
DOUBT = 0.35  # a unit with a counterpart of this probability is not said to have none
FAINT = 0.06  # the same, where a "perhaps" is said: of such units one in three has a paraphrase
_CLOSEST = 4  # units that are looked at for that, whatever their text
_PLAIN_LINK = 0.8  # a link this sure may be one of several of a unit
_ENOUGH = 0.22  # share of the shorter unit's weight that must be shared before a pair is looked at closely
_PER_TEXT = 3  # counterparts of a unit in one other text that are looked at closely
_COMMON = 40  # units: a word that stands in more of them, and in more than an eighth of all, proposes no pair
_WORK = 400_000  # pairs that words may propose: eight long articles need a tenth of it
FEWEST_WORDS = 4  # fewer words prove nothing by being the same
_INSIDE = 0.55  # share of a part's weight that a longer unit must have to hold it
_REPEATED = 0.96  # probability of a link by the same words throughout
_QUOTED = 0.97  # probability of a link by quoted words, which outranks their frames
_QUOTED_WHOLE = 0.02  # more, the more of the longer quotation both have
_LONG_QUOTATION = 8  # words: who quotes so many that are the same is linked before all others
_QUOTED_SHARE = 0.8  # of the shorter quotation's words must follow one another in the longer


class Link(NamedTuple):
    """Two units (by number) that report the same thing. `quoted`: they quote the same words."""

    one: int
    other: int
    probability: float
    quoted: bool


class Linking(NamedTuple):
    """`groups`: unit numbers of each row with two texts or more; `links` by pair.

    Of the other units, `doubtful` are near misses, and `faint` are those that something elsewhere resembles a
    little: a paraphrase may hide there.
    """

    groups: list[list[int]]
    links: dict[tuple[int, int], Link]
    doubtful: frozenset[int]
    faint: frozenset[int]


def link(event: Event) -> Linking:
    """Group the units of an event into rows. Deterministic in the order of the event's texts."""
    shared = _shared(event)
    links = {(found.one, found.other): found for found in _links(event, shared)}
    links |= {(found.one, found.other): found for found in _repetitions(event)}
    links |= {(found.one, found.other): found for found in _quotations(event)}
    best: defaultdict[tuple[int, int], float] = defaultdict(float)
    for (one, other), found in links.items():
        for unit, counterpart in ((one, other), (other, one)):
            place = (unit, event.sides[counterpart].text)
            best[place] = max(best[place], found.probability)
    groups = _grow(event, links, _mutual(event, links, best))
    linked = frozenset(unit for group in groups for unit in group)
    doubtful = frozenset(unit for (unit, _), value in best.items() if value >= DOUBT and unit not in linked)
    return Linking(groups, links, doubtful, _faint(event, shared, linked | doubtful))


# --- pairs ------------------------------------------------------------------------------------------


def _links(event: Event, shared: dict[tuple[int, int], float]) -> Iterator[Link]:
    for one, other in sorted(_candidates(event, shared)):
        chance = probability(event.sides[one], event.sides[other], event)
        yield Link(one, other, chance, False)


def _shared(event: Event) -> dict[tuple[int, int], float]:
    """What units of different texts weigh together in words that both have."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, side in enumerate(event.sides):
        if not all(key[0].isdigit() for key in side.bag):  # "2." numbers a paragraph
            for key in side.bag:
                holders[key].append(number)
    limit = max(_COMMON, len(event.sides) // 8)
    shared: defaultdict[tuple[int, int], float] = defaultdict(float)
    texts = [side.text for side in event.sides]
    for key in _within_budget(holders, limit):
        for pair in combinations(holders[key], 2):
            if texts[pair[0]] != texts[pair[1]]:
                shared[pair] += event.weights[key]
    return shared


def _candidates(event: Event, shared: dict[tuple[int, int], float]) -> set[tuple[int, int]]:
    """Pairs of units that share enough weight or a figure, or open their texts: the best few of each text."""
    ranked: defaultdict[tuple[int, int], list[tuple[float, int]]] = defaultdict(list)
    for (one, other), common in shared.items():
        first, second = event.sides[one], event.sides[other]
        share = common / min(first.total, second.total)
        if share >= _ENOUGH or share_exact(first, second) or are_first(first, second):
            ranked[one, second.text].append((-share, other))
            ranked[other, first.text].append((-share, one))
    return {
        (min(one, other), max(one, other))
        for (one, _), found in ranked.items()
        for _, other in sorted(found)[:_PER_TEXT]
    }


def _faint(event: Event, shared: dict[tuple[int, int], float], settled: frozenset[int]) -> frozenset[int]:
    """Units, of those that are not settled, that some unit of another text resembles a little."""
    ranked: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for pair, common in shared.items():
        for one, other in (pair, pair[::-1]):
            if one not in settled:
                ranked[one].append((-common / math.sqrt(event.sides[other].total), other))
    return frozenset(
        one
        for one, found in ranked.items()
        if any(
            probability(event.sides[one], event.sides[other], event) >= FAINT
            for _, other in heapq.nsmallest(_CLOSEST, found)
        )
    )


def _within_budget(holders: dict[Key, list[int]], limit: int) -> Iterator[Key]:
    """Keys that two to `limit` units hold, the rarest first, until they propose too many pairs."""
    left = _WORK
    for key in sorted(holders, key=lambda key: (len(holders[key]), key)):
        count = len(holders[key])
        left -= count * (count - 1) // 2
        if count > limit or left < 0:
            return
        if count > 1:
            yield key


def _repetitions(event: Event) -> Iterator[Link]:
    """Units of the same words, the first of one text with the first of the other, and so on."""
    holders: defaultdict[tuple[str, ...], defaultdict[int, list[int]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for number, side in enumerate(event.sides):
        if len(side.keys) > 1 and not all(key[0].isdigit() for key in side.keys):
            holders[side.keys][side.text].append(number)
    for of_text in holders.values():
        for first, second in combinations(sorted(of_text), 2):
            for one, other in zip(of_text[first], of_text[second], strict=False):
                yield Link(one, other, _REPEATED, False)


def _quotations(event: Event) -> Iterator[Link]:
    """Units that quote the same words are one passage, however the frames around them differ."""
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, side in enumerate(event.sides):
        said = side.unit.spoken
        for run in {said[i : i + 3] for i in range(len(said) - 2)}:
            holders[run].append(number)
    pairs = {pair for run in _within_budget(holders, _COMMON) for pair in combinations(holders[run], 2)}
    for one, other in sorted(pairs):
        first, second = event.sides[one], event.sides[other]
        if first.text != second.text and quotes_same(first.unit.spoken, second.unit.spoken):
            lengths = sorted((len(first.unit.spoken), len(second.unit.spoken)))
            yield Link(one, other, _QUOTED + _QUOTED_WHOLE * lengths[0] / lengths[1], True)


def quotes_same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the shorter of two quotations stands in the longer, give or take a word in five."""
    common = words.common_in_order(one, other)
    return common >= max(FEWEST_WORDS, _QUOTED_SHARE * min(len(one), len(other)))


def _mutual(
    event: Event, links: dict[tuple[int, int], Link], best: dict[tuple[int, int], float]
) -> Iterator[Link]:
    """Links from the surest down, where each side is the other's best in its text or the link is plain.

    Long quotations come first: the frames around them must not take their places.
    """

    def leads(found: Link, unit: int, counterpart: int) -> bool:
        return found.probability >= min(_PLAIN_LINK, best[unit, event.sides[counterpart].text])

    def surest_first(found: Link) -> tuple[bool, float, int, int]:
        lengths = (len(event.sides[unit].unit.spoken) for unit in (found.one, found.other))
        quoted = found.quoted and min(lengths) >= _LONG_QUOTATION
        return not quoted, -found.probability, found.one, found.other

    for found in sorted(links.values(), key=surest_first):
        if (
            found.probability >= JOIN
            and leads(found, found.one, found.other)
            and leads(found, found.other, found.one)
        ):
            yield found


# --- groups -----------------------------------------------------------------------------------------


def _grow(event: Event, links: dict[tuple[int, int], Link], order: Iterator[Link]) -> list[list[int]]:
    """Join groups along the links, the surest first, where they fit."""
    group_of: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    for found in order:
        for unit in (found.one, found.other):
            if unit not in group_of:
                group_of[unit] = unit
                members[unit] = [unit]
        one, other = sorted((group_of[found.one], group_of[found.other]))
        row = len(members[one]) + len(members[other]) > 2
        if one == other or found.probability < (JOIN if row else LINK):
            continue
        if _fit(event, links, members[one], members[other]):
            members[one] += members.pop(other)
            group_of.update(dict.fromkeys(members[one], one))
    return sorted(sorted(group) for group in members.values() if len(group) > 1)


def _fit(event: Event, links: dict[tuple[int, int], Link], one: list[int], other: list[int]) -> bool:
    """Whether two groups may be one row: they agree on the whole, and no text tells two things in it."""
    cross = [
        (min(pair), max(pair))
        for pair in ((a, b) for a in one for b in other)
        if event.sides[pair[0]].text != event.sides[pair[1]].text
    ]
    if not cross:
        return False
    chances = [links[pair].probability if pair in links else 0.0 for pair in cross]
    return sum(chances) / len(cross) >= TOGETHER and _one_statement_each(event, links, one + other)


def _one_statement_each(event: Event, links: dict[tuple[int, int], Link], group: Sequence[int]) -> bool:
    """Two units of one text join only as neighbours that lie inside one unit of another text."""
    of_text: defaultdict[int, list[int]] = defaultdict(list)
    for unit in sorted(group):
        of_text[event.sides[unit].text].append(unit)
    for text, units in of_text.items():
        if len(units) > 1:
            if len(units) > 3 or units[-1] - units[0] >= len(units):
                return False
            if not any(
                all(_inside(event, links, unit, whole) for unit in units)
                for whole in group
                if event.sides[whole].text != text
            ):
                return False
    return True


def _inside(event: Event, links: dict[tuple[int, int], Link], unit: int, whole: int) -> bool:
    """Whether most of what a unit says is said in another, longer one."""
    found = links.get((min(unit, whole), max(unit, whole)))
    if found is None:
        return False
    part, container = event.sides[unit], event.sides[whole]
    if found.quoted:
        return len(part.unit.spoken) <= len(container.unit.spoken)
    return (
        len(container.keys) >= len(part.keys) and evidence(part, container, event).words_of_shorter >= _INSIDE
    )
