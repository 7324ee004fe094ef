"""Rows as lines of text: JSON lines, and CSV that a spreadsheet can open without running anything."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]

# Opens a UTF-8 file that some spreadsheets would otherwise read in the code page of the machine.
BYTE_ORDER_MARK = "\ufeff"

# A cell is taken for a formula if it opens with one of these signs (OWASP, "CSV Injection"; the wide forms
# count in East Asian settings), or for a new cell if it opens with a tab or a line end. Spaces before the
# sign do not help in every program. Apostrophes before it are counted in, so that `as_printed` can tell an
# apostrophe of ours from one of the text.
_ACTIVE = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")

# Python's own str.splitlines takes these for line ends; JSON leaves them as they are.
_LINE_ENDS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}


def json_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield one line of JSON for each row, with its line end. The same rows give the same bytes."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":")).translate(_LINE_ENDS) + "\n"


def csv_lines(rows: Iterable[Row], columns: Sequence[str]) -> Iterator[str]:
    """Yield a header and one record for each row, as RFC 4180 has it, safe in a spreadsheet.

    Args:
        rows: mappings with a value for each of `columns`; lists and mappings become JSON.
        columns: what to write, in this order.
    """
    writer = csv.writer(_Line())
    yield writer.writerow(columns)
    for row in rows:
        yield writer.writerow([cell(row[column]) for column in columns])


def cell(value: Any) -> str:
    """A value as the text of a CSV cell: nothing for None, numbers as they are, lists as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if _ACTIVE.match(text) else text


def as_printed(text: str) -> str:
    """The text that `cell` was given: without the apostrophe that made it harmless."""
    return text[1:] if text.startswith("'") and _ACTIVE.match(text) else text


class _Line:
    """Hands each record of a csv.writer back instead of keeping it."""

    def write(self, record: str) -> str:
        return record
