"""A text cut into the units that are laid beside those of other texts: clauses with their words.

A unit is a sentence, or a part of one where a quotation begins or ends or where a conjunction joins two
statements that could stand alone. The units of a text cover all sentences of its paragraphs, in order,
without overlap; subheadings are no units.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from archive.text import words
from archive.text.sentences import paragraphs, sentences, trim
from archive.text.time_words import time_words
from archive.text.types import Block, BlockKind, Figure, FigureKind, Quote, Span

FRAGMENT = 4  # content words; a shorter part says too little to be judged and is not cut off by itself

# Where a sentence may be cut, if both sides hold FRAGMENT content words.
_JOINT = re.compile(
    r"[;:]\s{1,4}|\s-\s(?=\w{2})"
    r"|,\s(?=(?:where|while|but|although|though|whereas|adding|saying|noting|after which)\s)"
    r"|,\s(?=and\s(?:that|also|said|the|he|she|they|it|its|their|his|her|a|an)\s)|\s(?=but also\s)"
)
_CLOSING = re.compile(r"[,.\"']{0,4}\s{0,4}")
_INSERTED = re.compile(r"\[[^\[\]]{0,200}\]|\([^()]{0,200}\)")


class Text(NamedTuple):
    """What is needed of an article to lay it beside others. `quotes` and `figures` are spans of `body`.

    `blocks` are its paragraphs and subheadings; without them every line is a paragraph. `mention_keys` says
    which spans of the body name whom, by the key under which the name is known across articles.
    """

    id: str
    body: str
    blocks: tuple[Block, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    mention_keys: tuple[tuple[Span, str], ...] = ()
    published: date | None = None


class Term(NamedTuple):
    """A word of a unit in the form that is compared, with its place in the body."""

    key: str
    start: int
    end: int
    name: bool


class Unit(NamedTuple):
    """A sentence or clause: its span, its paragraph and sentence (from 0), its words, quotations, figures.

    `spoken` are the words in quotation marks, without what the outlet put in brackets; dates are among the
    words, not among the figures.
    """

    start: int
    end: int
    paragraph: int
    sentence: int
    terms: tuple[Term, ...]
    spoken: tuple[str, ...]
    figures: tuple[Figure, ...]
    quoted: bool


def units(text: Text) -> tuple[Unit, ...]:
    """The units of a text in order. Time and space grow with the length of the text only."""
    folded = words.fold(text.body)
    terms = _terms(text, folded)
    starts = [term.start for term in terms]
    figures = sorted(figure for figure in text.figures if figure.kind is not FigureKind.DATE)
    figure_starts = [figure.start for figure in figures]
    cuts = sorted({edge for quote in text.quotes for edge in _edges(folded, quote)})
    spoken = sorted(span for quote in text.quotes for span in quote.spoken)
    found: list[Unit] = []
    sentence = 0
    for paragraph, block in enumerate(_blocks(text)):
        for span in sentences(folded, block.start, block.end):
            for part in _parts(folded, span, cuts, starts):
                inside = terms[bisect_left(starts, part.start) : bisect_left(starts, part.end)]
                counted = figures[
                    bisect_left(figure_starts, part.start) : bisect_left(figure_starts, part.end)
                ]
                said = tuple(_spoken_words(folded, part, spoken))
                found.append(
                    Unit(*part, paragraph, sentence, tuple(inside), said, tuple(counted), bool(said))
                )
            sentence += 1
    return tuple(found)


def _blocks(text: Text) -> Sequence[Span]:
    if text.blocks:
        return [Span(block.start, block.end) for block in text.blocks if block.kind is BlockKind.PARAGRAPH]
    return paragraphs(text.body)


# --- words with names and times as one term ---------------------------------------------------------


def _terms(text: Text, folded: str) -> list[Term]:
    """The content words of the body; a name is one term under its key, words of time are terms too."""
    overlays = sorted(
        [Term(f"n:{_name(key)}", span.start, span.end, True) for span, key in text.mention_keys if key]
        + [
            Term(key, found.start, found.end, False)
            for found in time_words(folded, text.published)
            for key in found.keys
        ],
        key=lambda term: (term.start, -term.end, term.key),
    )
    return list(_merged(_disjoint(overlays), words.tokens(folded)))


def _name(key: str) -> str:
    """The name in a key: one that is known in its own article alone ("name@article") meets its like."""
    return key.partition("@")[0]


def _disjoint(overlays: Iterable[Term]) -> list[Term]:
    """Overlays that share their span with others stay; one that begins inside another goes."""
    kept: list[Term] = []
    for term in overlays:
        if not kept or term.start >= kept[-1].end or (term.start, term.end) == (kept[-1].start, kept[-1].end):
            kept.append(term)
    return kept


def _merged(overlays: list[Term], tokens: list[words.Token]) -> Iterator[Term]:
    place = 0
    for token in tokens:
        while place < len(overlays) and overlays[place].end <= token.start:
            yield overlays[place]
            place += 1
        if place < len(overlays) and overlays[place].start < token.end:
            continue
        yield Term(*token)
    yield from overlays[place:]


# --- cutting ----------------------------------------------------------------------------------------


def _edges(folded: str, quote: Quote) -> Iterator[int]:
    """Where a quotation begins, and where it ends with the marks and space that close it."""
    yield quote.start
    closing = _CLOSING.match(folded, quote.end)
    yield closing.end() if closing else quote.end


def _parts(folded: str, sentence: Span, edges: Sequence[int], term_starts: Sequence[int]) -> list[Span]:
    """The sentence cut at edges and joints wherever both sides hold enough words."""
    inner = edges[bisect_left(edges, sentence.start + 1) : bisect_left(edges, sentence.end)]
    joints = [match.end() for match in _JOINT.finditer(folded, sentence.start, sentence.end)]
    parts: list[tuple[int, int, int]] = []
    places = sorted({sentence.start, sentence.end, *inner, *joints})
    for start, end in pairwise(places):
        content = bisect_left(term_starts, end) - bisect_left(term_starts, start)
        if parts and (content < FRAGMENT or parts[-1][2] < FRAGMENT):
            start, _, before = parts.pop()
            content += before
        parts.append((start, end, content))
    return [trim(folded, start, end) for start, end, _ in parts]


def _spoken_words(folded: str, part: Span, spoken: Sequence[Span]) -> Iterator[str]:
    """The words of a part that stand in quotation marks, without what the outlet put in brackets."""
    first = max(0, bisect_left(spoken, (part.start, part.start)) - 1)
    for span in spoken[first:]:
        if span.start >= part.end:
            return
        start, end = max(span.start, part.start), min(span.end, part.end)
        if start < end:
            said = _INSERTED.sub(lambda match: " " * len(match.group()), folded[start:end])
            yield from (word for word, _, _ in words.every_word(said))
