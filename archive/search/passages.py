"""The best passages of a text for a query: the sentences that hold the most different of its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from archive.search.highlights import Match, found, merged
from archive.search.query import Term
from archive.text.folding import LONGEST_WORD, bare, letters
from archive.text.sentences import sentences
from archive.text.types import Span

LONGEST_SNIPPET = 320  # characters: three to four lines of a result
MOST_SNIPPETS = 2


class Snippet(NamedTuple):
    """A stretch of a text, whether its sentence goes on before and after it, and what matched in it."""

    span: Span
    cut_before: bool
    cut_after: bool
    matches: tuple[Span, ...]


class _Stretch(NamedTuple):
    """Blocks of a text that no match reaches out of, and the numbered terms that may stand in them."""

    blocks: tuple[Span, ...]
    terms: Mapping[int, Term]


class _Sentence(NamedTuple):
    span: Span
    matches: list[Match]


def snippets(text: str, blocks: Sequence[Span], terms: Sequence[Term]) -> tuple[Snippet, ...]:
    """The sentences that hold the most different terms, in the order of the text, cut to a readable length.

    Args:
        text: an article's body.
        blocks: its paragraphs and subheadings in order, with space between; no sentence reaches over two.
        terms: of the query; without any there is no snippet.
    """
    stretches = _stretches(text, blocks, terms)
    possible = {number for stretch in stretches for number in stretch.terms}
    covered: set[int] = set()
    chosen: list[_Sentence] = []
    for sentence in _best_first(text, stretches):
        new = {match.term for match in sentence.matches} - covered
        if new or not chosen:
            chosen.append(sentence)
            covered |= new
        if len(chosen) == MOST_SNIPPETS or covered >= possible:
            break
    return tuple(cut(text, *sentence) for sentence in sorted(chosen))


def _best_first(text: str, stretches: Sequence[_Stretch]) -> Iterator[_Sentence]:
    """The sentences with a match, those with most different terms first, earlier ones among equals.

    A stretch is only folded once no sentence found so far is certain to come before all of its own.
    """
    waiting: list[tuple[int, int, int, _Stretch | _Sentence]] = [
        (-len(stretch.terms), stretch.blocks[0].start, 0, stretch) for stretch in stretches
    ]
    heapify(waiting)
    while waiting:
        *_, next_one = heappop(waiting)
        if isinstance(next_one, _Sentence):
            yield next_one
            continue
        for sentence in _sentences(text, next_one):
            different = len({match.term for match in sentence.matches})
            heappush(waiting, (-different, sentence.span.start, 1, sentence))


def _sentences(text: str, stretch: _Stretch) -> list[_Sentence]:
    """The sentences that a match begins in; a phrase across two sentences counts for the first."""
    within = Span(stretch.blocks[0].start, stretch.blocks[-1].end)
    matches = found(text, stretch.terms, within)
    spans = [span for block in stretch.blocks for span in sentences(text, *block)] if matches else []
    by_sentence: defaultdict[Span, list[Match]] = defaultdict(list)
    place = 0
    for match in matches:
        while place < len(spans) and spans[place].end <= match.start:
            place += 1
        if place < len(spans) and spans[place].start <= match.start:
            by_sentence[spans[place]].append(match)
    return [_Sentence(*item) for item in by_sentence.items()]


# --- where to look -----------------------------------------------------------------------------------


def _stretches(text: str, blocks: Sequence[Span], terms: Sequence[Term]) -> list[_Stretch]:
    """The blocks in which a term may stand, told by their bare letters; folding each word takes far longer.

    Blocks are looked at together where a phrase may reach from one into the next.
    """
    numbered = dict(enumerate(terms))
    if any(term.apart is not None or max(map(len, term.forms)) >= LONGEST_WORD for term in terms):
        return [_Stretch(tuple(blocks), numbered)] if blocks else []
    phrases = [term for term in terms if len(term.forms) > 1]
    together: list[tuple[list[Span], str]] = []
    last = ""
    for block in blocks:
        printed = letters(text[slice(*block)])
        if not printed:
            continue
        if any(_goes_on(last, printed, phrase) for phrase in phrases):
            joined, before = together.pop()
            together.append(([*joined, block], before + printed))
        else:
            together.append(([block], printed))
        last = printed
    wanted = [(number, tuple(map(bare, term.forms))) for number, term in numbered.items()]
    held_in = ((joined, _held(printed, wanted)) for joined, printed in together)
    return [
        _Stretch(tuple(joined), {number: numbered[number] for number in held})
        for joined, held in held_in
        if held
    ]


def _goes_on(before: str, after: str, phrase: Term) -> bool:
    """Whether the phrase may begin in one block and go on in the next; its word may have lost an 's."""
    forms = [bare(form) for form in phrase.forms]
    return any(
        before.endswith((one, f"{one}s")) and after.startswith(other) for one, other in pairwise(forms)
    )


def _held(printed: str, wanted: Sequence[tuple[int, tuple[str, ...]]]) -> list[int]:
    """The numbers of the terms whose forms may all stand in some letters."""
    return [
        number
        for number, forms in wanted
        if forms[0] in printed and (len(forms) == 1 or all(form in printed for form in forms))
    ]


# --- cut to length -----------------------------------------------------------------------------------


def cut(text: str, sentence: Span, matches: Sequence[Match]) -> Snippet:
    """A sentence, or the part of it around its first match."""
    end = max(sentence.end, matches[-1].end)
    start = sentence.start
    if end - start > LONGEST_SNIPPET:
        start = max(start, matches[0].start - LONGEST_SNIPPET // 3)
        end = min(end, start + LONGEST_SNIPPET)
        start, end = _at_words(text, start, end, sentence)
    shown = [match for match in matches if match.start < end]
    inside = tuple(Span(span.start, min(span.end, end)) for span in merged(shown))
    return Snippet(Span(start, end), start > sentence.start, end < sentence.end, inside)


def _at_words(text: str, start: int, end: int, sentence: Span) -> tuple[int, int]:
    """Move both cuts inwards to spaces, unless the words are longer than the snippet."""
    if start > sentence.start and (space := text.find(" ", start, end)) != -1:
        start = min(space + 1, end - 1)
    if end < sentence.end and (space := text.rfind(" ", start, end)) > start:
        end = space
    return start, end
