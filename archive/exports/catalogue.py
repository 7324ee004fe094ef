"""What can be exported, by the name that the command and the site's addresses use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.db.models import QuerySet

from archive.exports import articles, entities, events, organisations, people


class Export(NamedTuple):
    """A table: its columns in order, what it holds (live, or every row ever), and how rows are made."""

    columns: tuple[str, ...]
    live: Callable[[], QuerySet[Any]]
    every: Callable[[], QuerySet[Any]]
    rows: Callable[[Any], Iterator[dict[str, Any]]]


EXPORTS = {
    "articles": Export(articles.COLUMNS, articles.live, articles.every, articles.rows),
    "people": Export(entities.COLUMNS, people.live, people.every, entities.rows),
    "organisations": Export(entities.COLUMNS, organisations.live, organisations.every, entities.rows),
    "events": Export(events.COLUMNS, events.live, events.every, events.rows),
}
