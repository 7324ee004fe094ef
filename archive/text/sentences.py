"""Paragraphs and sentences as spans of a text. Linear in the length of the text, whatever stands in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from archive.text.types import Span

_LINE = re.compile(r"[^\n]+")

# A sentence ends at its marks and what closes behind them, where a capital, a digit or an opening follows;
# a blank line ends it without any mark. The marks are bounded, so that a row of a million points is no trap.
_END = re.compile(
    r"(?P<marks>[.!?…]{1,8})(?P<closers>[\"'”’»)\]]{0,4})(?=\s{1,8}[\"'“‘«(\[]{0,3}[A-Z0-9À-ÖØ-Þ])"
    r"|(?P<blank>\n[ \t]{0,8}\n)"
)

_LAST_WORD = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*)$")
_NEXT_WORDS = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_LOOK_BACK = 24  # characters that may hold the word before a point: longer ones are no abbreviations
_LOOK_AHEAD = 48  # characters in which "Allawi said" or "The" would follow
_WORDS_BEFORE_SPEECH = 4  # “Stop!” the old man said


class _Words(NamedTuple):
    before_names: frozenset[str]
    may_end: frozenset[str]
    starters: frozenset[str]
    speech: frozenset[str]


def paragraphs(text: str) -> list[Span]:
    """The lines of a text that hold more than space, without the space around them."""
    trimmed = (trim(text, match.start(), match.end()) for match in _LINE.finditer(text))
    return [span for span in trimmed if span.end > span.start]


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]` in order; only space lies between them.

    A blank line always ends a sentence; a single line end does not, for lines may be broken anywhere.
    """
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
        if match["blank"] is None and _goes_on(text, start, match):
            continue
        yield match.end()


def _goes_on(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the marks end no sentence: a point of an abbreviation, or a quotation inside the sentence."""
    if match["marks"] == "." and not match["closers"].strip(")]"):
        return _belongs_to_word(text, start, match)
    if match["marks"][-1] in "!?…" and match["closers"]:
        following = _following(text, match)[:_WORDS_BEFORE_SPEECH]
        return any(word in _words().speech for word in following[1:])
    return False


def _belongs_to_word(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the point is part of an abbreviation or of an initial ("Gen.", "J.", "U.S. troops")."""
    point = match.start()
    before = text[max(start, point - _LOOK_BACK) : point]
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    printed, words = word.group(1), _words()
    if printed.lower() in words.before_names and (printed[0].isupper() or printed.lower() in _SMALL):
        return True
    if _initials(printed, before[: word.start()]) or printed.lower() in words.may_end:
        following = _following(text, match)
        return not (following and following[0].lower() in words.starters and following[0] != "A")
    return False


def _initials(printed: str, before: str) -> bool:
    """Whether letters stand for the given names of somebody ("J", "O.J"); with "the" before, for a body."""
    letters = printed.split(".")
    if any(len(letter) != 1 or not letter.isupper() for letter in letters) or printed == "I":
        return False
    return len(letters) == 1 or not before.lower().endswith("the ")


# Abbreviations that are printed small: "no." and "est." with a small letter may be the words themselves.
_SMALL = frozenset(["vs", "e.g", "i.e", "approx", "ca", "cf", "pp"])


def _following(text: str, match: re.Match[str]) -> list[str]:
    return _NEXT_WORDS.findall(text, match.end(), match.end() + _LOOK_AHEAD)


@cache
def _words() -> _Words:
    text = resources.files("archive.text.rules").joinpath("sentences.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return _Words(*(frozenset(table[name].split()) for name in _Words._fields))
