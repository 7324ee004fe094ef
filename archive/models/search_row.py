"""What search reads: a narrow row beside each article, kept right by one recompute step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from archive.models.search_vector import entity_lexeme

_NO_DATE = Value(datetime(9999, 1, 1, tzinfo=UTC))  # articles without a date come after those with one


class Tsquery(SearchQuery):
    """A query that is a tsquery already, its words folded: PostgreSQL's own parser would take them apart."""

    def __init__(self, text: str) -> None:
        super().__init__(text, search_type="raw")
        self.text = text

    def as_sql(self, *arguments: Any, **options: Any) -> tuple[str, list[str]]:
        return "%s::tsquery", [self.text]


# How many independent texts some rows are, in an aggregate or beside the rows of each group.
INDEPENDENT_TEXTS = Count("pk") - Count("text_id") + Count("text_id", distinct=True)


class SearchRowQuerySet(models.QuerySet["SearchRow"]):
    def count_texts(self) -> int:
        """How many independent texts these rows are: copies of one text count once."""
        return int(self.order_by().aggregate(texts=INDEPENDENT_TEXTS)["texts"])

    def one_a_text(self) -> SearchRowQuerySet:
        """Of copies of one text only the first published among these rows: as many as `count_texts`.

        Chosen among these rows, so that a copy that alone matches stays. Call it after all filters.
        """
        date = Coalesce("published", _NO_DATE)
        before = (
            self.order_by()
            .filter(text_id=OuterRef("text_id"))
            .annotate(when=date, then=Coalesce(OuterRef("published"), _NO_DATE))
            .filter(Q(when__lt=F("then")) | Q(when=F("then"), pk__lt=OuterRef("pk")))
        )
        return self.filter(Q(text_id=None) | ~Exists(before))

    def of_texts(self, text_ids: Iterable[int]) -> SearchRowQuerySet:
        """The copies of some texts among these rows."""
        return self.filter(text_id__in=text_ids)

    def matching(self, tsquery: str) -> SearchRowQuerySet:
        """Articles whose words and filters match the text of a tsquery."""
        return self.filter(vector=Tsquery(tsquery))

    def naming(self, entity_id: int) -> SearchRowQuerySet:
        """Articles that name this person or organisation."""
        return self.matching(f"'{entity_lexeme(entity_id)}'")

    def not_naming(self, entity_id: int) -> SearchRowQuerySet:
        """Articles that do not name this person or organisation."""
        return self.matching(f"!'{entity_lexeme(entity_id)}'")


class NewestRows(models.Manager.from_queryset(SearchRowQuerySet)):  # type: ignore[misc]
    """The rows of newest versions: what everything reads that does not ask for all versions."""

    def get_queryset(self) -> SearchRowQuerySet:
        found: SearchRowQuerySet = super().get_queryset().filter(newest=True)
        return found


class SearchRow(models.Model):
    """`vector` holds the weighted words of headline and body, folded as queries are, those of the headline
    again (":ti:bridge"), the words of bylines (":by:brand") and lexemes for filters (":ent:12", ":out:7",
    ":evt:3", ":mon:2017-04", ":lng:en", ":smp:100"): one GIN index answers words and filters together.
    `search_vector.vector_text` makes it. No folded word holds a colon, so no query can forge a filter, and
    none begins with one, so "s*" finds no filter. `objects` are rows of newest versions, `versions` of all.
    """

    article = models.OneToOneField(
        "archive.Article", models.CASCADE, primary_key=True, related_name="search_row"
    )
    published = models.DateTimeField(null=True)
    outlet_id = models.BigIntegerField(null=True)
    event_id = models.BigIntegerField(null=True)
    entity_ids = ArrayField(models.BigIntegerField(), default=list)
    text_id = models.BigIntegerField(null=True, help_text="the article's text_group: empty for a lone text")
    language = models.CharField(max_length=3, db_default="", help_text="without country: en, de")
    layout = models.PositiveSmallIntegerField(
        db_default=0, help_text="search_vector.LAYOUT of the code that made the row"
    )
    newest = models.BooleanField(db_default=True, help_text="no later version has replaced it")
    vector = SearchVectorField()

    objects = NewestRows()
    versions = SearchRowQuerySet.as_manager()

    class Meta:
        indexes = (
            # What a step writes waits beside the index and is sorted into it at once (pipeline.searching).
            GinIndex(fields=("vector",), name="search_vector", gin_pending_list_limit=65536),
            models.Index(F("published").desc(nulls_last=True), F("article").desc(), name="search_newest"),
            models.Index("outlet_id", F("published").desc(nulls_last=True), name="search_outlet_newest"),
            models.Index("text_id", condition=Q(text_id__isnull=False), name="search_text"),
            models.Index("event_id", condition=Q(text_id__isnull=False), name="search_event_copies"),
        )

    def __str__(self) -> str:
        return f"search row of article {self.pk}"
