"""CSV and TSV: delimiter and encoding are found, columns are known by their usual names."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import NamedTuple

from archive.text.dates import DayOrder, day_order
from archive.text.formats.fields import (
    Columns,
    Place,
    article_of,
    date_values,
    holds_text,
    known_columns,
    sound,
    taken_columns,
)
from archive.text.formats.streams import LONGEST_ROW, Line, Row, Stream, lines, wide_encoding
from archive.text.types import RawArticle, RawFile, Rejection

ENDINGS = (".csv", ".tsv", ".tab")
DELIMITERS = ",\t;|"
LEAST_KNOWN_COLUMNS = 2  # by which a table is told from a text whose first line has commas
MOST_COLUMNS = 1000
LARGEST_KEPT = 20_000_000  # bytes of a table without known columns
# The standard library's limit of 131,072 characters is below the longest articles.
csv.field_size_limit(LONGEST_ROW)


UNCLOSED = (
    "A quotation mark of the row is not closed, so that the rows behind it cannot be told apart; close it."
)


class _Record(NamedTuple):
    """The cells of one row; `problem` says what is wrong with them."""

    start: int
    data: bytes
    encoding: str
    cells: list[str]
    problem: str = ""


def recognises(head: RawFile) -> bool:
    """By its name, or by a first line that names several of the usual columns."""
    if head.path.lower().endswith(ENDINGS):
        return True
    header = _header(head.data)
    return known_columns(header, {}) >= LEAST_KNOWN_COLUMNS and holds_text(header, {})


def rows(stream: Stream, head: bytes, columns: Columns) -> Iterator[Row]:
    """Each row below the header; if no column holds text the whole table is one rejection."""
    delimiter = _delimiter(_first_line(head))
    order = _order(head, delimiter, columns)
    records = _records(stream, head, delimiter)
    first = next(records, None)
    if first is None or first.problem or not holds_text(first.cells, columns):
        yield Row(0, _whole(first, records), Rejection(_no_header(first), 1, 0))
        return
    yield Row(first.start, first.data, None)
    note, block = taken_columns(first.cells, columns), 0
    for record in records:
        if not record.problem and not any(cell.strip() for cell in record.cells):
            yield Row(record.start, record.data, None)
            continue
        block += 1
        found = _found(record, first.cells, block, columns, order)
        if note and isinstance(found, RawArticle):
            found, note = found._replace(note=note), ""
        yield Row(record.start, record.data, found)


def _whole(first: _Record | None, records: Iterator[_Record]) -> bytes:
    """The bytes of a table that is one rejection, so that it can be tried again; its head if it is large."""
    data = first.data if first else b""
    rest = bytearray()
    for record in records:
        rest += record.data
        if len(rest) > LARGEST_KEPT:
            return data
    return data + bytes(rest)


def _found(
    record: _Record, header: list[str], block: int, columns: Columns, order: DayOrder | None
) -> RawArticle | Rejection:
    if record.problem:
        return Rejection(record.problem, block, record.start)
    if len(record.cells) > len(header) and any(cell.strip() for cell in record.cells[len(header) :]):
        reason = (
            f"The row has {len(record.cells)} values for {len(header)} columns; put values that hold the "
            "delimiter into quotation marks."
        )
        return Rejection(reason, block, record.start)
    place = Place(block, record.start, record.start + len(record.data), record.encoding)
    return article_of(dict(zip(header, record.cells, strict=False)), place, columns, order)


def _records(stream: Stream, head: bytes, delimiter: str) -> Iterator[_Record]:
    """The rows of a table with their bytes; what is not well-formed is a record with its problem."""
    source = _Lines(lines(stream, head))
    while not source.ended:
        reader = csv.reader(source, delimiter=delimiter)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                break
            except (csv.Error, _TooLong) as error:
                yield source.take([], f"The row is not well-formed CSV ({error}); close its quotation marks.")
                break
            yield source.take(cells, "" if source.closed else UNCLOSED)


class _TooLong(Exception):
    """A row that goes on for longer than any article."""


class _Lines:
    """Lines for the csv module, which remember what was read since a row was last taken."""

    def __init__(self, source: Iterator[Line]) -> None:
        self.ended = False
        self._source = source
        self._taken: list[Line] = []
        self._size = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._source, None)
        if line is None:
            self.ended = True
            raise StopIteration
        self._taken.append(line)
        self._size += line.length
        if self._size > LONGEST_ROW:
            raise _TooLong(f"it has more than {LONGEST_ROW:,} bytes")
        return line.text

    @property
    def closed(self) -> bool:
        """Whether the row that was just read did not only end because the file does."""
        return len(self._taken) < 2 or sum(line.text.count('"') for line in self._taken) % 2 == 0

    def take(self, cells: list[str], problem: str = "") -> _Record:
        """The row that was just read, with the bytes it was read from."""
        taken, self._taken, self._size = self._taken, [], 0
        data = b"".join(line.data for line in taken)
        return _Record(
            taken[0].start if taken else 0, data, taken[0].encoding if taken else "", cells, problem
        )


def _order(head: bytes, delimiter: str, columns: Columns) -> DayOrder | None:
    """What the dates of the first rows say about the order of day and month."""
    sample = head.decode(wide_encoding(head) or "utf-8", "replace").splitlines(keepends=True)
    reader = csv.reader(sample, delimiter=delimiter)
    dates: list[str] = []
    try:
        header = next(reader, [])
        dates += (date_values(dict(zip(header, cells, strict=False)), columns) for cells in reader)
    except csv.Error:
        pass
    return day_order("\n".join(dates))


def _first_line(head: bytes) -> str:
    text = head.decode(wide_encoding(head) or "utf-8", "replace").lstrip("\ufeff\r\n")
    return text.split("\n", 1)[0]


def _delimiter(first_line: str) -> str:
    return max(DELIMITERS, key=first_line.count)


def _header(head: bytes) -> list[str]:
    line = _first_line(head)
    if line.count(_delimiter(line)) > MOST_COLUMNS:
        return []
    try:
        return next(csv.reader([line], delimiter=_delimiter(line)), [])
    except csv.Error:
        return []


def _no_header(first: _Record | None) -> str:
    if first is None or first.problem:
        return first.problem if first else "The table is empty; put rows into it or leave it out."
    names = ", ".join(sound(name)[:60] for name in first.cells[:20])
    return (
        f"No column of the table is known to hold the text of an article (its columns are: {names}); "
        "name it with --map COLUMN=text."
    )
