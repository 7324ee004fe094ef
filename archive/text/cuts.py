"""Where a text is cut into units: a sentence, or a part of one where a quotation begins or ends or where a
conjunction joins two statements that could stand alone.

The units of a text cover all sentences of its paragraphs, in order, without overlap; subheadings are none.
Where they are cut follows from the body with its blocks, quotations and names alone, so that it is stored at
import: `starts` is what is stored, `parts` are the units' spans made from it again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from archive.text import words
from archive.text.sentences import paragraphs, sentences, trim
from archive.text.types import Block, BlockKind, Quote, Span

FRAGMENT = 4  # content words; a shorter part says too little to be judged and is not cut off by itself

# Where a sentence may be cut, if both sides hold FRAGMENT content words.
_JOINT = re.compile(
    r"[;:]\s{1,4}|\s-\s(?=\w{2})"
    r"|,\s(?=(?:where|while|but|although|though|whereas|adding|saying|noting|after which)\s)"
    r"|,\s(?=and\s(?:that|also|said|the|he|she|they|it|its|their|his|her|a|an)\s)|\s(?=but also\s)"
)
_CLOSING = re.compile(r"[,.\"']{0,4}\s{0,4}")

# What decides where a text is cut: where any of it changes, what was stored before no longer counts.
_RULES = ("cuts.py", "sentences.py", "words.py", "rules/sentences.toml", "rules/words.toml")


class Part(NamedTuple):
    """A unit's span with the numbers of its paragraph and of its sentence, from 0."""

    start: int
    end: int
    paragraph: int
    sentence: int


@cache
def rules() -> str:
    """A short digest of the rules that cut."""
    digest = sha256()
    for name in _RULES:
        digest.update(resources.files("archive.text").joinpath(name).read_bytes())
    return digest.hexdigest()[:12]


def starts(
    body: str, blocks: Sequence[Block], quotes: Sequence[Quote], names: Collection[Span]
) -> tuple[int, ...]:
    """Where the units of a body begin; one that goes on with a sentence is told by a minus.

    Args:
        body: the text.
        blocks: its paragraphs and subheadings; without them every line is a paragraph.
        quotes: its quotations; names: the spans of its names, each of which counts as one word.
    """
    folded = words.fold(body)
    edges = {edge for quote in quotes for edge in _edges(folded, quote)}
    places = sorted(edges.union(match.end() for match in _JOINT.finditer(folded)))
    named = sorted(names)
    found: list[int] = []
    for block in paragraphs_of(body, blocks):
        for span in sentences(folded, *block):
            found.append(span.start)
            inner = places[bisect_left(places, span.start + 1) : bisect_left(places, span.end)]
            if inner:
                found += [-start for start in _cut(folded, span, inner, named)]
    return tuple(found)


def parts(body: str, blocks: Sequence[Block], found: Sequence[int]) -> Iterator[Part]:
    """The units of a body from where they begin, as `starts` says it."""
    sentence, place = -1, 0
    for paragraph, block in enumerate(paragraphs_of(body, blocks)):
        while place < len(found) and abs(found[place]) < block.end:
            start = abs(found[place])
            sentence += found[place] >= 0
            place += 1
            end = min(block.end, abs(found[place])) if place < len(found) else block.end
            yield Part(*trim(body, start, end), paragraph, sentence)


def paragraphs_of(body: str, blocks: Sequence[Block]) -> list[Span]:
    """The paragraphs of a body."""
    if blocks:
        return [Span(block.start, block.end) for block in blocks if block.kind is BlockKind.PARAGRAPH]
    return paragraphs(body)


def _edges(folded: str, quote: Quote) -> Iterator[int]:
    """Where a quotation begins, and where it ends with the marks and space that close it."""
    yield quote.start
    closing = _CLOSING.match(folded, quote.end)
    yield closing.end() if closing else quote.end


def _cut(folded: str, sentence: Span, inner: Sequence[int], names: Sequence[Span]) -> Iterator[int]:
    """Where the second and further parts of a sentence begin: both sides of a cut hold enough words."""
    found: list[tuple[int, int]] = []
    for start, end in pairwise((sentence.start, *inner, sentence.end)):
        content = _content(folded, start, end, names)
        if found and (content < FRAGMENT or found[-1][1] < FRAGMENT):
            start, before = found.pop()
            content += before
        found.append((start, content))
    for start, _ in found[1:]:
        yield trim(folded, start, sentence.end).start


def _content(folded: str, start: int, end: int, names: Sequence[Span]) -> int:
    """How many content words a stretch has, a name being one; counted no further than a fragment goes."""
    first = bisect_left(names, (start,))
    last = bisect_left(names, (end,), first)
    count = last - first
    if count >= FRAGMENT:
        return count
    for name in names[first:last]:
        count += words.count_content(folded, start, name.start, FRAGMENT - count)
        start = max(start, name.end)
        if count >= FRAGMENT:
            return count
    return count + words.count_content(folded, start, end, FRAGMENT - count)
