"""What a number counts: the words behind it that name things or people, or what became of them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from archive.text.numerals import Token, after_hyphen, rules, starts_number, touches, word_at
from archive.text.units import unit_at

_DASHES = frozenset("-–—‑")
_LONGEST_COUNTED = 8  # words, points and hyphens


def counts(line: list[Token], index: int) -> bool:
    """Whether a unit or a plural stands at `index`: something that can be counted."""
    low = word_at(line, index)
    return unit_at(line, after_hyphen(line, index)) is not None or is_plural(low)


def counted(line: list[Token], index: int) -> tuple[int, int] | None:
    """The words that say what is counted, as the places of the first and the last."""
    words = context()
    if after_hyphen(line, index) > index:
        return (index + 1, index + 1) if word_at(line, index + 1)[0].isalpha() else None
    if word_at(line, index) in {"more", "additional", "extra"}:
        index += 1
    if word_at(line, index) == "of":
        index += 1
        while word_at(line, index) in words.definite | {"a", "an"}:
            index += 1
    first = index
    for at in range(first, min(len(line), first + _LONGEST_COUNTED)):
        low = line[at].low
        if not low[0].isalpha():
            if touches(line, at) and (
                (low in _DASHES and touches(line, at + 1)) or _is_initial(line, at - 1)
            ):
                continue
            return None
        if low in words.function or low in words.fates or starts_number(line[at]):
            return None
        if is_plural(low):
            following = low in words.plurals and is_plural(word_at(line, at + 1))
            return first, at + following
    return None


def _is_initial(line: list[Token], index: int) -> bool:
    """Whether a lone capital stands at `index`, as in "U.S."."""
    return index >= 0 and len(line[index].low) == 1 and line[index].capital


def is_plural(low: str) -> bool:
    """Whether a word in small letters looks like a plural."""
    if low in context().plurals:
        return True
    return (
        len(low) > 3
        and low.endswith("s")
        and not low.endswith(("ss", "us", "is", "'s"))
        and low not in context().function
    )


def fate(line: list[Token], index: int) -> tuple[int, int] | None:
    """ "seven were killed", "12 dead": the word that says what became of them."""
    for at in range(index, min(len(line), index + 4)):
        if line[at].low in context().fates:
            return at, at
        if line[at].low not in context().be:
            return None
    return None


class Context(NamedTuple):
    """Word lists about what stands around a number; `rules/figures.toml` explains each."""

    names: frozenset[str]
    labels: frozenset[str]
    plurals: frozenset[str]
    fates: frozenset[str]
    be: frozenset[str]
    function: frozenset[str]
    definite: frozenset[str]
    people: frozenset[str]
    ordinal: frozenset[str]
    joined: frozenset[str]
    around: frozenset[str]
    shared: frozenset[str]
    lasting: frozenset[str]
    rising: frozenset[str]
    stating: frozenset[str]
    counted_labels: frozenset[str]
    between: frozenset[str]
    letters: frozenset[str]


@cache
def context() -> Context:
    """The word lists of `rules/figures.toml` that say how the words around a number change it."""
    context = rules()["context"]
    return Context(**{name: frozenset(context[name].split()) for name in Context._fields})
