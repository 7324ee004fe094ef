"""Paragraphs and sentences as spans of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.text.types import Span

_LINE = re.compile(r"[^\n]+")

# A sentence ends at its marks and what closes behind them, where a capital, a digit or an opening follows.
# The marks are bounded, so that a row of a million points is no trap.
_END = re.compile(r"[.!?…]{1,8}[\"'”’»)\]]{0,4}(?=\s{1,8}[\"'“‘«(\[]{0,3}[A-Z0-9À-ÖØ-Þ])")

_LAST_WORD = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*)$")
_LOOK_BACK = 24  # characters that may hold the word before a point: longer ones are no abbreviations

# Words that a point belongs to. Some may also end a sentence: a wrong join costs less than a wrong cut.
_ABBREVIATED = """
mr mrs ms dr prof gen brig lt col sgt capt maj adm cmdr rep reps sen sens gov st jr sr vs no inc corp co ltd
jan feb mar apr jun jul aug sep sept oct nov dec rev hon u.s u.n u.k d.c e.g i.e p.m a.m ph.d mt ft dept univ
rt pres supt asst det insp cpl pvt messrs mme mlle
"""
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())


def paragraphs(text: str) -> list[Span]:
    """The lines of a text that hold more than space, without the space around them."""
    trimmed = (trim(text, match.start(), match.end()) for match in _LINE.finditer(text))
    return [span for span in trimmed if span.end > span.start]


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]`, which is one paragraph, in order; only space lies between them."""
    end = len(text) if end is None else end
    spans = []
    for stop in (*_stops(text, start, end), end):
        span = trim(text, start, stop)
        if span.end > span.start:
            spans.append(span)
        start = stop
    return spans


def trim(text: str, start: int, end: int) -> Span:
    """The span without the space at its two ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    for match in _END.finditer(text, start, end):
        if not (match.group().startswith(".") and _belongs_to_word(text, start, match.start())):
            yield match.end()


def _belongs_to_word(text: str, start: int, point: int) -> bool:
    """Whether the point is part of an abbreviation or of an initial ("Gen.", "J.")."""
    word = _LAST_WORD.search(text[max(start, point - _LOOK_BACK) : point])
    if word is None:
        return False
    printed = word.group(1)
    return (len(printed) == 1 and printed.isupper() and printed != "I") or printed.lower() in _ABBREVIATIONS
