"""People and organisations as rows: their names, how often they appear, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BooleanField, Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from archive.exports.streams import AT_ONCE
from archive.models import Alias, Entity, Mention
from archive.models.entity import EntityQuerySet

COLUMNS = (
    *("id", "path", "name", "kind", "key", "aliases", "articles", "mentions", "quotations"),
    *("article_ids", "status", "merged_into"),
)


def rows(entities: EntityQuerySet) -> Iterator[dict[str, Any]]:
    """Yield a row of COLUMNS for each person or organisation, in the order of their ids."""
    names = Alias.objects.filter(entity=OuterRef("pk")).order_by().values("entity")
    places = Mention.objects.filter(entity=OuterRef("pk"), article__newest=True).order_by().values("entity")
    whole = entities.order_by("pk").annotate(
        forms=Subquery(names.annotate(forms=ArrayAgg("form", order_by="form")).values("forms")),
        article_ids=Subquery(
            places.annotate(ids=ArrayAgg("article", distinct=True, order_by="article")).values("ids")
        ),
        quotation_count=Coalesce(
            Subquery(places.annotate(n=Count("quotations", filter=Q(quotations__isnull=False))).values("n")),
            0,
        ),
    )
    for entity in whole.iterator(chunk_size=AT_ONCE):
        yield row(entity)


def names(entities: EntityQuerySet) -> list[dict[str, Any]]:
    """Rows without the numbers of the articles, which for some names are most of the archive's."""
    forms = Alias.objects.filter(entity=OuterRef("pk")).order_by().values("entity")
    said = Mention.objects.filter(entity=OuterRef("pk"), article__newest=True, quotations__isnull=False)
    counted = entities.order_by("pk").annotate(
        forms=Subquery(forms.annotate(forms=ArrayAgg("form", order_by="form")).values("forms")),
        article_ids=Value(None, output_field=BooleanField(null=True)),
        quotation_count=Coalesce(
            Subquery(said.order_by().values("entity").annotate(n=Count("quotations")).values("n")), 0
        ),
    )
    return [row(entity) for entity in counted]


def row(entity: Any) -> dict[str, Any]:
    """One entity as a row; it carries the annotations of `rows`."""
    return {
        "id": entity.pk,
        "path": entity.get_absolute_url(),
        "name": entity.name,
        "kind": entity.kind,
        "key": entity.key,
        "aliases": entity.forms or [],
        "articles": entity.article_count,
        "mentions": entity.mention_count,
        "quotations": entity.quotation_count,
        "article_ids": entity.article_ids or [],
        "status": status(entity),
        "merged_into": entity.merged_into_id,
    }


def status(entity: Entity) -> str:
    """What became of an id: "live", "merged" (its address redirects) or "withdrawn" (its address is gone)."""
    if entity.merged_into_id is not None:
        return "merged"
    return "withdrawn" if entity.withdrawn else "live"
