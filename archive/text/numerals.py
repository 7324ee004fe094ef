"""Printed numbers as values: digits, number words, magnitudes, fractions, vague plurals and ranges."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

# Digits with their separators, words with one apostrophe inside, single signs. Each branch consumes a
# character once, so reading is linear.
_TOKEN = re.compile(r"\d+(?:,\d{3}(?!\d))*(?:\.\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|_")
_LONGEST_DIGITS = 18  # longer runs are identifiers, not quantities
_DASHES = frozenset("-–—‑")
_NEEDS_ANOTHER = frozenset({"a", "an", "several", "few"})  # "a million", "several hundred"


class Token(NamedTuple):
    """A word, number or sign of a line in small letters, with its place."""

    low: str
    start: int
    end: int
    capital: bool


class Numeral(NamedTuple):
    """A number read from tokens `first` to `last`: its value or range, and how it was printed.

    `share` says that the value is a part of a whole in per cent ("two-thirds"); `vague` that only its order
    is known ("dozens"); `digits` that it is printed in digits; `step` is the size of the last printed place,
    `factor` that of the magnitude behind it ("million").
    """

    first: int
    last: int
    low: float
    high: float
    digits: bool
    share: bool = False
    vague: bool = False
    step: float = 1.0
    factor: float = 1.0


def tokens(body: str, start: int, end: int) -> list[Token]:
    """The tokens of `body[start:end]` in order."""
    found: list[Token] = []
    add, new = found.append, tuple.__new__  # a named tuple's own constructor takes twice as long
    for match in _TOKEN.finditer(body, start, end):
        printed = match.group()
        low = printed.lower()
        start, end = match.span()
        if "’" in low:
            low = low.replace("’", "'")
        add(new(Token, (low, start, end, printed[0].isupper())))
    return found


def starts_number(token: Token) -> bool:
    """Whether a number may begin with this token."""
    return is_digits(token.low) or token.low in tables().starts


def starting(line: list[Token]) -> list[int]:
    """The places of the tokens with which a number may begin."""
    starts, followers = tables().starts, _followers()
    lows = [token.low for token in line]
    return [
        place
        for place, (low, after) in enumerate(zip(lows, [*lows[1:], ""], strict=True))
        if (low in starts and (low not in _NEEDS_ANOTHER or after in followers))
        or (low[0] <= "9" and is_digits(low))
    ]


def holds_number(text: str) -> bool:
    """Whether there may be a number in a text: asked first, it spares most lines the reading."""
    return _number().search(text.lower()) is not None


@cache
def _followers() -> frozenset[str]:
    """What stands behind words that are no number by themselves."""
    table = tables()
    return frozenset({*table.magnitudes, *table.fractions, *_DASHES})


@cache
def _number() -> re.Pattern[str]:
    """A digit or a word without which no number is read; "a", "few" and "several" need another one."""
    table = tables()
    alone = table.starts - _NEEDS_ANOTHER
    words = {word for word in {*alone, *table.magnitudes, *table.fractions} if word.isalpha()}
    signs = "".join(re.escape(sign) for sign in table.starts - words if len(sign) == 1 and not sign.isalpha())
    return re.compile(rf"[\d{signs}]|(?<![^\W\d_])(?:{'|'.join(sorted(words))})(?![^\W\d_])")


def is_digits(low: str) -> bool:
    """Whether a token is printed in the digits 0 to 9."""
    return low[:1].isdecimal() and low.isascii()


def numeral(line: list[Token], index: int) -> Numeral | None:
    """The number that begins at `index`, or None. Ranges are not joined here."""
    low = line[index].low
    if is_digits(low):
        return _digits(line, index)
    if low in tables().vague:
        return _vague(line, index)
    if low in tables().signs:
        return Numeral(index, index, tables().signs[low] * 100, tables().signs[low] * 100, False, share=True)
    return _fraction(line, index) or _words(line, index)


def touches(line: list[Token], index: int) -> bool:
    """Whether no space stands between the token at `index` and the one before."""
    return 0 < index < len(line) and line[index - 1].end == line[index].start


def word_at(line: list[Token], index: int) -> str:
    """The small letters of the token at `index`, "" outside the line."""
    return line[index].low if 0 <= index < len(line) else ""


def after_hyphen(line: list[Token], index: int) -> int:
    """`index`, or the place behind a hyphen that joins it to the word before."""
    if touches(line, index) and word_at(line, index) in _DASHES and touches(line, index + 1):
        return index + 1
    return index


def _digits(line: list[Token], index: int) -> Numeral | None:
    printed = line[index].low.replace(",", "")
    if len(printed) > _LONGEST_DIGITS or printed.startswith("00"):
        return None
    value = float(printed)
    decimals = len(printed.partition(".")[2])
    step = 10.0**-decimals if decimals else _round_step(printed)
    last, factor = _magnitude(line, index)
    if word_at(line, last + 1) in tables().signs:
        value, last = value + tables().signs[word_at(line, last + 1)], last + 1
    if factor > 1:
        step = 10.0**-decimals * factor
    return Numeral(index, last, value * factor, value * factor, True, step=step, factor=factor)


def _round_step(printed: str) -> float:
    """The place up to which a whole number is round: 1,000 for 30,000."""
    return 10.0 ** (len(printed) - len(printed.rstrip("0"))) if printed.strip("0") else 1.0


def _magnitude(line: list[Token], last: int) -> tuple[int, float]:
    """Where the magnitudes behind the number end, and their product."""
    table, factor = tables(), 1.0
    following = word_at(line, last + 1)
    if touches(line, last + 1) and following in table.letters:
        return last + 1, table.letters[following]
    while (behind := after_hyphen(line, last + 1)) and word_at(line, behind) in table.magnitudes:
        factor *= table.magnitudes[word_at(line, behind)]
        last = behind
    return last, factor


def _vague(line: list[Token], index: int) -> Numeral | None:
    """ "dozens", "tens of thousands"."""
    low, high = tables().vague[line[index].low]
    last = index
    while word_at(line, last + 1) == "of" and word_at(line, last + 2) in tables().vague:
        last += 2
        factor = tables().magnitudes[line[last].low.removesuffix("s")]
        low, high = low * factor, high * factor
    return Numeral(index, last, float(low), float(high), False, vague=True)


def _fraction(line: list[Token], index: int) -> Numeral | None:
    """ "three-fourths", "a third", "half": parts of a whole, in per cent."""
    table = tables()
    low = line[index].low
    if low == "half":
        return Numeral(index, index, 50.0, 50.0, False, share=True)
    behind = after_hyphen(line, index + 1)
    parts = table.fractions.get(word_at(line, behind))
    count = 1 if low in ("a", "an") else table.units.get(low)
    if parts is None or count is None or not 0 < count < parts:
        return None
    if (count > 1) != word_at(line, behind).endswith("s"):
        return None
    value = 100.0 * count / parts
    return Numeral(index, behind, value, value, False, share=True)


def _words(line: list[Token], index: int) -> Numeral | None:
    """ "twenty-five", "two hundred and ten thousand", "a dozen", "several hundred"."""
    table = tables()
    total, current, last = 0.0, None, index - 1
    at = index
    while at < len(line) and at - index < 16:  # no longer number is ever printed in words
        low = line[at].low
        if low in table.units and (
            current is None or (current % 100 == 0 and current > 0) or _completes(current, low)
        ):
            current = (current or 0) + table.units[low]
        elif low in table.magnitudes and (current is not None or last >= index):
            total, current = _scaled(total, current, table.magnitudes[low])
        elif last < index and low in ("a", "an", "several", "few"):
            behind = word_at(line, at + 1)
            if behind not in table.magnitudes:
                return None
            current = 1.0 if low in ("a", "an") else 3.0
        elif low == "and" and current and current % 100 == 0 and word_at(line, at + 1) in table.units:
            at += 1
            continue
        else:
            break
        last = at
        at = after_hyphen(line, at + 1)
    if last < index:
        return None
    half = _and_a_half(line, last)
    value = total + (current or 0)
    if half:
        return Numeral(index, half[0], (value + 0.5) * half[1], (value + 0.5) * half[1], False)
    return Numeral(index, last, value, value, False)


def _completes(current: float, low: str) -> bool:
    return current % 10 == 0 and current % 100 >= 20 and tables().units[low] < 10


def _scaled(total: float, current: float | None, factor: float) -> tuple[float, float | None]:
    if factor == 100 or factor == 12:
        return total, (current or 1) * factor
    return total + (current or 1) * factor, 0.0


def _and_a_half(line: list[Token], last: int) -> tuple[int, float] | None:
    if [word_at(line, last + n) for n in (1, 2, 3)] != ["and", "a", "half"]:
        return None
    return _magnitude(line, last + 3)


class Tables(NamedTuple):
    """What `rules/figures.toml` says of numbers."""

    units: dict[str, float]
    magnitudes: dict[str, float]
    letters: dict[str, float]
    vague: dict[str, tuple[float, float]]
    fractions: dict[str, int]
    signs: dict[str, float]
    starts: frozenset[str]


@cache
def rules() -> dict[str, Any]:
    """The tables of `rules/figures.toml` as they stand there."""
    source = resources.files("archive.text.rules").joinpath("figures.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


@cache
def tables() -> Tables:
    """The number words of `rules/figures.toml`, ready to be looked up."""
    numbers = rules()["numbers"]
    units = {word: float(value) for value, word in enumerate(numbers["small"].split())}
    units |= {
        word: float(value) for value, word in zip(range(20, 100, 10), numbers["tens"].split(), strict=True)
    }
    vague = {word: (float(low), float(high)) for word, (low, high) in numbers["vague"].items()}
    starts = {*units, *vague, *numbers["signs"], "a", "an", "half", "several", "few"}
    return Tables(
        units,
        {word: float(value) for word, value in numbers["magnitudes"].items()},
        {word: float(value) for word, value in numbers["letters"].items()},
        vague,
        dict(numbers["fractions"]),
        dict(numbers["signs"]),
        frozenset(starts),
    )
