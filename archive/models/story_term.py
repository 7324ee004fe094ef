"""The heaviest terms of an article, by which others of the same event are found."""

from __future__ import annotations

from django.db import models


class StoryTermQuerySet(models.QuerySet["StoryTerm"]):
    pass


class StoryTerm(models.Model):
    """One of the indexed terms of an article's profile (archive.text.relatedness.indexed).

    `day` is the ordinal of the day of publication, empty where it is not known to the day. Only newest
    versions of articles have terms.
    """

    article = models.ForeignKey(
        "archive.Article", models.CASCADE, db_constraint=False, related_name="story_terms"
    )
    term = models.CharField(max_length=60)
    weight = models.FloatField()
    day = models.IntegerField(null=True)

    objects = StoryTermQuerySet.as_manager()

    class Meta:
        # Long lists are read whole: from the index alone, without the rows.
        indexes = (
            models.Index(fields=("term", "day"), include=("article", "weight"), name="story_term_found"),
        )

    def __str__(self) -> str:
        return self.term
