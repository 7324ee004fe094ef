"""How many independent texts the articles of names, outlets and events are: copies of one text count once.

Lists count articles from what is stored beside each row. How many of these are copies is asked of the copies
alone, which are few, in one question for all rows of a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Count

from archive.models import Article, Entity, Event, Outlet, SearchRow

Row = TypeVar("Row", Entity, Event, Outlet)


class Counted(NamedTuple):
    """How many articles there are, and how many independent texts these are."""

    articles: int
    texts: int


def with_counts(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows, of one kind, each with its articles and texts as `counted`."""
    found = tuple(rows)
    repeated = _repeated(type(found[0]), [one.pk for one in found]) if found else {}
    for one in found:
        articles = _articles(one)
        one.counted = Counted(articles, max(articles - repeated.get(one.pk, 0), min(articles, 1)))  # type: ignore[attr-defined]
    return found


def all_counted() -> Counted:
    """The articles of the whole archive, and its texts."""
    articles = Article.objects.newest_versions().count()
    copies = SearchRow.objects.filter(text_id__isnull=False)
    found = copies.aggregate(copies=Count("pk"), texts=Count("text_id", distinct=True))
    return Counted(articles, max(articles - found["copies"] + found["texts"], min(articles, 1)))


def _articles(one: Entity | Event | Outlet) -> int:
    return one.articles_found if isinstance(one, Outlet) else one.article_count  # type: ignore[attr-defined]


def _repeated(kind: type[Any], ids: list[int]) -> Mapping[int, int]:
    """By number of a row, how many of its articles repeat a text that another of them has."""
    if kind is Entity:
        return _repeated_naming(ids)
    field = "outlet_id" if kind is Outlet else "event_id"
    copies = SearchRow.objects.filter(text_id__isnull=False, **{f"{field}__any_of": ids}).order_by()
    groups = copies.values(field).annotate(copies=Count("pk"), texts=Count("text_id", distinct=True))
    return {group[field]: group["copies"] - group["texts"] for group in groups}


_NAMING = """
    SELECT id, sum(printings - 1) FROM (
        SELECT id, text_id, count(*) AS printings
        FROM archive_searchrow, unnest(entity_ids) AS id
        WHERE newest AND text_id IS NOT NULL AND id = ANY(%s::bigint[])
        GROUP BY id, text_id
    ) AS texts GROUP BY id
"""


def _repeated_naming(ids: list[int]) -> Mapping[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_NAMING, [ids])
        return {pk: int(size) for pk, size in cursor.fetchall()}
