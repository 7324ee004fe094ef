"""How likely it is that two units of different articles report the same thing.

The words are weighed by how much they say in news at large, less where the whole event is about them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from archive.text import words
from archive.text.passages import Unit
from archive.text.types import Figure, Hedge
from archive.text.weights import weight

_NAME_WEIGHT = 4.0  # a name that is known across articles says as much as a word in one of 50 articles
_TIME_WEIGHT = 4.0  # a month, a day or a year likewise
_SENSE_SHARE = 0.7  # of its weight counts a word that meets another word of its sense


class Side(NamedTuple):
    """A unit ready to be compared. `keys` are its words, in order; `total` is what they weigh together."""

    unit: Unit
    text: int
    keys: tuple[str, ...]
    bag: frozenset[str]
    senses: dict[str, str]
    names: frozenset[str]
    numbers: frozenset[str]
    times: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    total: float


class Event:
    """The units of all texts that are compared, and what each word weighs among them."""

    def __init__(self, texts: Sequence[Sequence[Unit]]) -> None:
        lone = _lone_names(texts)
        keyed = [
            (
                unit,
                number,
                tuple(lone.get(term.key, term.key) if term.name else term.key for term in unit.terms),
            )
            for number, units in enumerate(texts)
            for unit in units
        ]
        spread = Counter(key for _, _, keys in keyed for key in set(keys))
        # How often a word may stand in an event before it counts less: once in twenty units.
        usual = max(2.0, len(keyed) / 20)
        self.weights = {key: _damped(_weight(key), count / usual) for key, count in spread.items()}
        self.spread = spread
        self.texts = len(texts)
        self.sides = [self._side(*entry) for entry in keyed]
        self._sentences: dict[tuple[int, int], frozenset[str]] = {}
        for side in self.sides:
            place = (side.text, side.unit.sentence)
            self._sentences[place] = self._sentences.get(place, frozenset()) | side.bag

    def _side(self, unit: Unit, text: int, keys: tuple[str, ...]) -> Side:
        bag = frozenset(keys)
        return Side(
            unit,
            text,
            keys,
            bag,
            {words.sense(key): key for key in sorted(bag)},
            frozenset(key for key, term in zip(keys, unit.terms, strict=True) if term.name),
            frozenset(key for key in bag if key[0].isdigit()),
            frozenset(key for key in bag if key.startswith("d:")),
            frozenset(pairwise(keys)),
            sum(self.weights[key] for key in bag) or 1e-9,
        )

    def in_sentence(self, one: Side, other: Side) -> float:
        """What those words of `one` weigh that `other` lacks but the rest of its sentence has."""
        rest = self._sentences[other.text, other.unit.sentence]
        return self.weigh((one.bag & rest) - other.bag)

    def weigh(self, keys: Iterable[str]) -> float:
        """What some words weigh together in this event."""
        return sum(self.weights[key] for key in sorted(keys))


def _weight(key: str) -> float:
    if key.startswith("n:"):
        return _NAME_WEIGHT
    return _TIME_WEIGHT if key.startswith("d:") else weight(key)


def _damped(value: float, excess: float) -> float:
    return value / (1 + math.log(excess)) if excess > 1 else value


def _lone_names(texts: Sequence[Sequence[Unit]]) -> dict[str, str]:
    """Stem of the last word of a name -> the name's key, where only one name of the event ends in it.

    So a surname that stands unlinked in one text meets the full name that another text prints.
    """
    last: dict[str, set[str]] = {}
    names = {
        term.key for units in texts for unit in units for term in unit.terms if term.key.startswith("n:")
    }
    for key in names:
        ending = words.comparable(key[2:].split()[-1])
        if ending:
            last.setdefault(ending, set()).add(key)
    return {ending: keys.pop() for ending, keys in last.items() if len(keys) == 1 and ending not in _PLAIN}


# Endings of names that are words of their own: a capital letter alone does not make them the name.
_PLAIN = frozenset(
    words.comparable(word)
    for word in (
        "state",
        "states",
        "party",
        "house",
        "court",
        "council",
        "union",
        "police",
        "army",
        "bank",
        "company",
    )
)


# --- evidence ---------------------------------------------------------------------------------------

# Weights of the evidence below, in its order, and the bias.
_BIAS = -5.2
_COEFFICIENTS = (4.5, 3.2, 3.0, 2.0, 1.0, 1.2, 0.6, -0.3, 0.9, -0.5, 1.2, -0.5, 1.2, 1.0, -0.6)


def probability(one: Side, other: Side, event: Event) -> float:
    """How likely two units report the same thing, between 0 and 1. Symmetric."""
    score = _BIAS + sum(c * v for c, v in zip(_COEFFICIENTS, evidence(one, other, event), strict=True))
    return 1 / (1 + math.exp(-score))


def evidence(one: Side, other: Side, event: Event) -> tuple[float, ...]:
    """What speaks for and against two units being the same statement, as numbers around 0 to 1."""
    shared = one.bag & other.bag
    common = event.weigh(shared)
    least, most = sorted((one.total, other.total))
    names, numbers, times = one.names & other.names, one.numbers & other.numbers, one.times & other.times
    meet = figures_meet(one.unit.figures, other.unit.figures)
    rare = event.weigh(key for key in shared if event.spread[key] <= event.texts + 1)
    return (
        common / most,
        common / least,
        2 * _by_sense(one, other, event, shared) / (one.total + other.total),
        (event.in_sentence(one, other) + event.in_sentence(other, one)) / (one.total + other.total),
        words.common_in_order(one.keys, other.keys) / max(len(one.keys), len(other.keys), 1),
        2 * len(one.pairs & other.pairs) / max(1, len(one.pairs) + len(other.pairs)),
        len(names) / max(1, min(len(one.names), len(other.names))),
        float(bool(one.names - names and other.names - names)),
        float(bool(numbers)),
        float(not meet and bool(one.numbers - numbers and other.numbers - numbers)),
        float(bool(times)),
        float(_times_clash(one.times, other.times)),
        float(meet),
        min(2.0, 0.35 * max(0.0, rare - 2.5)),
        float(shared == names),
    )


def _by_sense(one: Side, other: Side, event: Event, shared: frozenset[str]) -> float:
    """Weight of the words that meet only as words of one sense."""
    met = one.senses.keys() & other.senses.keys()
    return _SENSE_SHARE * sum(
        min(event.weights[one.senses[sense]], event.weights[other.senses[sense]])
        for sense in sorted(met)
        if one.senses[sense] != other.senses[sense]
        and one.senses[sense] not in shared
        and other.senses[sense] not in shared
    )


def _times_clash(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Whether both name a year, or a month, or a day, and never the same one."""
    for exactness in (str.isdigit, str.isalpha, str.isalnum):
        mine = {key for key in ones if exactness(key[2:])}
        theirs = {key for key in others if exactness(key[2:])}
        if mine and theirs:
            return mine.isdisjoint(theirs)
    return False


