"""Every article that the address of a search asks for, in order: for exports, feeds and saved searches."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import F
from django.http import QueryDict

from archive.models.search_row import SearchRowQuerySet
from archive.search.address import Address
from archive.search.asked import Asked
from archive.search.cursor import NoCursor, Part
from archive.search.explaining import explanations
from archive.search.gathering import Gathered, Key, moment_of
from archive.search.keyset import first_in_order, most_ranked, read_place, stretch
from archive.search.limits import Clock
from archive.search.query import Query
from archive.search.results import rows_of
from archive.search.walking import by_date

AT_ONCE = 2_000  # numbers of articles fetched together
_PATIENCE = 600.0  # seconds for one statement: nobody waits for a page here


class Matching:
    """All articles of a search: of copies of one text the first published, unless the address has copies=all.

    `text` is what was typed, `filters` says each choice in words, `notes` how it was read and what was left
    out, `problems` the latter alone; `here` is the address without the place in its pages; `folded` says
    whether copies are.
    """

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self.here: Address = asked.here.first_page()
        self.query: Query = asked.query
        self.text = asked.query.text
        self.order = asked.order
        self.folded = asked.folded
        self.filters = tuple(choice.label for choice in asked.choices())
        read = (*asked.query.notes, *explanations(asked.filters.typed))
        self.problems = asked.problems()
        self.notes = (*(note.text for note in read), *self.problems)
        rows = asked.rows()
        self.rows: SearchRowQuerySet = rows.one_a_text() if asked.folded else rows

    def total(self) -> int:
        """How many there are, counted one by one."""
        return self.rows.order_by().count()

    def ids(self) -> Iterator[int]:
        """Their numbers in the order of the pages, streamed: as many as `total` says, in one transaction."""
        newest = self.order != "oldest"
        rows = self.rows.order_by(*by_date(F("published"), newest=newest))
        ranked: list[int] = []
        if self.order == "best":
            first = rows.values_list("published", "pk")[: self._ranked()]
            keys = tuple(Key(moment_of(published), pk, None) for published, pk in first)
            ranked = first_in_order(self._asked, Gathered(keys), Clock(_PATIENCE))
            yield from ranked
            rows = rows.exclude(pk__any_of=ranked)
        yield from rows.values_list("pk", flat=True).iterator(chunk_size=AT_ONCE)

    def part(self, cursor: str, size: int) -> Part:
        """The next articles in the order of the pages, by rank where words are asked for.

        Raises:
            NoCursor: the cursor is none of this list.
            TooLong: the time ran out.
        """
        after = read_place(cursor) if cursor else None
        if cursor and after is None:
            raise NoCursor
        clock = Clock(_PATIENCE)
        with transaction.atomic():
            found, indexed = rows_of(self._asked, clock)
            entries = stretch(self._asked, found, clock, after, size + 1, by_month=indexed)
        more = len(entries) > size
        return Part([entry.key.pk for entry in entries[:size]], str(entries[size - 1]) if more else "")

    def _ranked(self) -> int:
        """How many of the newest are ranked: fewer where a page would not fetch every row."""
        found, _ = rows_of(self._asked, Clock(_PATIENCE))
        return most_ranked(self._asked, found)


def matching(path: str, sent: QueryDict) -> Matching:
    """Read what the address of a search (or of its export, feed or call of the API) holds.

    Never raises for what was sent: what cannot be read is left out, and `notes` says so. Names that are no
    choice of a search ("format", "cursor") are left alone. To have `total` and `ids` agree while somebody
    imports, call both inside exports.streams.one_moment.
    """
    return Matching(Asked(path, sent))
