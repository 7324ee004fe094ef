"""The top of a comparison: what all tell, what one alone tells, who is quoted, where the figures part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archive.models import Entity
from archive.search.comparison import Comparison
from archive.text.comparing import FigureRow
from archive.text.figures_compared import Verdict
from archive.web.comparison_places import Places
from archive.web.comparison_rows import Cell, PageRow

_MOST = 3  # statements, quoted people and figures that are shown; the rest is counted
_LONGEST = 110  # characters of a statement; it is cut between words


class Told(NamedTuple):
    """A statement in the words of one text, and where it stands on the page."""

    words: str
    href: str
    label: str  # the number of its row, or the text that tells it
    count: int = 0  # statements that this text alone tells; texts that tell it, where not all do


class Quoted(NamedTuple):
    """Somebody who is quoted, and in how many of the texts."""

    entity: Entity
    texts: int
    href: str


class Parted(NamedTuple):
    """Figures that stand beside each other and are not the same: as printed, in the order of the columns."""

    printed: tuple[tuple[str, str], ...]  # the text's label, the figure
    what: str  # "later update", or "no verdict"
    href: str


class Glance(NamedTuple):
    """`most` says how many of the texts tell the first of `shared`."""

    most: str
    shared: tuple[Told, ...]
    alone: tuple[Told, ...]
    quoted: tuple[Quoted, ...]
    more_quoted: int
    parted: tuple[Parted, ...]
    more_parted: int
    agreeing: int


def glance(found: Comparison, rows: Sequence[PageRow]) -> Glance:
    """What a reader should see first; `rows` are those of the page, hidden ones too."""
    places = Places(rows)
    widest = max((len(row.filled) for row in rows if row.number), default=0)
    quoted = list(_quoted(found, places))
    parted = [row for row in found.figures if row.texts > 1 and row.verdict is not Verdict.AGREE]
    parted.sort(key=lambda row: row.verdict is not Verdict.UPDATE)
    return Glance(
        _who(widest, len(found.columns)),
        tuple(_shared(rows, len(found.columns)))[:_MOST],
        tuple(_alone(found, rows)),
        tuple(quoted[:_MOST]),
        max(0, len(quoted) - _MOST),
        tuple(_parted(found, row, places) for row in parted[:_MOST]),
        max(0, len(parted) - _MOST),
        sum(row.verdict is Verdict.AGREE for row in found.figures),
    )


def _who(texts: int, of: int) -> str:
    if texts == of:
        return "Both tell" if of == 2 else "All tell"
    return f"{texts} of {of} tell"


def _shared(rows: Sequence[PageRow], columns: int) -> Iterator[Told]:
    """The statements that most texts have, sure ones first, in their order."""
    several = [row for row in rows if row.number]
    for row in sorted(several, key=lambda row: (-len(row.filled), not row.sure)):
        cell = row.filled[0]
        yield Told(_cut(_words(cell)), f"#{cell.passages[0].id}", str(row.number), len(row.filled) % columns)


def _alone(found: Comparison, rows: Sequence[PageRow]) -> Iterator[Told]:
    """For each text the first statement that it alone tells, for sure if there is one, and how many."""
    for place, column in enumerate(found.columns):
        alone = [
            shown for row in rows if row.number is None for shown in row.cells[place].passages if shown.alone
        ]
        if alone:
            first = min(alone, key=lambda shown: (not shown.sure, shown.start))
            words = column.text.body[first.start : first.end]
            yield Told(_cut(words), f"#{first.id}", column.label, len(alone))


def _quoted(found: Comparison, places: Places) -> Iterator[Quoted]:
    """Who is quoted, in most texts first."""
    of_speaker: dict[str, set[int]] = {}
    first: dict[str, str] = {}
    for row in found.quotations:
        for key in row.speakers:
            for column, cell in zip(found.columns, row.cells, strict=True):
                if cell and key in found.entities:
                    of_speaker.setdefault(key, set()).add(column.number)
                    first.setdefault(key, places.href(column, cell[0].start))
    for key, columns in sorted(of_speaker.items(), key=lambda item: -len(item[1])):
        yield Quoted(found.entities[key], len(columns), first[key])


def _parted(found: Comparison, row: FigureRow, places: Places) -> Parted:
    printed = [
        (column, figure) for column, cell in zip(found.columns, row.cells, strict=True) for figure in cell
    ]
    return Parted(
        tuple((column.label, column.text.body[figure.start : figure.end]) for column, figure in printed),
        row.verdict.value if row.verdict else "no verdict",
        places.href(printed[0][0], printed[0][1].start),
    )


def _words(cell: Cell) -> str:
    body = cell.column.text.body
    return " … ".join(body[shown.start : shown.end] for shown in cell.passages)


def _cut(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    return f"{words[:_LONGEST].rpartition(' ')[0]} …"
