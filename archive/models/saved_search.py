"""A search that somebody keeps under a name, and how far they have seen what it finds."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

LONGEST_NAME = 100  # characters
LONGEST_QUERY = 6_000  # characters; servers and browsers refuse longer addresses
VISIT = timedelta(minutes=30)  # looks no further apart than this are one visit


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    pass


class SavedSearch(models.Model):
    """`query` is the query of the search's address, whole, so every filter is kept, also those of later
    versions. Marks are numbers of articles (archive.search.arrivals): `seen_to` is what the archive held at
    the last look, `new_after` what it held before the visit that this look belongs to.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=LONGEST_NAME)
    query = models.TextField(max_length=LONGEST_QUERY, blank=True)
    made_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    seen_to = models.BigIntegerField(default=0)
    new_since = models.DateTimeField(help_text="when the visit before ended")
    new_after = models.BigIntegerField(default=0)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        verbose_name = "saved search"
        verbose_name_plural = "saved searches"
        constraints = (
            models.UniqueConstraint(fields=("user", "name"), name="saved_search_name_once_a_user"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_search_has_a_name"),
        )

    def __str__(self) -> str:
        return self.name

    def unseen(self, now: datetime) -> tuple[int, datetime]:
        """The mark after which articles are new, and when it was set: at the end of the visit before."""
        if now - self.looked_at > VISIT:
            return self.seen_to, self.looked_at
        return self.new_after, self.new_since
