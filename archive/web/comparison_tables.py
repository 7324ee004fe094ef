"""The tables under a comparison: quotations, figures, names, and what a text does not mention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString

from archive.models import Entity
from archive.search.comparison import Column, Comparison
from archive.text.comparing import FigureRow, Form, Naming, QuotationRow, Silence
from archive.text.passages import Text
from archive.text.types import Figure, Quote
from archive.web.markup import Mark, insertions, marked

_CONTEXT = 60  # characters on either side of a figure: enough to see what it counts


class QuotationLine(NamedTuple):
    speakers: tuple[Entity, ...]
    cells: tuple[tuple[Column, tuple[SafeString, ...]], ...]
    verdict: str
    notes: tuple[str, ...]
    shared: bool


class Printed(NamedTuple):
    """A figure as printed, and the words around it."""

    printed: str
    context: str


class FigureLine(NamedTuple):
    counted: str
    cells: tuple[tuple[Column, tuple[Printed, ...]], ...]
    verdict: str
    shared: bool


class NameLine(NamedTuple):
    entity: Entity
    cells: tuple[tuple[Column, tuple[Form, ...]], ...]


class SilenceLine(NamedTuple):
    column: Column
    names: tuple[tuple[Entity, str], ...]
    why: str


class Tables(NamedTuple):
    quotations: tuple[QuotationLine, ...]
    figures: tuple[FigureLine, ...]
    names: tuple[NameLine, ...]
    silences: tuple[SilenceLine, ...]


def tables(comparison: Comparison) -> Tables:
    """Everything that stands under the rows."""
    columns = comparison.columns
    return Tables(
        quotations=tuple(_quotation(row, comparison) for row in comparison.quotations),
        figures=tuple(_figure(row, columns) for row in comparison.figures),
        names=tuple(_names(comparison)),
        silences=tuple(
            _silence(column, silence, comparison)
            for column, silence in zip(columns, comparison.silences, strict=True)
        ),
    )


def _quotation(row: QuotationRow, comparison: Comparison) -> QuotationLine:
    columns = comparison.columns
    cells = tuple(
        (column, tuple(_printed_quote(column.text, quote) for quote in quotes))
        for column, quotes in zip(columns, row.cells, strict=True)
    )
    speakers = tuple(comparison.entities[key] for key in row.speakers if key in comparison.entities)
    shared = row.texts > 1
    if not shared:
        alone = next(column.label for column, printed in cells if printed)
        return QuotationLine(speakers, cells, f"only in {alone}", (), shared)
    return QuotationLine(speakers, cells, row.variants[0], row.variants[1:], shared)


def _printed_quote(text: Text, quote: Quote) -> SafeString:
    span = (quote.start, quote.end)
    return marked(text.body, span, [Mark(*span, "q", "said"), *insertions(text.body, span)])


def _figure(row: FigureRow, columns: Sequence[Column]) -> FigureLine:
    figures = [(column, figure) for column, cell in zip(columns, row.cells, strict=True) for figure in cell]
    labels = [column.label for column, _ in figures]
    counted = next((figure.counted for _, figure in figures if figure.counted), "")
    shared = row.texts > 1
    return FigureLine(
        counted=counted or next((figure.unit for _, figure in figures if figure.unit), "a number"),
        cells=tuple(
            (column, tuple(_printed_figure(column.text, figure) for figure in cell))
            for column, cell in zip(columns, row.cells, strict=True)
        ),
        verdict=(row.verdict.value if row.verdict else "side by side") if shared else f"only in {labels[0]}",
        shared=shared,
    )


def _printed_figure(text: Text, figure: Figure) -> Printed:
    before = text.body[max(0, figure.start - _CONTEXT) : figure.start].rpartition("\n")[2]
    after = text.body[figure.end : figure.end + _CONTEXT].partition("\n")[0]
    whole = f"{before.partition(' ')[2] if len(before) == _CONTEXT else before}"
    rest = after.rpartition(" ")[0] if len(after) == _CONTEXT else after
    printed = text.body[figure.start : figure.end]
    return Printed(printed, f"… {whole}{printed}{rest} …")


def _names(comparison: Comparison) -> Iterator[NameLine]:
    row: Naming
    for row in comparison.naming:
        if row.key in comparison.entities:
            cells = tuple(zip(comparison.columns, row.forms, strict=True))
            yield NameLine(comparison.entities[row.key], cells)


def _silence(column: Column, silence: Silence, comparison: Comparison) -> SilenceLine:
    columns = comparison.columns
    names = tuple(
        (comparison.entities[key], ", ".join(columns[place].label for place in carrying))
        for key, carrying in silence.keys
        if key in comparison.entities
    )
    left_out = ", ".join(columns[place].label for place in silence.not_counted)
    why = f"Not counted, since not known to be earlier: {left_out}." if left_out else ""
    return SilenceLine(column, names, why)
