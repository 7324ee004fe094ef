"""What a text must hold for a regular expression to match: found first, it spares most texts the search.

A pattern of thirty alternatives is tried at every letter; whether one of some short strings stands in a text
is asked a hundred times faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

Needles = frozenset[str]
_ANYTHING: Needles = frozenset({""})
_SHORTEST = 2  # letters; a single one stands in every text
# Letters that match a plain one when case is ignored, though their small letters are others.
_ALIKE = str.maketrans({"ſ": "s", "ı": "i"})


@lru_cache(256)
def needles(pattern: str) -> Needles:
    """Strings of which a `small` text holds one wherever `pattern` matches, case ignored; "" if any may."""
    try:
        from re import _parser  # type: ignore[attr-defined]

        found = _of_sequence(_parser.parse(pattern, re.IGNORECASE)) or _ANYTHING
        return frozenset(one for one in found if not any(other in one for other in found - {one}))
    except (ImportError, AttributeError, ValueError, TypeError):
        return _ANYTHING  # another Python takes patterns apart in another way: every text is searched


def small(text: str) -> str:
    """A text as needles are sought in it."""
    low = text.lower()
    return low if low.isascii() else low.translate(_ALIKE)


def holds(low: str, wanted: Needles) -> bool:
    """Whether one of the needles stands in a text in small letters."""
    for needle in wanted:  # a generator would take twice as long  # noqa: SIM110
        if needle in low:
            return True
    return False


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
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] > 0:
        return _of_sequence(value[2])
    return _of_sequence(value) if name == "ATOMIC_GROUP" else None
