"""JSON lines: one article a line, read line by line however long the file is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from archive.text.formats.fields import Columns, Place
from archive.text.formats.json_values import article_in, parsed
from archive.text.formats.streams import Line, Row, Stream, lines, narrow
from archive.text.types import RawArticle, RawFile, Rejection

ENDINGS = (".jsonl", ".ndjson", ".jl")


def recognises(head: RawFile) -> bool:
    """Lines that are each a JSON object, or a name that says so."""
    if head.path.lower().endswith(ENDINGS):
        return True
    several = [row for row in narrow(head.data).split(b"\n", 100) if row.strip()]
    return len(several) > 1 and several[0][:1] == several[1][:1] == b"{" and _is_object(several[0])


def rows(stream: Stream, head: bytes, columns: Columns) -> Iterator[Row]:
    """Each line of a file as a row; blank lines hold nothing."""
    block = 0
    for line in lines(stream, head):
        if not line.too_long and not line.text.strip():
            yield Row(line.start, line.data, None)
            continue
        block += 1
        yield Row(line.start, line.data, _found(line, block, columns))


def _found(line: Line, block: int, columns: Columns) -> RawArticle | Rejection:
    if line.too_long:
        return Rejection(f"The line has {line.length:,} bytes, too many for one article.", block, line.start)
    place = Place(block, line.start, line.start + line.length, line.encoding)
    value = parsed(line.text)
    if isinstance(value, str):
        reason = f"The line is not well-formed JSON ({value}); one line must hold one whole object."
        return Rejection(reason, block, line.start)
    return article_in(value[0], place, columns)


def _is_object(data: bytes) -> bool:
    try:
        value: Any = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict)
