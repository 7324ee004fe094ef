"""The articles that a search finds, in order, a page of them, with what matched in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from django.contrib.postgres.search import SearchRank
from django.db.models import F, Value
from django.db.models.expressions import OrderBy
from django.http import QueryDict

from archive.models import Article, Entity, SearchRow
from archive.models.search_row import SearchRowQuerySet, Tsquery
from archive.search.address import Address, address
from archive.search.facets import Facet, Months, facets, months
from archive.search.filters import ArticleFilter
from archive.search.highlights import Snippet, matches, snippets
from archive.search.paging import Pages, pages
from archive.search.query import Query, Term, parse, terms
from archive.search.suggestions import Names, names_called, names_like
from archive.search.tsquery import tsquery
from archive.text.types import Span

PAGE = 20  # articles

# Ranking reads the words of every row: beyond so many rows only the newest are ranked, and the page says so.
MOST_RANKED = 2_000
# Up to here sorting what was found is cheaper than walking along the index of dates until enough has matched.
_FEW = 5_000

ORDERS = ("best", "newest", "oldest")
_NAMES_ABOVE = 3  # people and organisations that match, listed above the articles


class Hit(NamedTuple):
    """One article found: what of its headline and text matched, and who is in it."""

    article: Article
    headline: tuple[Span, ...]
    snippets: tuple[Snippet, ...]
    lead: Span | None  # the first sentence, where no word was searched or none stands in the text
    people: tuple[Entity, ...]


class Choice(NamedTuple):
    """One filter in force, and the address without it."""

    label: str
    href: str


class Results(NamedTuple):
    """Everything that the search page shows."""

    query: Query
    here: Address
    hits: tuple[Hit, ...]
    pages: Pages
    order: str
    orders: tuple[tuple[str, str], ...]
    ranked: int  # how many were ranked, if not all; else 0
    notes: tuple[str, ...]
    chosen: tuple[Choice, ...]
    names: Names
    facets: tuple[Facet, ...]
    months: Months

    @property
    def total(self) -> int:
        return self.pages.total


def search(path: str, sent: QueryDict) -> Results:
    """Read what a visitor sent, and find. Never raises for what was sent."""
    here = address(path, ((name, value) for name in sent for value in sent.getlist(name)))
    articles = ArticleFilter(sent, queryset=SearchRow.objects.all())
    query = articles.chosen().get("q") or parse("")
    order = order_of(here, query)
    rows = articles.rows()
    paging = pages(rows.count(), PAGE, here)
    found = _page_of(rows, query, order, paging)
    return Results(
        query=query,
        here=here,
        hits=_hits(found, terms(query.expression)),
        pages=paging,
        order=order,
        orders=tuple((name, str(here.having("sort", name))) for name in _possible_orders(query)),
        ranked=MOST_RANKED if order == "best" and paging.total > MOST_RANKED else 0,
        notes=(*query.notes, *articles.problems()),
        chosen=chosen_filters(articles, here),
        names=_names(query),
        facets=facets(articles, here),
        months=months(articles, here),
    )


def _possible_orders(query: Query) -> tuple[str, ...]:
    return ORDERS if query.expression else ORDERS[1:]


def order_of(here: Address, query: Query) -> str:
    possible = _possible_orders(query)
    asked = (here.values("sort") or [""])[-1]
    return asked if asked in possible else possible[0]


def chosen_filters(articles: ArticleFilter, here: Address) -> tuple[Choice, ...]:
    """The filters in force in the order of the address, each with the address that lifts it."""
    labels = {
        (name, str(row.pk)): str(row)
        for name, rows in articles.chosen().items()
        if isinstance(rows, list)
        for row in rows
    }
    found = []
    for name, value in here.pairs:
        label = value if name in ("from", "to") and name in articles.chosen() else labels.get((name, value))
        if label:
            words = name.replace("not_", "not ") if name.startswith("not_") else name
            found.append(Choice(f"{words}: {label}", str(here.dropping(name, value))))
    return tuple(found)


def _names(query: Query) -> Names:
    """Whom the whole query may name; else whom one of its words or phrases names exactly."""
    wanted = [term.printed for term in terms(query.expression)]
    whole = names_like(" ".join(wanted), _NAMES_ABOVE)
    if whole and not whole.misspelt:
        return whole
    return names_called(wanted, _NAMES_ABOVE) or whole


def _page_of(rows: SearchRowQuerySet, query: Query, order: str, paging: Pages) -> list[int]:
    """The ids of one page's articles, in order."""
    if order == "best" and query.expression and paging.first <= MOST_RANKED:
        return _best(rows, tsquery(query.expression), paging.total)[paging.window]
    if paging.total <= _FEW:
        # The sum hides the column from the planner, which would rather walk its index.
        rows = rows.annotate(when=F("published") + Value(timedelta(0)))
        date = F("when")
    else:
        date = F("published")
    return list(rows.order_by(*_by(date, order)).values_list("pk", flat=True)[paging.window])


def in_order(rows: SearchRowQuerySet, query: Query, order: str) -> tuple[list[int], SearchRowQuerySet]:
    """The articles that were ranked, and all others in the order of the pages."""
    if order != "best" or not query.expression:
        return [], rows.order_by(*_by(F("published"), order))
    best = _best(rows, tsquery(query.expression), rows.count())
    rest = rows.exclude(pk__any_of=best) if best else rows
    return best, rest.order_by(*_by(F("published"), "newest"))


def _by(date: F, order: str) -> tuple[OrderBy, OrderBy]:
    """Oldest or newest first; undated articles last, ties in the order of their numbers."""
    if order == "oldest":
        return date.asc(nulls_last=True), F("article").asc()
    return date.desc(nulls_last=True), F("article").desc()


def _best(rows: SearchRowQuerySet, wanted: str, total: int) -> list[int]:
    """The newest matches, best first: by how near to each other and how prominent the words stand."""
    if total > MOST_RANKED:
        newest = rows.order_by(*_by(F("published"), "newest")).values_list("pk", flat=True)[:MOST_RANKED]
        rows = SearchRow.objects.filter(pk__in=list(newest))
    ranked = rows.annotate(rank=SearchRank(F("vector"), Tsquery(wanted), cover_density=True))
    return list(ranked.order_by("-rank", *_by(F("published"), "newest")).values_list("pk", flat=True))


def _hits(ids: Sequence[int], wanted: Sequence[Term]) -> tuple[Hit, ...]:
    found = Article.objects.to_read().select_related("outlet", "event").in_bulk(ids)
    people = _people(ids)
    return tuple(_hit(found[pk], wanted, people.get(pk, ())) for pk in ids if pk in found)


def _hit(article: Article, wanted: Sequence[Term], people: tuple[Entity, ...]) -> Hit:
    in_body = snippets(article.body, article.sentences(), wanted) if wanted else ()
    return Hit(
        article=article,
        headline=matches(article.headline, wanted),
        snippets=in_body,
        lead=None if in_body else article.lead(),
        people=people,
    )


def _people(ids: Sequence[int]) -> Mapping[int, tuple[Entity, ...]]:
    """The people named in each article, as its search row has them."""
    rows = dict(SearchRow.objects.filter(pk__in=ids).values_list("pk", "entity_ids"))
    every = {entity for named in rows.values() for entity in named}
    known = {
        entity.pk: entity
        for entity in Entity.objects.live().filter(pk__in=every, kind="person").by_coverage()
    }
    return {
        pk: tuple(person for person in known.values() if person.pk in set(named))
        for pk, named in rows.items()
    }
