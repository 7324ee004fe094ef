"""Pages of a list."""

from __future__ import annotations

from typing import NamedTuple

from archive.search.address import Address


class Pages(NamedTuple):
    """One page of a list: `first` and `last` count rows from 1; a link is empty where there is no page."""

    total: int
    number: int
    pages: int
    first: int
    last: int
    previous: str
    next: str

    @property
    def window(self) -> slice:
        """The rows of this page as a slice of the whole list."""
        return slice(self.first - 1, self.last)


def pages(total: int, size: int, here: Address) -> Pages:
    """The page that an address asks for: the last where it asks for more, the first where for nonsense."""
    last_page = max(1, -(-total // size))
    asked = (here.values("page") or ["1"])[-1]
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
    number = min(max(1, wanted), last_page)
    return Pages(
        total=total,
        number=number,
        pages=last_page,
        first=(number - 1) * size + 1,
        last=min(number * size, total),
        previous=str(here.page(number - 1)) if number > 1 else "",
        next=str(here.page(number + 1)) if number < last_page else "",
    )
