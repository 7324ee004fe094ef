"""Two versions of one article: whether the words changed at all, and which.

    same_words(old, new)                # white space, kinds of quotation marks and dashes aside
    changes(old, new)                   # paragraphs in order, each with its words kept, gone and new

Paragraphs are compared first, then the words of those that changed (difflib; what is too long for it is given
as gone and new as a whole). Every word of either version stands in the result, in its order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from archive.text import words

MOST_COMPARED = 2_000_000  # pairs of words, or of paragraphs, of one stretch that are compared: some seconds
_SHORT_STAY = 2  # words that stayed between two changes and are taken for changed, so that phrases read whole

_PIECE = re.compile(r"\S+\s*")
_PARAGRAPHS = re.compile(r"\n\s*\n|\n")


class Part(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


class Words(NamedTuple):
    """A run of words as printed, with the space behind them."""

    part: Part
    text: str


class Paragraph(NamedTuple):
    """A paragraph of either version, or of both."""

    words: tuple[Words, ...]

    @property
    def changed(self) -> bool:
        return any(run.part is not Part.KEPT for run in self.words)


class Count(NamedTuple):
    """How many words are new, and how many are gone."""

    new: int
    gone: int


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same but for white space and the kinds of quotation marks and dashes."""
    return words.fold(one).split() == words.fold(other).split()


def changes(old: str, new: str) -> tuple[Paragraph, ...]:
    """What became of `old`, paragraph by paragraph in the order of reading."""
    before, after = _paragraphs(old), _paragraphs(new)
    found: list[Paragraph] = []
    for kind, (first, last), (start, end) in _steps(
        *([_folded(one) for one in some] for some in (before, after))
    ):
        if kind == "equal":
            found += [Paragraph((Words(Part.KEPT, text),)) for text in after[start:end]]
        else:
            found += _rewritten(before[first:last], after[start:end])
    return tuple(found)


def counted(paragraphs: Sequence[Paragraph]) -> Count:
    """How many words are new and gone."""
    sizes = {
        part: sum(len(run.text.split()) for one in paragraphs for run in one.words if run.part is part)
        for part in Part
    }
    return Count(sizes[Part.NEW], sizes[Part.GONE])


def _rewritten(before: Sequence[str], after: Sequence[str]) -> Iterator[Paragraph]:
    """Paragraphs in each other's place: side by side as far as they have words in common."""
    partner = dict(_partners(before, after))
    taken = 0
    for place, text in enumerate(after):
        if place in partner:
            yield from (Paragraph((Words(Part.GONE, one),)) for one in before[taken : partner[place]])
            yield Paragraph(tuple(_words(before[partner[place]], text)))
            taken = partner[place] + 1
        else:
            yield Paragraph((Words(Part.NEW, text),))
    yield from (Paragraph((Words(Part.GONE, one),)) for one in before[taken:])


def _partners(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Which paragraph of `after` comes from which of `before`, in the order of both."""
    taken = 0
    bags = [set(_folded(text).lower().split()) for text in before]
    for place, text in enumerate(after):
        bag = set(_folded(text).lower().split())
        for number in range(taken, min(len(before), taken + _LOOKED_AT)):
            if 2 * len(bag & bags[number]) >= min(len(bag), len(bags[number])) > 0:
                yield place, number
                taken = number + 1
                break


_LOOKED_AT = 12  # paragraphs further on in which a rewritten one is looked for


def _words(old: str, new: str) -> Iterator[Words]:
    """The words of one paragraph: those that stayed, went and came."""
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    gone: list[str] = []
    came: list[str] = []
    steps = list(_steps(*([_folded(one) for one in some] for some in (before, after))))
    for number, (kind, (first, last), (start, end)) in enumerate(steps):
        inside = 0 < number < len(steps) - 1
        if kind == "equal" and not (inside and end - start <= _SHORT_STAY):
            yield from _both(gone, came)
            gone, came = [], []
            yield Words(Part.KEPT, "".join(after[start:end]))
        else:
            gone += before[first:last]
            came += after[start:end]
    yield from _both(gone, came)


def _both(gone: Sequence[str], came: Sequence[str]) -> Iterator[Words]:
    if gone:
        yield Words(Part.GONE, "".join(gone))
    if came:
        yield Words(Part.NEW, "".join(came))


def _steps(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    """From one sequence to the other, as difflib tells it; what both begin or end with is set aside."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    last, stop = len(before) - end, len(after) - end
    if start:
        yield "equal", (0, start), (0, start)
    if (last - start) * (stop - start) > MOST_COMPARED:
        yield "replace", (start, last), (start, stop)
    else:
        matcher = SequenceMatcher(None, before[start:last], after[start:stop], autojunk=False)
        for kind, first, behind, place, goal in matcher.get_opcodes():
            yield kind, (start + first, start + behind), (start + place, start + goal)
    if end:
        yield "equal", (last, len(before)), (stop, len(after))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))


def _paragraphs(text: str) -> list[str]:
    return [one.strip() for one in _PARAGRAPHS.split(text) if one.strip()]


def _folded(text: str) -> str:
    return " ".join(words.fold(text).split())
