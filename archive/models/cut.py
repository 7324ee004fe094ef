"""Where a body is cut into the units that are laid beside those of other articles."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class CutQuerySet(models.QuerySet["Cut"]):
    pass


class Cut(models.Model):
    """Where the units of an article's body begin (archive.text.cuts.starts).

    `rules` is the digest of the rules that cut: under others the cuts are found anew when they are needed.
    """

    article = models.OneToOneField("archive.Article", models.CASCADE, primary_key=True, related_name="cut")
    rules = models.CharField(max_length=12)
    starts = ArrayField(models.IntegerField())

    objects = CutQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{len(self.starts)} units"
