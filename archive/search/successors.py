"""Where a merged row went, and what is said of one that was withdrawn."""

from __future__ import annotations

from typing import Any


class Gone(LookupError):
    """What stood at this address was withdrawn; the message says what it was."""


def successor(row: Any) -> Any:
    """The row that a merged person, organisation or event was merged into; others are themselves.

    Chains are short and have no circle (a merge points to a live row), but a bound costs nothing.
    """
    for _ in range(100):
        if getattr(row, "merged_into_id", None) is None:
            return row
        row = row.merged_into
    return row
