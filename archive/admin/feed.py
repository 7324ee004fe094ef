"""Feeds that the harvest follows: when each was read, what it brought, and why it could not be read."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from archive.admin.curating import ReadOnlyAdmin
from archive.models import Feed, FeedItem


@admin.register(Feed)
class FeedAdmin(ReadOnlyAdmin):
    """Made by `manage.py harvest`; nothing is changed here."""

    list_display = ("name", "answered_at", "brought", "left", "problem", "moved_to")
    search_fields = ("address", "title")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Feed]:
        waiting = Count("items", filter=Q(items__state=FeedItem.State.WAITING))
        articles = Count("items__article", distinct=True)
        return super().get_queryset(request).annotate(articles=articles, still_waiting=waiting)

    @admin.display(description="feed", ordering="address")
    def name(self, feed: Feed) -> str:
        return feed.address if not feed.title else f"{feed.title} ({feed.address})"

    @admin.display(description="articles", ordering="articles")
    def brought(self, feed: Feed) -> int:
        return feed.articles  # type: ignore[attr-defined]

    @admin.display(description="to be fetched", ordering="still_waiting")
    def left(self, feed: Feed) -> int:
        return feed.still_waiting  # type: ignore[attr-defined]


@admin.register(FeedItem)
class FeedItemAdmin(ReadOnlyAdmin):
    """An article that a feed links to."""

    list_display = ("address", "feed", "state", "tries", "problem", "fetched_at", "article")
    list_filter = ("state",)
    search_fields = ("address",)
    list_select_related = ("feed", "article")
