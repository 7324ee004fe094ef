"""A raw page to the article that it holds: body, headline and all that stood around them, nothing lost.

Named steps in order: cut the page into blocks, judge which are body, find the opening, give every block a
role with its reason, hear what curators said of single lines, read byline and dates, and put the body
together with the map back to the raw text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archive.text.blocks import INVISIBLE, TextBlock, cut_blocks, glued
from archive.text.bodymodel import Verdict, judge
from archive.text.headlines import find_opening
from archive.text.languages import language_of
from archive.text.lines import JudgedLine, Placed, cut_at, holds, placed
from archive.text.neighbours import reconsider
from archive.text.photo_credits import find_credit
from archive.text.provenance import find_provenance
from archive.text.roles import Page, Role, assign_roles
from archive.text.types import Block, BlockKind, CleanArticle, Facts, Removed, RemovedKind, Segment, Span

NOTHING_KNOWN = Facts()
CERTAINLY_BODY = Verdict(True, 1.0)
BLANK_LINE = "\n\n"
_VISIBLE = re.compile(r"\S+(?:[^\S\n]+\S+)*")


class _Body(NamedTuple):
    text: str
    blocks: tuple[Block, ...]
    segments: tuple[Segment, ...]


def clean(text: str, facts: Facts = NOTHING_KNOWN, lines: Sequence[JudgedLine] = ()) -> CleanArticle:
    """Clean one raw article.

    `text` is decoded text with "\\n" line ends; `facts` is what is known from outside and outranks the page.
    `lines` are what curators said of single lines, oldest first; they outrank the rules.
    The body is made of `segments` of `text`, letter for letter, joined by a blank line between blocks and by
    a single space (or nothing, where a mark was cut off) inside them. `removed` holds the rest: every visible
    character of `text` lies in exactly one segment or removed stretch. Never raises.
    """
    blocks = cut_blocks(text)
    verdicts = [CERTAINLY_BODY] * len(blocks) if facts.extracted else judge(blocks)
    judged = placed(text, lines)
    if judged:
        numbered = cut_at(text, blocks, [line.span for line in judged])
        verdicts = [verdicts[number] for number, _ in numbered]
        blocks = [block for _, block in numbered]
    page = Page(blocks, verdicts, find_opening(blocks, verdicts, facts.headline, facts.url))
    roles = _with_judged(blocks, reconsider(page, assign_roles(page)), judged)
    provenance = find_provenance(page, roles, facts)
    body = _put_together(text, blocks, roles)
    removed = tuple(_removed(text, blocks, roles, body.segments))
    headline = page.opening.headline
    return CleanArticle(
        headline=facts.headline or ("" if headline is None else blocks[headline].text),
        deck=next((b.text for b, r in zip(blocks, roles, strict=True) if r.kind is RemovedKind.DECK), ""),
        body=body.text,
        blocks=body.blocks,
        segments=body.segments,
        removed=removed,
        captions=_texts(text, removed, RemovedKind.CAPTION),
        credits=_texts(text, removed, RemovedKind.CREDIT),
        authors=provenance.authors,
        agencies=provenance.agencies,
        dateline=provenance.dateline,
        published=provenance.published,
        updated=provenance.updated,
        language=facts.language or language_of(body.text),
    )


def _with_judged(blocks: Sequence[TextBlock], roles: list[Role], judged: Sequence[Placed]) -> list[Role]:
    for line in judged:
        reason = "" if isinstance(line.kind, BlockKind) else "A curator took it out."
        for index, block in enumerate(blocks):
            if holds(line.span, block):
                roles[index] = Role(line.kind, reason)
    return roles


def raw_offset(article: CleanArticle, body_offset: int) -> int:
    """The place in the raw text of a place in the body.

    A place between two segments maps to the end of the first. Raises IndexError outside the body.
    """
    if not 0 <= body_offset <= len(article.body) or not article.segments:
        raise IndexError(f"The body has {len(article.body)} characters and none at {body_offset}.")
    index = bisect_right(article.segments, body_offset, key=lambda segment: segment.body_start) - 1
    segment = article.segments[index]
    return segment.raw_start + min(body_offset - segment.body_start, segment.length)


def body_offset(article: CleanArticle, raw_offset: int) -> int | None:
    """The place in the body of a place in the raw text, or None where the raw text is no body."""
    index = bisect_right(article.segments, raw_offset, key=lambda segment: segment.raw_start) - 1
    if index < 0:
        return None
    segment = article.segments[index]
    inside = raw_offset - segment.raw_start
    return segment.body_start + inside if inside < segment.length else None


def _put_together(raw: str, blocks: Sequence[TextBlock], roles: Sequence[Role]) -> _Body:
    parts: list[str] = []
    made: list[Block] = []
    segments: list[Segment] = []
    length = 0
    for group in _paragraphs(blocks, roles):
        if parts:
            parts.append(BLANK_LINE)
            length += len(BLANK_LINE)
        start, previous = length, None
        for piece in (piece for index in group for piece in blocks[index].pieces):
            if previous is not None and not glued(raw, previous, piece):
                parts.append(" ")
                length += 1
            parts.append(raw[piece.start : piece.end])
            segments.append(Segment(length, piece.start, piece.end - piece.start))
            length += piece.end - piece.start
            previous = piece
        kind = roles[group[0]].kind
        assert isinstance(kind, BlockKind)
        made.append(Block(start, length, kind))
    return _Body("".join(parts), tuple(made), tuple(segments))


def _paragraphs(blocks: Sequence[TextBlock], roles: Sequence[Role]) -> Iterator[list[int]]:
    """Body blocks by number; neighbouring sentences of one flat line make one paragraph."""
    group: list[int] = []
    for index, role in enumerate(roles):
        if not role.is_body:
            continue
        if group:
            before, here = blocks[group[-1]], blocks[index]
            same_line = before.flat and here.flat and before.line == here.line and group[-1] == index - 1
            if not same_line:
                yield group
                group = []
        group.append(index)
    if group:
        yield group


def _removed(
    raw: str, blocks: Sequence[TextBlock], roles: Sequence[Role], segments: Sequence[Segment]
) -> Iterator[Removed]:
    """All visible stretches of the raw text that are no segment, in order."""
    position = 0
    taken = iter(segments)
    for block, role in zip(blocks, roles, strict=True):
        if not role.is_body:
            yield from _removed_block(raw, block, role)
            continue
        position = block.start
        for _ in block.pieces:
            segment = next(taken)
            yield from _marks(raw, position, segment.raw_start)
            position = segment.raw_start + segment.length
        yield from _marks(raw, position, block.end)


def _marks(raw: str, start: int, end: int) -> Iterator[Removed]:
    for match in _VISIBLE.finditer(raw, start, end):
        mark = match.group()
        reason = "A mark of the layout (list mark or Markdown)."
        if "](" in mark:
            reason = "The address behind a link."
        elif not mark.strip(INVISIBLE):
            reason = "A mark of the layout that nobody sees."
        yield Removed(match.start(), match.end(), RemovedKind.OTHER, reason)


def _removed_block(raw: str, block: TextBlock, role: Role) -> Iterator[Removed]:
    assert isinstance(role.kind, RemovedKind)
    credit = find_credit(raw[block.start : block.end]) if role.kind is RemovedKind.CAPTION else None
    if credit is None:
        yield Removed(block.start, block.end, role.kind, role.reason)
        return
    credit += block.start
    caption = Span(block.start, block.start + len(raw[block.start : credit].rstrip()))
    if caption.end > caption.start:
        yield Removed(*caption, RemovedKind.CAPTION, role.reason)
    yield Removed(credit, block.end, RemovedKind.CREDIT, "Says whose picture it is.")


def _texts(raw: str, removed: Sequence[Removed], kind: RemovedKind) -> tuple[str, ...]:
    texts = (" ".join(raw[part.start : part.end].split()) for part in removed if part.kind is kind)
    return tuple(dict.fromkeys(texts))
