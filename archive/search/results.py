"""The articles that a search finds, in order, a page of them, with what matched in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import transaction
from django.http import QueryDict

from archive.models import Article, Entity, SearchRow
from archive.search.address import Address
from archive.search.asked import Asked, Choice
from archive.search.explaining import explanations
from archive.search.facets import Facet, facets
from archive.search.gathering import Gathered, Size, gathered, is_everywhere, planned, size_of
from archive.search.highlights import matches
from archive.search.hints import OtherNames, Spelling, other_names, spelling
from archive.search.keyset import Page, page
from archive.search.limits import Clock, TooLong
from archive.search.months import Months, months
from archive.search.passages import Snippet, snippets
from archive.search.query import Query, Term, terms
from archive.search.suggestions import Names, names_called, names_holding, names_spelt_like
from archive.text.types import Span

_NAMES_ABOVE = 3  # people and organisations that match, listed above the articles
_NO_MONTHS = Months((), False, 0, None, "", 0)
_MOST_COPIES = 20  # listed under a hit
# What a hit shows and is cited with, besides headline, date and outlet.
_SHOWN = (
    "authors",
    "agencies",
    "url",
    "language",
    "body",
    "blocks",
    "newest",
    "text_group_id",
    "event__article_count",
)


class Hit(NamedTuple):
    """One article found: what of its headline and text matched, who is in it, which copies match too."""

    article: Article
    headline: tuple[Span, ...]
    snippets: tuple[Snippet, ...]
    lead: Span | None  # the first sentence, where no word was searched or none stands in the text
    people: tuple[Entity, ...]
    copies: tuple[Article, ...]


class Note(NamedTuple):
    """A sentence about how the query was read, and the address that has it otherwise."""

    text: str
    label: str = ""
    href: str = ""


class Results(NamedTuple):
    """Everything that the search page shows."""

    query: Query
    here: Address
    hits: tuple[Hit, ...]
    page: Page
    articles: Size  # copies among them
    texts: Size  # copies of one text counted once
    folded: bool
    folding: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str, bool], ...]  # of the switch: label, address, whether it is the state
    order: str
    orders: tuple[tuple[str, str], ...]
    notes: tuple[Note, ...]
    chosen: tuple[Choice, ...]
    names: Names
    other_names: tuple[OtherNames, ...]
    spelling: Spelling | None
    facets: tuple[Facet, ...]
    months: Months
    uncounted: bool  # the time ran out before everything beside the articles was counted

    @property
    def size(self) -> Size:
        """How many rows all pages have."""
        return self.texts if self.folded else self.articles

    @property
    def total(self) -> int:
        return self.size.number


def search(path: str, sent: QueryDict) -> Results:
    """Read what a visitor sent, and find. Never raises for what was sent."""
    with transaction.atomic():
        return _search(Asked(path, sent))


def found_by(asked: Asked, clock: Clock) -> tuple[Gathered, Page]:
    """What a search finds, and the page of it that was asked for, without anything beside.

    Must run inside a transaction.
    """
    found, indexed = rows_of(asked, clock)
    return found, page(asked, found, clock, by_month=indexed)


def rows_of(asked: Asked, clock: Clock) -> tuple[Gathered, bool]:
    """What a search finds, and whether the index of words is the way to it. Inside a transaction, too."""
    rows = asked.rows()
    expected = planned(rows)
    indexed = not _is_everywhere(asked, expected)
    if not indexed:
        rows = asked.rows(indexed=False)
    return gathered(rows, clock, expected, indexed=indexed, phrases=asked.phrases), indexed


def _search(asked: Asked) -> Results:
    clock = Clock()
    found, shown = found_by(asked, clock)
    beside = _beside(asked, found, clock)
    return Results(
        query=asked.query,
        here=asked.here,
        hits=_hits(asked, [key.pk for key in shown.keys], found),
        page=shown,
        articles=size_of(found, folded=False),
        texts=size_of(found, folded=True),
        folded=asked.folded,
        folding=(
            ("independent texts", str(asked.here.having("copies"))),
            ("all articles", str(asked.here.having("copies", "all"))),
        ),
        versions=(
            ("newest", str(asked.here.having("versions")), not asked.every_version),
            ("all", str(asked.here.having("versions", "all")), asked.every_version),
        ),
        order=asked.order,
        orders=tuple((name, str(asked.here.having("sort", name))) for name in asked.orders),
        notes=_notes(asked),
        chosen=asked.choices(),
        names=_names(asked.query),
        other_names=beside.other_names,
        spelling=beside.spelling,
        facets=beside.facets,
        months=beside.months,
        uncounted=beside.uncounted,
    )


def _is_everywhere(asked: Asked, expected: int) -> bool:
    """Whether so many articles match that the index takes longer than looking at each."""
    wanted = (*terms(asked.query.expression), *terms(asked.query.expression, wanted=False))
    return is_everywhere(expected, beginnings=any(term.prefix for term in wanted))


class _Beside(NamedTuple):
    """What is counted beside the articles."""

    facets: tuple[Facet, ...] = ()
    months: Months = _NO_MONTHS
    other_names: tuple[OtherNames, ...] = ()
    spelling: Spelling | None = None
    uncounted: bool = False


def _beside(asked: Asked, found: Gathered, clock: Clock) -> _Beside:
    beside = _Beside(uncounted=found.cut)
    try:
        if not found.cut:
            beside = beside._replace(facets=facets(asked, found, clock))
            beside = beside._replace(months=months(asked, found, clock))
        beside = beside._replace(other_names=other_names(asked, found, clock))
        return beside._replace(spelling=spelling(asked, found, clock))
    except TooLong:
        return beside._replace(uncounted=True)


def _notes(asked: Asked) -> tuple[Note, ...]:
    read = (*asked.query.notes, *explanations(asked.filters.typed))
    notes = [
        Note(note.text, note.label, str(asked.here.having("q", note.instead)) if note.instead else "")
        for note in read
    ]
    return (*notes, *(Note(problem) for problem in asked.problems()))


def _names(query: Query) -> Names:
    """Whom the whole query may name; else whom one of its words or phrases names exactly."""
    wanted = [term.printed for term in terms(query.expression)]
    whole = " ".join(wanted)
    return (
        names_holding(whole, _NAMES_ABOVE)
        or names_called(wanted, _NAMES_ABOVE)
        or names_spelt_like(whole, _NAMES_ABOVE)
    )


def _hits(asked: Asked, pks: Sequence[int], found: Gathered) -> tuple[Hit, ...]:
    articles = Article.objects.to_name(*_SHOWN).select_related("outlet", "event").in_bulk(pks)
    people = _people(pks)
    copies = _copies(asked, articles) if asked.folded else {}
    wanted = terms(asked.query.expression)
    return tuple(
        _hit(articles[pk], wanted, people.get(pk, ()), copies.get(pk, ())) for pk in pks if pk in articles
    )


def _hit(
    article: Article, wanted: Sequence[Term], people: tuple[Entity, ...], copies: tuple[Article, ...]
) -> Hit:
    in_headline = [term for term in wanted if term.where != "by"]
    in_text = [term for term in wanted if not term.where]
    in_body = snippets(article.body, article.block_spans(), in_text) if in_text else ()
    return Hit(
        article=article,
        headline=matches(article.headline, in_headline),
        snippets=in_body,
        lead=None if in_body else article.lead(),
        people=people,
        copies=copies,
    )


def _copies(asked: Asked, shown: Mapping[int, Article]) -> dict[int, tuple[Article, ...]]:
    """The other articles found that print the same texts, the first published first."""
    texts = {article.text_group_id: pk for pk, article in shown.items() if article.text_group_id}
    if not texts:
        return {}
    rows = asked.rows(indexed=False).of_texts(texts).exclude(pk__in=shown)
    pks = rows.order_by("published", "pk").values_list("pk", flat=True)[: _MOST_COPIES * len(texts)]
    found: defaultdict[int, list[Article]] = defaultdict(list)
    articles = Article.objects.to_name("text_group_id").filter(pk__any_of=list(pks))
    for article in articles.in_order_of_publication():
        if article.text_group_id in texts:
            found[texts[article.text_group_id]].append(article)
    return {pk: tuple(several) for pk, several in found.items()}


def _people(ids: Sequence[int]) -> Mapping[int, tuple[Entity, ...]]:
    """The people named in each article, as its search row has them."""
    rows = dict(SearchRow.versions.filter(pk__in=ids).values_list("pk", "entity_ids"))
    every = {entity for named in rows.values() for entity in named}
    known = {
        entity.pk: entity
        for entity in Entity.objects.live().filter(pk__any_of=every, kind="person").by_coverage()
    }
    place = {pk: number for number, pk in enumerate(known)}
    return {
        pk: tuple(known[one] for one in sorted(place.keys() & named, key=place.__getitem__))
        for pk, named in rows.items()
    }
