"""Whether two figures of different articles are the same quantity, and what their values say then.

Values are compared as intervals: a hedge opens one side ("less than seven percent" holds 6.8), a round number
stands for its neighbourhood. That they are the same quantity must show in the words around them. In doubt
nothing is said; that two figures contradict each other is never said.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Container
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import NamedTuple

from archive.text import words
from archive.text.types import Figure, FigureKind, Hedge, Span
from archive.text.units import size
from archive.text.weights import weight

_AROUND = 90  # letters on both sides of a figure in which the words are looked for that say what it is
_WORDS_AROUND = 7
_RATE = " per "  # behind a figure: "deaths per 100,000" is no tally
# How far the values of a hedged number may reach, as shares of it: from reading rounded and exact values of
# the same quantity side by side.
_REACH = {
    Hedge.MORE: (1.0, 1.2),
    Hedge.AT_LEAST: (1.0, 1.2),
    Hedge.LESS: (0.85, 1.0),
    Hedge.AT_MOST: (0.7, 1.0),
    Hedge.ABOUT: (0.9, 1.08),
}
# Shares of common words from which two figures are taken for the same quantity; rare equal numbers need
# less, vague ones ("up to 90") more.
_ALIKE, _ALIKE_EQUAL, _ALIKE_VAGUE, _ALIKE_TALLY = 0.45, 0.3, 0.7, 0.45
# The same for figures of one row that are shares in percent, and for figures of different rows.
_ALIKE_SHARE, _ALIKE_APART, _ALIKE_UNEQUAL_APART = 0.36, 0.44, 0.6
_MOST_SLACK = 0.05  # of its value a round number may be off: "$100 billion" is not 150
_MOST_GROWTH = 2  # times: a tally that grows by more between two articles is often another one
_RARE = 13  # smaller numbers are too common to say anything by being equal
_RARE_MEASURED = 3  # so many metres, tons or marks are not
_ROUND_SHARE = 5  # percent: shares are rounded to multiples of it
_TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"})


# A text says itself that it counts on: "The number of people hurt in the fire has risen to nineteen",
# "raising the toll to 12", "nine dead so far". What grows may stand far before its value.
_GROWN = re.compile(
    r"\b(?:number|toll|count|total|tally|deaths|cases|injuries|arrests)\b([^.;:,]{0,70}?)"
    r"\b(?:(?:risen|rose|rises|rising|climbed|climbs|grown|grew|gone up|went up|jumped|jumps|increased"
    r"|increases|soared|soars|surged|surges|raised) (?:past|above|to)|reached|reaches|hits|(?:now )?stands at"
    r"|passes|passed|surpasses|surpassed|tops|topped|nears) (?:\w+ )?[\"“”‘’']?$",
    re.IGNORECASE,
)
_BROUGHT = re.compile(
    r"\b(?:bring|tak|push|rais|lift)(?:e|es|s|ing)? (?:the |its )?([^.;,]{0,50}?)"
    r"\b(?:toll|number|total|count|tally)\b([^.;,]{0,60}?) to (?:\w+ )?$",
    re.IGNORECASE,
)
# What is awaited is no count: "the toll could have reached 240 by then"; nor is what was put right downwards.
_AWAITED = re.compile(
    r"\b(?:expect\w*|could|may|might|likely|would|will|fear\w*|predict\w*|estimate\w*|lower\w*|revised)\b",
    re.IGNORECASE,
)
_SO_FAR = re.compile(r"^[^.;,]{0,50}\bso far\b|\bup from\b", re.IGNORECASE)


# "Fifteen of those arrested", "three other Americans" are a part, and "59 still in hospital" grow fewer; what
# is told of a year before grows no more.
_PART = re.compile(r" (?:of (?:those|them|whom|these)|other|still|remain\w*)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_GROWS_FOR = 5  # days between two articles: later ones count more than the first did
# "7,300 new cases", "15,300 cases in one day": what a day brings is no tally that grows.
_EACH_DAY = re.compile(
    r"\b(?:new|daily|(?:a|per|each|one|single) day|today|overnight|(?:last|past) 24 hours)\b", re.IGNORECASE
)
# "Another 1,152 cases", "in clashes today ... 10 people": added to a tally, or of one day alone.
_ADDED = re.compile(r"\b(?:another|additional|further)\b[^,.]{0,12}$|\btoday\b[^,.]{0,12}$", re.IGNORECASE)
_JOINING = frozenset({"and", "but", "while", "including", "plus"})


class Verdict(StrEnum):
    """What two figures have to do with each other."""

    AGREE = "agree"
    UPDATE = "later update"
    DIFFERENT = "different quantity"


class Setting(NamedTuple):
    """The words around a figure: their stems, the names among them, and the list of people it counts."""

    stems: frozenset[str]
    names: frozenset[str]
    tally: str
    grown: bool = False  # the text itself says that it counts on, and has come to this
    years: tuple[int, ...] = ()  # that are named beside it


class _Tables(NamedTuple):
    tally: dict[str, str]
    people: frozenset[str]
    vague: frozenset[str]
    calendar: frozenset[str]
    error: frozenset[str]


def setting(body: str, figure: Figure) -> Setting:
    """The words of the figure's own sentence and passage that say what it is."""
    start = max(0, figure.start - _AROUND)
    folded = words.fold(body[start : figure.end + _AROUND])
    figure = figure._replace(start=figure.start - start, end=figure.end - start)
    before = _cut(folded, 0, figure.start, last=True)
    behind = _cut(folded, figure.end, len(folded), last=False)
    left = words.tokens(folded, *before)[-_WORDS_AROUND:]
    right = words.tokens(folded, *behind)[:_WORDS_AROUND]
    near = [token for token in (*left, *right) if not token.stem[0].isdigit()]
    printed = [word for word, *_ in words.every_word(folded, figure.start, figure.end)]
    clause = folded[slice(*behind)].partition(",")[0]
    printed += _as_far_as_it_is_said([word for word, *_ in words.every_word(clause)[:6]])
    printed += _as_far_as_it_is_said([word for word, *_ in words.every_word(folded, *before)[-3:]][::-1])
    grown = _GROWN.search(folded, *before) or _BROUGHT.search(folded, *before)
    printed += re.findall(r"\w+", f"{grown[1]} {grown[0]}".lower()) if grown else []
    counts_on = bool(grown or _SO_FAR.search(folded[slice(*behind)])) and not _AWAITED.search(folded, *before)
    rate = (
        folded[figure.end : figure.end + len(_RATE)].lower() == _RATE
        or folded[figure.end : figure.end + 1] == "/"
        or _EACH_DAY.search(folded, figure.start, behind.end) is not None
        or _PART.match(folded, figure.end) is not None
        or _ADDED.search(folded, *before) is not None
    )
    years = _YEAR.findall(folded, before.start, behind.end)
    tally = "" if rate else next((_tables().tally[word] for word in printed if word in _tables().tally), "")
    names = frozenset(token.stem for token in near if token.capital) - _tables().calendar
    return Setting(frozenset(token.stem for token in near), names, tally, counts_on, tuple(map(int, years)))


