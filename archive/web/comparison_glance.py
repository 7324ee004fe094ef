"""The top of a comparison: what all tell, what one alone tells, who is quoted, where the figures part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from archive.models import Entity
from archive.search.comparison import Comparison
from archive.text.comparing import FigureRow
from archive.text.figures_compared import Verdict
from archive.web.comparison_places import Places
from archive.web.comparison_rows import Cell, PageRow, Shown

_MOST = 3  # statements, quoted people and figures that are shown; the rest is counted
_LONGEST = 110  # characters of a statement; it is cut between words
_FEWEST_WORDS = 5  # of a statement that several tell: fewer are mostly a name or a call
_SENTENCE = 8  # words of a passage that tells something by itself
_ENDS = (".", "!", "?", "…")


class Told(NamedTuple):
    """A statement in the words of one text, and where it stands on the page."""

    words: str
    href: str
    label: str  # the number of its row, or the text that tells it
    where: str = ""  # the texts that tell it, where not all do
    count: int = 0  # statements that this text alone tells


class Group(NamedTuple):
    """Statements that equally many texts tell; `most` says how many."""

    most: str
    told: tuple[Told, ...]


class Quoted(NamedTuple):
    """Somebody who is quoted, and in how many of the texts."""

    entity: Entity
    texts: int
    href: str


class Parted(NamedTuple):
    """Figures that stand beside each other and are not the same: as printed, in the order of the columns."""

    printed: tuple[tuple[str, str], ...]  # the text's label, the figure
    what: str  # "later update", or "unlike, no verdict"
    href: str


class Glance(NamedTuple):
    """What stands at the top of the page. `shared` has what most texts tell first."""

    shared: tuple[Group, ...]
    alone: tuple[Told, ...]
    quoted: tuple[Quoted, ...]
    more_quoted: int
    parted: tuple[Parted, ...]
    more_parted: int
    agreeing: int


def glance(found: Comparison, rows: Sequence[PageRow]) -> Glance:
    """What a reader should see first; `rows` are those of the page, hidden ones too."""
    places = Places(rows)
    quoted = list(_quoted(found, places))
    parted = [row for row in found.figures if row.texts > 1 and _may_part(row)]
    parted.sort(key=lambda row: row.verdict is not Verdict.UPDATE)
    return Glance(
        tuple(_shared(rows, len(found.columns))),
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


def _shared(rows: Sequence[PageRow], columns: int) -> Iterator[Group]:
    """The statements that most texts have: whole ones and sure ones first, then in their order."""
    told = [(row, _chosen(row.filled)) for row in rows if row.number]
    told.sort(
        key=lambda one: (-len(one[0].filled), len(_words(one[1]).split()) < _FEWEST_WORDS, not one[0].sure)
    )
    for texts, group in groupby(told[:_MOST], key=lambda one: len(one[0].filled)):
        yield Group(
            _who(texts, columns),
            tuple(
                Told(
                    _cut(_words(cell)),
                    f"#{cell.passages[0].id}",
                    str(row.number),
                    ", ".join(cell.column.label for cell in row.filled) if texts < columns else "",
                )
                for row, cell in group
            ),
        )


def _chosen(cells: Sequence[Cell]) -> Cell:
    """In whose words a statement is told: the first that begins with its sentence and is not much longer."""
    shortest = min(len(_words(cell)) for cell in cells)
    for cell in cells:
        if not cell.passages[0].continued_before and len(_words(cell)) <= 2 * shortest:
            return cell
    return cells[0]


def _alone(found: Comparison, rows: Sequence[PageRow]) -> Iterator[Told]:
    """For each text the first statement that it alone tells, for sure and in a sentence if there is one."""
    for place, column in enumerate(found.columns):
        alone = [
            shown for row in rows if row.number is None for shown in row.cells[place].passages if shown.alone
        ]
        if alone:
            body = column.text.body
            first = min(alone, key=lambda shown: (not shown.sure, not _is_sentence(body, shown), shown.start))
            words = body[first.start : first.end]
            yield Told(_cut(words), f"#{first.id}", column.label, count=len(alone))


def _is_sentence(body: str, shown: Shown) -> bool:
    """Whether a passage is a sentence that says something by itself: no call to read on, no half of one."""
    words = body[shown.start : shown.end]
    whole = not shown.continued_before and not shown.continued_after
    return whole and len(words.split()) >= _SENTENCE and words.rstrip("\"'”’») ").endswith(_ENDS)


def _may_part(row: FigureRow) -> bool:
    """Whether figures beside each other are not the same, as far as their values tell."""
    values = {(figure.low, figure.high) for cell in row.cells for figure in cell}
    return row.verdict is not Verdict.AGREE and len(values) > 1


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
        row.verdict.value if row.verdict else "unlike, no verdict",
        places.href(printed[0][0], printed[0][1].start),
    )


def _words(cell: Cell) -> str:
    body = cell.column.text.body
    words = " … ".join(body[shown.start : shown.end] for shown in cell.passages)
    before = "… " if cell.passages[0].continued_before else ""
    after = " …" if cell.passages[-1].continued_after else ""
    return f"{before}{words}{after}"


def _cut(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    return f"{words[:_LONGEST].rpartition(' ')[0] or words[:_LONGEST]} …"
