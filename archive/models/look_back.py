"""What an article says of something that happened before."""

from __future__ import annotations

from django.db import models


class LookBackQuerySet(models.QuerySet["LookBack"]):
    pass


class LookBack(models.Model):
    """One word of what an article says happened on a day from `first` to `last` (archive.text.follow_ups):
    by these words an event that was imported later finds those that follow it.
    """

    article = models.ForeignKey(
        "archive.Article", models.CASCADE, db_constraint=False, related_name="look_backs"
    )
    term = models.CharField(max_length=60)
    first = models.IntegerField(help_text="ordinal, as in StoryTerm")
    last = models.IntegerField()

    objects = LookBackQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("term", "last"), name="look_back_days"),)

    def __str__(self) -> str:
        return f"{self.term}: {self.first} to {self.last}"
