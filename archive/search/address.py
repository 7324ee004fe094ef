"""The address of a list: every choice stands in it, and every link of the page is one change to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlencode


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
        return Address(self.path, (*self._without({name, "page"}), *added))

    def adding(self, name: str, value: object) -> Address:
        """With one more value under the name, from the first page on."""
        pair = (name, str(value))
        rest = tuple(other for other in self._without({"page"}) if other != pair)
        return Address(self.path, (*rest, pair))

    def dropping(self, name: str, value: object) -> Address:
        """Without one value under the name, from the first page on."""
        pair = (name, str(value))
        return Address(self.path, tuple(other for other in self._without({"page"}) if other != pair))

    def page(self, number: int) -> Address:
        """The same list, another page of it."""
        rest = self._without({"page"})
        return Address(self.path, (*rest, ("page", str(number))) if number > 1 else tuple(rest))

    def values(self, name: str) -> list[str]:
        """All values under a name."""
        return [value for other, value in self.pairs if other == name]

    def _without(self, names: set[str]) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.pairs if name not in names]


def address(path: str, pairs: Iterable[tuple[str, str]]) -> Address:
    """An address from what a visitor sent; empty choices and characters that no text holds are left out."""
    clean = ((name, value.replace("\x00", "").strip()) for name, value in pairs)
    return Address(path, tuple((name, value) for name, value in clean if value))
