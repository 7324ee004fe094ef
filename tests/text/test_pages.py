"""Invented pages in the manner of many sites: nothing of the body is lost, and the rest is told apart."""

from collections import Counter
from pathlib import Path

import pytest

from archive.evaluation.lines import Line, unlabelled
from archive.text.cleaning import clean
from archive.text.types import BlockKind, CleanArticle, RemovedKind

PAGES = sorted((Path(__file__).parents[1] / "golden/pages").glob("*.txt"))

KINDS: dict[str, set[BlockKind | RemovedKind]] = {
    "title": {RemovedKind.HEADLINE},
    "again": {RemovedKind.DUPLICATE_HEADLINE},
    "deck": {RemovedKind.DECK},
    "by": {RemovedKind.BYLINE},
    "date": {RemovedKind.DATE},
    "body": {BlockKind.PARAGRAPH},
    "sub": {BlockKind.SUBHEADING},
    "caption": {RemovedKind.CAPTION},
    "credit": {RemovedKind.CREDIT, RemovedKind.CAPTION},
    "note": {RemovedKind.AUTHOR_NOTE},
    "menu": {RemovedKind.MENU, RemovedKind.SHARE_BAR},
    "share": {RemovedKind.SHARE_BAR},
    "related": {RemovedKind.RELATED_LINK},
    "ad": {RemovedKind.ADVERTISEMENT},
    "promo": {RemovedKind.PROMOTION},
    "cookie": {RemovedKind.COOKIE_TEXT},
    "other": set(RemovedKind),
}
# The least share of lines of a label, over all pages, that come out as that very kind. None may be lowered.
EXACT = ("title", "body", "sub")
MARKS = ("A mark of the layout", "The address behind a link")
LEAST_RIGHT = {
    "title": 1.0,
    "deck": 1.0,
    "by": 1.0,
    "date": 1.0,
    "body": 1.0,
    "sub": 1.0,
    "caption": 1.0,
    "credit": 0.8,
    "note": 1.0,
    "menu": 0.89,
    "share": 1.0,
    "related": 1.0,
    "promo": 1.0,
}


def kinds_of(article: CleanArticle, line: Line) -> set[BlockKind | RemovedKind]:
    """What the parts of a line became, cut-off layout marks aside."""
    kinds: set[BlockKind | RemovedKind] = {
        part.kind
        for part in article.removed
        if part.start < line.end and line.start < part.end and not part.reason.startswith(MARKS)
    }
    for segment in article.segments:
        if segment.raw_start < line.end and line.start < segment.raw_start + segment.length:
            kinds |= {b.kind for b in article.blocks if b.start <= segment.body_start < b.end}
    return kinds


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_nothing_of_the_body_is_lost_and_the_headline_is_found(path: Path) -> None:
    raw, lines = unlabelled(path.read_text(encoding="utf-8"))
    article = clean(raw)
    for line in lines:
        if line.label in EXACT:
            assert kinds_of(article, line) == KINDS[line.label], raw[line.start : line.end]


def test_the_rest_is_told_apart() -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    wrong = []
    for path in PAGES:
        raw, lines = unlabelled(path.read_text(encoding="utf-8"))
        article = clean(raw)
        for line in lines:
            kinds = kinds_of(article, line)
            total[line.label] += 1
            right[line.label] += bool(kinds & KINDS[line.label])
            if not kinds & KINDS[line.label]:
                wrong.append(f"{path.stem}: {line.label} became {kinds}: {raw[line.start : line.end]}")
    for label, least in LEAST_RIGHT.items():
        assert right[label] >= least * total[label], "\n".join(wrong)
