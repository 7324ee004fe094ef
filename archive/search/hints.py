"""What a search may have meant besides: other names of whom a word names, and other spellings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from archive.models import Entity, SearchRow
from archive.models.search_row import SearchRowQuerySet
from archive.search.asked import Asked
from archive.search.gathering import Gathered, Size, gathered, planned, size_of
from archive.search.limits import Clock
from archive.search.query import Both, Not, Query, Term, terms
from archive.search.spelling import spellings
from archive.search.tsquery import conditions
from archive.search.widening import Called, called, under_other_names, widened

MOST_HINTS = 3
FEW = 3  # articles: with more, a search found what it looked for
_COUNTED = 1_000  # articles under other names that are counted where the search itself is estimated
_BETTER = 10  # times as many articles hold the other spelling


class OtherNames(NamedTuple):
    """A word of the query names somebody; so many articles have other names only.

    `href` adds these articles, or takes them out again if they were `added`.
    """

    printed: str
    entity: Entity
    more: Size
    href: str
    added: bool


class Spelling(NamedTuple):
    """The query with words spelt otherwise, which finds so many articles."""

    words: str
    size: Size
    href: str


def other_names(asked: Asked, found: Gathered, clock: Clock) -> tuple[OtherNames, ...]:
    """For each word that names somebody, the articles that have other names of the same only."""
    chosen = {entity.pk for entity in asked.filters.chosen().get("also", ())}
    hints = []
    named = called(terms(asked.filters.typed.expression))
    for one in named[: MOST_HINTS if found.exact else 1]:
        added = one.entity.pk in chosen
        more = _more(asked, found, one.entity, clock, named, added=added)
        if more.number or added:
            here = asked.here
            href = here.dropping("also", one.entity.pk) if added else here.adding("also", one.entity.pk)
            hints.append(OtherNames(one.term.printed, one.entity, more, str(href), added))
    return tuple(hints)


def _more(
    asked: Asked, found: Gathered, entity: Entity, clock: Clock, named: Sequence[Called], *, added: bool
) -> Size:
    """How many articles the other names of an entity add to the rest of the query."""
    typed = asked.filters.typed
    others = [one for one in asked.filters.chosen().get("also", ()) if one.pk != entity.pk]
    narrow, wide = widened(typed, others, named), widened(typed, [*others, entity], named)
    if narrow == wide:
        return Size(0)
    if found.exact:
        other = _gathered(asked, narrow if added else wide, clock)
        if other.exact:
            sizes = [size_of(one, folded=asked.folded).number for one in (found, other)]
            return Size(max(sizes) - min(sizes))
    # Where only the one word is replaced, the index begins with the other names, which are far fewer.
    wide = under_other_names(narrow, entity, named) or wide
    assert narrow.expression and wide.expression
    between = typed._replace(expression=Both((wide.expression, Not(narrow.expression))))
    more = _gathered(asked, between, clock, exact=_COUNTED)
    # Of a text that is printed both ways only some printings are more: so this is an estimate, too.
    return size_of(more, folded=asked.folded)._replace(sample=len(more.keys))


def _gathered(asked: Asked, query: Query, clock: Clock, *, exact: int | None = None) -> Gathered:
    rows = asked.rows(frozenset({"q"}))
    if query.expression:
        rows = rows.filter(*conditions(query.expression))
    return gathered(rows, clock, planned(rows), exact=exact, phrases=asked.phrases)


def spelling(asked: Asked, found: Gathered, clock: Clock) -> Spelling | None:
    """The query with better known words for those that stand in next to no article, if that finds more."""
    query = asked.filters.typed
    size = size_of(found, folded=asked.folded)
    if query.expression is None or size.cut or size.number > FEW:
        return None
    text = query.text
    for term in sorted(terms(query.expression), key=lambda term: term.place, reverse=True)[:MOST_HINTS]:
        if better := _better(term, clock):
            text = text[: term.place.start] + better + text[term.place.end :]
    if text == query.text:
        return None
    return _helping(asked, text, size, clock)


def _better(term: Term, clock: Clock) -> str:
    """A spelling that stands in many more articles, "" if there is none or the word is well known."""
    if len(term.forms) != 1 or term.prefix or term.where == "by":
        return ""
    known = _articles_with(term, clock)
    if known > FEW:
        return ""
    sizes = {word: _articles_with(term._replace(forms=(word,)), clock) for word in spellings(term.forms[0])}
    best = max(sizes, key=lambda word: sizes[word], default="")
    if not best or sizes[best] < max(1, known * _BETTER):
        return ""
    return best.capitalize() if term.printed[:1].isupper() else best


def _articles_with(term: Term, clock: Clock) -> int:
    rows: SearchRowQuerySet = SearchRow.objects.filter(*conditions(term))
    return size_of(gathered(rows, clock, planned(rows)), folded=False).number


def _helping(asked: Asked, text: str, size: Size, clock: Clock) -> Spelling | None:
    """The other query, if it finds more than the one asked."""
    other = asked.with_words(text)
    rows = other.rows()
    better = size_of(gathered(rows, clock, planned(rows)), folded=asked.folded)
    return Spelling(text, better, str(other.here)) if better.number > size.number else None
