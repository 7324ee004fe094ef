"""How many articles were published on a day."""

from __future__ import annotations

from django.db import models


class DayQuerySet(models.QuerySet["Day"]):
    pass


class Day(models.Model):
    """The newest versions of articles that are known to the day, counted: how crowded a day is says how much
    is asked of two articles to be of one event (archive.text.crowds).
    """

    day = models.IntegerField(primary_key=True, help_text="ordinal, as in StoryTerm")
    articles = models.PositiveIntegerField()

    objects = DayQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.day}: {self.articles}"
