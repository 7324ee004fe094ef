"""What search reads: a narrow row beside each article, kept right by one recompute step."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F


class SearchRowQuerySet(models.QuerySet["SearchRow"]):
    pass


class SearchRow(models.Model):
    """`vector` holds the weighted words of headline and body, folded as queries are, and lexemes for
    filters ("ent:12", "out:7", "mon:2017-04"): one GIN index answers words and filters together.
    """

    article = models.OneToOneField(
        "archive.Article", models.CASCADE, primary_key=True, related_name="search_row"
    )
    published = models.DateTimeField(null=True)
    outlet_id = models.BigIntegerField(null=True)
    event_id = models.BigIntegerField(null=True)
    entity_ids = ArrayField(models.BigIntegerField(), default=list)
    vector = SearchVectorField()

    objects = SearchRowQuerySet.as_manager()

    class Meta:
        indexes = (
            GinIndex(fields=("vector",), name="search_vector", fastupdate=False),
            models.Index(F("published").desc(nulls_last=True), F("article").desc(), name="search_newest"),
            models.Index("outlet_id", F("published").desc(nulls_last=True), name="search_outlet_newest"),
        )

    def __str__(self) -> str:
        return f"search row of article {self.pk}"
