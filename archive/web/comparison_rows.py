"""The rows of a comparison as the page shows them: numbered shared rows, and bands of what stands alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from django.utils.safestring import SafeString

from archive.search.comparison import Column, Comparison
from archive.text.aligning import Passage, Row, RowKind
from archive.text.passages import Text
from archive.text.types import Figure, FigureKind, Quote, QuoteKind, Span
from archive.web.comparison_apparatus import Note, notes
from archive.web.markup import Mark, insertions, marked

SIGNS = {
    RowKind.SAME: "same",
    RowKind.REWORDED: "reworded",
    RowKind.QUOTATION: "quotation",
    RowKind.FIGURES: "figures",
    RowKind.ONLY: "only",
}
_ASKED = {"quotations": "quotation", "figures": "figures"}  # switch: kind
_BANDS = {"only": True, "unsaid": False}  # switch: whether it shows what is marked as without counterpart
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


class Kind(NamedTuple):
    """A mark in the gutter: the sign and the words beside it."""

    sign: str
    label: str


class Shown(NamedTuple):
    """A passage on the page: its words as HTML and where they stand in their article."""

    id: str
    start: int
    end: int
    html: SafeString
    paragraph: int
    opens: str  # the id of its paragraph, where it is the first passage of it
    href: str  # "" where the names of outlets are hidden
    kinds: str  # "quotation figures": what the switches look for in a passage without counterpart
    alone: bool  # marked as without counterpart; False for fragments, of which nothing is said
    sure: bool  # False where a counterpart may hide
    continued_before: bool
    continued_after: bool
    hidden: bool = False
    goes_to: str = ""  # the id of the counterpart in the next column of the row
    goes_in: str = ""  # what that column is called


class Cell(NamedTuple):
    """What one column has in a row."""

    column: Column
    passages: tuple[Shown, ...]


class PageRow(NamedTuple):
    """A row of the page. Shared rows have a number, bands of passages without counterpart have none."""

    id: str
    number: int | None
    marks: tuple[Kind, ...]
    sure: bool
    witnesses: tuple[str, ...]
    present: str  # the numbers of the columns that have something here: "13"
    kinds: str
    percent: int  # share of common words
    by_hand: bool  # a curator put it right
    cells: tuple[Cell, ...]
    notes: tuple[Note, ...] = ()
    hidden: bool = False

    @property
    def filled(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.passages)


class Tally(NamedTuple):
    """How many passages stand in how many texts. Bands count each of their passages."""

    shared: tuple[tuple[str, int], ...]  # ("all three", 6), ("two", 4)
    alone: int
    unsure: int  # of these: a paraphrase may hide
    unsaid: int  # in bands, but nothing is said of their counterparts
    alone_by_column: tuple[tuple[str, int], ...]
    quotations: int
    figures: int

    @property
    def in_several(self) -> int:
        return sum(count for _, count in self.shared)

    @property
    def all(self) -> int:
        return self.in_several + self.alone + self.unsaid


def page_rows(comparison: Comparison, show: str) -> tuple[PageRow, ...]:
    """The rows in reading order, with those hidden that `show` does not ask for.

    Args:
        comparison: what to show.
        show: "all", "shared", "only", "unsaid", "quotations" or "figures".
    """
    opened: set[str] = set()
    return tuple(_hidden(_opening(row, opened), show) for row in _rows(comparison))


def tally(rows: Iterable[PageRow]) -> Tally:
    """Count the passages of all rows, hidden ones too."""
    rows = list(rows)
    spread = Counter(len(row.filled) for row in rows if row.number)
    columns = len(rows[0].cells) if rows else 0
    in_bands = [
        (cell.column, shown)
        for row in rows
        if row.number is None
        for cell in row.cells
        for shown in cell.passages
    ]
    by_column = Counter(column.number for column, shown in in_bands if shown.alone)
    labels = {cell.column.number: cell.column.label for row in rows[:1] for cell in row.cells}
    kinds = Counter(kind for row in rows if row.number for kind in set(row.kinds.split()))
    kinds.update(kind for _, shown in in_bands for kind in shown.kinds.split())
    return Tally(
        tuple((_how_many(size, columns), spread[size]) for size in sorted(spread, reverse=True)),
        by_column.total(),
        sum(shown.alone and not shown.sure for _, shown in in_bands),
        sum(not shown.alone for _, shown in in_bands),
        tuple((label, by_column[number]) for number, label in labels.items() if by_column[number]),
        kinds["quotation"],
        kinds["figures"],
    )


def _how_many(size: int, columns: int) -> str:
    return _all(columns) if size == columns else _NUMBERS[size]


def _all(columns: int) -> str:
    return "both" if columns == 2 else f"all {_NUMBERS[columns]}"


# --- rows -------------------------------------------------------------------------------------------


def _rows(comparison: Comparison) -> Iterator[PageRow]:
    numbered = bands = 0
    noted = notes(comparison)
    for shared, group in groupby(enumerate(comparison.alignment.rows), key=lambda row: row[1].shared):
        if shared:
            for place, row in group:
                numbered += 1
                yield _shared_row(comparison, row, numbered, noted.get(place, ()))
        else:
            bands += 1
            yield _band(comparison, [row for _, row in group], bands)


def _shared_row(comparison: Comparison, row: Row, number: int, said: tuple[Note, ...]) -> PageRow:
    cells = tuple(
        Cell(column, tuple(_shown(column, passage, row) for passage in passages))
        for column, passages in zip(comparison.columns, row.cells, strict=True)
    )
    present = [cell.column for cell in cells if cell.passages]
    return PageRow(
        id=f"r{number}",
        number=number,
        marks=tuple(Kind(SIGNS[kind], kind.value) for kind in row.kinds),
        sure=row.sure,
        witnesses=(_witnesses(present, comparison.columns),),
        present="".join(str(column.number) for column in present),
        kinds=" ".join(kind.value.split()[0] for kind in row.kinds),
        percent=round(100 * row.common),
        by_hand=row.by_hand,
        cells=tuple(_leading_on(cells)),
        notes=said,
    )


def _leading_on(cells: Sequence[Cell]) -> Iterator[Cell]:
    """Each passage leads to the first one of the next column that has one; the last column's to the first."""
    filled = [cell for cell in cells if cell.passages]
    after = dict(zip((cell.column.number for cell in filled), [*filled[1:], filled[0]], strict=True))
    for cell in cells:
        if following := after.get(cell.column.number):
            target, label = following.passages[0].id, following.column.label
            cell = cell._replace(
                passages=tuple(one._replace(goes_to=target, goes_in=label) for one in cell.passages)
            )
        yield cell


