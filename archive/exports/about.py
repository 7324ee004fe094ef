"""What a file says of itself: what was asked for, how many rows it has, when and by which version."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version
from typing import NamedTuple

VERSION = f"Parallax {version('parallax')}"


class About(NamedTuple):
    """`query` is the whole address of the search, percent-encoded: plain ASCII without a space."""

    query: str
    count: int
    time: str
    version: str = VERSION

    def lines(self) -> list[str]:
        """The same as lines of text. Four: Zotero looks for RIS no further down than that."""
        return [f"{name}: {value}" for name, value in self._asdict().items()]

    def headers(self) -> dict[str, str]:
        """The same as fields of an HTTP header."""
        return {f"X-Parallax-{name.capitalize()}": str(value) for name, value in self._asdict().items()}


def about(query: str, count: int, now: datetime) -> About:
    """What a file made now says of itself."""
    return About(query, count, now.isoformat(timespec="seconds"))
