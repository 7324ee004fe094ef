"""The tables under a comparison: quotations, figures, names, sources, and what a text does not mention."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from archive.models import Entity
from archive.search.comparison import Column, Comparison
from archive.text.carried import Silence
from archive.text.comparing import FigureRow
from archive.web.comparison_figures import counted
from archive.web.comparison_names import NameLine, SourceLine, name_lines, source_lines
from archive.web.comparison_places import Places, Printed
from archive.web.comparison_quotations import QuotationLine, quotation_lines
from archive.web.comparison_rows import Cell, PageRow


class FigureLine(NamedTuple):
    counted: str
    cells: tuple[tuple[Column, tuple[Printed, ...]], ...]
    verdict: str
    shared: bool


class Statement(NamedTuple):
    """A row that others carry, in the words of the first of them."""

    row: PageRow
    cell: Cell
    carrying: str
    how_many: int


class SilenceLine(NamedTuple):
    """What one text does not mention; `asked` if any other was held against it, `why` says which were not."""

    column: Column
    statements: tuple[Statement, ...]
    names: tuple[tuple[Entity, str], ...]
    why: str
    asked: bool


class Tables(NamedTuple):
    quotations: tuple[QuotationLine, ...]
    figures: tuple[FigureLine, ...]
    names: tuple[NameLine, ...]
    sources: tuple[SourceLine, ...]
    silences: tuple[SilenceLine, ...]


def tables(found: Comparison, rows: Sequence[PageRow]) -> Tables:
    """Everything that stands under the rows; `rows` are those of the page, hidden ones too."""
    places = Places(rows)
    return Tables(
        quotations=tuple(quotation_lines(found, places)),
        figures=tuple(_figure(row, found.columns, places) for row in found.figures),
        names=tuple(name_lines(found, places)),
        sources=tuple(source_lines(found, places)),
        silences=tuple(_silences(found, rows)),
    )


def _figure(row: FigureRow, columns: Sequence[Column], places: Places) -> FigureLine:
    figures = [(column, figure) for column, cell in zip(columns, row.cells, strict=True) for figure in cell]
    labels = [column.label for column, _ in figures]
    shared = row.texts > 1
    return FigureLine(
        counted=counted(figures),
        cells=tuple(
            (column, tuple(places.printed(column, (figure.start, figure.end)) for figure in cell))
            for column, cell in zip(columns, row.cells, strict=True)
        ),
        verdict=(row.verdict.value if row.verdict else "side by side") if shared else f"only in {labels[0]}",
        shared=shared,
    )


def _silences(found: Comparison, rows: Sequence[PageRow]) -> list[SilenceLine]:
    shared = iter([row for row in rows if row.number])
    numbered = {
        number: next(shared) for number, row in enumerate(found.alignment.rows) if row.shared
    }  # rows of the page are those of the alignment, in its order
    return [
        _silence(
            found, column, silence, [_statement(found, numbered[one.row], one.carrying) for one in unsaid]
        )
        for column, silence, unsaid in zip(found.columns, found.silences, found.unsaid, strict=True)
    ]


def _statement(found: Comparison, row: PageRow, carrying: Sequence[int]) -> Statement:
    labels = ", ".join(found.columns[place].label for place in carrying)
    return Statement(row, row.filled[0], labels, len(carrying))


def _silence(
    found: Comparison, column: Column, silence: Silence, statements: Sequence[Statement]
) -> SilenceLine:
    columns = found.columns
    names = tuple(
        (found.entities[key], ", ".join(columns[place].label for place in carrying))
        for key, carrying in silence.keys
        if key in found.entities
    )
    asked = len(silence.not_counted) < len(columns) - 1
    left_out = ", ".join(columns[place].label for place in silence.not_counted)
    if not asked:
        why = "Nothing can be said: no other text was surely published before this one."
    elif left_out:
        why = f"Nothing is said of what stands only in {left_out}: not surely published before."
    else:
        why = ""
    return SilenceLine(column, tuple(statements), names, why, asked)
