"""Lines of a raw text that a curator judged: text after all, or no text. Found again by their words.

A line is named by its words with single spaces between them, and by which of the places it is that print
them: neither changes when the rules of cleaning do.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from archive.text.blocks import TextBlock, join
from archive.text.sentences import trim
from archive.text.types import BlockKind, RemovedKind, Span

LONGEST_KEY = 300  # characters of a line that stand in its key; a longer line adds a digest
_WORD = re.compile(r"\S+")


class JudgedLine(NamedTuple):
    """`number` is 1 for the first place of the raw text that prints `words`."""

    words: str
    number: int
    kind: BlockKind | RemovedKind


class Placed(NamedTuple):
    """Where a judged line stands in the raw text, and what it is."""

    span: Span
    kind: BlockKind | RemovedKind


def kind_of(name: str) -> BlockKind | RemovedKind:
    """ "paragraph", "subheading" or what else a line may be. Raises ValueError for anything else."""
    return BlockKind(name) if name in set(BlockKind) else RemovedKind(name)


def line_at(raw: str, span: Span, kind: BlockKind | RemovedKind) -> JudgedLine:
    """The line that stands at a stretch of the raw text. Raises ValueError if only white space does."""
    words = " ".join(raw[span.start : span.end].split())
    if not words:
        raise ValueError("There is nothing but white space at this place.")
    places = list(_places(_Words(raw), words))
    start = trim(raw, *span).start
    number = next(number for number, place in enumerate(places, 1) if place.start == start)
    return JudgedLine(words, number, kind)


def key_of(words: str, number: int) -> str:
    """The name of a line among those of its text: the same line always has the same."""
    if len(words) > LONGEST_KEY:
        words = f"{words[:LONGEST_KEY]}… {hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:16]}"
    return f"{words} #{number}"


def placed(raw: str, lines: Iterable[JudgedLine]) -> list[Placed]:
    """Where judged lines stand, in the order given; one that the text does not print stands nowhere."""
    asked = list(lines)
    if not asked:
        return []
    words = _Words(raw)
    found = []
    for line in asked:
        places = _places(words, line.words)
        span = next((place for number, place in enumerate(places, 1) if number == line.number), None)
        if span is not None:
            found.append(Placed(span, line.kind))
    return found


def cut_at(raw: str, blocks: Sequence[TextBlock], spans: Sequence[Span]) -> list[tuple[int, TextBlock]]:
    """The blocks, cut where a judged line begins or ends inside one; each with the number that it had."""
    borders = sorted({place for span in spans for place in span})
    return [
        (number, part)
        for number, block in enumerate(blocks)
        for part in _cut(raw, block, [place for place in borders if block.start < place < block.end])
    ]


def holds(span: Span, block: TextBlock) -> bool:
    """Whether the words of a block stand inside a stretch of the raw text."""
    return span.start <= block.pieces[0].start and block.pieces[-1].end <= span.end


class _Words:
    """A text with single spaces for its white space, and the way back to it."""

    def __init__(self, raw: str) -> None:
        found = list(_WORD.finditer(raw))
        self.text = " ".join(match.group() for match in found)
        self._starts: list[int] = []
        self._raw = [match.start() for match in found]
        position = 0
        for match in found:
            self._starts.append(position)
            position += match.end() - match.start() + 1

    def place(self, position: int) -> int:
        """Where a character of the text stands in the raw text."""
        word = bisect_right(self._starts, position) - 1
        return self._raw[word] + position - self._starts[word]


def _places(words: _Words, line: str) -> Iterator[Span]:
    found = words.text.find(line) if line else -1
    while found >= 0:
        yield Span(words.place(found), words.place(found + len(line) - 1) + 1)
        found = words.text.find(line, found + 1)


def _cut(raw: str, block: TextBlock, borders: Sequence[int]) -> Iterator[TextBlock]:
    rest = block
    for border in borders:
        before = tuple(_clipped(raw, rest.pieces, rest.start, border))
        after = tuple(_clipped(raw, rest.pieces, border, rest.end))
        if not before or not after:
            continue  # only marks of the layout stand on one side
        end = trim(raw, rest.start, border).end
        yield rest._replace(end=end, pieces=before, text=join(raw, before))
        start = trim(raw, border, rest.end).start
        rest = rest._replace(start=start, pieces=after, text=join(raw, after))
    yield rest


def _clipped(raw: str, pieces: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    for piece in pieces:
        clipped = trim(raw, max(piece.start, start), min(piece.end, end))
        if clipped.start < clipped.end:
            yield clipped