def _as_far_as_it_is_said(near: list[str]) -> list[str]:
    """Words beside a figure, the nearest first, up to what is said of another: "five dead and six hurt"."""
    end = next((at for at, word in enumerate(near) if word in _JOINING or word[0].isdigit()), len(near))
    return near[:end]


def compare(
    one: Figure,
    around_one: Setting,
    other: Figure,
    around_other: Setting,
    published_one: date | None = None,
    published_other: date | None = None,
) -> Verdict:
    """What two figures of different articles have to do with each other.

    The dates of publication are needed for an update: the later article says that a tally has grown.
    """
    alike = likeness(one, around_one, other, around_other)
    open_ended = one.hedge is other.hedge and one.low != other.low and one.hedge in _OPEN
    if _meet(_interval(one), _interval(other)) and not open_ended:
        vague = Hedge.AT_MOST in (one.hedge, other.hedge) and one.low != other.low
        equal = _equal_and_rare(one, other)
        needed = _ALIKE_VAGUE if vague else _ALIKE_EQUAL if equal else _ALIKE
        return Verdict.AGREE if alike >= needed else Verdict.DIFFERENT
    same_tally = around_one.tally and around_one.tally == around_other.tally
    if same_tally and published_one and published_other:
        later, earlier = (one, other) if published_one > published_other else (other, one)
        says_so = around_one.grown if later is one else around_other.grown
        people = one.kind is other.kind is FigureKind.COUNT and not _mere_size(later)
        if (
            (says_so and people)
            and earlier.low < later.low <= _MOST_GROWTH * earlier.low
            and _still_counted(around_one, around_other, published_one, published_other)
            and alike >= _ALIKE_TALLY
        ):
            return Verdict.UPDATE
    return Verdict.DIFFERENT