# --- figures ----------------------------------------------------------------------------------------

_NEAR = 0.1  # a tenth of the greater value: as far as a rounded or hedged figure may lie from the exact one


def figures_meet(ones: Sequence[Figure], others: Sequence[Figure]) -> bool:
    """Whether some figure of one unit can be the same quantity as some figure of the other."""
    return any(compatible(one, other) for one in ones for other in others)


def compatible(one: Figure, other: Figure) -> bool:
    """Whether two figures have one kind and unit, and values that their hedges let be equal."""
    if (one.kind, one.unit) != (other.kind, other.unit):
        return False
    if one.low == other.low and one.high == other.high:
        return True
    if one.hedge == other.hedge == Hedge.EXACT and one.low == one.high and other.low == other.high:
        return False
    (low_one, high_one), (low_other, high_other) = _bounds(one), _bounds(other)
    return low_one <= high_other and low_other <= high_one


def _bounds(figure: Figure) -> tuple[float, float]:
    slack = _NEAR * max(abs(figure.low), abs(figure.high))
    match figure.hedge:
        case Hedge.MORE | Hedge.AT_LEAST:
            return figure.low, figure.high + slack
        case Hedge.LESS | Hedge.AT_MOST:
            return figure.low - slack, figure.high
        case Hedge.ABOUT:
            return figure.low - slack, figure.high + slack
    return figure.low, figure.high
