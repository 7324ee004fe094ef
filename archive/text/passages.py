"""The units of a text that are laid beside those of other texts (archive.text.cuts), each with its words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from archive.text import cuts, words
from archive.text.time_words import time_words
from archive.text.types import Block, Figure, FigureKind, Quote, Span

_INSERTED = re.compile(r"\[[^\[\]]{0,200}\]|\([^()]{0,200}\)")


class Text(NamedTuple):
    """What is needed of an article to lay it beside others. `quotes` and `figures` are spans of `body`.

    `blocks` are its paragraphs and subheadings; without them every line is a paragraph. `mention_keys` says
    which spans of the body name whom, by the key under which the name is known across articles. `cuts` are
    `archive.text.cuts.starts` of it, where they are stored; else they are found anew.
    """

    id: str
    body: str
    blocks: tuple[Block, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    mention_keys: tuple[tuple[Span, str], ...] = ()
    published: date | None = None
    cuts: tuple[int, ...] = ()


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
    spoken = sorted(span for quote in text.quotes for span in quote.spoken)
    found: list[Unit] = []
    for part in cuts.parts(folded, text.blocks, text.cuts or _cuts(text)):
        start, end, paragraph, sentence = part
        inside = terms[bisect_left(starts, start) : bisect_left(starts, end)]
        counted = figures[bisect_left(figure_starts, start) : bisect_left(figure_starts, end)]
        said = tuple(_spoken_words(folded, Span(start, end), spoken))
        found.append(Unit(start, end, paragraph, sentence, tuple(inside), said, tuple(counted), bool(said)))
    return tuple(found)


def _cuts(text: Text) -> tuple[int, ...]:
    return cuts.starts(text.body, text.blocks, text.quotes, [span for span, _ in text.mention_keys])


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


# --- quoted words -----------------------------------------------------------------------------------


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
