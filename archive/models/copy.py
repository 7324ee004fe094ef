"""Copies: which articles have the same words, and which wordings share many."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q


class WordingQuerySet(models.QuerySet["Wording"]):
    pass


class Wording(models.Model):
    """The folded words of bodies: articles whose bodies differ in case and punctuation alone have one.

    `key` is a digest of the words. `bands` are hashes of groups of MinHash values: two wordings that have
    one in common are worth measuring (archive.text.copies). Too few words have no bands.
    """

    key = models.CharField(max_length=32, unique=True)
    size = models.PositiveIntegerField(help_text="words")
    bands = ArrayField(models.IntegerField(), default=list)

    objects = WordingQuerySet.as_manager()

    class Meta:
        indexes = (GinIndex(fields=("bands",), name="wording_bands", fastupdate=False),)

    def __str__(self) -> str:
        return self.key


class CopyQuerySet(models.QuerySet["Copy"]):
    pass


class Copy(models.Model):
    """Two wordings that share passages, each pair once, with what was measured: the evidence of a copy.

    `shared` are words that stand in passages which both have; the shares are theirs of either wording.
    """

    class Kind(models.TextChoices):
        NEAR = "near copy", "near copy"
        PASSAGES = "shares passages", "shares passages"

    one = models.ForeignKey(Wording, models.CASCADE, db_index=False, related_name="+")
    other = models.ForeignKey(Wording, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=15, choices=Kind)
    shared = models.PositiveIntegerField()
    share_of_one = models.FloatField()
    share_of_other = models.FloatField()

    objects = CopyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "copies"
        constraints = (
            models.UniqueConstraint(fields=("one", "other"), name="copy_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="copy_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.one_id} {self.kind} {self.other_id}"
