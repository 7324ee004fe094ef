"""What a text must hold for a regular expression to match: found first, it spares most texts the search.

A pattern of thirty alternatives is tried at every letter; whether one of some short strings stands in a text
is asked a hundred times faster. So a pattern is taken apart into its alternatives, and each is tried only
where one of its own strings stands, and only at the beginning if it asks for the beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

Needles = frozenset[str]
_ANYTHING: Needles = frozenset({""})
_SHORTEST = 2  # letters; a single one stands in every text


class Branch(NamedTuple):
    """One alternative of a pattern; `anchored` if it matches at the beginning of a text alone."""

    needles: Needles
    pattern: re.Pattern[str]
    anchored: bool


class Sought(NamedTuple):
    """A pattern taken apart, and the needles of all its branches."""

    needles: Needles
    branches: tuple[Branch, ...]


def sought(pattern: str) -> Sought:
    """A pattern to search texts for, case ignored. It has no groups that are asked for later."""
    found = tuple(
        Branch(needles(one), re.compile(one, re.IGNORECASE), one.startswith("^"))
        for one in _alternatives(pattern)
    )
    return Sought(shortest(frozenset().union(*(one.needles for one in found))), found)


def matches(text: str, low: str, wanted: Sought) -> bool:
    """Whether a pattern matches somewhere in a text; `low` is the text as `small` gives it."""
    return holds(low, wanted.needles) and _matches(text, low, wanted.branches)


def _matches(text: str, low: str, among: Iterable[Branch]) -> bool:
    for wanted, pattern, anchored in among:
        if holds(low, wanted) and (pattern.match if anchored else pattern.search)(text):
            return True
    return False


@lru_cache(1_024)
def needles(pattern: str) -> Needles:
    """Strings of which a `small` text holds one wherever `pattern` matches, case ignored; "" if any may."""
    try:
        from re import _parser  # type: ignore[attr-defined]

        return shortest(_of_sequence(_parser.parse(pattern, re.IGNORECASE)) or _ANYTHING)
    except (ImportError, AttributeError, ValueError, TypeError):
        return _ANYTHING  # another Python takes patterns apart in another way: every text is searched


def shortest(found: Needles) -> Needles:
    """Without those that hold another one."""
    return frozenset(one for one in found if not any(other in one for other in found - {one}))


def small(text: str) -> str:
    """A text as needles are sought in it: small, and letters that count as a plain one are that one."""
    low = text.lower()
    return low if low.isascii() else low.replace("ſ", "s").replace("ı", "i")


def holds(low: str, wanted: Needles) -> bool:
    """Whether one of the needles stands in a text in small letters."""
    for needle in wanted:  # a generator would take twice as long  # noqa: SIM110
        if needle in low:
            return True
    return False


_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)  # an escape, a class, or one letter


def _alternatives(pattern: str) -> list[str]:
    """A pattern cut at the bars that stand in no bracket."""
    found, depth = [""], 0
    for piece in _PIECE.findall(pattern):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and not depth:
            found.append("")
        else:
            found[-1] += piece
    return found


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> Needles | None:
    """The best of what each part of a sequence asks for: the longest strings, then the fewest."""
    found: list[Needles] = []
    run = ""
    for kind, value in items:
        name = str(kind)
        if name == "LITERAL" and (chr(value).isascii() or not chr(value).isalpha()):
            run += chr(value).lower()
            continue
        if name == "AT":
            continue
        found += _useful(run)
        run = ""
        part = _of_part(name, value)
        found += [part] if part else []
    found += _useful(run)
    return max(found, key=lambda one: (min(map(len, one)), -len(one)), default=None)


def _useful(run: str) -> list[Needles]:
    return [frozenset({run})] if len(run) >= _SHORTEST or (run and not run.isalnum() and run != " ") else []


def _of_part(name: str, value: Any) -> Needles | None:
    if name == "SUBPATTERN":
        return _of_sequence(value[3])
    if name == "BRANCH":
        branches = [_of_sequence(branch) for branch in value[1]]
        return frozenset().union(*branches) if all(branches) else None  # type: ignore[arg-type]
    if name == "IN":
        return _of_class(value)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] > 0:
        return _of_sequence(value[2])
    return _of_sequence(value) if name == "ATOMIC_GROUP" else None


def _of_class(items: Iterable[tuple[Any, Any]]) -> Needles | None:
    """The signs of a class that holds a few signs and nothing else."""
    if any(str(kind) != "LITERAL" for kind, _ in items):
        return None
    signs = [chr(value) for _, value in items]
    return frozenset(signs) if all(_useful(sign) for sign in signs) else None
