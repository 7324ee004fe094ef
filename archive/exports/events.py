"""Events as rows: their articles and outlets, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch

from archive.exports.articles import as_known
from archive.exports.streams import AT_ONCE
from archive.models import Article, Event
from archive.models.event import EventQuerySet
from archive.text.types import Precision

COLUMNS = (
    *("id", "path", "title", "first_published", "last_published", "articles", "outlets"),
    *("article_ids", "outlet_names", "follows", "reasons", "status", "merged_into"),
)


def live() -> EventQuerySet:
    """The events that the site counts."""
    return every().live()


def every() -> EventQuerySet:
    """Merged and empty events too."""
    return Event.objects.order_by("pk")


def rows(events: EventQuerySet) -> Iterator[dict[str, Any]]:
    """Yield a row of COLUMNS for each event, in the order of the query."""
    articles = Article.objects.newest_versions().in_order_of_publication().select_related("outlet")
    fetched = events.prefetch_related(
        Prefetch("articles", articles.only("event", "published", "outlet__name"), to_attr="in_order")
    )
    for event in fetched.iterator(chunk_size=AT_ONCE):
        yield row(event)
        del event.in_order  # its articles refer back to it: nothing has to wait for the garbage collector


def row(event: Any) -> dict[str, Any]:
    """One event as a row; its articles are in `in_order`. Days are those of its dated articles."""
    articles = event.in_order
    return {
        "id": event.pk,
        "path": event.get_absolute_url(),
        "title": event.title,
        "first_published": as_known(event.first_published, Precision.DAY),
        "last_published": as_known(event.last_published, Precision.DAY),
        "articles": event.article_count,
        "outlets": event.outlet_count,
        "article_ids": [article.pk for article in articles],
        "outlet_names": sorted({article.outlet.name for article in articles if article.outlet}),
        "follows": event.follows_id,
        "reasons": event.reasons,
        "status": status(event),
        "merged_into": event.merged_into_id,
    }


def status(event: Event) -> str:
    """What became of an id: "live", "merged" (its address redirects) or "gone" (it has no article left)."""
    if event.merged_into_id is not None:
        return "merged"
    return "live" if event.article_count else "gone"
