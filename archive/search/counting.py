"""Rows of a search counted by what they have in common, copies of one text once or each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from typing import NamedTuple, TypeVar

from django.db import connection

from archive.models import Entity
from archive.models.lookups import numbers
from archive.search.gathering import Gathered, Key
from archive.text.types import Kind

Value = TypeVar("Value", bound=Hashable)

_EVERY_ONE = 1_000  # rows up to which it is counted how many names they have in all
_LOOKED_AT = 20  # times as many as are wanted: the other kind and names that are gone are among them
_ALL = 1_000_000_000

# A copied text counts once for each name, however many of its printings hold it.
_NAMED = """
    WITH named AS (
        SELECT id, count(*) AS size FROM ({named}) AS named GROUP BY id
        ORDER BY size DESC FETCH FIRST %s ROWS WITH TIES
    ), live AS (
        SELECT entity.id, entity.kind, named.size,
               row_number() OVER (
                   PARTITION BY entity.kind ORDER BY named.size DESC, entity.name, entity.id
               ) AS place,
               count(*) OVER (PARTITION BY entity.kind) AS every
        FROM named JOIN {entity} AS entity USING (id)
        WHERE entity.merged_into_id IS NULL AND NOT entity.withdrawn
    )
    SELECT id, kind, size, every, (SELECT count(*) FROM named) FROM live WHERE place <= %s
    ORDER BY size DESC, place
"""
_EACH = "SELECT unnest(entity_ids) AS id FROM archive_searchrow WHERE article_id = ANY(%s::bigint[])"
_ONCE = """
    SELECT DISTINCT unnest(entity_ids) AS id, coalesce(text_id, -article_id)
    FROM archive_searchrow WHERE article_id = ANY(%s::bigint[])
"""


def counted(found: Gathered, value: Callable[[Key], Value | None], *, folded: bool) -> dict[Value, int]:
    """How many rows have each value, most first; estimated if the rows are a sample. None is no value."""
    sizes: Counter[Value | None] = Counter(map(value, found.alone if folded else found.keys))
    if folded:  # a copied text counts once for each value that its printings have
        sizes.update(one for one, _ in {(value(key), key.text) for key in found.copied})
    return {one: size * found.rate for one, size in sizes.most_common() if one is not None}


class Most(NamedTuple):
    """The numbers of names that stand in most rows, with in how many; how many names there are in all.

    That is None where only those that stand in most were looked at.
    """

    sizes: list[tuple[int, int]]
    every: int | None


def named_most(found: Gathered, most: int, *, folded: bool) -> dict[Kind, Most]:
    """The entities of each kind that stand in most rows."""
    looked_at = _ALL if found.exact and len(found.keys) <= _EVERY_ONE else _LOOKED_AT * most
    rows = _named(found, most, folded, looked_at)
    all_counted = not rows or rows[0][-1] < looked_at
    return {
        kind: Most(
            [(pk, size * found.rate) for pk, of, size, *_ in rows if of == kind],
            next((every for _, of, _, every, _ in rows if of == kind), 0) if all_counted else None,
        )
        for kind in Kind
    }


def _named(found: Gathered, most: int, folded: bool, looked_at: int) -> list[tuple[int, str, int, int, int]]:
    """Number, kind, size, how many of the kind, among how many they were looked for."""
    named = _ONCE if folded and found.copied else _EACH
    with connection.cursor() as cursor:
        statement = _NAMED.format(named=named, entity=Entity._meta.db_table)
        keys = numbers([key.pk for key in found.keys]) or "{}"
        cursor.execute(statement, [keys, looked_at, most])
        rows: list[tuple[int, str, int, int, int]] = cursor.fetchall()
    of_each = [sum(of == kind for _, of, *_ in rows) for kind in Kind]
    if min(of_each) < most and looked_at < _ALL and (not rows or rows[0][-1] >= looked_at):
        return _named(found, most, folded, _ALL)
    return rows
