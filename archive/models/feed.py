"""Feeds that the harvest follows, and the articles that they link to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class FeedQuerySet(models.QuerySet["Feed"]):
    pass


class Feed(models.Model):
    """`etag` and `modified` mark its last answer, so that the site is only asked whether it changed."""

    address = models.CharField(max_length=2000, unique=True)
    title = models.CharField(max_length=300, blank=True)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    moved_to = models.CharField(max_length=2000, blank=True, help_text="where a lasting redirect leads")
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, help_text="when it was last read")
    problem = models.TextField(blank=True, help_text="why it could not be read the last time")

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ("address",)
        constraints = (models.CheckConstraint(condition=~Q(address=""), name="feed_has_an_address"),)

    def __str__(self) -> str:
        return self.title or self.address


class FeedItemQuerySet(models.QuerySet["FeedItem"]):
    def waiting(self) -> FeedItemQuerySet:
        """Those that are still to be fetched."""
        return self.filter(state=FeedItem.State.WAITING)


class FeedItem(models.Model):
    """An article that a feed links to. `seen` is a digest of what the feed says of it: if that changes the
    article is asked for again, and `etag` and `modified` say what is there already.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        FETCHED = "fetched", "fetched"
        GIVEN_UP = "given up", "given up"

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="items")
    address = models.CharField(max_length=2000, unique=True)
    seen = models.CharField(max_length=64)
    stated = models.JSONField(default=dict, blank=True, help_text="what the feed says of it")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="in vain, one after the other")
    problem = models.TextField(blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    article = models.ForeignKey(
        "archive.Article", models.SET_NULL, null=True, blank=True, related_name="feed_items"
    )

    objects = FeedItemQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index("feed", condition=Q(state="waiting"), name="feed_item_waiting"),)

    def __str__(self) -> str:
        return self.address
