"""What of a text matched a query, exactly: through the same folding as the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from archive.search.query import Term
from archive.text.folding import Word, words
from archive.text.types import Span


class Match(NamedTuple):
    """Where one of several terms stands, and which, counted from 0."""

    start: int
    end: int
    term: int


def matches(text: str, terms: Sequence[Term]) -> tuple[Span, ...]:
    """The stretches of a text that match any of the terms, in order and without overlaps.

    A phrase is one stretch, over a line break too.
    """
    return merged(found(text, dict(enumerate(terms)), Span(0, len(text))))


def found(text: str, terms: Mapping[int, Term], within: Span) -> list[Match]:
    """All places of a stretch of a text where one of the numbered terms stands, in order."""
    if not terms:
        return []
    every = words(text, *within)
    base = [word for word in every if word.length == 1]
    single: defaultdict[str, list[Word]] = defaultdict(list)
    for word in every:
        single[word.form].append(word)
    places = []
    for number, term in terms.items():
        # Most of very many terms do not stand here: nothing more is asked of them.
        if term.prefix or term.apart is not None or term.forms[0] in single or term.joined in single:
            places += [Match(start, end, number) for start, end in _of_term(term, single, base)]
    return sorted(places)


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


def merged(found: Sequence[Match]) -> tuple[Span, ...]:
    """The places, those that overlap or touch as one."""
    whole: list[Span] = []
    for start, end, _ in found:
        if whole and start <= whole[-1].end:
            whole[-1] = Span(whole[-1].start, max(end, whole[-1].end))
        else:
            whole.append(Span(start, end))
    return tuple(whole)
