"""What of a text matched a query, exactly: through the same folding as the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from archive.search.query import Term
from archive.text.folding import Word, words
from archive.text.types import Span

LONGEST_SNIPPET = 320  # characters: three to four lines of a result
MOST_SNIPPETS = 2


class Snippet(NamedTuple):
    """A stretch of a text, whether its sentence goes on before and after it, and what matched in it."""

    span: Span
    cut_before: bool
    cut_after: bool
    matches: tuple[Span, ...]


class _Match(NamedTuple):
    start: int
    end: int
    term: int


def matches(text: str, terms: Sequence[Term]) -> tuple[Span, ...]:
    """The stretches of a text that match any of the terms, in order and without overlaps.

    A phrase is one stretch, over a line break too.
    """
    return _merged(_found(text, terms))


def snippets(text: str, sentences: Sequence[Span], terms: Sequence[Term]) -> tuple[Snippet, ...]:
    """The sentences that hold the most different terms, in the order of the text, cut to a readable length.

    Args:
        text: an article's body.
        sentences: its sentences in order.
        terms: of the query; without any there is no snippet.
    """
    by_sentence = _by_sentence(_found(text, terms), sentences)
    ranked = sorted(
        by_sentence, key=lambda place: (-len({match.term for match in by_sentence[place]}), place)
    )
    covered: set[int] = set()
    chosen: list[int] = []
    for place in ranked:
        new = {match.term for match in by_sentence[place]} - covered
        if len(chosen) < MOST_SNIPPETS and (new or not chosen):
            chosen.append(place)
            covered |= new
    return tuple(_snippet(text, sentences[place], by_sentence[place]) for place in sorted(chosen))


def _found(text: str, terms: Sequence[Term]) -> list[_Match]:
    if not terms:
        return []
    every = words(text)
    base = [word for word in every if word.length == 1]
    single: defaultdict[str, list[Word]] = defaultdict(list)
    for word in every:
        single[word.form].append(word)
    found = []
    for number, term in enumerate(terms):
        found += [_Match(start, end, number) for start, end in _of_term(term, single, base)]
    return sorted(found)


def _of_term(term: Term, single: dict[str, list[Word]], base: list[Word]) -> list[tuple[int, int]]:
    if term.apart is not None:
        return _near(term, base)
    found = [(word.start, word.end) for word in _like(term.joined, single, prefix=term.prefix)]
    if len(term.forms) == 1:
        return found + [(word.start, word.end) for word in _like(term.forms[0], single, prefix=term.prefix)]
    for first in single.get(term.forms[0], ()):
        row = base[first.position : first.position + len(term.forms)]
        if first.length == 1 and _is_row(term, row):
            found.append((first.start, row[-1].end))
    return found


def _near(term: Term, base: list[Word]) -> list[tuple[int, int]]:
    """The words themselves, wherever all of them stand near enough to each other."""
    forms = tuple(dict.fromkeys(term.forms))
    assert term.apart is not None
    widest = len(forms) - 1 + term.apart
    places = [(word, form) for word in base if (form := _of_forms(word.form, forms, term))]
    found: set[tuple[int, int]] = set()
    within: list[tuple[Word, str]] = []
    for word, form in places:
        within = [one for one in within if word.position - one[0].position <= widest]
        within.append((word, form))
        if len({other for _, other in within}) == len(forms):
            found |= {(one.start, one.end) for one, _ in within}
    return sorted(found)


def _of_forms(form: str, forms: Sequence[str], term: Term) -> str:
    """Which of the forms a word is, "" if none."""
    if form in forms:
        return form
    last = term.forms[-1]
    return last if term.prefix and form.startswith(last) else ""


def _like(form: str, single: dict[str, list[Word]], *, prefix: bool) -> list[Word]:
    if not form:
        return []
    if not prefix:
        return single.get(form, [])
    return [word for other, places in single.items() if other.startswith(form) for word in places]


def _is_row(term: Term, row: Sequence[Word]) -> bool:
    if len(row) < len(term.forms):
        return False
    last, wanted = row[-1].form, term.forms[-1]
    return tuple(word.form for word in row[:-1]) == term.forms[:-1] and (
        last.startswith(wanted) if term.prefix else last == wanted
    )


def _merged(found: Sequence[_Match]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end, _ in found:
        if merged and start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Span(start, end))
    return tuple(merged)


def _by_sentence(found: Sequence[_Match], sentences: Sequence[Span]) -> dict[int, list[_Match]]:
    """Matches by the sentence that they begin in; a phrase across two sentences counts for the first."""
    by_sentence: defaultdict[int, list[_Match]] = defaultdict(list)
    place = 0
    for match in found:
        while place < len(sentences) and sentences[place].end <= match.start:
            place += 1
        if place < len(sentences) and sentences[place].start <= match.start:
            by_sentence[place].append(match)
    return dict(by_sentence)


def _snippet(text: str, sentence: Span, found: Sequence[_Match]) -> Snippet:
    end = max(sentence.end, found[-1].end)
    start = sentence.start
    if end - start > LONGEST_SNIPPET:
        start = max(start, found[0].start - LONGEST_SNIPPET // 3)
        end = min(end, start + LONGEST_SNIPPET)
        start, end = _at_words(text, start, end, sentence)
    shown = [match for match in found if match.start < end]
    inside = tuple(Span(span.start, min(span.end, end)) for span in _merged(shown))
    return Snippet(Span(start, end), start > sentence.start, end < sentence.end, inside)


def _at_words(text: str, start: int, end: int, sentence: Span) -> tuple[int, int]:
    """Move both cuts inwards to spaces, unless the words are longer than the snippet."""
    if start > sentence.start and (space := text.find(" ", start, end)) != -1:
        start = min(space + 1, end - 1)
    if end < sentence.end and (space := text.rfind(" ", start, end)) > start:
        end = space
    return start, end
