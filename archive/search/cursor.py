"""Where a page of a long list ended, as one word that a client hands back: the next page begins after it.

Unlike the number of a page it neither skips nor repeats a row when others come in between, and a late page
costs what the first one does.
"""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from django.db.models import F, Model, Q, QuerySet

from archive.models.search_row import SearchRowQuerySet

Row = TypeVar("Row", bound=Model)
LONGEST_CURSOR = 200  # characters
_LARGEST_ID = 2**63 - 1


class Part(NamedTuple):
    """Some rows in order; `cursor` is where the next part begins, "" after the last row."""

    rows: list[Any]
    cursor: str

    @property
    def numbers(self) -> list[int]:
        """The numbers of the rows."""
        return [row if isinstance(row, int) else row.pk for row in self.rows]


class NoCursor(ValueError):
    """What was sent as a cursor was never handed out."""

    def __init__(self) -> None:
        super().__init__("This cursor was not handed out by this list: begin again without one.")


def by_number(rows: QuerySet[Row], cursor: str, size: int) -> Part:
    """The next rows in the order of their numbers.

    Raises:
        NoCursor: the cursor is none of this list.
    """
    _, after = _read(cursor) if cursor else (None, 0)
    found = list(rows.filter(pk__gt=after).order_by("pk")[: size + 1])
    more = len(found) > size
    return Part(found[:size], _written(None, found[size - 1].pk) if more else "")


def by_date(rows: SearchRowQuerySet, cursor: str, size: int, *, newest_first: bool = True) -> Part:
    """The numbers of the next articles by date of publication; undated ones last, ties by their numbers.

    Raises:
        NoCursor: the cursor is none of this list.
    """
    if cursor:
        rows = rows.filter(_after(*_read(cursor), newest_first))
    date = F("published").desc(nulls_last=True) if newest_first else F("published").asc(nulls_last=True)
    number = F("pk").desc() if newest_first else F("pk").asc()
    found = list(rows.order_by(date, number).values_list("published", "pk")[: size + 1])
    more = len(found) > size
    return Part([pk for _, pk in found[:size]], _written(*found[size - 1]) if more else "")


def _after(published: datetime | None, number: int, newest_first: bool) -> Q:
    beyond = Q(pk__lt=number) if newest_first else Q(pk__gt=number)
    if published is None:
        return Q(published=None) & beyond
    later = Q(published__lt=published) if newest_first else Q(published__gt=published)
    return later | (Q(published=published) & beyond) | Q(published=None)


def _written(published: datetime | None, number: int) -> str:
    place = json.dumps([published.isoformat() if published else None, number], separators=(",", ":"))
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime | None, int]:
    try:
        if len(cursor) > LONGEST_CURSOR:
            raise NoCursor
        published, number = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        when = datetime.fromisoformat(published) if published is not None else None
    except (binascii.Error, ValueError, TypeError):
        raise NoCursor from None
    in_utc = when is None or when.utcoffset() == timedelta(0)
    if not in_utc or type(number) is not int or not 0 <= number <= _LARGEST_ID:
        raise NoCursor
    return when, number
