"""How many independent texts the articles of names, outlets and events are: copies of one text count once.

Lists count articles from what is stored beside each row. How many of these are copies is asked of the copies
alone, which are few, in one question for all rows of a page.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

from django.db.models import Count

from archive.models import Article, Entity, Event, Outlet, SearchRow
from archive.models.search_vector import entity_lexeme

Row = TypeVar("Row", Entity, Event, Outlet)


class Counted(NamedTuple):
    """How many articles there are, and how many independent texts; None where these are not counted."""

    articles: int
    texts: int | None


# With more articles than these, texts are not told from articles: a list may not count half of the archive.
MOST_COUNTED = 5_000


def with_counts(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows, of one kind, each with its articles and texts as `counted`.

    The texts of more than MOST_COUNTED articles are not counted.
    """
    found = tuple(rows)
    few = [one.pk for one in found if _articles(one) <= MOST_COUNTED]
    repeated = _repeated(type(found[0]), few) if few else {}
    for one in found:
        articles = _articles(one)
        texts = max(articles - repeated.get(one.pk, 0), min(articles, 1))
        one.counted = Counted(articles, texts if one.pk in few else None)  # type: ignore[attr-defined]
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


def _repeated_naming(ids: list[int]) -> Mapping[int, int]:
    wanted, texts = set(ids), defaultdict(set)
    sizes: Counter[int] = Counter()
    copies = SearchRow.objects.filter(text_id__isnull=False).order_by()
    named = copies.matching(" | ".join(f"'{entity_lexeme(pk)}'" for pk in ids))
    for text, entities in named.values_list("text_id", "entity_ids"):
        for pk in wanted.intersection(entities):
            sizes[pk] += 1
            texts[pk].add(text)
    return {pk: size - len(texts[pk]) for pk, size in sizes.items()}
