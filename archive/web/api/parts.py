"""Parts of long lists, and the addresses that lead from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from ninja import Field, Schema

from archive.search.cursor import LONGEST_CURSOR, NoCursor, Part, by_number
from archive.web.api.problems import Unreadable

MOST = 200  # rows in one answer
USUAL = 50


class Paging(Schema):
    """`cursor` is handed out by the answer before, in the address under `next`."""

    cursor: str = Field("", max_length=LONGEST_CURSOR)
    limit: int = Field(USUAL, ge=1, le=MOST)


def part_of(
    request: HttpRequest,
    rows: QuerySet[Any],
    paging: Paging,
    written: Callable[[QuerySet[Any]], Iterable[dict[str, Any]]],
) -> dict[str, Any]:
    """One part of a list in the order of its numbers."""
    part = checked(lambda: by_number(rows, paging.cursor, paging.limit))
    results = [linked(row) for row in written(rows.filter(pk__in=part.numbers))]
    return {"count": rows.count(), "next": following(request, part), "results": results}


def checked(read: Callable[[], Part]) -> Part:
    """A part, or the problem that its cursor is none."""
    try:
        return read()
    except NoCursor as error:
        raise Unreadable([f"cursor: {error}"]) from None


def following(request: HttpRequest, part: Part) -> str | None:
    """The address of the next part, with everything else that was asked for."""
    if not part.cursor:
        return None
    asked = request.GET.copy()
    asked["cursor"] = part.cursor
    return f"{request.path}?{asked.urlencode()}"


def linked(row: dict[str, Any]) -> dict[str, Any]:
    """A row with the addresses where more is known of it."""
    kind = row.get("kind") or ("event" if "outlet_names" in row else "outlet")
    more = {
        "href": reverse(f"api:{kind}", args=[row["id"]]),
        "search": f"{reverse('api:search')}?{kind}={row['id']}",
    }
    if kind == "event":
        more["comparison"] = reverse("api:comparison", args=[row["id"]])
    return {**row, **more}
