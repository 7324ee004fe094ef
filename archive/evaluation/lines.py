"""How well the lines of a page are told apart: body, subheading, deck, caption, author note, menu ...

Rows are {id, text}: a page of which every line has a label before a tab (see LABELS); predictions are
{id, kinds}, the kind that the most of each labelled line became. `other` is what no label fits: it is wrong
only as a part of the article (body, subheading, headline, deck, caption, credit, author note).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from archive.text.cleaning import clean
from archive.text.types import BlockKind, CleanArticle, RemovedKind

Row = dict[str, Any]

LABELS: dict[str, BlockKind | RemovedKind] = {
    "title": RemovedKind.HEADLINE,
    "again": RemovedKind.DUPLICATE_HEADLINE,
    "deck": RemovedKind.DECK,
    "by": RemovedKind.BYLINE,
    "date": RemovedKind.DATE,
    "body": BlockKind.PARAGRAPH,
    "sub": BlockKind.SUBHEADING,
    "caption": RemovedKind.CAPTION,
    "credit": RemovedKind.CREDIT,
    "note": RemovedKind.AUTHOR_NOTE,
    "menu": RemovedKind.MENU,
    "share": RemovedKind.SHARE_BAR,
    "related": RemovedKind.RELATED_LINK,
    "ad": RemovedKind.ADVERTISEMENT,
    "promo": RemovedKind.PROMOTION,
    "cookie": RemovedKind.COOKIE_TEXT,
}
OTHER = "other"
# Taking "other" for one of these is a mistake: it puts words into the article that are not of it.
_OF_THE_ARTICLE = frozenset({"title", "deck", "body", "sub", "caption", "credit", "note"})


class Line(NamedTuple):
    """A labelled line and where it stands in the page without its labels."""

    label: str
    start: int
    end: int


def unlabelled(text: str) -> tuple[str, list[Line]]:
    """A page without its labels, and its labelled lines; a line without a tab has no label."""
    raw, lines = "", []
    for row in text.splitlines():
        label, tab, words = row.partition("\t")
        if tab:
            lines.append(Line(label, len(raw), len(raw) + len(words)))
        raw += (words if tab else row) + "\n"
    return raw, lines


def predict(row: Row) -> list[Row]:
    """What every labelled line of a page is taken for."""
    raw, lines = unlabelled(row["text"])
    article = clean(raw)
    return [{"id": row["id"], "kinds": [kind_of(article, line) for line in lines]}]


def kind_of(article: CleanArticle, line: Line) -> str:
    """The kind that most characters of a line became."""
    share: Counter[str] = Counter()
    for part in article.removed:
        share[part.kind] += max(0, min(part.end, line.end) - max(part.start, line.start))
    for segment in article.segments:
        end = segment.raw_start + segment.length
        common = min(end, line.end) - max(segment.raw_start, line.start)
        if common > 0:
            share[next(b.kind for b in article.blocks if b.start <= segment.body_start < b.end)] += common
    return share.most_common(1)[0][0] if share else ""


def score(rows: Sequence[Row], predictions: Sequence[Row]) -> dict[str, float]:
    """Precision and recall by label over all lines, e.g. {"deck_precision": .9, "deck_recall": .8}."""
    predicted = {row["id"]: row["kinds"] for row in predictions}
    labels = {str(kind): label for label, kind in LABELS.items()}
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for row in rows:
        _, lines = unlabelled(row["text"])
        for line, kind in zip(lines, predicted.get(row["id"], [""] * len(lines)), strict=True):
            taken = labels.get(kind, OTHER)
            wanted[line.label] += 1
            right[line.label] += taken == line.label
            given[taken] += line.label != OTHER or taken in _OF_THE_ARTICLE
    measures = {}
    for label in LABELS:
        if wanted[label]:
            measures[f"{label}_precision"] = right[label] / given[label] if given[label] else 0.0
            measures[f"{label}_recall"] = right[label] / wanted[label]
    return measures
