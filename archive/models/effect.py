"""What decisions changed when they were made: written once, beside the judgements, and never again."""

from __future__ import annotations

from django.db import models


class EffectQuerySet(models.QuerySet["Effect"]):
    pass


class Effect(models.Model):
    """What the judgements or withdrawals of one batch did: a row that the machine writes with them.

    `lines` are one for each name, text or outlet that changed (archive.curation.changes.Line), the first
    few hundred; `more` counts the rest.
    """

    batch = models.UUIDField(unique=True)
    articles = models.PositiveIntegerField()
    mentions = models.PositiveIntegerField()
    lines = models.JSONField(default=list)
    more = models.PositiveIntegerField(default=0)

    objects = EffectQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.articles} articles, {self.mentions} mentions"
