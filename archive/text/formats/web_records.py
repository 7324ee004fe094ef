"""Web archives (WARC): each answer of a server that is a page is an article; WACZ is a zip around them."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from archive.text.formats.fields import Columns
from archive.text.formats.html_pages import LARGEST_PAGE, read_page
from archive.text.formats.streams import Row, Stream
from archive.text.types import RawArticle, RawFile, Rejection

# It would write addresses from files into the terminal.
logging.getLogger("warcio").setLevel(logging.ERROR)
LARGEST_RECORD = LARGEST_PAGE + 100_000  # bytes; a page and its headers
LONGEST_HEADERS = 100_000  # bytes
_PIECE = 65_536
_LENGTH = re.compile(rb"^content-length\s*:\s*(\d{1,15})\s*$", re.IGNORECASE | re.MULTILINE)
_HOLDS_A_PAGE = re.compile(rb"^warc-type\s*:\s*(?:response|resource)\s*$", re.IGNORECASE | re.MULTILINE)
_HTML_TYPES = ("text/html", "application/xhtml+xml")


def recognises(head: RawFile) -> bool:
    """The line with the version that begins every record."""
    return head.data.startswith((b"WARC/1.", b"WARC/0."))


def rows(stream: Stream, head: bytes, columns: Columns) -> Iterator[Row]:
    """Each page as a row; requests, pictures and what else was recorded hold nothing and are not kept."""
    start = block = 0
    while headers := _headers(stream):
        length = _LENGTH.search(headers)
        if not headers.lstrip(b"\r\n").startswith(b"WARC/") or length is None:
            reason = "Here a record of the web archive should begin, and does not; download it again."
            yield Row(start, headers, Rejection(reason, block + 1, start))
            return
        size = int(length[1])
        if not _HOLDS_A_PAGE.search(headers) or size > LARGEST_RECORD:
            start += len(headers) + _skip(stream, size)
            yield Row(start, b"", None)
            continue
        data = headers + stream.read(size)
        found = _found(data, len(headers) + size, block + 1, start)
        block += found is not None
        yield Row(start, data if found else b"", found)
        start += len(data)


def _headers(stream: Stream) -> bytes:
    """The header of the next record with the blank lines around it, or nothing at the end."""
    lines: list[bytes] = []
    size = 0
    while size < LONGEST_HEADERS and (line := stream.readline(_PIECE)):
        lines.append(line)
        size += len(line)
        begun = any(one.strip() for one in lines)
        if begun and not line.strip():
            break
    data = b"".join(lines)
    return data if data.strip() else b""


def _skip(stream: Stream, size: int) -> int:
    left = size
    while left and (piece := stream.read(min(left, _PIECE))):
        left -= len(piece)
    return size - left


def _found(data: bytes, expected: int, block: int, start: int) -> RawArticle | Rejection | None:
    if len(data) < expected:
        return Rejection("The web archive breaks off inside this record; download it again.", block, start)
    try:
        record: Any = next(iter(ArchiveIterator(io.BytesIO(data.lstrip(b"\r\n")))))
        kind = _content_type(record)
        if kind.partition(";")[0].strip().lower() not in _HTML_TYPES or not _is_answer(record):
            return None
        page = record.content_stream().read(LARGEST_PAGE + 1)
        address = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    except Exception as error:  # the library raises whatever its parts raise
        reason = f"This record of the web archive cannot be read ({type(error).__name__})."
        return Rejection(reason, block, start)
    charset = re.search(r"charset=[\"']?([\w.:-]{2,40})", kind, re.IGNORECASE)
    found = read_page(page, address, charset[1] if charset else "")
    if isinstance(found, Rejection):
        return found._replace(block=block, byte_offset=start)
    return found._replace(block=block, byte_start=start, byte_end=start + len(data))


def _content_type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "")


def _is_answer(record: Any) -> bool:
    """Not a redirect or an error page."""
    return record.http_headers is None or str(record.http_headers.get_statuscode()).startswith("2")
