"""Which words of a row no counterpart has, as runs that read as phrases."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from archive.text import words
from archive.text.passages import Term, Unit
from archive.text.similarity import compatible
from archive.text.types import Figure, Span

_MOST_VALUES = 500  # different figures of one row: more are no report
_LONGEST_JOINED = 12  # letters of a function word with its hyphen
_JOINED_BEFORE = re.compile(r"\b([^\W\d_]{1,11})-$")
_JOINED_AFTER = re.compile(r"-([^\W\d_]{1,11})\b")


class Cell(NamedTuple):
    """What one text has in a row."""

    terms: tuple[Term, ...]
    figures: tuple[Figure, ...]


def cell(units: Sequence[Unit]) -> Cell:
    """The words and figures of some units of one text."""
    return Cell(
        tuple(term for unit in units for term in unit.terms),
        tuple(figure for unit in units for figure in unit.figures),
    )


def differences(folded: str, one: Cell, others: Sequence[Cell]) -> tuple[Span, ...]:
    """Runs of `folded` whose content words stand in none of the other cells.

    A run may hold function words but neither begins nor ends with one, and never crosses the end of a
    sentence. A figure is marked whole, or not at all where a counterpart's figure can be the same quantity.
    """
    shared = _shared(one, others)
    met, unmet = _figures(one, others)
    calm = {(term.start, term.end) for term in one.terms if term.key in shared}
    lonely = [(term.start, term.end) not in calm and not _lies_in(term, met) for term in one.terms]
    spans = [_with_joined_words(folded, span) for span in _runs(folded, one.terms, lonely)]
    return tuple(_joined(spans + [Span(figure.start, figure.end) for figure in unmet]))


def share_of_common_words(cells: Sequence[Cell]) -> float:
    """Share of the content words of a row that another text has too, between 0 and 1."""
    total = common = 0
    for number, one in enumerate(cells):
        shared = _shared(one, [cell for place, cell in enumerate(cells) if place != number])
        total += len(one.terms)
        common += sum(term.key in shared for term in one.terms)
    return common / total if total else 0.0


def _shared(one: Cell, others: Sequence[Cell]) -> set[str]:
    """The words of a cell that stand in another one, or a word of their sense; each is asked once."""
    printed = {term.key for cell in others for term in cell.terms}
    elsewhere = printed | {words.sense(key) for key in printed}
    return {
        key for key in {term.key for term in one.terms} if key in elsewhere or words.sense(key) in elsewhere
    }


def _figures(one: Cell, others: Sequence[Cell]) -> tuple[list[Figure], list[Figure]]:
    """The figures that a counterpart can agree with, and those that none does."""
    values = {_value(figure): figure for cell in others for figure in cell.figures}
    meets = {
        value: any(compatible(figure, other) for other in islice(values.values(), _MOST_VALUES))
        for value, figure in {_value(figure): figure for figure in one.figures}.items()
    }
    met = [figure for figure in one.figures if meets[_value(figure)]]
    return met, [figure for figure in one.figures if not meets[_value(figure)]]


def _value(figure: Figure) -> tuple[str, str, float, float, str]:
    return figure.kind, figure.unit, figure.low, figure.high, figure.hedge


def _lies_in(term: Term, figures: Sequence[Figure]) -> bool:
    """Whether a word is part of a figure; the figures are in order."""
    place = bisect_right(figures, term.start, key=lambda figure: figure.start)
    return place > 0 and term.start < figures[place - 1].end


def _runs(folded: str, terms: Sequence[Term], lonely: Sequence[bool]) -> Iterator[Span]:
    start = end = None
    for term, alone in zip(terms, lonely, strict=True):
        if start is not None and (not alone or _parts_sentences(folded[end : term.start])):
            yield Span(start, end or start)
            start = None
        if alone:
            start = term.start if start is None else start
            end = term.end
    if start is not None:
        yield Span(start, end or start)


def _with_joined_words(folded: str, span: Span) -> Span:
    """The span with the function words that hyphens join to its ends: "so-called" is one thing to read."""
    before = _JOINED_BEFORE.search(folded, max(0, span.start - _LONGEST_JOINED), span.start)
    after = _JOINED_AFTER.match(folded, span.end)
    return Span(
        before.start() if before and words.is_stop(before[1].lower()) else span.start,
        after.end() if after and words.is_stop(after[1].lower()) else span.end,
    )


def _parts_sentences(between: str) -> bool:
    """Whether what stands between two words ends a sentence or a paragraph."""
    return "\n" in between or any(mark in between for mark in (". ", "! ", "? ", '."', '"'))


def _joined(spans: list[Span]) -> Iterator[Span]:
    """The spans in order, overlapping ones as one."""
    current: Span | None = None
    for span in sorted(spans):
        if current is None:
            current = span
        elif span.start < current.end:
            current = Span(current.start, max(current.end, span.end))
        else:
            yield current
            current = span
    if current is not None:
        yield current