def _opening(row: PageRow, opened: set[str]) -> PageRow:
    """The row, with the id of a paragraph at the passage that is the first of it on the page."""
    cells = []
    for cell in row.cells:
        passages = []
        for passage in cell.passages:
            opens = f"t{cell.column.article.pk}-{passage.paragraph}"
            passages.append(passage._replace(opens="" if opens in opened else opens))
            opened.add(opens)
        cells.append(cell._replace(passages=tuple(passages)))
    return row._replace(cells=tuple(cells))


def _witnesses(present: Sequence[Column], columns: Sequence[Column]) -> str:
    if len(present) == len(columns):
        return _all(len(columns))
    return " · ".join(column.label for column in present)


def _band(comparison: Comparison, rows: Sequence[Row], number: int) -> PageRow:
    """Passages without counterpart between the same two shared rows, packed per column."""
    cells = tuple(
        Cell(
            column,
            tuple(_shown(column, passage, row) for row in rows for passage in row.cells[column.number - 1]),
        )
        for column in comparison.columns
    )
    alone = any(passage.alone for cell in cells for passage in cell.passages)
    counts = [
        f"{cell.column.label}: {marked_ones}"
        for cell in cells
        if (marked_ones := sum(passage.alone for passage in cell.passages))
    ]
    return PageRow(
        id=f"o{number}",
        number=None,
        marks=(Kind(SIGNS[RowKind.ONLY], RowKind.ONLY.value),) if alone else (),
        sure=True,
        witnesses=tuple(counts),
        present="".join(str(cell.column.number) for cell in cells if cell.passages),
        kinds="only",
        percent=0,
        by_hand=any(row.by_hand for row in rows),
        cells=cells,
    )


def _hidden(row: PageRow, show: str) -> PageRow:
    if row.number:
        kinds = row.kinds.split()
        return row._replace(hidden=show in _BANDS or (show in _ASKED and _ASKED[show] not in kinds))
    cells = tuple(
        cell._replace(
            passages=tuple(
                passage._replace(hidden=not _asked_for(passage, show)) for passage in cell.passages
            )
        )
        for cell in row.cells
    )
    nothing = all(passage.hidden for cell in cells for passage in cell.passages)
    return row._replace(cells=cells, hidden=nothing)


def _asked_for(passage: Shown, show: str) -> bool:
    """Whether a switch shows a passage of a band. Of fragments nothing is said, so "only" shows none."""
    if show in _BANDS:
        return passage.alone is _BANDS[show]
    return show == "all" or _ASKED.get(show) in passage.kinds.split()


# --- passages ---------------------------------------------------------------------------------------


def _shown(column: Column, passage: Passage, row: Row) -> Shown:
    text = column.text
    return Shown(
        id=f"p{column.number}-{passage.start}",
        start=passage.start,
        end=passage.end,
        html=marked(text.body, (passage.start, passage.end), _marks(text, passage)),
        paragraph=passage.paragraph,
        opens="",
        href=f"{column.address}#p{passage.paragraph}" if column.address else "",
        kinds=" ".join(_kinds_within(text, passage)),
        alone=RowKind.ONLY in row.kinds,
        sure=row.sure,
        continued_before=passage.continued_before,
        continued_after=passage.continued_after,
    )


def _marks(text: Text, passage: Passage) -> list[Mark]:
    """Outer marks first: quoted words, then what differs, then figures, then insertions."""
    quoted = [quote for quote in text.quotes if quote.start < passage.end and passage.start < quote.end]
    inserted = [mark for quote in quoted for mark in insertions(text.body, (quote.start, quote.end))]
    figures = [figure for figure in text.figures if passage.start <= figure.start < passage.end]
    return [
        *(Mark(quote.start, quote.end, "q", _said(quote)) for quote in quoted),
        *(Mark(*part, "span", "diff") for span in passage.differing for part in _without(span, figures)),
        *(Mark(figure.start, figure.end, "span", "fig") for figure in figures),
        *inserted,
    ]


def _said(quote: Quote) -> str:
    """A quotation without marks of its own needs another sign than colour."""
    return "said unmarked" if quote.kind is QuoteKind.BLOCK else "said"


def _without(span: Span, figures: Sequence[Figure]) -> Iterator[Span]:
    """The parts of a span outside the figures, which have a line of their own."""
    start = span.start
    for figure in figures:
        if start < figure.end and figure.start < span.end:
            if start < figure.start:
                yield Span(start, figure.start)
            start = figure.end
    if start < span.end:
        yield Span(start, span.end)


def _kinds_within(text: Text, passage: Passage) -> Iterator[str]:
    if any(quote.start < passage.end and passage.start < quote.end for quote in text.quotes):
        yield "quotation"
    if any(
        passage.start <= figure.start < passage.end and figure.kind is not FigureKind.DATE
        for figure in text.figures
    ):
        yield "figures"
