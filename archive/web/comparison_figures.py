"""What the figures of a comparison count, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.search.comparison import Column
from archive.text.types import Figure, FigureKind

_AHEAD = 100  # characters behind a figure in which what it counts is printed
_SPANS = {"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"}
_KINDS = {
    FigureKind.PERCENT: "share",
    FigureKind.MONEY: "money",
    FigureKind.MEASURE: "measure",
    FigureKind.AGE: "age",
    FigureKind.RANK: "rank",
}


def counted(figures: Sequence[tuple[Column, Figure]]) -> str:
    """What figures count, as one of the texts prints it; of an amount that counts nothing, its kind.

    Args:
        figures: figures of one quantity, each with the column in which it is printed; at least one.
    """
    for column, figure in figures:
        words = r"\W*".join(map(re.escape, figure.counted.split()))
        ahead = column.text.body[figure.start : figure.end + _AHEAD]
        if words and (found := re.search(rf"\b{words}\b", ahead, re.IGNORECASE)):
            return " ".join(found[0].split())
    column, figure = max(figures, key=lambda one: bool(one[1].counted))
    if figure.counted:
        return column.shown(figure.counted)
    kind = (
        "time span"
        if figure.unit in _SPANS and figure.kind is FigureKind.MEASURE
        else _KINDS.get(figure.kind)
    )
    return f"{kind} ({figure.unit})" if kind and figure.unit else kind or "a number"
