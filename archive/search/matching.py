"""Every article that the address of a search asks for, in order: for exports, feeds and saved searches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.http import QueryDict

from archive.models import SearchRow
from archive.models.search_row import SearchRowQuerySet
from archive.search.address import Address, address
from archive.search.filters import ArticleFilter
from archive.search.query import Query, parse
from archive.search.results import chosen_filters, in_order, order_of

AT_ONCE = 2_000  # numbers of articles fetched together


class Matching(NamedTuple):
    """All articles of a search.

    `text` is what was typed, `filters` says each choice in words, `notes` how it was read and what was left
    out; `here` is the address without the place in its pages.
    """

    here: Address
    text: str
    query: Query
    order: str
    filters: tuple[str, ...]
    notes: tuple[str, ...]
    rows: SearchRowQuerySet

    def total(self) -> int:
        """How many there are, counted one by one."""
        return self.rows.order_by().count()

    def ids(self) -> Iterator[int]:
        """Their numbers in the order of the pages, streamed: as many as `total` says, in one transaction."""
        ranked, rest = in_order(self.rows, self.query, self.order)
        yield from ranked
        yield from rest.values_list("pk", flat=True).iterator(chunk_size=AT_ONCE)


def matching(path: str, sent: QueryDict) -> Matching:
    """Read what the address of a search (or of its export, feed or call of the API) holds.

    Never raises for what was sent: what cannot be read is left out, and `notes` says so. Names that are no
    choice of a search ("format", "cursor") are left alone. To have `total` and `ids` agree while somebody
    imports, call both inside exports.streams.one_moment.
    """
    here = address(path, ((name, value) for name in sent for value in sent.getlist(name))).having("page")
    articles = ArticleFilter(sent, queryset=SearchRow.objects.all())
    query = articles.chosen().get("q") or parse("")
    order = order_of(here, query)
    return Matching(
        here=here,
        text=query.text,
        query=query,
        order=order,
        filters=tuple(choice.label for choice in chosen_filters(articles, here)),
        notes=(*query.notes, *articles.problems()),
        rows=articles.rows(),
    )
