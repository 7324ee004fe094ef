"""Something that happened and that several articles report."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from archive.models.addresses import address


class EventQuerySet(models.QuerySet["Event"]):
    def live(self) -> EventQuerySet:
        """Events that still have articles; the others are gone (410) or redirect."""
        return self.filter(merged_into=None, article_count__gt=0)


class Event(models.Model):
    """`title` is taken from the articles unless a judgement names it; counts and dates are derived."""

    title = models.CharField(max_length=500)
    title_judged = models.BooleanField(default=False)
    first_published = models.DateTimeField(null=True, blank=True)
    last_published = models.DateTimeField(null=True, blank=True)
    article_count = models.PositiveIntegerField(default=0)
    outlet_count = models.PositiveIntegerField(default=0)
    texts = ArrayField(
        models.CharField(max_length=64),
        default=list,
        blank=True,
        help_text="content keys of its articles; of an event without articles, of those it had last",
    )
    reasons = models.JSONField(
        default=list, blank=True, help_text="why these articles are one event, in words"
    )
    follows = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed_by",
        help_text="an earlier event",
    )
    follows_because = models.CharField(
        max_length=300, blank=True, help_text="the words of its articles that say so; none if a curator does"
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        help_text="its address redirects there",
    )
    words = models.GeneratedField(
        expression=models.Func(
            models.F("title"),
            # Small letters without accents, as queries are folded.
            template="to_tsvector('simple'::regconfig,"
            " regexp_replace(normalize(lower(%(expressions)s), NFKD), '[\\u0300-\\u036f]', '', 'g'))",
            output_field=SearchVectorField(),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("-last_published", "-pk")
        indexes = (
            models.Index(
                F("last_published").desc(nulls_last=True),
                F("article_count").desc(),
                F("id").desc(),
                name="event_latest",
            ),
            models.Index(F("last_published").desc(), F("id").desc(), name="event_newest"),
            GinIndex(fields=("words",), name="event_words"),
            GinIndex(fields=("texts",), condition=Q(article_count=0), name="event_former_texts"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="event_not_merged_into_itself"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("event", self.pk, self.title)
