"""How likely it is that two units of different articles report the same thing.

The words are weighed by how much they say in news at large, less where the whole event is about them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from archive.text import words
from archive.text.passages import Unit
from archive.text.types import Figure, FigureKind, Hedge
from archive.text.weights import weight

_NAME_WEIGHT = 4.0  # a name that is known across articles says as much as a word in one of 50 articles
_VENUE_WEIGHT = 1.0  # where something was said is not what was said
_TIME_WEIGHT = 4.0  # a month, a day or a year likewise
_VALUES = 4  # values of one measure for each text: of more, two whole numbers may be equal by chance
_LARGE = 20  # smaller whole numbers count many things in one event
_SENSE_SHARE = 0.7  # of its weight counts a word that meets another word of its sense


class Exact(NamedTuple):
    """A figure to the digit: what it measures, its value, and the stem of what it counts, if that is said."""

    kind: str
    unit: str
    value: float
    counted: str


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
    exact: frozenset[Exact]
    total: float


class Event:
    """The units of all texts that are compared, and what each word weighs among them."""

    def __init__(self, texts: Sequence[Sequence[Unit]]) -> None:
        meanings = _names_meant(texts)
        keyed = [
            (unit, number, tuple(_keys(unit, meanings)))
            for number, units in enumerate(texts)
            for unit in units
        ]
        spread = Counter(key for _, _, keys in keyed for key in set(keys))
        # How often a word may stand in an event before it counts less: once in twenty units.
        usual = max(2.0, len(keyed) / 20)
        self.weights = {key: _damped(_weight(key), count / usual) for key, count in spread.items()}
        self.spread = spread
        self.texts = len(texts)
        self._telling = _telling(keyed, len(texts))
        self.sides = [self._side(*entry) for entry in keyed]
        self._sentences: dict[tuple[int, int], frozenset[str]] = {}
        for side in self.sides:
            place = (side.text, side.unit.sentence)
            self._sentences[place] = self._sentences.get(place, frozenset()) | side.bag

    def _side(self, unit: Unit, text: int, keys: tuple[str, ...]) -> Side:
        bag = frozenset(keys)
        printed = {term.key for term in unit.terms if term.name and not _is_venue(term.key)}
        return Side(
            unit,
            text,
            keys,
            bag,
            {words.sense(key): key for key in sorted(bag)},
            frozenset(key for key in bag if key in printed or _is_name(key)),
            frozenset(key for key in bag if key[0].isdigit()),
            frozenset(key for key in bag if key.startswith("d:")),
            frozenset(pairwise(keys)),
            frozenset(_exact(unit)) & self._telling,
            sum(self.weights[key] for key in bag) or 1e-9,
        )

    def in_sentence(self, one: Side, other: Side) -> float:
        """What those words of `one` weigh that `other` lacks but the rest of its sentence has."""
        rest = self._sentences[other.text, other.unit.sentence]
        return self.weigh((one.bag & rest) - other.bag)

    def weigh(self, keys: Iterable[str]) -> float:
        """What some words weigh together in this event."""
        return sum(self.weights[key] for key in sorted(keys))


def _exact(unit: Unit) -> Iterator[Exact]:
    """The figures of a unit that are no small whole numbers: who prints the same one, counts the same."""
    for figure in unit.figures:
        if figure.low == figure.high and (figure.low >= _LARGE or figure.low % 1):
            counted = words.stem(figure.counted.split()[-1].lower()) if figure.counted else ""
            yield Exact(figure.kind.value, figure.unit, figure.low, counted)


def _telling(keyed: Sequence[tuple[Unit, int, tuple[str, ...]]], texts: int) -> frozenset[Exact]:
    """The exact figures that few units have, of a measure that not every line has a value of."""
    spread = Counter(figure for unit, _, _ in keyed for figure in set(_exact(unit)))
    values = Counter((kind, measure) for kind, measure, _ in {figure[:3] for figure in spread})
    return frozenset(
        figure
        for figure, count in spread.items()
        if count <= texts + 1 and (figure.value % 1 or values[figure[:2]] <= _VALUES * texts)
    )


def _is_venue(key: str) -> bool:
    """Whether a word, or a name, is that of a newspaper, a broadcast or an interview."""
    return any(words.is_venue(words.stem(word)) for word in key.removeprefix("n:").split())


def _is_name(key: str) -> bool:
    return key.startswith("n:") and not _is_venue(key)


def _weight(key: str) -> float:
    if _is_venue(key):
        return _VENUE_WEIGHT
    if key.startswith("n:"):
        return _NAME_WEIGHT
    return _TIME_WEIGHT if key.startswith("d:") else weight(key)


def _damped(value: float, excess: float) -> float:
    return value / (1 + math.log(excess)) if excess > 1 else value


def _keys(unit: Unit, meanings: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for term in unit.terms:
        yield from meanings.get(term.key, (term.key,)) if term.name else (term.key,)


def _names_meant(texts: Sequence[Sequence[Unit]]) -> dict[str, tuple[str, ...]]:
    """What a name stands for beside itself, among the names that the texts are known to print.

    A surname that stands unlinked in one text means the only full name that ends in it; a name means the
    shorter name that it begins with, too ("Orrin Rail" in "Orrin Rail of Selk").
    """
    names = {
        term.key for units in texts for unit in units for term in unit.terms if term.key.startswith("n:")
    }
    last: dict[str, set[str]] = {}
    meant: dict[str, tuple[str, ...]] = {}
    for key in sorted(names):
        parts = key.split()
        begun = [start for n in range(1, len(parts)) if (start := " ".join(parts[:n])) in names]
        if begun:
            meant[key] = (key, *begun)
        last.setdefault(words.comparable(key[2:].split()[-1]), set()).add(key)
    for ending, keys in last.items():
        if ending and len(keys) == 1 and ending not in _PLAIN:
            meant[ending] = tuple(keys)
    return meant


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

_MANY = 8  # shared words, beyond which more of them prove nothing more
_MUCH = 25.0  # shared weight, likewise


class Evidence(NamedTuple):
    """What speaks for and against two units being the same statement, as numbers around 0 to 1."""

    words_of_longer: float  # share of the weight of its words that both have
    words_of_shorter: float
    by_sense: float
    in_sentence: float  # met only by the rest of the other's sentence
    order: float
    pairs: float
    names: float
    numbers: float
    times: float
    times_clash: float
    figures: float
    exact: float  # a figure to the digit that hardly another unit has
    rare: float  # weight of shared words that the event uses nowhere else
    names_alone: float
    shared_words: float
    weight: float


# Fitted by benchmarks/refit_similarity.py to 148 pairs of units of 53 news events, judged by eye, and plain
# ones beside them. By hand: the weight of words of one sense was halved and that of figures raised, since few
# pairs have any; that of rare words was lowered, since fixed phrases are rare together.
_BIAS = -5.2
_WEIGHTS = Evidence(
    words_of_longer=3.0,
    words_of_shorter=1.0,
    by_sense=13.0,
    in_sentence=7.0,
    order=2.75,
    pairs=0.9,
    names=0.8,
    numbers=0.75,
    times=0.8,
    times_clash=-0.5,
    figures=1.8,
    exact=0.9,
    rare=0.35,
    names_alone=-0.65,
    shared_words=1.65,
    weight=1.5,
)


# Two first sentences of one event: both tell what the event is, in whatever words. Of the 58 pairs that this
# adds on 121 events 53 do, by eye.
_FIRST_SENTENCES = 1.5


def probability(one: Side, other: Side, event: Event) -> float:
    """How likely two units report the same thing, between 0 and 1. Symmetric."""
    score = _BIAS + sum(w * v for w, v in zip(_WEIGHTS, evidence(one, other, event), strict=True))
    if are_first(one, other):
        score += _FIRST_SENTENCES
    return 1 / (1 + math.exp(-score))


def are_first(one: Side, other: Side) -> bool:
    """Whether both units stand in the first sentence of their text."""
    return one.unit.sentence == other.unit.sentence == 0


def evidence(one: Side, other: Side, event: Event) -> Evidence:
    """Compare two units of an event. Symmetric."""
    shared = one.bag & other.bag
    common = event.weigh(shared)
    least, most = sorted((one.total, other.total))
    names = one.names & other.names
    rare = event.weigh(key for key in shared if event.spread[key] <= event.texts + 1)
    return Evidence(
        common / most,
        common / least,
        2 * _by_sense(one, other, event, shared) / (one.total + other.total),
        (event.in_sentence(one, other) + event.in_sentence(other, one)) / (one.total + other.total),
        words.common_in_order(one.keys, other.keys) / max(len(one.keys), len(other.keys), 1),
        2 * len(one.pairs & other.pairs) / max(1, len(one.pairs) + len(other.pairs)),
        len(names) / max(1, min(len(one.names), len(other.names))),
        float(not one.numbers.isdisjoint(other.numbers)),
        float(not one.times.isdisjoint(other.times)),
        float(_times_clash(one.times, other.times)),
        float(figures_meet(one.unit.figures, other.unit.figures)),
        float(share_exact(one, other)),
        min(2.0, 0.35 * max(0.0, rare - 2.5)),
        float(shared == names),
        min(len(shared), _MANY) / _MANY,
        math.sqrt(min(common, _MUCH) / _MUCH),
    )


def share_exact(one: Side, other: Side) -> bool:
    """Whether both have one figure to the digit that few units have, and may count one thing by it."""
    return any(
        mine[:3] == theirs[:3] and (mine.counted == theirs.counted or not (mine.counted and theirs.counted))
        for mine in one.exact
        for theirs in other.exact
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


def shares_part(ones: Sequence[Figure], others: Sequence[Figure]) -> bool:
    """Whether both units give shares in percent, and no share of one can be one of the other."""
    mine, theirs = (
        [figure for figure in side if figure.kind is FigureKind.PERCENT] for side in (ones, others)
    )
    return bool(mine and theirs) and not figures_meet(mine, theirs)


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
