"""A number as printed, with what it counts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from archive.text.types import FigureKind, Hedge


class FigureQuerySet(models.QuerySet["Figure"]):
    pass


class Figure(models.Model):
    article = models.ForeignKey("archive.Article", models.CASCADE, db_index=False, related_name="figures")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.CharField(max_length=300)
    kind = models.CharField(max_length=7, choices=[(k.value, k.value) for k in FigureKind])
    low = models.FloatField()
    high = models.FloatField()
    unit = models.CharField(max_length=60, blank=True)
    hedge = models.CharField(max_length=9, blank=True, choices=[(h.value, h.value or "exact") for h in Hedge])
    counted = models.CharField(max_length=200, blank=True)
    evidence = models.JSONField(default=list)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ("article", "start")
        verbose_name = "figure"
        constraints = (
            models.UniqueConstraint(fields=("article", "start"), name="figure_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="figure_span_in_order"),
            models.CheckConstraint(condition=Q(low__lte=F("high")), name="figure_range_in_order"),
        )

    def __str__(self) -> str:
        return self.text
