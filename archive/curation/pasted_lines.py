"""The lines of a raw text: which are text and which were taken out, why, and what a curator says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from archive.curation.decisions import Decision, Refused
from archive.models import Article, Judgement
from archive.pipeline.filling import line_value, lines_of
from archive.text import cleaning
from archive.text.lines import JudgedLine, key_of, kind_of, line_at
from archive.text.types import BlockKind, CleanArticle, Removed, RemovedKind, Segment, Span

PUT_BACK, TAKEN_OUT = BlockKind.PARAGRAPH.value, RemovedKind.OTHER.value
BY_A_CURATOR = "A curator took it out."  # as archive.text.cleaning says it


class Line(NamedTuple):
    """A stretch of the raw text: a paragraph of the article, or something that was taken out, and why."""

    start: int
    end: int
    words: str
    is_text: bool
    kind: str
    reason: str


def lines_of_text(raw: str, article: CleanArticle) -> tuple[Line, ...]:
    """All lines of a text that was cleaned, in order."""
    return _lines(raw, article.blocks, article.segments, article.removed)


def lines_of_article(article: Article) -> tuple[Line, ...]:
    """All lines of a stored article, in order."""
    blocks, segments = article.block_list(), article.segment_list()
    return _lines(article.raw, blocks, segments, article.removed_list())


def judged_lines(raw: str, said: Iterable[tuple[int, int, str]]) -> list[JudgedLine]:
    """What was said of stretches, as lines; a stretch that is none is passed over."""
    found = []
    for start, end, kind in said:
        if 0 <= start < end <= len(raw) and raw[start:end].strip():
            found.append(line_at(raw, Span(start, end), kind_of(kind)))
    return found


def decisions_about(key: str, raw: str, said: Sequence[tuple[int, int, str]]) -> list[Decision]:
    """What was said of the lines of a text, as decisions.

    Raises Refused if no text would be left of it.
    """
    before = lines_of([key])[key]
    stands = {
        (one.start, one.end): one.is_text for one in lines_of_text(raw, cleaning.clean(raw, lines=before))
    }
    changed = [
        one for one in said if stands.get((one[0], one[1])) is not isinstance(kind_of(one[2]), BlockKind)
    ]
    lines = judged_lines(raw, changed)
    if lines and not cleaning.clean(raw, lines=(*before, *lines)).body.strip():
        raise Refused("No line of the article would be left; leave at least one in the text.")
    return [
        Decision(Judgement.Verdict.LINE_IS, key, key_of(line.words, line.number), value=line_value(line))
        for line in lines
    ]


def _lines(
    raw: str,
    blocks: Sequence[tuple[int, int, BlockKind]],
    segments: Sequence[Segment],
    removed: Sequence[Removed],
) -> tuple[Line, ...]:
    found = [*_kept(raw, blocks, segments), *_taken_out(raw, removed)]
    return tuple(sorted(found))


def _kept(
    raw: str, blocks: Sequence[tuple[int, int, BlockKind]], segments: Sequence[Segment]
) -> Iterator[Line]:
    for start, end, kind in blocks:
        inside = [one for one in segments if start <= one.body_start < end]
        if inside:
            first, last = inside[0].raw_start, inside[-1].raw_start + inside[-1].length
            yield Line(first, last, raw[first:last], True, kind.value, "")


def _taken_out(raw: str, removed: Sequence[Removed]) -> Iterator[Line]:
    """What was taken out; marks of the layout inside a line are no lines."""
    for cut in removed:
        if any(map(str.isalnum, raw[cut.start : cut.end])) and not cut.reason.startswith(
            "The address behind"
        ):
            yield Line(cut.start, cut.end, raw[cut.start : cut.end], False, cut.kind.value, cut.reason)
