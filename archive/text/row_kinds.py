"""How the passages of a row are alike: in the words, in what is quoted, in the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from archive.text import words
from archive.text.linking import FEWEST_WORDS, quotes_same
from archive.text.passages import Unit
from archive.text.similarity import figures_meet

_SAME_WORDS = 0.85  # share of all words, function words included, that stand in one order in both
_FIGURES_LEAD = 0.5  # share of common words below which agreeing figures are what joins a row


class RowKind(StrEnum):
    """How the passages of a row are alike. The first kind of a row is its verdict."""

    SAME = "same words"
    REWORDED = "reworded"
    QUOTATION = "quotation"
    FIGURES = "figures"
    ONLY = "no counterpart found"


def row_kinds(
    bodies: Sequence[str], members: Mapping[int, Sequence[Unit]], common: float
) -> tuple[RowKind, ...]:
    """The kinds of a row that two texts or more have, the verdict first.

    Args:
        bodies: the folded bodies of all texts.
        members: for each text of the row, by its place, its units in the row.
        common: share of the row's content words that another text of the row has too.
    """
    marks = []
    said = {text: _words(bodies[text], units) for text, units in members.items()}
    if all(
        any(_as_said(mine, said[other]) for other in said if other != text) for text, mine in said.items()
    ):
        marks.append(RowKind.SAME)
    if _quoted(members, said):
        marks.append(RowKind.QUOTATION)
    if _figures_agree(members):
        leads = not marks and common < _FIGURES_LEAD
        marks += [RowKind.FIGURES] if leads or marks else [RowKind.REWORDED, RowKind.FIGURES]
    return tuple(marks) or (RowKind.REWORDED,)


def _words(body: str, units: Sequence[Unit]) -> list[str]:
    """All words, function words included, that a text has in a row."""
    return [word for unit in units for word, _, _ in words.every_word(body, unit.start, unit.end)]


def _as_said(one: list[str], other: list[str]) -> bool:
    most = max(len(one), len(other))
    return most >= FEWEST_WORDS and words.common_in_order(one, other) >= _SAME_WORDS * most


def _quoted(members: Mapping[int, Sequence[Unit]], said: Mapping[int, list[str]]) -> bool:
    """Whether one text quotes words that every other text of the row has, with quotation marks or without."""
    spoken = {text: [word for unit in units for word in unit.spoken] for text, units in members.items()}
    return any(
        all(quotes_same(mine, spoken[other] or said[other]) for other in said if other != text)
        for text, mine in spoken.items()
        if mine
    )


def _figures_agree(members: Mapping[int, Sequence[Unit]]) -> bool:
    figures = [[figure for unit in units for figure in unit.figures] for units in members.values()]
    return any(
        figures_meet(one, other) for place, one in enumerate(figures) for other in figures[place + 1 :]
    )
