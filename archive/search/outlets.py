"""Outlets: what the page of one shows."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from archive.models import Article, Event, Outlet, SearchRow
from archive.models.outlet import OutletQuerySet
from archive.models.search_vector import outlet_lexeme
from archive.search.gathering import EXACT, RATES, sampled
from archive.search.named import Named, most_named
from archive.search.text_counts import with_counts
from archive.search.unchanged import while_unchanged
from archive.text.types import Kind

MOST_ARTICLES = 20
MOST_NAMES = 12


class OutletPage(NamedTuple):
    """What the page of an outlet shows."""

    outlet: Outlet
    articles: tuple[Article, ...]
    article_total: int
    event_total: int
    shared_events: int
    first: datetime | None
    last: datetime | None
    people: tuple[Named, ...]
    organisations: tuple[Named, ...]
    rate: int = 1  # who is named was counted in one article of so many, and estimated where that is not 1


def outlet_with(pk: int) -> Outlet:
    """The outlet with this number.

    Raises:
        Outlet.DoesNotExist: there is none.
    """
    return Outlet.objects.get(pk=pk)


@while_unchanged
def outlet_page(outlet: Outlet) -> OutletPage:
    """Its newest articles, the events it covers, whom it names most."""
    rows = SearchRow.objects.filter(outlet_id=outlet.pk)
    summary = rows.aggregate(all=Count("pk"), first=Min("published"), last=Max("published"))
    events = Event.objects.live().filter(pk__in=rows.exclude(event_id=None).values("event_id"))
    covered = events.aggregate(all=Count("pk"), shared=Count("pk", filter=Q(outlet_count__gt=1)))
    outlet.articles_found = summary["all"]  # type: ignore[attr-defined]
    rate, named = _named(outlet, summary["all"])
    newest = outlet.articles.newest_versions().to_read().order_by(F("published").desc(nulls_last=True), "-pk")
    return OutletPage(
        outlet=with_counts([outlet])[0],
        articles=tuple(newest[:MOST_ARTICLES]),
        article_total=summary["all"],
        event_total=covered["all"],
        shared_events=covered["shared"],
        first=summary["first"],
        last=summary["last"],
        people=named[Kind.PERSON],
        organisations=named[Kind.ORGANISATION],
        rate=rate,
    )


def _named(outlet: Outlet, articles: int) -> tuple[int, dict[Kind, tuple[Named, ...]]]:
    """Whom it names most; of many articles estimated from one in so many."""
    rows = SearchRow.objects.filter(outlet_id=outlet.pk)
    if articles <= EXACT:
        return 1, most_named(rows, MOST_NAMES)
    rate = next((rate for rate in RATES if articles / rate <= EXACT), RATES[-1])
    found = most_named(sampled(rows.matching(f"'{outlet_lexeme(outlet.pk)}'"), rate), MOST_NAMES)
    return rate, {
        kind: tuple(one._replace(articles=one.articles * rate) for one in named)
        for kind, named in found.items()
    }


def outlets_by_coverage() -> OutletQuerySet:
    """Outlets with the number of their articles as `articles_found`, most first."""
    of_outlet = Article.objects.newest_versions().filter(outlet=OuterRef("pk")).order_by()
    sizes = Subquery(of_outlet.values("outlet").annotate(size=Count("*")).values("size"))
    counted = Outlet.objects.annotate(articles_found=Coalesce(sizes, 0))
    return counted.order_by("-articles_found", "name")


def outlets_like(typed: str) -> Q:
    """The condition that an outlet's name or domain holds every word typed."""
    condition = Q()
    for word in typed.split()[:10]:
        condition &= Q(name__icontains=word) | Q(short_name__icontains=word) | Q(domain__icontains=word)
    return condition
