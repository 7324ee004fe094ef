"""Outlets: what the page of one shows."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from archive.models import Article, Event, Outlet, SearchRow
from archive.models.outlet import OutletQuerySet
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


def outlet_with(pk: int) -> Outlet:
    """The outlet with this number.

    Raises:
        Outlet.DoesNotExist: there is none.
    """
    return Outlet.objects.get(pk=pk)


@while_unchanged
def outlet_page(outlet: Outlet) -> OutletPage:
    """Its newest articles, the events it covers, whom it names most."""
    articles = outlet.articles.newest_versions().to_read()
    summary = articles.aggregate(all=Count("pk"), first=Min("published"), last=Max("published"))
    events = Event.objects.live().filter(articles__in=articles.values("pk")).distinct()
    outlet.articles_found = summary["all"]  # type: ignore[attr-defined]
    named = most_named(SearchRow.objects.filter(outlet_id=outlet.pk), MOST_NAMES)
    newest = articles.order_by(F("published").desc(nulls_last=True), "-pk")
    return OutletPage(
        outlet=with_counts([outlet])[0],
        articles=tuple(newest[:MOST_ARTICLES]),
        article_total=summary["all"],
        event_total=events.count(),
        shared_events=events.filter(outlet_count__gt=1).count(),
        first=summary["first"],
        last=summary["last"],
        people=named[Kind.PERSON],
        organisations=named[Kind.ORGANISATION],
    )


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
