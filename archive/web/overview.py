"""An event at a glance: how many passages stand in how many of its texts, and those that all have.

Of more articles than fit beside each other: which passages stand in which text, how much each two share, and
which text had a passage first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from django.urls import reverse

from archive.models import Article, Event
from archive.search.columns import Column, when
from archive.search.comparison import (
    MOST_COLUMNS,
    Comparison,
    articles_of,
    comparison,
    independent_texts,
)
from archive.text.carried import carriers, first_of
from archive.web.comparison_rows import Cell, PageRow, Tally, page_rows, tally

MOST_TEXTS = 8  # rows of more are neither quick to make nor easy to read; the others are one click away


class InAll(NamedTuple):
    """A passage that every text has, in the words of the one published first."""

    row: PageRow
    cell: Cell


class Standing(NamedTuple):
    """A cell of the matrix: the address of the pair that shows it; `first` if no other text had it before."""

    column: Column
    href: str
    paragraph: int
    first: bool


class MatrixRow(NamedTuple):
    """A passage of several texts: by column where it stands, None where no counterpart was found."""

    row: PageRow
    cell: Cell  # in the words of the first published
    standings: tuple[Standing | None, ...]


class Pair(NamedTuple):
    """How many passages two texts share, and the address of their comparison."""

    shared: int
    href: str


class Published(NamedTuple):
    """A text in the time line, and the numbers of the passages that it had first, for certain."""

    column: Column
    first: tuple[PageRow, ...]


class Matrix(NamedTuple):
    """Passages by texts. `pairs` has for each text its pairs with those before it."""

    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]
    pairs: tuple[tuple[Column, tuple[Pair, ...]], ...]
    published: tuple[Published, ...]
    of: int  # independent texts that the event has
    parts: tuple[tuple[str, str, bool], ...]  # "1-8", its address, whether it is shown


class Overview(NamedTuple):
    """What the comparison of the texts of an event comes to."""

    tally: Tally
    in_all: tuple[InAll, ...]
    texts: int
    first: str  # the outlet whose words are shown
    matrix: Matrix | None
    whole: bool  # whether words of the texts are shown


def overview(
    event: Event, part: int = 1, *, whole: bool = True, articles: Sequence[Article] | None = None
) -> Overview | None:
    """The overview of an event with two texts or more; None for single ones.

    Args:
        part: which eight texts, counted from 1, in the order of publication.
        whole: whether passages may be shown; without, only how many there are and where they stand.
        articles: by `articles_of`, if they are known already.
    """
    articles = articles_of(event) if articles is None else articles
    texts = independent_texts(articles)
    parts = max(1, -(-len(texts) // MOST_TEXTS))
    part = min(max(part, 1), parts)
    first = min((part - 1) * MOST_TEXTS, max(0, len(texts) - 2))
    shown = [one.article.pk for one in texts[first : first + MOST_TEXTS]]
    found = comparison(event, shown, most=MOST_TEXTS, articles=articles)
    if found is None:
        return None
    rows = page_rows(found, "all")
    everywhere = [row for row in rows if whole and row.number and len(row.filled) == len(found.columns)]
    matrix = _matrix(found, rows, len(texts), part, parts) if len(articles) > MOST_COLUMNS else None
    in_all = tuple(InAll(row, row.filled[0]) for row in everywhere) if matrix is None else ()
    return Overview(tally(rows), in_all, len(found.columns), found.columns[0].label, matrix, whole)


def _matrix(found: Comparison, rows: Sequence[PageRow], texts: int, part: int, parts: int) -> Matrix:
    shared = [row for row in found.alignment.rows if row.shared]
    numbered = [row for row in rows if row.number]
    published = [when(column.article) for column in found.columns]
    firsts = [first_of(row, published) for row in shared]
    return Matrix(
        found.columns,
        tuple(_row(found, row, first) for row, first in zip(numbered, firsts, strict=True)),
        tuple(_pairs(found, [carriers(row) for row in shared])),
        tuple(
            Published(
                column,
                tuple(row for row, first in zip(numbered, firsts, strict=True) if first == (place,)),
            )
            for place, column in enumerate(found.columns)
        ),
        texts,
        tuple(_parts(found.event, texts, part, parts)),
    )


def _parts(event: Event, texts: int, part: int, parts: int) -> Iterator[tuple[str, str, bool]]:
    for number in range(1, parts + 1 if parts > 1 else 1):
        last = min(number * MOST_TEXTS, texts)
        first = min((number - 1) * MOST_TEXTS + 1, last - 1)
        yield f"{first}–{last}", f"{event.get_absolute_url()}?part={number}", number == part


def _row(found: Comparison, row: PageRow, first: Sequence[int]) -> MatrixRow:
    filled = row.filled
    standings: list[Standing | None] = []
    for place, cell in enumerate(row.cells):
        if not cell.passages:
            standings.append(None)
            continue
        beside = filled[1] if cell is filled[0] else filled[0]
        paragraph = cell.passages[0].paragraph
        href = f"{_pair(found.event, beside.column, cell.column)}#t{cell.column.article.pk}-{paragraph}"
        standings.append(Standing(cell.column, href, paragraph, tuple(first) == (place,)))
    return MatrixRow(row, filled[0], tuple(standings))


def _pairs(found: Comparison, carrying: Sequence[Sequence[int]]) -> Iterator[tuple[Column, tuple[Pair, ...]]]:
    both = {
        pair: sum(set(pair) <= set(inside) for inside in carrying)
        for pair in combinations(range(len(found.columns)), 2)
    }
    for place, column in enumerate(found.columns):
        if place:
            yield (
                column,
                tuple(
                    Pair(both[other, place], _pair(found.event, found.columns[other], column))
                    for other in range(place)
                ),
            )


def _pair(event: Event, one: Column, other: Column) -> str:
    ordered = sorted((one, other), key=lambda column: column.number)
    articles = ",".join(str(column.article.pk) for column in ordered)
    return f"{reverse('compare', args=[event.pk])}?articles={articles}"