def _still_counted(one: Setting, other: Setting, published_one: date, published_other: date) -> bool:
    """Whether a tally can have grown from one article to the next: days apart, and of no year before."""
    apart = abs((published_one - published_other).days)
    newest = max(published_one.year, published_other.year)
    return 0 < apart <= _GROWS_FOR and not any(year < newest for year in (*one.years, *other.years))


def may_replace(value: float, tally: str, printed: Container[tuple[float, str]]) -> bool:
    """Whether a text may have a later or earlier count of a tally in place of `value`.

    A text that prints the value itself counts something else by the other one: "17 people, twelve of them
    on Wednesday" beside "12 people". `printed` are the values of its figures with what they tally.
    """
    return (value, tally) not in printed and (value, "") not in printed


def agree_enough(
    one: Figure, around_one: Setting, other: Figure, around_other: Setting, *, together: bool
) -> bool:
    """Whether the words at two figures that can be equal carry an "agree".

    `together`: they stand in passages of one row, which says much; but shares in percent are many in one
    report. Elsewhere the words must say more, least where the values are told to the digit or the things
    counted are named alike.
    """
    if {one.hedge, other.hedge} in _OPPOSITE and one.low == other.low:
        return False  # "more than half" and "less than half"
    alike = likeness(one, around_one, other, around_other)
    if together:
        return one.kind is not FigureKind.PERCENT or alike >= _ALIKE_SHARE
    if one.low != other.low:
        return alike >= _ALIKE_UNEQUAL_APART
    telling = one.low > 1 and bool(one.low % 1)
    return alike >= (_ALIKE_EQUAL if telling or _same_head(one, other) else _ALIKE_APART)


def count_other_things(one: Figure, around_one: Setting, other: Figure, around_other: Setting) -> bool:
    """Whether the words at two figures say that they count different things, equal rare numbers apart."""
    if _equal_and_rare(one, other):
        return False
    tallies = around_one.tally, around_other.tally
    return (all(tallies) and tallies[0] != tallies[1]) or _counted_alike(
        one, around_one, other, around_other
    ) is False


def likeness(one: Figure, around_one: Setting, other: Figure, around_other: Setting) -> float:
    """How much speaks for the same quantity, from 0 (nothing) to about 1.5, whatever the values."""
    if _measure(one)[0] != _measure(other)[0] or (one.kind is FigureKind.DATE) != (
        other.kind is FigureKind.DATE
    ):
        return 0.0
    if around_one.tally and around_other.tally and around_one.tally != around_other.tally:
        return 0.0
    both = around_one.stems & around_other.stems
    if both & _tables().error:
        return 0.0
    rare = _equal_and_rare(one, other)
    if around_one.names and around_other.names and not (around_one.names & around_other.names) and not rare:
        return 0.0
    counted = _counted_alike(one, around_one, other, around_other)
    if counted is False and not around_one.tally:
        return 0.0
    weigh = [sum(map(weight, stems)) for stems in (both, around_one.stems, around_other.stems)]
    shared = weigh[0] / (min(weigh[1:]) or 1) / 2 + weigh[0] / (sum(weigh[1:]) or 1)
    tally = 0.2 * bool(around_one.tally and around_one.tally == around_other.tally)
    return (
        shared
        + 0.15 * bool(counted)
        + tally
        + 0.2 * bool(rare and (both or (counted and _same_head(one, other))))
    )


def _equal_and_rare(one: Figure, other: Figure) -> bool:
    """Whether two figures are equal, and their value is no everyday one.

    Small numbers are, small spans of time, fractions ("two-thirds") and mere sizes ("thousands").
    """
    measured = one.kind in (FigureKind.MEASURE, FigureKind.MONEY) and measure(one) not in _TIMES
    small = one.low < (_RARE_MEASURED if measured else _RARE) and (one.low < 1 or not one.low % 1)
    return one.low == other.low and not small and not (_mere_size(one) and _mere_size(other))


def told_to_the_digit(one: Figure, other: Figure) -> bool:
    """Whether two shares are equal, and printed as no round number: 91 percent, 6.8 percent."""
    decimals = one.low % 1 > 0 and round(one.low, 2) == one.low
    return one.low == other.low and (decimals or (one.low >= _RARE and one.low % _ROUND_SHARE > 0))


