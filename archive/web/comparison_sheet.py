"""A sheet for a class: the texts to read, and questions that their comparison gives rise to, to fill in.

Questions ask what the texts print; none asks which outlet is the better one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archive.search.comparison import Column, Comparison
from archive.web.comparison_rows import PageRow

_MOST = 3  # questions of one kind: a sheet is for one lesson
_FEWEST_WORDS = 6  # of a quotation that is asked about


class Question(NamedTuple):
    """What is asked, where to look, and how many lines there are to write on."""

    asks: str
    where: tuple[str, ...]
    lines: int


class Sheet(NamedTuple):
    """The texts by paragraph, and the questions."""

    texts: tuple[tuple[Column, tuple[str, ...]], ...]
    questions: tuple[Question, ...]


def sheet(found: Comparison, rows: Sequence[PageRow]) -> Sheet:
    """What is printed for a class."""
    texts = tuple((column, tuple(_paragraphs(column))) for column in found.columns)
    return Sheet(texts, tuple(_questions(found, rows)))


def _paragraphs(column: Column) -> Iterator[str]:
    for start, end, kind in column.text.blocks:
        if kind == "paragraph":
            yield column.text.body[start:end]


def _questions(found: Comparison, rows: Sequence[PageRow]) -> Iterator[Question]:
    everyone = len(found.columns)
    yield Question("Read all texts. What happened, in one sentence that every text supports?", (), 2)
    shared = [row for row in rows if row.number]
    common = [row for row in shared if len(row.filled) == everyone and row.kinds.startswith("reworded")]
    for row in (common or [row for row in shared if row.kinds.startswith("reworded")])[:_MOST]:
        yield Question(
            "These passages report the same. Which words differ, and what changes?", _where(row), 3
        )
    yield from _of_quotations(found)
    yield from _of_figures(found)
    for column in found.columns:
        yield Question(f"What do you find in {column.label} and in no other text? Name two things.", (), 2)
    yield Question("Whose words does each text print? Who is not heard in any of them?", (), 3)
    if found.veil:
        yield Question(
            "Who might have published each text, and for whom? Say which words make you think so.", (), 3
        )
    yield Question("What would you still need to know before you pass this report on?", (), 2)


def _where(row: PageRow) -> tuple[str, ...]:
    return tuple(f"{cell.column.label}, paragraph {cell.passages[0].paragraph}" for cell in row.filled)


def _of_quotations(found: Comparison) -> Iterator[Question]:
    several = [row for row in found.quotations if row.texts > 1]
    for row in sorted(several, key=lambda row: row.variants[:1] == ("same words",))[:_MOST]:
        cells = zip(found.columns, row.cells, strict=True)
        where = tuple(f"{column.label}: {_words(column, cell[0])}" for column, cell in cells if cell)
        yield Question(
            "Several texts print this quotation. How does each print it, and what is left out or put in?",
            where,
            3,
        )


def _words(column: Column, quote: tuple[int, int, *tuple[object, ...]]) -> str:
    words = column.text.body[quote[0] : quote[1]].split()
    return " ".join(words[:_FEWEST_WORDS]) + (" …" if len(words) > _FEWEST_WORDS else "")


def _of_figures(found: Comparison) -> Iterator[Question]:
    for row in [row for row in found.figures if row.texts > 1][:_MOST]:
        cells = zip(found.columns, row.cells, strict=True)
        where = tuple(
            f"{column.label}: {column.text.body[figure.start : figure.end]}"
            for column, cell in cells
            for figure in cell
        )
        yield Question("What do these figures count? Do they agree? Who gives them?", where, 2)
