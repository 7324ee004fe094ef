"""Whether two sentences say the same, judged from their words alone.

This is the stricter question beside `similarity`: two sentences that belong in one row need not be
paraphrases. Stop words count here, for what is reworded keeps its grammar more often than what differs.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from archive.text import words
from archive.text.weights import weight

_NOTHING = 1e-9  # the weight of no words, so that shares of it are 0
_LONGEST = 2000  # characters; nobody writes longer sentences, and comparing takes the square of the length


class Evidence(NamedTuple):
    """What two sentences share, each a number from 0 to about 1."""

    words_shared: float  # of all content words, weighted
    words_of_shorter: float
    words_of_longer: float
    by_sense: float
    word_letters: float
    word_pairs: float
    word_triples: float
    word_order: float
    names: float
    names_clash: float
    numbers_shared: float
    numbers_clash: float
    numbers_extra: float
    lengths: float
    lengths_far: float
    heaviest_missing: float
    negation: float
    short: float
    runs_1: float  # of words as printed, function words included
    runs_2: float
    runs_3: float
    runs_4: float
    runs_of_shorter_1: float
    runs_of_shorter_2: float
    runs_of_shorter_3: float
    runs_of_shorter_4: float
    letters_3: float
    letters_5: float
    letters_8: float
    order: float
    order_of_shorter: float
    same_beginning: float
    same_end: float
    words_shared_squared: float
    runs_1_squared: float


def probability(one: str, other: str) -> float:
    """How likely two sentences say the same, between 0 and 1. Symmetric."""
    weights, bias = _model()
    found = evidence(one, other)
    if not found.words_shared:
        return 0.0
    return 1 / (1 + math.exp(-bias - sum(w * v for w, v in zip(weights, found, strict=True))))


def evidence(one: str, other: str) -> Evidence:
    """Compare two sentences. Symmetric."""
    (mine, said), (theirs, heard) = _read(one), _read(other)
    left, right = Counter(token.stem for token in mine), Counter(token.stem for token in theirs)
    common = _weigh(left & right) if left & right else 0.0
    total_left, total_right = _weigh(left), _weigh(right)
    shared = 2 * common / (total_left + total_right)
    stems, heard_stems = [token.stem for token in mine], [token.stem for token in theirs]
    names, names_heard = _names(mine), _names(theirs)
    numbers, numbers_heard = _numbers(left), _numbers(right)
    order = words.common_in_order(said, heard)
    runs = [_dice(_runs(said, n), _runs(heard, n)) for n in (1, 2, 3, 4)]
    inside = [_of_shorter(_runs(said, n), _runs(heard, n)) for n in (1, 2, 3, 4)]
    letters = [_dice(_runs(" ".join(said), n), _runs(" ".join(heard), n)) for n in (3, 5, 8)]
    missing = max(map(weight, left - right), default=0.0) + max(map(weight, right - left), default=0.0)
    shorter, longer = sorted((len(said), len(heard)))
    values = (
        shared,
        common / min(total_left, total_right),
        common / max(total_left, total_right),
        _dice(Counter(map(words.sense, stems)), Counter(map(words.sense, heard_stems))),
        _dice(_runs(" ".join(stems), 4), _runs(" ".join(heard_stems), 4)),
        _dice(_runs(stems, 2), _runs(heard_stems, 2)),
        _dice(_runs(stems, 3), _runs(heard_stems, 3)),
        words.common_in_order(stems, heard_stems) / max(1, len(stems), len(heard_stems)),
        len(names & names_heard) / max(1, min(len(names), len(names_heard))),
        float(bool(names - names_heard and names_heard - names)),
        float(bool(numbers & numbers_heard)),
        float(bool(numbers - numbers_heard and numbers_heard - numbers)),
        float(numbers < numbers_heard or numbers_heard < numbers),
        shorter / max(1, longer),
        min(1.0, (longer - shorter) / 10),
        missing / 16,
        float(any(map(words.is_negation, said)) != any(map(words.is_negation, heard))),
        float(shorter < 10),
        *runs,
        *inside,
        *letters,
        order / max(1, longer),
        order / max(1, shorter),
        float(said[:2] == heard[:2]),
        float(said[-2:] == heard[-2:]),
        shared * shared,
        runs[0] * runs[0],
    )
    return Evidence._make(values)


def _read(text: str) -> tuple[list[words.Token], list[str]]:
    folded = words.fold(text[:_LONGEST])
    return words.tokens(folded), [word for word, _, _ in words.every_word(folded)]


def _weigh(counts: Counter[str]) -> float:
    return sum(count * weight(stem) for stem, count in sorted(counts.items())) or _NOTHING


def _names(tokens: Sequence[words.Token]) -> set[str]:
    return {token.stem for token in tokens[1:] if token.capital}


def _numbers(counts: Iterable[str]) -> set[str]:
    return {stem for stem in counts if stem[0].isdigit()}


def _runs(items: Sequence[Hashable], length: int) -> Counter[Hashable]:
    return Counter(tuple(items[i : i + length]) for i in range(len(items) - length + 1))


def _dice(one: Counter[Hashable], other: Counter[Hashable]) -> float:
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def _of_shorter(one: Counter[Hashable], other: Counter[Hashable]) -> float:
    return (one & other).total() / max(1, min(one.total(), other.total()))


@cache
def _model() -> tuple[tuple[float, ...], float]:
    source = resources.files("archive.text.rules").joinpath("paraphrase.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return tuple(float(table["weights"][name]) for name in Evidence._fields), float(table["bias"])