def _mere_size(figure: Figure) -> bool:
    """Whether a figure is "thousands", "millions"."""
    return figure.hedge is Hedge.ABOUT and math.log10(max(figure.low, 1)) % 1 == 0


_OPEN = frozenset({Hedge.MORE, Hedge.AT_LEAST, Hedge.AT_MOST})


_OPPOSITE = (
    {Hedge.MORE, Hedge.LESS},
    {Hedge.MORE, Hedge.AT_MOST},
    {Hedge.AT_LEAST, Hedge.LESS},
)


def _cut(text: str, start: int, end: int, *, last: bool) -> Span:
    """The part of a stretch that belongs to the figure's own sentence."""
    for stop in (". ", "; ", "\n"):
        at = text.rfind(stop, start, end) if last else text.find(stop, start, end)
        if at >= 0:
            start, end = (at + 1, end) if last else (start, at)
    return Span(start, end)


def measure(figure: Figure) -> str:
    """What a figure measures: "count", "metre" (whatever the unit of length), "money dollar"."""
    return _measure(figure)[0]


def distance(one: Figure, other: Figure) -> float:
    """How far apart two values of one measure are, as a share of the greater: 0 where they are equal."""
    first, second = one.low * _measure(one)[1], other.low * _measure(other)[1]
    return abs(first - second) / (max(abs(first), abs(second)) or 1.0)


def _measure(figure: Figure) -> tuple[str, float]:
    """What a figure measures and the factor that brings its value to a common unit."""
    if figure.kind is FigureKind.COUNT:
        return "count", 1.0
    return size(figure.unit) or (f"{figure.kind.value} {figure.unit}", 1.0)


def _counted_alike(one: Figure, around_one: Setting, other: Figure, around_other: Setting) -> bool | None:
    """Whether both count the same things; None where one does not say what.

    "31 members of the crew" count as the words near them say.
    """
    heads = [figure.counted.split()[-1] if figure.counted else "" for figure in (one, other)]
    if not all(heads):
        return None
    vague = [head in _tables().vague for head in heads]
    if any(vague):
        around, head = (around_one, heads[1]) if vague[0] else (around_other, heads[0])
        return True if words.stem(head) in around.stems and not all(vague) else None
    if all(head in _tables().people for head in heads):
        return True
    return words.stem(heads[0]) == words.stem(heads[1])


def _same_head(one: Figure, other: Figure) -> bool:
    """Whether both count the same by name: people of any sort may be others."""
    if not (one.counted and other.counted):
        return False
    heads = {figure.counted.split()[-1] for figure in (one, other)} - _tables().vague
    return len({words.stem(head) for head in heads}) == 1 and heads.isdisjoint(_tables().people)


def _interval(figure: Figure) -> tuple[float, float]:
    factor = _measure(figure)[1]
    low, high = figure.low * factor, figure.high * factor
    if figure.hedge in _REACH:
        down, up = _REACH[figure.hedge]
        return low * down, high * up
    slack = min(_rounding(figure.low) * factor, _MOST_SLACK * high) if figure.low == figure.high else 0.0
    return low - slack, high + slack


def _rounding(value: float) -> float:
    """Half of the last printed place: 50 for 4,200; 0.05 for 6.8; nothing for small whole numbers."""
    digits = f"{value:g}" if value < 1e6 else f"{value:.0f}"
    if "." in digits:
        return 0.5 * 10.0 ** -len(digits.partition(".")[2])
    zeros = len(digits) - len(digits.rstrip("0"))
    return 0.5 * 10.0**zeros if zeros > 1 else 0.0


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] <= other[1] + 1e-9 and other[0] <= one[1] + 1e-9


@cache
def _tables() -> _Tables:
    source = resources.files("archive.text.rules").joinpath("figures.toml").read_text(encoding="utf-8")
    table = {name: entry.split() for name, entry in tomllib.loads(source)["tally"].items()}
    people, vague, calendar, error = (table.pop(name) for name in ("people", "vague", "calendar", "error"))
    lists = {word: name for name, forms in table.items() for word in forms}
    return _Tables(
        lists,
        frozenset(people),
        frozenset(vague),
        frozenset(words.stem(word) for word in calendar),
        frozenset(words.stem(word) for word in error),
    )
