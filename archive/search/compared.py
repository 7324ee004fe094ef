"""What laying some texts side by side gives: their rows and the tables below them, worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from archive.search.kept import kept
from archive.text.aligning import Alignment, align
from archive.text.cited_sources import SourceRow, source_rows
from archive.text.comparing import (
    FigureRow,
    Naming,
    figure_rows,
    naming,
)
from archive.text.judged_rows import Pair, put_right
from archive.text.passages import Text
from archive.text.printings import Printing, gathered, printings
from archive.text.quotations_compared import QuotationRow, quotation_rows


class Compared(NamedTuple):
    """All that follows from the texts of a comparison and from what curators judged of their passages."""

    alignment: Alignment
    quotations: tuple[QuotationRow, ...]
    printings: tuple[tuple[Printing | None, ...], ...]  # of each quotation, by column
    figures: tuple[FigureRow, ...]
    naming: tuple[Naming, ...]
    sources: tuple[SourceRow, ...]


@lru_cache(16)
def compared(texts: tuple[Text, ...], pairs: tuple[Pair, ...]) -> Compared:
    """The rows and tables of texts in the order of their columns.

    Args:
        texts: two to eight, each with a different id.
        pairs: what was judged of their passages, oldest first.
    """
    return kept("comparison", (texts, pairs), lambda: _compared(texts, pairs))


def _compared(texts: tuple[Text, ...], pairs: Sequence[Pair]) -> Compared:
    alignment = put_right(texts, _aligned(texts), pairs)
    quotations = gathered(quotation_rows(texts), texts, alignment)
    return Compared(
        alignment,
        quotations,
        tuple(printings(row, texts) for row in quotations),
        figure_rows(texts, alignment),
        naming(texts),
        source_rows(texts),
    )


def _aligned(texts: tuple[Text, ...]) -> Alignment:
    """The rows of the texts, which are the same whatever the order of the columns: kept in one order."""
    order = sorted(range(len(texts)), key=lambda column: texts[column].id)
    ordered = tuple(texts[column] for column in order)
    found = kept("rows", ordered, lambda: align(ordered))
    place = {column: number for number, column in enumerate(order)}
    return Alignment(
        tuple(text.id for text in texts),
        tuple(
            row._replace(cells=tuple(row.cells[place[column]] for column in range(len(texts))))
            for row in found.rows
        ),
    )
