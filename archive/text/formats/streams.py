"""Long files in pieces: lines with their places, and rows put together to the parts that are kept."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from archive.text.decoding import MARKS, Undecodable, decode
from archive.text.types import Part, RawArticle, Reading, Rejection

# An article has at most a million characters (archive.text.reading), and a row of JSON that escapes each of
# them spends six bytes on one; what is longer is no row of an article.
LONGEST_ROW = 8_000_000  # bytes
# Small enough that a curator who opens the source of one row gets something to read, large enough that the
# rows of a file do not cost a statement each.
PART_ROWS = 100
PART_BYTES = 1_000_000
_PIECE = 65_536  # bytes read at a time where there are no lines
# UTF-16 and UTF-32 without their marks, so that every line can be measured in its own bytes.
_WIDE = {"utf-16": ("utf-16-le", "utf-16-be"), "utf-32": ("utf-32-le", "utf-32-be")}


class Stream(Protocol):
    """What a reader needs of an open file: bytes in order, once."""

    def read(self, size: int = -1, /) -> bytes: ...

    def readline(self, size: int = -1, /) -> bytes: ...


class Row(NamedTuple):
    """Some bytes of a file in order, and what they hold: an article, a rejection, or neither (a header)."""

    start: int
    data: bytes
    found: RawArticle | Rejection | None


class Line(NamedTuple):
    """A line with its end. `length` counts bytes; a line longer than LONGEST_ROW comes without its text."""

    start: int
    data: bytes
    text: str
    encoding: str
    length: int

    @property
    def too_long(self) -> bool:
        return self.length > len(self.data)


def wide_encoding(head: bytes) -> str:
    """The name of the UTF-16 or UTF-32 encoding that the mark at the beginning of a file says, or ""."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return _WIDE[encoding][mark[0] in (0xFE, 0)] if encoding in _WIDE else ""
    return ""


def lines(stream: Stream, head: bytes) -> Iterator[Line]:
    """The lines of a file, whose first bytes are `head` (they are read again from `stream`).

    Each line is decoded for itself; one that no encoding fits has U+FFFD in it.
    """
    wide = wide_encoding(head)
    if wide:
        yield from _wide_lines(stream, wide)
        return
    start = 0
    while data := stream.readline(LONGEST_ROW):
        if len(data) == LONGEST_ROW and not data.endswith(b"\n"):
            length = len(data) + _skip_line(stream)
            yield Line(start, b"", "", "", length)
        else:
            length = len(data)
            text, encoding = _decoded(data)
            yield Line(start, data, text, encoding, length)
        start += length


def narrow(head: bytes) -> bytes:
    """The first bytes of a file as UTF-8, without the mark of an encoding."""
    wide = wide_encoding(head)
    if wide:
        return head.decode(wide, "replace").lstrip("\ufeff").encode("utf-8", "replace")
    return head.removeprefix(codecs.BOM_UTF8)


def parts(form: str, rows: Iterable[Row]) -> Iterator[Part]:
    """Put rows together to parts, each of at most PART_ROWS rows that follow each other without a gap.

    If the rows cannot be read to their end, the last is a rejection that says so.
    """
    waiting: list[Row] = []
    size = 0
    for row in _to_the_end(rows):
        gap = bool(waiting) and row.start != waiting[0].start + size
        if waiting and (gap or len(waiting) == PART_ROWS or size + len(row.data) > PART_BYTES):
            yield _part(form, waiting)
            waiting, size = [], 0
        waiting.append(row)
        size += len(row.data)
    if waiting:
        yield _part(form, waiting)


def _to_the_end(rows: Iterable[Row]) -> Iterator[Row]:
    end, block = 0, 0
    try:
        for row in rows:
            end = row.start + len(row.data)
            block += row.found is not None
            yield row
    except OSError as error:
        reason = f"The file cannot be read beyond this place ({error}); save or download it again."
        yield Row(end, b"", Rejection(reason, block + 1, end))
    except Exception as error:
        reason = (
            f"The file could not be read beyond this place ({type(error).__name__}); please report this with "
            "the file."
        )
        yield Row(end, b"", Rejection(reason, block + 1, end))


def _part(form: str, rows: list[Row]) -> Part:
    articles = tuple(row.found for row in rows if isinstance(row.found, RawArticle))
    rejections = tuple(row.found for row in rows if isinstance(row.found, Rejection))
    return Part(b"".join(row.data for row in rows), rows[0].start, Reading(form, articles, rejections))


def _decoded(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return decode(data)
    except Undecodable:
        return data.decode("utf-8", "replace"), "utf-8, broken"


def _skip_line(stream: Stream) -> int:
    skipped = 0
    while data := stream.readline(_PIECE):
        skipped += len(data)
        if data.endswith(b"\n"):
            break
    return skipped


def _wide_lines(stream: Stream, encoding: str) -> Iterator[Line]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    waiting, start, ended = "", 0, False
    while not ended:
        piece = stream.read(_PIECE)
        ended = not piece
        waiting += decoder.decode(piece, ended)
        found = waiting.split("\n")
        waiting = "" if ended else found.pop()
        if len(waiting) > LONGEST_ROW:
            found.append(waiting)
            waiting = ""
        for number, text in enumerate(found):
            if ended and number == len(found) - 1 and not text:
                continue
            line = text if ended and number == len(found) - 1 else text + "\n"
            data = line.encode(encoding, "surrogatepass")
            yield Line(start, data, line.removeprefix("\ufeff"), encoding, len(data))
            start += len(data)
