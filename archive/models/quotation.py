"""Quoted words, and who says them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from archive.text.types import QuoteKind


class QuotationQuerySet(models.QuerySet["Quotation"]):
    def statements(self) -> QuotationQuerySet:
        """Leave out a few words in marks whose speaker is unsure: they are set off, nobody's statement."""
        return self.exclude(kind=QuoteKind.MIXED, speaker=None)


class Quotation(models.Model):
    """`article.body[start:end]` is the quotation with its marks; `spoken` are the spans without them.

    `speaker` is the mention that the printed source refers to, empty where it is unsure;
    `speaker_start`/`speaker_end` are the printed source's own words ("he").
    """

    article = models.ForeignKey("archive.Article", models.CASCADE, db_index=False, related_name="quotations")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=6, choices=[(k.value, k.value) for k in QuoteKind])
    spoken = models.JSONField(default=list)
    text = models.TextField(help_text="the words without marks")
    speaker = models.ForeignKey(
        "archive.Mention", models.SET_NULL, null=True, blank=True, related_name="quotations"
    )
    speaker_start = models.PositiveIntegerField(null=True, blank=True)
    speaker_end = models.PositiveIntegerField(null=True, blank=True)
    evidence = models.JSONField(default=list)

    objects = QuotationQuerySet.as_manager()

    class Meta:
        ordering = ("article", "start")
        constraints = (
            models.UniqueConstraint(fields=("article", "start"), name="quotation_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="quotation_span_in_order"),
            models.CheckConstraint(
                condition=Q(speaker_start=None, speaker_end=None) | Q(speaker_start__lt=F("speaker_end")),
                name="quotation_speaker_span_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.text[:80]
