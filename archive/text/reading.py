"""Files to raw articles: what a file is taken for, and what in it could not be read, and why.

Each format is one entry of `FORMATS`: a name, a test and a reader. The first test that holds decides; tests
look into the file first and at its name where the content leaves it open. A reader accounts for every byte:
each article says which bytes it was read from, and what is no article is a rejection with its reason.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import NamedTuple

from archive.text.decoding import SAMPLE
from archive.text.formats import (
    feeds,
    html_pages,
    json_documents,
    json_lines,
    mail,
    mhtml,
    tables,
    texts,
    web_records,
)
from archive.text.formats.fields import LONGEST_ARTICLE, Columns
from archive.text.formats.streams import Row, Stream, parts
from archive.text.types import Part, RawFile, Reading, Rejection

# Formats that must be held whole; the longest page among 20,000 real articles has 3 MB. Rows are streamed.
LARGEST_WHOLE = 100_000_000  # bytes
__all__ = ["LARGEST_WHOLE", "LONGEST_ARTICLE", "NO_COLUMNS", "Format", "form_of", "read", "read_parts"]
NO_COLUMNS: Columns = MappingProxyType({})


class Format(NamedTuple):
    """A kind of file. `recognises` sees its first bytes, is quick and never raises.

    A short kind has `read`, from the whole file; a kind of many rows has `rows`, from a stream.
    """

    name: str
    recognises: Callable[[RawFile], bool]
    read: Callable[[RawFile, Columns], Reading] | None = None
    rows: Callable[[Stream, bytes, Columns], Iterator[Row]] | None = None


def read(file: RawFile, columns: Columns = NO_COLUMNS) -> Reading:
    """Read one file into raw articles and rejections. Never raises: what cannot be read is a rejection."""
    found = list(read_parts(file.path, io.BytesIO(file.data), columns))
    return Reading(
        found[0].reading.format,
        tuple(article for part in found for article in part.reading.articles),
        tuple(rejection for part in found for rejection in part.reading.rejections),
    )


def read_parts(path: str, stream: Stream, columns: Columns = NO_COLUMNS) -> Iterator[Part]:
    """Read a file from a stream, at least one part; memory stays flat where the format has rows.

    `columns` says which columns of rows hold which field (archive.text.formats.fields.FIELDS), for those
    whose names do not tell. Never raises: what cannot be read is a rejection.
    """
    try:
        head = stream.read(SAMPLE)
    except OSError as error:
        yield Part(b"", 0, _rejected("unknown", f"The file cannot be read ({error}); save it again."))
        return
    form = form_of(RawFile(path, head))
    again = io.BufferedReader(_Again(head, stream), SAMPLE)
    if form.rows is not None:
        found = 0
        for part in parts(form.name, form.rows(again, head, columns)):
            found += len(part.reading.articles) + len(part.reading.rejections)
            yield part
        if not found:
            yield Part(b"", 0, _rejected(form.name, "No article was found in the file."))
    else:
        yield _whole(form, path, again, columns)


def form_of(head: RawFile) -> Format:
    """What a file is taken for, by its first bytes and its name."""
    return next((form for form in FORMATS if form.recognises(head)), UNKNOWN)


class _Again(io.RawIOBase):
    """A stream whose first bytes were read already, from its beginning."""

    def __init__(self, head: bytes, stream: Stream) -> None:
        super().__init__()
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._stream.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def _whole(form: Format, path: str, stream: Stream, columns: Columns) -> Part:
    assert form.read is not None
    try:
        data = stream.read(LARGEST_WHOLE + 1)
    except OSError as error:
        return Part(b"", 0, _rejected(form.name, f"The file cannot be read ({error}); save it again."))
    if len(data) > LARGEST_WHOLE:
        reason = f"The file has more than the {LARGEST_WHOLE:,} bytes that are read at once; split it."
        return Part(b"", 0, _rejected(form.name, reason))
    try:
        reading = form.read(RawFile(path, data), columns)
    except Exception as error:
        reason = f"The file could not be read ({type(error).__name__}); please report this with the file."
        reading = _rejected(form.name, reason)
    return Part(data, 0, reading, alone=len(reading.articles) == 1 and not reading.rejections)


def _is_empty(file: RawFile) -> bool:
    return not file.data.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf\xff\xfe\x00")


def _read_empty(file: RawFile, columns: Columns) -> Reading:
    what = "holds nothing but white space" if file.data else "is empty"
    return _rejected("empty", f"The file {what}; put the text of an article into it or leave it out.")


def _read_unknown(file: RawFile, columns: Columns) -> Reading:
    ending = PurePosixPath(file.path).suffix
    return _rejected(
        "unknown",
        f"Files that end in {ending} cannot be read; save the article's text in a file that ends in .txt.",
    )


def _rejected(form: str, reason: str, byte_offset: int = 0) -> Reading:
    return Reading(form, (), (Rejection(reason, 1, byte_offset),))


FORMATS: tuple[Format, ...] = (
    Format("empty", _is_empty, _read_empty),
    Format("web records", web_records.recognises, rows=web_records.rows),
    Format("mailbox", mail.recognises_mailbox, rows=mail.rows),
    Format("mhtml", mhtml.recognises, mhtml.read),
    Format("mail", mail.recognises, mail.read),
    Format("feed", feeds.recognises, feeds.read),
    Format("html", html_pages.recognises, html_pages.read),
    Format("json list", json_documents.is_list, rows=json_documents.rows),
    Format("json lines", json_lines.recognises, rows=json_lines.rows),
    Format("json", json_documents.recognises, json_documents.read),
    Format("table", tables.recognises, rows=tables.rows),
    Format("html", html_pages.recognises_piece, html_pages.read),
    Format("text", texts.recognises, texts.read),
)
UNKNOWN = Format("unknown", lambda head: True, _read_unknown)
