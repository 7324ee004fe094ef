"""One folding for the search index, the query and the highlights.

A text becomes words with their places. What is folded away: case, accents, ligatures, kinds of quotation
marks, dashes and spaces, the 's of a possessive, points in initials, separators of thousands, and characters
that are not seen (soft hyphens, zero-width and bidirectional controls). Words are not cut to stems: what is
found is what was asked for.

"well-being" is two words and, joined, a third in the place of the first: it is found by "well-being",
"well being" and "wellbeing".
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

# PostgreSQL takes lexemes of up to 2,046 bytes; no word of a language comes near.
LONGEST_WORD = 100

# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)

# What is neither letter nor digit.
_NEITHER = re.compile(r"[\W_]+")
_BETWEEN = {code: None for code in range(128) if not chr(code).isalnum()}

_APOSTROPHES = "'’‘‛ʼ`´′＇"
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2212"


class Word(NamedTuple):
    """A folded word, its place in the text, and which words in a row it covers.

    `position` counts the words from 0. A compound's joined form stands at the position of its first part and
    covers `length` of them.
    """

    form: str
    start: int
    end: int
    position: int
    length: int = 1


def words(text: str, start: int = 0, end: int = sys.maxsize) -> list[Word]:
    """All words of `text[start:end]` in order, the joined form of a compound before its parts. Linear."""
    found: list[Word] = []
    first = 0  # where the compound that may go on begins in `found`
    last_end = -1
    position = 0
    folded, new = _folded, tuple.__new__  # a named tuple's own constructor takes twice as long
    for match in _pattern().finditer(text, start, end):
        printed = match.group()
        form, length = folded(printed) if len(printed) <= LONGEST_WORD else _fold(printed)
        if not form:
            continue
        at, behind = match.span()
        if at != last_end + 1 or text[last_end] not in _HYPHENS:
            if len(found) - first > 1:
                _join(found, first)
            first = len(found)
        found.append(new(Word, (form, at, at + length, position, 1)))
        position += 1
        last_end = behind
    if len(found) - first > 1:
        _join(found, first)
    return found


def forms(text: str) -> Iterator[tuple[str, int]]:
    """The form and the position of each of `words(text)`: several times as fast as with their places.

    No word and no compound reaches over a space, so that each stretch between spaces can be remembered.
    """
    position = 0
    for stretch in text.split():
        found, length = _forms(stretch) if len(stretch) <= LONGEST_WORD else _forms.__wrapped__(stretch)
        for form, behind in found:
            yield form, position + behind
        position += length


@lru_cache(50_000)
def _forms(stretch: str) -> tuple[tuple[tuple[str, int], ...], int]:
    """The forms of a stretch without spaces, with their positions in it, and how many words it is."""
    found = words(stretch)
    return tuple((word.form, word.position) for word in found), sum(word.length == 1 for word in found)


def letters(text: str) -> str:
    """The folded letters and digits of a text and nothing else: a quick look where a word cannot stand.

    They hold `bare(word.form)` of each word of the text that is shorter than LONGEST_WORD.
    """
    if text.isascii():
        return text.lower().translate(_BETWEEN)
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_PLAIN_LETTERS)
    return _NEITHER.sub("", plain)


def bare(form: str) -> str:
    """A folded word as `letters` holds it: a number without its point."""
    return form.replace(".", "")


def _join(found: list[Word], first: int) -> None:
    """Put the joined form of the compound that ends `found` before its parts."""
    parts = found[first:]
    joined = "".join(part.form for part in parts)[:LONGEST_WORD]
    found.insert(first, Word(joined, parts[0].start, parts[-1].end, parts[0].position, len(parts)))


@lru_cache(100_000)
def _folded(printed: str) -> tuple[str, int]:
    """As `_fold`, remembered: most words of a text have been met before."""
    return _fold(printed)


def _fold(printed: str) -> tuple[str, int]:
    """The form of a printed word, and how many of its characters are the word without its 's."""
    length = len(printed)
    if length > 2 and printed[-1] in "sS" and printed[-2] in _APOSTROPHES:
        length -= 2
    folded = printed[: min(length, LONGEST_WORD * 8)].casefold()
    plain = unicodedata.normalize("NFKD", folded).casefold().translate(_PLAIN_LETTERS)
    word = "".join(letter for letter in plain if letter.isalnum() or letter == ".").rstrip(".")
    if not word[:1].isdigit():
        word = word.replace(".", "")
    return word[:LONGEST_WORD], length


@cache
def _pattern() -> re.Pattern[str]:
    """Initials, numbers with separators, signs that are words alone, other words: each taken once."""
    unseen = _class_of_characters("Mn", "Mc", "Me", "Cf")
    initials = r"(?<!\w)(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![\w.]))?|(?<!\w)[^\W\d_]\.[^\W\d_](?![\w.])"
    number = r"\d+(?:,\d{3})*(?:\.\d+)*"
    sign = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"  # written without spaces between words
    letter = rf"(?:(?!{sign})[^\W_]|[{unseen}])"
    apostrophe = rf"[{_APOSTROPHES}](?=[^\W_])"
    ordinary = r"[A-Za-z]{2,}+(?=[ ,\n])"  # most words, without a look at the rest
    return re.compile(rf"{ordinary}|{initials}|{sign}|(?:{number}|{letter})(?:{letter}|{apostrophe})*")


def _class_of_characters(*categories: str) -> str:
    """A regular expression's class of the characters of some Unicode categories, as ranges."""
    wanted = [code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in categories]
    ranges: list[list[int]] = []
    for code in wanted:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)
