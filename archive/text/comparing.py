"""What follows from laying texts side by side: who is called what, and what a text does not mention.

Everything here describes; nothing scores. All counts are of the bodies, headlines left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from archive.text.passages import Text
from archive.text.types import Span


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


class Silence(NamedTuple):
    """What other texts carry and this one does not: the keys of names, each with who carries it."""

    keys: tuple[tuple[str, tuple[int, ...]], ...]  # (key, columns that carry it)
    not_counted: tuple[int, ...]  # columns that may be younger than this text, and so say nothing about it


def not_mentioned(texts: Sequence[Text], rows: Sequence[Naming]) -> tuple[Silence, ...]:
    """For each text, the names that another text carries and this one does not.

    A text is never held against one that was published later, or whose order against it is unknown:
    only texts published on an earlier day count. Without dates nothing can be said.

    Args:
        texts: the texts in the order of their columns.
        rows: `naming(texts)`.
    """
    return tuple(_silence(column, texts, rows) for column in range(len(texts)))


def _silence(column: int, texts: Sequence[Text], rows: Sequence[Naming]) -> Silence:
    others = [other for other in range(len(texts)) if other != column]
    earlier = [other for other in others if _surely_before(texts[other], texts[column])]
    keys = [
        (row.key, carrying)
        for row in rows
        if not row.forms[column] and (carrying := tuple(other for other in earlier if row.forms[other]))
    ]
    return Silence(tuple(keys), tuple(other for other in others if other not in earlier))


def _surely_before(one: Text, other: Text) -> bool:
    return one.published is not None and other.published is not None and one.published < other.published
