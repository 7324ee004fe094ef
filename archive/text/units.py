"""Units, currencies and hedges: their printed forms, normal forms and sizes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from archive.text.numerals import Token, rules, tokens, word_at
from archive.text.types import FigureKind, Hedge


class Unit(NamedTuple):
    """A unit printed up to token `last`: its singular normal form and the kind of figure that it makes."""

    name: str
    kind: FigureKind
    last: int


class Qualifier(NamedTuple):
    """A hedge printed in tokens `first` to `last`."""

    hedge: Hedge
    first: int
    last: int


def unit_at(line: list[Token], index: int) -> Unit | None:
    """The unit whose first word stands at `index`; the longest printed form wins."""
    for form, name, kind in _forms().get(word_at(line, index), ()):
        if all(word_at(line, index + n) == word for n, word in enumerate(form)):
            return Unit(name, kind, index + len(form) - 1)
    return None


def currency_before(line: list[Token], index: int) -> tuple[str, int] | None:
    """The currency whose sign stands right before the number at `index`, and its first token."""
    sign = word_at(line, index - 1)
    name = _signs().get(sign)
    if name is not None:
        letters = index - 2
        prefixed = letters >= 0 and line[letters].end == line[index - 1].start and line[letters].low.isalpha()
        return name, letters if prefixed and len(line[letters].low) <= 3 else index - 1
    if sign in {"usd", "eur", "gbp", "rs", "inr"}:
        return _forms()[sign][0][1], index - 1
    return None


def hedge_before(line: list[Token], index: int) -> Qualifier | None:
    """The hedge that ends right before the token at `index`; the longest printed form wins."""
    for form, hedge in _hedges().get(word_at(line, index - 1), ()):
        first = index - len(form)
        if first >= 0 and all(word_at(line, first + n) == word for n, word in enumerate(form)):
            return Qualifier(hedge, first, index - 1)
    return None


def hedge_behind(line: list[Token], index: int) -> Qualifier | None:
    """The hedge that begins at `index`: "or more", "or so"."""
    for form, hedge in _hedges_behind().get(word_at(line, index), ()):
        if all(word_at(line, index + n) == word for n, word in enumerate(form)):
            return Qualifier(hedge, index, index + len(form) - 1)
    return None


@lru_cache(10_000)
def size(unit: str) -> tuple[str, float] | None:
    """What a unit measures, named by its first unit, and how much of that it is: ("metre", 1000.0)."""
    for scale in rules()["units"]["scales"].split("|"):
        entries = [entry.strip().rpartition(" ") for entry in scale.strip().split(",")]
        for name, _, factor in entries:
            if name == unit:
                return entries[0][0], float(factor)
    return None


def _split(form: str) -> tuple[str, ...]:
    return tuple(token.low for token in tokens(form, 0, len(form)))


_Forms = dict[str, list[tuple[tuple[str, ...], str, FigureKind]]]
_Hedges = dict[str, list[tuple[tuple[str, ...], Hedge]]]


@cache
def _forms() -> _Forms:
    """The first word of each printed form of a unit -> those forms, the longest first."""
    found: _Forms = {}
    for name, kind, form in _printed():
        words = _split(form)
        found.setdefault(words[0], []).append((words, name, kind))
    for forms in found.values():
        forms.sort(key=lambda entry: -len(entry[0]))
    return found


def _printed() -> Iterator[tuple[str, FigureKind, str]]:
    units, currencies = rules()["units"], rules()["currencies"]
    for name in ("percent", "percentage point", "basis point"):
        yield from ((name, FigureKind.PERCENT, form) for form in units[name].split(","))
    for name, forms in _entries(units["measures"]):
        yield from ((name, FigureKind.MEASURE, form) for form in forms.split(","))
    for name, forms in _entries(currencies["words"]):
        yield from ((name, FigureKind.MONEY, form) for form in forms.split())


def _entries(table: str) -> Iterator[tuple[str, str]]:
    """The entries "name: forms" of a table, which are set apart by strokes."""
    for entry in table.split("|"):
        name, _, forms = entry.strip().partition(":")
        yield name, forms.strip()


@cache
def _signs() -> dict[str, str]:
    return {sign: name for sign, name in rules()["currencies"].items() if sign != "words"}


@cache
def _hedges() -> _Hedges:
    """The last word of each hedge -> the hedges that end with it, the longest first."""
    found: _Hedges = {}
    for hedge in Hedge:
        for phrase in rules()["hedges"].get(hedge.value, "").split("|"):
            words = _split(phrase)
            if words:
                found.setdefault(words[-1], []).append((words, hedge))
    for forms in found.values():
        forms.sort(key=lambda entry: -len(entry[0]))
    return found


@cache
def _hedges_behind() -> _Hedges:
    found: _Hedges = {}
    for hedge, phrases in _entries(rules()["hedges"]["behind"]):
        for phrase in phrases.split(","):
            words = _split(phrase)
            found.setdefault(words[0], []).append((words, Hedge(hedge)))
    return found
