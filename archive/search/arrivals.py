"""What came into the archive last: imports take turns, so a later article has the larger number."""

from __future__ import annotations

from django.db.models import Max

from archive.models import Article, SearchRow
from archive.models.search_row import SearchRowQuerySet


def latest(rows: SearchRowQuerySet, limit: int) -> list[Article]:
    """The articles that came last, whenever they were published."""
    numbers = list(rows.order_by("-pk").values_list("pk", flat=True)[:limit])
    found = Article.objects.to_read().select_related("event").in_bulk(numbers)
    return [found[number] for number in numbers if number in found]


def since(rows: SearchRowQuerySet, mark: int) -> SearchRowQuerySet:
    """The rows of articles that came after a mark."""
    return rows.filter(pk__gt=mark)


def mark() -> int:
    """Where the archive ends now: what comes later has a larger number."""
    return SearchRow.objects.aggregate(last=Max("pk"))["last"] or 0
