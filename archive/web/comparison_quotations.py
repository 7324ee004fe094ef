"""The table of quotations: one row for each thing said, how each text prints it, by whom, through whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.safestring import SafeString

from archive.models import Entity
from archive.search.comparison import Column, Comparison
from archive.text.passages import Text
from archive.text.printings import Printing
from archive.text.types import Quote
from archive.web.comparison_places import Places
from archive.web.markup import Mark, insertions, marked


class Piece(NamedTuple):
    """A quotation as HTML, and where it stands on the page."""

    html: SafeString
    href: str


class Said(NamedTuple):
    """How one text prints a quotation: the words, the ways, the speaker and the relay as printed."""

    pieces: tuple[Piece, ...]
    ways: tuple[str, ...]
    speakers: tuple[str, ...]
    through: tuple[str, ...]


class QuotationLine(NamedTuple):
    """A row of the table; `cells` pairs each column with its printing, None where it has none."""

    speakers: tuple[Entity, ...]
    cells: tuple[tuple[Column, Said | None], ...]
    verdict: str
    notes: tuple[str, ...]
    shared: bool


def quotation_lines(found: Comparison, places: Places) -> Iterator[QuotationLine]:
    """One line for each row of quotations."""
    for row, printed in zip(found.quotations, found.printings, strict=True):
        cells = tuple(
            (column, _said(column, printing, places) if printing else None)
            for column, printing in zip(found.columns, printed, strict=True)
        )
        speakers = tuple(found.entities[key] for key in row.speakers if key in found.entities)
        if row.texts > 1:
            yield QuotationLine(speakers, cells, row.variants[0], row.variants[1:], True)
        else:
            alone = next(column.label for column, said in cells if said)
            yield QuotationLine(speakers, cells, f"only in {alone}", (), False)


def _said(column: Column, printing: Printing, places: Places) -> Said:
    body = column.text.body
    return Said(
        tuple(
            Piece(printed_quote(column.text, quote), places.href(column, quote.start))
            for quote in printing.quotes
        ),
        tuple(way.value for way in printing.ways),
        tuple(body[start:end] for start, end in printing.speakers),
        tuple(dict.fromkeys(body[start:end] for start, end in printing.through)),
    )


def printed_quote(text: Text, quote: Quote) -> SafeString:
    """A quotation as HTML, what the outlet put in marked."""
    span = (quote.start, quote.end)
    return marked(text.body, span, [Mark(*span, "q", "said"), *insertions(text.body, span)])
