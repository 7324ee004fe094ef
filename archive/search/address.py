"""The address of a list: every choice stands in it, and every link of the page is one change to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple
from urllib.parse import urlencode

_PLACES = frozenset({"page", "after", "before"})  # where in a list an address stands


class Address(NamedTuple):
    """A path with the pairs of its query, in the order they were chosen."""

    path: str
    pairs: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        query = urlencode(self.pairs)
        return f"{self.path}?{query}" if query else self.path

    def having(self, name: str, *values: object) -> Address:
        """With exactly these values under the name, from the first page on; empty ones are left out."""
        added = ((name, str(value)) for value in values if value not in ("", None))
        return Address(self.path, (*self._without({name, *_PLACES}), *added))

    def opening(self, *names: str, without: Collection[str] = ()) -> Callable[..., str]:
        """What writes the address with one value more under each of some names, from the first page on.

        Most links of a page are alike: what they share is written once.

        Args:
            names: of the values that will be given.
            without: names whose values the address loses.
        """
        rest = urlencode(self._without({*without, *_PLACES}))
        start = f"{self.path}?{rest}&" if rest else f"{self.path}?"
        return lambda *values: start + urlencode(tuple(zip(names, values, strict=True)))

    def replacing(self, name: str, *values: object) -> Address:
        """With exactly these values under the name, at the same place in the list."""
        added = ((name, str(value)) for value in values)
        return Address(self.path, (*self._without({name}), *added))

    def adding(self, name: str, value: object) -> Address:
        """With one more value under the name, from the first page on."""
        pair = (name, str(value))
        rest = tuple(other for other in self._without(_PLACES) if other != pair)
        return Address(self.path, (*rest, pair))

    def dropping(self, name: str, value: object) -> Address:
        """Without one value under the name, from the first page on."""
        pair = (name, str(value))
        return Address(self.path, tuple(other for other in self._without(_PLACES) if other != pair))

    def page(self, number: int) -> Address:
        """The same list, another page of it."""
        rest = self._without(_PLACES)
        return Address(self.path, (*rest, ("page", str(number))) if number > 1 else tuple(rest))

    def first_page(self) -> Address:
        """The same list from its beginning."""
        return Address(self.path, tuple(self._without(_PLACES)))

    def at(self, place: str, value: str) -> Address:
        """The same list `after` or `before` a place in it."""
        return Address(self.path, (*self._without(_PLACES), (place, value)))

    def values(self, name: str) -> list[str]:
        """All values under a name."""
        return [value for other, value in self.pairs if other == name]

    def _without(self, names: Collection[str]) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.pairs if name not in names]


def address(path: str, pairs: Iterable[tuple[str, str]]) -> Address:
    """An address from what a visitor sent; empty choices and characters that no text holds are left out."""
    clean = ((name, value.replace("\x00", "").strip()) for name, value in pairs)
    return Address(path, tuple((name, value) for name, value in clean if value))
