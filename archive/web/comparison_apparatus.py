"""The notes under a row of a comparison, as in a critical edition: how each text prints the words that are
quoted in it, what outlets put into them, and which of its figures agree or are a later count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archive.search.comparison import Column, Comparison
from archive.text.aligning import Row
from archive.text.comparing import FigureRow
from archive.text.figures_compared import Verdict
from archive.text.printings import Printing
from archive.web.comparison_figures import counted
from archive.web.markup import insertions

_CONCLUSIONS: dict[Verdict | None, str] = {
    Verdict.AGREE: "The figures agree.",
    Verdict.UPDATE: "One is a later count.",
}


class Reading(NamedTuple):
    """What some texts have: words as they are printed there, or what Parallax says of them."""

    labels: str  # of the columns
    printed: tuple[str, ...] = ()
    says: str = ""


class Note(NamedTuple):
    """A note: what it is about, what the texts have, and what follows from it."""

    about: str
    readings: tuple[Reading, ...]
    conclusion: str = ""


def notes(found: Comparison) -> dict[int, tuple[Note, ...]]:
    """The notes by the number of their row in the alignment: of quotations first, then of figures.

    How a quotation is printed stands once, under the first row where two texts have some of it; what was put
    into it stands under each.
    """
    shared = [(number, row) for number, row in enumerate(found.alignment.rows) if row.shared]
    gathered: defaultdict[int, dict[Note, None]] = defaultdict(dict)
    for printings in found.printings:
        rows = [
            (number, row, here)
            for number, row in shared
            if len(here := _printed_in(found.columns, printings, row)) > 1
        ]
        for place, (number, row, here) in enumerate(rows):
            gathered[number] |= dict.fromkeys((*(() if place else _spoken(here)), *_put_in(here, row)))
    for figures in found.figures:
        if conclusion := _CONCLUSIONS.get(figures.verdict):
            for number, row in shared:
                gathered[number] |= dict.fromkeys(_figures(found.columns, figures, row, conclusion))
    return {number: tuple(noted) for number, noted in gathered.items()}


def _printed_in(
    columns: Sequence[Column], printings: Sequence[Printing | None], row: Row
) -> list[tuple[Column, Printing]]:
    """The texts that print some of a quotation in a row."""
    return [
        (column, printing)
        for column, printing, cell in zip(columns, printings, row.cells, strict=True)
        if printing
        and any(quote.start < one.end and one.start < quote.end for quote in printing.quotes for one in cell)
    ]


def _spoken(here: Sequence[tuple[Column, Printing]]) -> Iterator[Note]:
    """How each text prints the words; those that print them alike together."""
    ways: defaultdict[str, list[str]] = defaultdict(list)
    for column, printing in here:
        if printing.ways:
            ways[", ".join(printing.ways)].append(column.label)
    if ways:
        yield Note(
            "Spoken words", tuple(Reading(", ".join(labels), says=way) for way, labels in ways.items())
        )


def _put_in(here: Sequence[tuple[Column, Printing]], row: Row) -> Iterator[Note]:
    """What outlets put into the words of this row, brackets included."""
    readings = []
    for column, printing in here:
        body, cell = column.text.body, row.cells[column.number - 1]
        if marks := [
            mark
            for quote in printing.quotes
            for mark in insertions(body, (quote.start, quote.end))
            if any(one.start <= mark.start < one.end for one in cell)
        ]:
            readings.append(Reading(column.label, tuple(body[mark.start : mark.end] for mark in marks)))
    if readings:
        yield Note("Put in", tuple(readings))


def _figures(columns: Sequence[Column], figures: FigureRow, row: Row, conclusion: str) -> Iterator[Note]:
    """What figures of a row have to do with each other, where a verdict says more than the eye sees."""
    here = [
        (column, figure)
        for column, printed, cell in zip(columns, figures.cells, row.cells, strict=True)
        for figure in printed
        if any(one.start <= figure.start < one.end for one in cell)
    ]
    forms: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for column, figure in here:
        forms[column.text.body[figure.start : figure.end]][column.label] = None
    told = len({column.number for column, _ in here}), len({form.casefold() for form in forms})
    if min(told) > 1:
        about = counted(here)
        readings = tuple(Reading(", ".join(labels), (form,)) for form, labels in forms.items())
        yield Note(about[:1].upper() + about[1:], readings, conclusion)
