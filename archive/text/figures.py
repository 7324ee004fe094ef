"""Figures: what a text counts and measures, with unit, hedge and what is counted.

Every number of a line is asked in turn: is it a date, a label ("Flight 302"), a score, an age, a rank, or a
quantity? What is no quantity is left out, except dates, which are figures of their own kind.
"""

from __future__ import annotations

import re

from archive.text.counted import counted, counts, fate, is_plural
from archive.text.number_labels import chain_end, is_label
from archive.text.numerals import Token, is_digits, numeral, starts_number, tokens, word_at
from archive.text.printed_dates import PrintedDate, printed_date
from archive.text.quantities import Printed, age, ordinal, quantity
from archive.text.types import Evidence, Figure, FigureKind, Hedge, Span
from archive.text.units import Qualifier, hedge_before, hedge_behind

_LINE = re.compile(r"[^\n]+")


def figures(body: str) -> list[Figure]:
    """Every figure of a text in order, none overlapping another.

    `low` and `high` are the printed values in `unit`; a part of a whole is given in per cent
    ("three-fourths": 75). For dates see `printed_dates.PrintedDate`. The counted words belong to the span
    where they are a single one right behind the number ("38 countries", but "20 fishing boats" ends
    behind 20) and nothing is said more closely of them ("4,000 victims of" ends behind 4,000).
    """
    found: list[Figure] = []
    for match in _LINE.finditer(body):
        found += _of_line(tokens(body, match.start(), match.end()))
    return found


def _of_line(line: list[Token]) -> list[Figure]:
    found: list[Figure] = []
    index = 0
    while index < len(line):
        if not starts_number(line[index]):
            index += 1
            continue
        figure, index = _at(line, index)
        if figure and (not found or figure.start >= found[-1].end):
            found.append(figure)
    return found


def _at(line: list[Token], index: int) -> tuple[Figure | None, int]:
    """The figure of the number at `index`, and where to read on."""
    if is_digits(line[index].low):
        date = printed_date(line, index, counts(line, index + 1))
        if date:
            return _date_figure(line, date), date.last + 1
        chain = chain_end(line, index)
        if chain > index or is_label(line, index):
            return None, chain + 1
    number = numeral(line, index)
    if number is None:
        return None, index + 1
    printed = age(line, number) or ordinal(line, number) or quantity(line, number)
    if printed is None:
        return None, number.last + 1
    return _figure(line, printed), printed.last + 1


def _date_figure(line: list[Token], date: PrintedDate) -> Figure:
    start, end = line[date.first].start, line[date.last].end
    evidence = Evidence("calendar date", "", start, end)
    return Figure(
        start, end, FigureKind.DATE, date.value, date.value, date.unit, Hedge.EXACT, "", None, evidence
    )


def _figure(line: list[Token], printed: Printed) -> Figure:
    things = _counted_of(line, printed)
    last = printed.last + _takes_in(line, printed, things)
    hedge = hedge_before(line, printed.first)
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
