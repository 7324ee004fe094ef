"""All that an archive holds, table by table, without what two equal imports may differ in.

That is the ledger, moments of storing, and row numbers: a row counts by its place among the rows of its
table, because a transaction that was broken off leaves a gap in the numbers.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.apps import apps
from django.db import connection, models

LEFT_OUT = {"Run", "Entry"}
MOMENTS = {"imported_at", "kept_at"}


def state() -> dict[str, str]:
    """A digest of every table's rows, by the table's name."""
    tables = [
        model
        for model in apps.get_app_config("archive").get_models()
        if not model._meta.proxy and model.__name__ not in LEFT_OUT
    ]
    places = {model: _places(model) for model in tables}
    return {model.__name__: _digest(model, places) for model in tables}


def _places(model: type[models.Model]) -> dict[Any, int]:
    """Row numbers to places."""
    return {pk: place for place, pk in enumerate(_in_order(model).values_list("pk", flat=True))}


def _in_order(model: type[models.Model]) -> Any:
    return model._default_manager.order_by("pk")  # type: ignore[attr-defined]


def _digest(model: type[models.Model], places: dict[type[models.Model], dict[Any, int]]) -> str:
    fields = [field for field in model._meta.concrete_fields if field.name not in MOMENTS]
    lines = []
    for one in _in_order(model).iterator(chunk_size=500):
        row = [_value(field, getattr(one, field.attname), places) for field in fields]
        lines.append(json.dumps(row, default=str, sort_keys=True))
    # Rows without a meaning of their own number (mentions, aliases ...) are compared as a set.
    whole = hashlib.sha256("\n".join(sorted(lines)).encode("utf-8", "surrogatepass"))
    return f"{len(lines)} {whole.hexdigest()[:16]}"


def _value(
    field: models.Field[Any, Any], value: Any, places: dict[type[models.Model], dict[Any, int]]
) -> Any:
    related = field.related_model
    if isinstance(related, type) and related in places:
        return places[related].get(value)
    if field.primary_key:
        return None
    if (
        field.name in ("entity_ids", "outlet_id", "event_id", "text_id")
        and field.model.__name__ == "SearchRow"
    ):
        return len(value) if isinstance(value, list) else value is not None
    if field.name == "vector":
        with connection.cursor() as cursor:  # the words alone: filters hold row numbers
            cursor.execute(
                "SELECT string_agg(lexeme || coalesce(positions::text, ''), ' ' ORDER BY lexeme)"
                " FROM unnest(%s::tsvector) WHERE lexeme !~ '^[^[:alnum:]]?(ent|out|evt|smp):'",
                [value],
            )
            return cursor.fetchone()[0]
    return value
