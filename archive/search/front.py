"""The front page: the newest events, and the ways in."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import F

from archive.models import Article, Entity, Event, Outlet
from archive.search.events import Covered, covered, newest_events
from archive.search.outlets import outlets_by_coverage
from archive.search.text_counts import Counted, all_counted, with_counts
from archive.search.unchanged import while_unchanged
from archive.text.types import Kind

MOST_EVENTS = 12
MOST_NAMES = 10
MOST_ARTICLES = 6
WIDEST_LEAD = 3  # articles beside each other under the first headline

_NEWEST_FIRST = (F("published").desc(nulls_last=True), F("pk").desc())
_OLDEST_FIRST = (F("published").asc(nulls_first=True), F("pk").asc())  # as the index goes, backwards


class Front(NamedTuple):
    """What the front page shows. `lead` is the newest event that several articles report."""

    lead: Event | None
    lead_articles: tuple[Covered, ...]
    events: tuple[Event, ...]
    alone: tuple[Article, ...]  # the newest articles that are the only ones of what they report
    people: tuple[Entity, ...]
    organisations: tuple[Entity, ...]
    outlets: tuple[Outlet, ...]
    stock: Counted
    event_total: int
    first: Article | None
    last: Article | None


@while_unchanged
def front() -> Front:
    """Everything on the front page."""
    events = newest_events()
    lead = events.filter(outlet_count__gt=1).first() or events.filter(article_count__gt=1).first()
    newest = Article.objects.newest_versions()
    dated = newest.exclude(published=None).select_related("outlet").defer("raw", "body")
    return Front(
        lead=with_counts([lead])[0] if lead else None,
        lead_articles=_lead_articles(lead) if lead else (),
        events=with_counts((events.exclude(pk=lead.pk) if lead else events)[:MOST_EVENTS]),
        alone=tuple(newest.to_read().filter(event=None).order_by(*_NEWEST_FIRST)[:MOST_ARTICLES]),
        people=_most_covered(Kind.PERSON),
        organisations=_most_covered(Kind.ORGANISATION),
        outlets=with_counts(outlets_by_coverage()[:MOST_NAMES]),
        stock=all_counted(),
        event_total=events.count(),
        first=dated.order_by(*_OLDEST_FIRST).first(),
        last=dated.order_by(*_NEWEST_FIRST).first(),
    )


def _lead_articles(event: Event) -> tuple[Covered, ...]:
    articles = event.articles.newest_versions().to_read().in_order_of_publication()
    return tuple(covered(list(articles)))[:WIDEST_LEAD]


def _most_covered(kind: Kind) -> tuple[Entity, ...]:
    found = Entity.objects.live().filter(kind=kind, article_count__gt=0, local=False)
    return with_counts(found.by_coverage()[:MOST_NAMES])
