"""What follows from laying texts side by side: who is called what, and what a text does not mention.

Everything here describes; nothing scores. All counts are of the bodies, headlines left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

from archive.text.aligning import Alignment
from archive.text.figures_compared import (
    Setting,
    Verdict,
    agree_enough,
    compare,
    count_other_things,
    distance,
    likeness,
    may_replace,
    measure,
    setting,
    told_to_the_digit,
)
from archive.text.passages import Text
from archive.text.similarity import compatible
from archive.text.types import Figure, FigureKind, Hedge, Span


class Form(NamedTuple):
    """One printed form of a name in one text, how often it stands there, and how often of these quoted."""

    surface: str
    times: int
    quoted: int


class Naming(NamedTuple):
    """What each text calls somebody: for every text, in the order given, its forms, most frequent first."""

    key: str
    forms: tuple[tuple[Form, ...], ...]

    @property
    def texts(self) -> int:
        """How many of the texts name them at all."""
        return sum(bool(forms) for forms in self.forms)


def naming(texts: Sequence[Text]) -> tuple[Naming, ...]:
    """Who is called what in which text.

    Args:
        texts: the texts in the order of their columns; `mention_keys` says who is named where.

    Returns:
        One row for each key, those named in most texts first, then most often, then by key.
    """
    counted: dict[str, list[Counter[tuple[str, bool]]]] = {}
    for column, text in enumerate(texts):
        spoken = sorted(span for quote in text.quotes for span in quote.spoken)
        for span, key in text.mention_keys:
            if key:
                columns = counted.setdefault(key, [Counter() for _ in texts])
                columns[column][text.body[span.start : span.end], _inside(span, spoken)] += 1
    rows = [Naming(key, tuple(_forms(column) for column in columns)) for key, columns in counted.items()]
    return tuple(sorted(rows, key=_most_named_first))


def _inside(span: Span, spoken: Sequence[Span]) -> bool:
    return any(said.start <= span.start and span.end <= said.end for said in spoken)


def _forms(column: Counter[tuple[str, bool]]) -> tuple[Form, ...]:
    total: Counter[str] = Counter()
    for (surface, _), count in column.items():
        total[surface] += count
    return tuple(
        Form(surface, count, column[surface, True])
        for surface, count in sorted(total.items(), key=lambda item: (-item[1], item[0]))
    )


def _most_named_first(row: Naming) -> tuple[int, int, str]:
    return -row.texts, -sum(form.times for forms in row.forms for form in forms), row.key


class FigureRow(NamedTuple):
    """Figures that can count the same thing, by text. Without a verdict they stand side by side: a wrong
    verdict is worse than none.
    """

    cells: tuple[tuple[Figure, ...], ...]
    verdict: Verdict | None

    @property
    def texts(self) -> int:
        """How many of the texts print such a figure."""
        return sum(bool(cell) for cell in self.cells)


_MOST_OF_MEASURE = 300  # figures of one measure that are compared; more are a table, no report
_ENOUGH_TEXTS = 3  # that give one share in percent in one row: of two, one in four gives another one
_UNREAD = Setting(frozenset(), frozenset(), "")


class _Placed(NamedTuple):
    column: int
    row: int
    figure: Figure
    setting: Setting
    told: bool  # the one share in percent that the texts of its row give


class _Tie(NamedTuple):
    """Two figures with a verdict; the plainest tie sorts first: in one row, of near values, in like words."""

    apart: bool
    distance: float
    unlike: float
    one: int
    other: int
    verdict: Verdict


def figure_rows(texts: Sequence[Text], alignment: Alignment) -> tuple[FigureRow, ...]:
    """Which figures stand beside which, and what their values say. Dates are no figures here.

    A verdict needs the words around two figures to say that they are the same quantity; in passages that
    stand in one row the same kind and unit and values that can be equal are enough, unless the words at them
    say that they count different things. The plainest ties come first, and a row holds only figures of which
    each has a verdict with each. Figures of one row that count the same in the same unit stand beside each
    other without a verdict.

    Args:
        texts: the texts in the order of their columns.
        alignment: `align(texts)`.

    Returns:
        Rows of several texts first, otherwise in the order of the rows. Every figure stands in one row.
    """
    counted = [
        sorted(figure for figure in text.figures if figure.kind is not FigureKind.DATE) for text in texts
    ]
    placed = list(_placed(texts, alignment, counted))
    groups, ties = _tied(texts, placed)
    free = {members[0]: placed[members[0]] for members in groups if len(members) == 1}
    shelves = _shelves(free)
    rows: list[FigureRow] = []
    for members in groups:
        if len(members) > 1:
            said = {ties[pair] for pair in combinations(members, 2) if pair in ties}
            taken = {placed[number].column: placed[number] for number in members}
            verdict = Verdict.UPDATE if Verdict.UPDATE in said else Verdict.AGREE
        elif (one := free.pop(members[0], None)) is not None:
            taken = {one.column: one} | _side_by_side(one, free, shelves)
            verdict = None
        else:
            continue
        cells = tuple((taken[column].figure,) if column in taken else () for column in range(len(texts)))
        rows.append(FigureRow(cells, verdict))
    return tuple(sorted(rows, key=lambda row: -row.texts))


def _placed(
    texts: Sequence[Text], alignment: Alignment, counted: Sequence[Sequence[Figure]]
) -> Iterator[_Placed]:
    """The figures in the order of the rows; the words around are read where they will be compared."""
    met: Counter[str] = Counter()
    for number, row in enumerate(alignment.rows):
        inside = [
            [one for passage in cell for one in _figures_within(found, passage.start, passage.end)]
            for cell, found in zip(row.cells, counted, strict=True)
        ]
        told = row.sure and _one_share(inside)
        for column, figures in enumerate(inside):
            for figure in figures:
                met[measure(figure)] += 1
                read = met[measure(figure)] <= _MOST_OF_MEASURE
                around = setting(texts[column].body, figure) if read else _UNREAD
                yield _Placed(column, number, figure, around, told and figure.kind is FigureKind.PERCENT)


def _one_share(cells: Sequence[Sequence[Figure]]) -> bool:
    """Whether three texts or more give one share in percent each, and it is the same to the digit."""
    shares = [[figure for figure in cell if figure.kind is FigureKind.PERCENT] for cell in cells]
    given = [share for share in shares if share]
    return len(given) >= _ENOUGH_TEXTS and all(
        len(share) == 1 and told_to_the_digit(given[0][0], share[0]) for share in given
    )


def _tied(
    texts: Sequence[Text], placed: Sequence[_Placed]
) -> tuple[list[list[int]], dict[tuple[int, int], Verdict]]:
    """The figures (by number) in groups, in the order of their first, and the verdicts on pairs.

    A group has one figure of a text, and a verdict for every two, or for one of them and the other's equal.
    """
    ties = sorted(_ties(texts, placed))
    said = {(tie.one, tie.other): tie.verdict for tie in ties}
    group_of = [[number] for number in range(len(placed))]
    for tie in ties:
        one, other = group_of[tie.one], group_of[tie.other]
        columns = [placed[number].column for number in (*one, *other)]
        if len(set(columns)) == len(columns) and _fit(placed, said, one, other):
            one.extend(other)
            for number in other:
                group_of[number] = one
    return [sorted(group) for number, group in enumerate(group_of) if min(group) == number], said


def _fit(
    placed: Sequence[_Placed], said: Mapping[tuple[int, int], Verdict], ones: list[int], others: list[int]
) -> bool:
    """Whether all figures of one group have a verdict with all of the other, or with their equals."""

    def judged(one: int, other: int) -> bool:
        return (min(one, other), max(one, other)) in said

    def equal(one: int, other: int) -> bool:
        return distance(placed[one].figure, placed[other].figure) == 0

    return all(
        judged(one, other)
        or any(judged(one, twin) for twin in others if equal(other, twin))
        or any(judged(twin, other) for twin in ones if equal(one, twin))
        for one, other in product(ones, others)
    )


def _ties(texts: Sequence[Text], placed: Sequence[_Placed]) -> Iterator[_Tie]:
    of_measure: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(placed):
        of_measure[measure(one.figure)].append(number)
    for numbers in of_measure.values():
        printed: defaultdict[int, set[tuple[float, str]]] = defaultdict(set)
        for one in map(placed.__getitem__, numbers):
            printed[one.column].add((one.figure.low, one.setting.tally))
        for first, second in combinations(numbers[:_MOST_OF_MEASURE], 2):
            one, other = placed[first], placed[second]
            if one.column != other.column and (verdict := _verdict(texts, one, other)) is not None:
                if verdict is Verdict.UPDATE and not _replaces(printed, one, other):
                    continue
                alike = likeness(one.figure, one.setting, other.figure, other.setting)
                yield _Tie(
                    one.row != other.row, distance(one.figure, other.figure), -alike, first, second, verdict
                )


def _replaces(printed: Mapping[int, set[tuple[float, str]]], one: _Placed, other: _Placed) -> bool:
    """Whether neither text prints the other's value of a tally beside its own."""
    return all(
        may_replace(theirs.figure.low, theirs.setting.tally, printed[mine.column])
        for mine, theirs in ((one, other), (other, one))
    )


