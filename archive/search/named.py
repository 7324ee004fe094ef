"""Who is named in a set of articles, and in how many of them: counted by the database in one statement."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.db import connection

from archive.models import Entity
from archive.models.search_row import SearchRowQuerySet
from archive.text.types import Kind

_COUNT = """
    WITH named AS (SELECT unnest(entity_ids) AS id, count(*) AS articles FROM ({rows}) AS rows GROUP BY 1),
    live AS (
        SELECT entity.id, entity.kind, named.articles,
               row_number() OVER (
                   PARTITION BY entity.kind ORDER BY named.articles DESC, entity.name, entity.id
               ) AS place,
               count(*) OVER (PARTITION BY entity.kind) AS size
        FROM named JOIN {entity} AS entity USING (id)
        WHERE entity.merged_into_id IS NULL AND NOT entity.withdrawn AND NOT entity.id = ANY(%s)
    )
    SELECT id, kind, articles, size FROM live WHERE place <= %s ORDER BY articles DESC, place
"""


class Named(NamedTuple):
    """An entity, and in how many of the articles it is named."""

    entity: Entity
    articles: int


class MostNamed(NamedTuple):
    """Those named in most articles, most first, and how many there are in all."""

    first: tuple[Named, ...]
    size: int


def most_named(
    rows: SearchRowQuerySet, limit: int, leaving_out: Collection[int] = ()
) -> dict[Kind, MostNamed]:
    """The people and the organisations that stand in most of the articles.

    Args:
        rows: the search rows of the articles.
        limit: entities of each kind.
        leaving_out: numbers of entities that are not counted.
    """
    statement, parameters = rows.order_by().values("entity_ids").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT.format(rows=statement, entity=Entity._meta.db_table),
            [*parameters, list(leaving_out), limit],
        )
        found = cursor.fetchall()
    entities = Entity.objects.in_bulk([pk for pk, *_ in found])
    return {
        kind: MostNamed(
            tuple(Named(entities[pk], articles) for pk, of, articles, _ in found if of == kind),
            next((size for _, of, _, size in found if of == kind), 0),
        )
        for kind in Kind
    }
