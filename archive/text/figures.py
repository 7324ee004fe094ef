"""Figures: what a text counts and measures, with unit, hedge and what is counted.

Every number of a line is asked in turn: is it a date, a label ("Flight 302"), a score, an age, a rank, or a
quantity? What is no quantity is left out, except dates, which are figures of their own kind.
"""

from __future__ import annotations

import re

from archive.text.counted import context, counted, counts, fate, is_plural
from archive.text.number_labels import chain_end, is_label
from archive.text.numerals import (
    Token,
    after_hyphen,
    holds_number,
    is_digits,
    numeral,
    starting,
    tokens,
    touches,
    word_at,
)
from archive.text.printed_dates import PrintedDate, printed_date
from archive.text.quantities import Printed, age, ordinal, quantity
from archive.text.types import Evidence, Figure, FigureKind, Hedge, Span
from archive.text.units import Qualifier, hedge_before, hedge_behind, size, unit_at

# "1885 letters" is a count, "2015 sales" names a year: few past years stand right before a plural.
_LATEST_COUNT = 1980
_FEW = 3  # nobody rounds fewer: "about two men" is said of them, and not of their number
_LINE = re.compile(r"[^\n]+")
_MOST = 10_000  # figures of a text: a megabyte of prose has fewer, what has more is a table


def figures(body: str) -> list[Figure]:
    """Every figure of a text in order, none overlapping another; of a table no more than prose can have.

    `low` and `high` are the printed values in `unit`; a part of a whole is given in per cent
    ("three-fourths": 75). For dates see `printed_dates.PrintedDate`. The counted words belong to the span
    where they are a single one right behind the number ("38 countries", but "20 fishing boats" ends
    behind 20) and nothing is said more closely of them ("4,000 victims of" ends behind 4,000).
    """
    found: list[Figure] = []
    for match in _LINE.finditer(body):
        if len(found) < _MOST and holds_number(match.group()):
            found += _of_line(tokens(body, *match.span()), _MOST - len(found))
    return found


def _of_line(line: list[Token], most: int) -> list[Figure]:
    found: list[Figure] = []
    reached = 0
    for index in starting(line):
        if index < reached:
            continue
        if len(found) == most:
            break
        figure, reached = _at(line, index)
        if figure and (not found or figure.start >= found[-1].end):
            found.append(figure)
    return found


def _at(line: list[Token], index: int) -> tuple[Figure | None, int]:
    """The figure of the number at `index`, and where to read on."""
    if is_digits(line[index].low):
        date = printed_date(line, index, _surely_counts(line, index))
        if date:
            return _date_figure(line, date), date.last + 1
        chain = chain_end(line, index)
        if chain > index or is_label(line, index) or _is_list_number(line, index):
            return None, chain + 1
    number = numeral(line, index)
    if number is None:
        return None, index + 1
    printed = age(line, number) or ordinal(line, number) or quantity(line, number)
    if printed is None:
        return None, number.last + 1
    return _figure(line, printed), printed.last + 1


def _surely_counts(line: list[Token], index: int) -> bool:
    """Whether four digits that look like a year count something: "2000 people", "some 1950 boats"."""
    behind = after_hyphen(line, index + 1)
    if unit_at(line, behind) or word_at(line, behind) in context().plurals:
        return True
    if not counts(line, index + 1):
        return False
    low = line[index].low
    return hedge_before(line, index) is not None or (low.isdecimal() and int(low) < _LATEST_COUNT)


def _is_list_number(line: list[Token], index: int) -> bool:
    """ "1." at the beginning of a line."""
    return index == 0 and word_at(line, 1) in {".", ")", ":"} and touches(line, 1)


def _date_figure(line: list[Token], date: PrintedDate) -> Figure:
    start, end = line[date.first].start, line[date.last].end
    evidence = Evidence("calendar date", "", start, end)
    return Figure(
        start, end, FigureKind.DATE, date.value, date.value, date.unit, Hedge.EXACT, "", None, evidence
    )


def _figure(line: list[Token], printed: Printed) -> Figure:
    things = _counted_of(line, printed)
    last = printed.last + _takes_in(line, printed, things)
    hedge = _hedge_of(line, printed)
    behind = None if hedge else hedge_behind(line, last + 1)
    first = hedge.first if hedge else printed.first
    last = behind.last if behind else last
    return Figure(
        line[first].start,
        line[last].end,
        printed.kind,
        printed.low,
        printed.high,
        printed.unit,
        _hedge(hedge or behind, printed),
        " ".join(token.low for token in line[things[0] : things[1] + 1]) if things else "",
        Span(line[things[0]].start, line[things[1]].end) if things else None,
        Evidence(_rule(printed), "", line[printed.first].start, line[printed.last].end),
    )


def _takes_in(line: list[Token], printed: Printed, things: tuple[int, int] | None) -> bool:
    """Whether the counted word belongs to the figure's own span: "38 countries"."""
    behind = printed.last + 1
    alone = printed.kind is FigureKind.COUNT and things == (behind, behind)
    return alone and word_at(line, behind + 1) != "of" and is_plural(line[behind].low)


def _hedge_of(line: list[Token], printed: Printed) -> Qualifier | None:
    """The hedge in front. "Over" before a time is one only where the words around show it: "over two years
    ago", but not "paid over two years"."""
    hedge = hedge_before(line, printed.first)
    if hedge is None or hedge.first != hedge.last:
        return hedge
    if printed.kind is FigureKind.COUNT and printed.low <= _FEW:
        return hedge if word_at(line, hedge.first) not in context().around else None
    if word_at(line, hedge.first) != "over":
        return hedge
    duration = size(printed.unit)
    if duration is None or duration[0] != "day":
        return hedge
    shown = word_at(line, printed.last + 1) == "ago" or word_at(line, hedge.first - 1) in context().lasting
    return hedge if shown else None


def _hedge(qualifier: Qualifier | None, printed: Printed) -> Hedge:
    if qualifier:
        return qualifier.hedge
    return Hedge.ABOUT if printed.number.vague else Hedge.EXACT


def _rule(printed: Printed) -> str:
    return f"{printed.kind.value} in {'digits' if printed.number.digits else 'words'}"


def _counted_of(line: list[Token], printed: Printed) -> tuple[int, int] | None:
    if printed.kind in (FigureKind.AGE, FigureKind.RANK):
        return None
    return counted(line, printed.last + 1) or fate(line, printed.last + 1)