def _figures_within(figures: Sequence[Figure], start: int, end: int) -> Sequence[Figure]:
    """Those of the figures, which are in order, that begin in a stretch."""
    first = bisect_left(figures, start, key=lambda figure: figure.start)
    return figures[first : bisect_left(figures, end, key=lambda figure: figure.start)]


def _verdict(texts: Sequence[Text], one: _Placed, other: _Placed) -> Verdict | None:
    days = texts[one.column].published, texts[other.column].published
    verdict = compare(one.figure, one.setting, other.figure, other.setting, *days)
    if verdict is Verdict.UPDATE:
        return verdict
    together = one.row == other.row
    if together and one.told and other.told:
        return Verdict.AGREE
    if not agree_enough(one.figure, one.setting, other.figure, other.setting, together=together):
        return None
    if verdict is Verdict.AGREE:
        return verdict
    both_vague = one.figure.hedge is other.figure.hedge is Hedge.ABOUT
    if one.row != other.row or not compatible(one.figure, other.figure):
        return None
    if both_vague and one.figure.low != other.figure.low:
        return None  # "hundreds" and "thousands"
    return None if count_other_things(one.figure, one.setting, other.figure, other.setting) else Verdict.AGREE


_Shelf = tuple[int, str, str, str]  # a row, and what figures of it measure and count


def _shelf(one: _Placed) -> _Shelf:
    return one.row, one.figure.kind, one.figure.unit, one.figure.counted


def _shelves(free: Mapping[int, _Placed]) -> dict[_Shelf, dict[int, deque[int]]]:
    """The figures that are free, by row and measure, then by column, in order."""
    found: dict[_Shelf, dict[int, deque[int]]] = {}
    for number, one in free.items():
        found.setdefault(_shelf(one), {}).setdefault(one.column, deque()).append(number)
    return found


def _side_by_side(
    one: _Placed, free: dict[int, _Placed], shelves: Mapping[_Shelf, Mapping[int, deque[int]]]
) -> dict[int, _Placed]:
    """Take out of `free`, for each other column, a figure of the same row that counts the same thing."""
    found: dict[int, _Placed] = {}
    for column, numbers in shelves[_shelf(one)].items():
        while column != one.column and column not in found and numbers:
            other = free.pop(numbers.popleft(), None)
            if other:
                found[column] = other
    return found
