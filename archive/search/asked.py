"""What the address of a search asks for."""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

from django.http import QueryDict

from archive.models import SearchRow
from archive.models.search_row import SearchRowQuerySet
from archive.search.address import Address, address
from archive.search.filters import ArticleFilter
from archive.search.query import Query, has_phrases, parse
from archive.search.tsquery import ranking

ORDERS = ("best", "newest", "oldest")
PLACES = ("after", "before")  # where in the pages of a list an address stands
_REMOVED = {"page": "Pages are not numbered any more: this is the first."}


class Choice(NamedTuple):
    """One filter in force, and the address without it."""

    label: str
    href: str


class Asked:
    """The words, the filters, the order and the copies that an address asks for. Never raises."""

    def __init__(self, path: str, sent: QueryDict) -> None:
        self.here: Address = address(path, ((name, value) for name in sent for value in sent.getlist(name)))
        self.filters = ArticleFilter(sent, queryset=self._versions().all())
        self.query: Query = self.filters.chosen().get("q") or parse("")
        for name, rows in self.filters.chosen().items():
            if isinstance(rows, list):
                self.here = self._as_now(name, [self.filters.written(row) for row in rows])

    def _versions(self) -> Any:
        return SearchRow.versions if self.every_version else SearchRow.objects

    @property
    def every_version(self) -> bool:
        """Whether texts are found that a later version has replaced: only if versions=all asks for them."""
        return "all" in self.here.values("versions")

    def _as_now(self, name: str, values: list[str]) -> Address:
        """The address with what an old one names under its number of today."""
        return self.here if self.here.values(name) == values else self.here.replacing(name, *values)

    def with_words(self, text: str) -> Asked:
        """The same with other words."""
        here = self.here.having("q", text)
        return Asked(here.path, QueryDict(str(here).partition("?")[2]))

    @cached_property
    def ranked_by(self) -> str:
        """The words that articles are ranked by, as a tsquery; "" without any."""
        return ranking(self.query.expression) if self.query.expression else ""

    @cached_property
    def phrases(self) -> bool:
        """Whether words have to stand in a row, or near each other."""
        return has_phrases(self.query.expression)

    @property
    def orders(self) -> tuple[str, ...]:
        """The orders that make sense."""
        return ORDERS if self.ranked_by else ORDERS[1:]

    @property
    def order(self) -> str:
        """The order asked for, else the first that makes sense."""
        asked = (self.here.values("sort") or [""])[-1]
        return asked if asked in self.orders else self.orders[0]

    @property
    def folded(self) -> bool:
        """Whether copies of one text count and stand as one; copies=all lists every article."""
        return "all" not in self.here.values("copies")

    def rows(self, leaving_out: frozenset[str] = frozenset(), *, indexed: bool = True) -> SearchRowQuerySet:
        """The rows that are asked for, copies among them, or those without the choices under some names.

        Without `indexed`, words are looked up in each row instead of in the index.
        """
        return self.filters.rows(leaving_out=leaving_out, indexed=indexed)

    def problems(self) -> tuple[str, ...]:
        """A sentence for everything in the address that could not be read."""
        old = (sentence for name, sentence in _REMOVED.items() if self.here.values(name))
        return (*self.filters.problems(), *old)

    def choices(self) -> tuple[Choice, ...]:
        """The filters in force in the order of the address, each with the address that lifts it."""
        chosen = self.filters.chosen()
        labels = {
            (name, self.filters.written(row)): str(row)
            for name, rows in chosen.items()
            if isinstance(rows, list)
            for row in rows
        }
        found = []
        for name, value in self.here.pairs:
            label = value if name in ("from", "to") and name in chosen else labels.get((name, value))
            if label and name != "also":
                words = name.replace("not_", "not ") if name.startswith("not_") else name
                found.append(Choice(f"{words}: {label}", str(self.here.dropping(name, value))))
        return tuple(found)
