"""JSON documents: a list of articles (read element by element), an object around such a list, one article."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from typing import Any

from archive.text.decoding import Undecodable, decode
from archive.text.formats.fields import Columns, Place
from archive.text.formats.json_values import article_in, list_in, parsed
from archive.text.formats.streams import LONGEST_ROW, Row, Stream, narrow
from archive.text.types import RawArticle, RawFile, Reading, Rejection

# A document that is no list must be held in memory whole, which takes about six times its length.
LONGEST_DOCUMENT = 50_000_000  # bytes
_PIECE = 262_144
_TOKEN = re.compile(rb'["\\{}\[\],]')
_BLANK = b" \t\r\n"


def recognises(head: RawFile) -> bool:
    """An opening bracket and behind it what JSON has there; Markdown links and notes in brackets are text."""
    data = narrow(head.data).lstrip()
    if data[:1] not in (b"{", b"["):
        return False
    inside = data[1:200].lstrip()
    if head.path.lower().endswith(".json"):
        return True
    return inside[:1] in (b'"', b"{", b"}", b"]", b"") and b'"' in data


def is_list(head: RawFile) -> bool:
    """A document that is a list, which is read without holding it whole."""
    return recognises(head) and head.data.removeprefix(BOM_UTF8).lstrip()[:1] == b"["


def rows(stream: Stream, head: bytes, columns: Columns) -> Iterator[Row]:
    """Each element of a list as a row, with the brackets and commas around it."""
    block = 0
    for start, data, element, problem in _elements(stream):
        if problem:
            yield Row(start, data, Rejection(problem, block + 1, start))
            return
        if not element.strip(_BLANK):
            yield Row(start, data, None)
            continue
        block += 1
        yield Row(start, data, _found(element, Place(block, start, start + len(data), "utf-8"), columns))


def read(file: RawFile, columns: Columns) -> Reading:
    """Read a document that is one object: an article, or a frame around a list of articles."""
    if len(file.data) > LONGEST_DOCUMENT:
        reason = (
            f"The document has {len(file.data):,} bytes, more than the {LONGEST_DOCUMENT:,} that are read at "
            "once; write it as JSON lines, one article a line."
        )
        return Reading("json", (), (Rejection(reason, 1, 0),))
    try:
        text, encoding = decode(file.data)
    except Undecodable as error:
        return Reading("json", (), (Rejection(error.reason, 1, error.byte_offset),))
    value = parsed(text.lstrip("\ufeff"))
    if isinstance(value, str):
        reason = f"The document is not well-formed JSON ({value}); export it again."
        return Reading("json", (), (Rejection(reason, 1, 0),))
    return _sorted(_articles(value[0], Place(1, 0, len(file.data), encoding), columns))


def _articles(value: Any, whole: Place, columns: Columns) -> list[RawArticle | Rejection]:
    single = article_in(value, whole, columns)
    found = None if isinstance(single, RawArticle) else list_in(value)
    if found is None:
        return [single]
    frame = _feed_frame(value)
    return [
        article_in(
            {**frame, **one} if isinstance(one, Mapping) else one, whole._replace(block=block), columns
        )
        for block, one in enumerate(found, 1)
    ]


def _feed_frame(value: Any) -> dict[str, Any]:
    """What a JSON Feed says of all its entries: who publishes them, and the language."""
    if not isinstance(value, Mapping) or "jsonfeed.org/version" not in str(value.get("version")):
        return {}
    return {"outlet": value.get("title"), "language": value.get("language")}


def _sorted(found: list[RawArticle | Rejection]) -> Reading:
    articles = tuple(one for one in found if isinstance(one, RawArticle))
    return Reading("json", articles, tuple(one for one in found if isinstance(one, Rejection)))


def _found(element: bytes, place: Place, columns: Columns) -> RawArticle | Rejection:
    try:
        text, encoding = decode(element)
    except Undecodable as error:
        return Rejection(error.reason, place.block, place.start)
    value = parsed(text)
    if isinstance(value, str):
        reason = f"This element of the list is not well-formed JSON ({value}); export it again."
        return Rejection(reason, place.block, place.start)
    return article_in(value[0], place._replace(encoding=encoding), columns)


def _elements(stream: Stream) -> Iterator[tuple[int, bytes, bytes, str]]:
    """Start, bytes, element and problem ("" for none) of each stretch between commas of the outer list."""
    scan = _Scan()
    while piece := stream.read(_PIECE):
        yield from scan.feed(piece)
        if len(scan.waiting) > LONGEST_ROW:
            yield (
                scan.start,
                b"",
                b"",
                "This element of the list is too long for an article; the rest was not read.",
            )
            return
    rest = bytes(scan.waiting)
    if scan.depth:
        yield scan.start, rest, b"", "The list breaks off here; export it again."
    elif rest.strip(_BLANK):
        yield scan.start, rest, b"", "This stands behind the end of the list and was not read."
    elif rest:
        yield scan.start, rest, b"", ""


class _Scan:
    """Where the elements of the outer list end, found by brackets and quotation marks alone."""

    def __init__(self) -> None:
        self.waiting = bytearray()
        self.start = 0
        self.depth = 0
        self._scanned = 0
        self._in_string = False

    def feed(self, piece: bytes) -> Iterator[tuple[int, bytes, bytes, str]]:
        """Take the next bytes; yield what they complete."""
        self.waiting += piece
        position = self._scanned
        while match := _TOKEN.search(self.waiting, position):
            position = match.end()
            mark = match.group()
            if mark == b"\\":
                position += 1
            elif mark == b'"':
                self._in_string = not self._in_string
            elif not self._in_string and self._ends_element(mark):
                yield self._cut(position)
                position = 0
        self._scanned = max(position, len(self.waiting))

    def _ends_element(self, mark: bytes) -> bool:
        if mark in b"[{":
            self.depth += 1
        elif mark in b"]}":
            self.depth -= 1
            return self.depth == 0
        return self.depth == 1 and mark in (b",", b"[")

    def _cut(self, end: int) -> tuple[int, bytes, bytes, str]:
        data, start = bytes(self.waiting[:end]), self.start
        del self.waiting[:end]
        self.start += end
        return start, data, data.strip(b"\xef\xbb\xbf \t\r\n")[:-1], ""
