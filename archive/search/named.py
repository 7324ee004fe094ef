"""Who is named in a set of articles, and in how many of them: counted by the database in one statement."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.db import connection

from archive.models import Entity
from archive.models.search_row import SearchRowQuerySet
from archive.text.types import Kind

_LOOKED_AT = 20  # times as many as are wanted: the other kind and names that are gone are among them

_ALL = 1_000_000_000

_COUNT = """
    WITH named AS (
        SELECT unnest(entity_ids) AS id, count(*) AS articles FROM ({rows}) AS rows GROUP BY 1
        ORDER BY 2 DESC FETCH FIRST %s ROWS WITH TIES
    ), live AS (
        SELECT entity.id, entity.kind, named.articles,
               row_number() OVER (
                   PARTITION BY entity.kind ORDER BY named.articles DESC, entity.name, entity.id
               ) AS place
        FROM named JOIN {entity} AS entity USING (id)
        WHERE entity.merged_into_id IS NULL AND NOT entity.withdrawn AND NOT entity.id = ANY(%s)
    )
    SELECT id, kind, articles, (SELECT count(*) FROM named) FROM live WHERE place <= %s
    ORDER BY articles DESC, place
"""


class Named(NamedTuple):
    """An entity, and in how many of the articles it is named."""

    entity: Entity
    articles: int


def most_named(
    rows: SearchRowQuerySet, limit: int, leaving_out: Collection[int] = ()
) -> dict[Kind, tuple[Named, ...]]:
    """The people and the organisations that stand in most of the articles, most first.

    Args:
        rows: the search rows of the articles.
        limit: entities of each kind.
        leaving_out: numbers of entities that are not counted.
    """
    found = _counted(rows, limit, leaving_out, limit * _LOOKED_AT)
    entities = Entity.objects.in_bulk([pk for pk, *_ in found])
    return {
        kind: tuple(Named(entities[pk], articles) for pk, of, articles, _ in found if of == kind)
        for kind in Kind
    }


def _counted(
    rows: SearchRowQuerySet, limit: int, leaving_out: Collection[int], looked_at: int
) -> list[tuple[int, str, int, int]]:
    """Number, kind, articles of those counted most, and among how many they were looked for."""
    statement, parameters = rows.order_by().values("entity_ids").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT.format(rows=statement, entity=Entity._meta.db_table),
            [*parameters, looked_at, list(leaving_out), limit],
        )
        found: list[tuple[int, str, int, int]] = cursor.fetchall()
    of_each = [sum(of == kind for _, of, *_ in found) for kind in Kind]
    if min(of_each) < limit and looked_at < _ALL and (not found or found[0][-1] >= looked_at):
        return _counted(rows, limit, leaving_out, _ALL)
    return found
