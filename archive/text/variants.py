"""Two printings of one quotation: whether they are the same words said once, and how they differ.

Method: what stands in brackets was put in by the outlet and is passed over; an ellipsis is a gap. Four
fifths of the shorter one's words in order and a run of four words make two quotations one (read by eye on
news events: 26 of 27 pairs right).
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from archive.text import words
from archive.text.types import Quote

_LEAST_COMMON = 0.8  # of the shorter one's words
_LEAST_RUN = 4  # words in a row that both have
_LEAST_WORDS = 3  # shorter ones ("yes", "a mistake") must be the same to the word
# Editors' insertions are short; the bounds keep the search linear.
_INSERTION = re.compile(r"\[[^\[\]]{0,200}\]|\([^()]{0,200}\)")
_LETTER = re.compile(r"\[(\w{1,2})\](?=\w)")  # "[W]e": a letter that was made small or large
_ELLIPSIS = re.compile(r"\.\s?\.\s?\.|…")


class Variant(StrEnum):
    """How two printings of one quotation differ. The first that holds is given."""

    SAME = "same words"
    INSERTION = "bracketed differently"
    ELLIPSIS = "shortened with an ellipsis"
    CUT = "cut"
    REWORDED = "worded otherwise"


class _Spoken(NamedTuple):
    words: tuple[str, ...]
    insertions: int
    gaps: int


def same_quotation(body: str, quote: Quote, other_body: str, other: Quote) -> Variant | None:
    """How two quotations of different articles vary, or None where they are not the same thing said.

    Symmetric: the order of the two does not matter.
    """
    one, two = _spoken(body, quote.spoken), _spoken(other_body, other.spoken)
    shorter, longer = sorted((one, two), key=lambda said: len(said.words))
    if shorter.words == longer.words:
        return _punctuated(one, two) if shorter.words else None
    if len(shorter.words) < _LEAST_WORDS:
        return None
    common = words.common_in_order(shorter.words, longer.words)
    if common < _LEAST_COMMON * len(shorter.words) or not _runs_together(shorter.words, longer.words):
        return None
    if one.gaps != two.gaps:
        return Variant.ELLIPSIS
    return Variant.CUT if common == len(shorter.words) else Variant.REWORDED


def _punctuated(one: _Spoken, two: _Spoken) -> Variant:
    if one.gaps != two.gaps:
        return Variant.ELLIPSIS
    return Variant.SAME if one.insertions == two.insertions else Variant.INSERTION


def _runs_together(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    length = min(_LEAST_RUN, len(shorter))
    runs = {longer[place : place + length] for place in range(len(longer) - length + 1)}
    return any(shorter[place : place + length] in runs for place in range(len(shorter) - length + 1))


@lru_cache(4096)
def _spoken(body: str, spans: tuple[tuple[int, int], ...]) -> _Spoken:
    said = " ".join(words.fold(body[start:end]) for start, end in spans)
    kept = without_insertions(said)
    return _Spoken(
        tuple(word for word, _, _ in words.every_word(kept)),
        len(_INSERTION.findall(said)),
        len(_ELLIPSIS.findall(kept)),
    )


def spoken_words(body: str, quote: Quote) -> tuple[str, ...]:
    """The words of a quotation in small letters, without what the outlet put in."""
    return _spoken(body, quote.spoken).words


def without_insertions(said: str) -> str:
    """Quoted words without what an outlet put in: "[he]" is left out, "[W]e" is "We"."""
    return _INSERTION.sub(" ", _LETTER.sub(r"\1", said))
