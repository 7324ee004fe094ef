"""How names and words stand in the reasons why two articles are one event."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

_VOWELS = frozenset("aeiouy")
_SHORTEST = 3  # letters of a word that is worth naming
_LONGEST_CAPITALS = 4  # letters of a word without vowels that is taken for initials


def says_something(word: str) -> bool:
    """Whether a reader learns from a word what two texts are about: no "St", no "p.m.", no "nothing"."""
    return len(word) >= _SHORTEST and "." not in word and word.lower() not in _rules().bare


def as_name(key: str, printed: Mapping[str, str]) -> str:
    """A name's key as names are printed.

    Args:
        key: the name in small letters.
        printed: words in small letters, and how a text prints them.
    """
    words = key.split()
    return " ".join(_as_printed(word, printed, first=place == 0) for place, word in enumerate(words))


def _as_printed(word: str, printed: Mapping[str, str], *, first: bool) -> str:
    if word in _rules().small:
        return word.capitalize() if first and word not in {"al", "el"} else word
    if word in _rules().capitals or (len(word) <= _LONGEST_CAPITALS and not _VOWELS & set(word)):
        return word.upper()
    return printed.get(word) or "-".join(map(str.capitalize, word.split("-")))


class _Rules(NamedTuple):
    bare: frozenset[str]
    small: frozenset[str]
    capitals: frozenset[str]


@cache
def _rules() -> _Rules:
    source = resources.files("archive.text.rules").joinpath("reasons.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)
    return _Rules(*(frozenset(table[name].split()) for name in _Rules._fields))
