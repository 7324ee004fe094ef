"""`sources.csv`: what the files of a folder do not say about themselves.

One row a file: file, outlet, outlet_short, domain, url, published, updated, authors, headline, language,
known_from. Only `file` is required. What cannot be used is named with its row and the mend.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from archive.text.decoding import Undecodable, decode
from archive.text.types import Evidence, Facts, Moment, Precision

NAME = "sources.csv"
# Longest value a column may hold: what the stored fields hold (archive.models).
LIMITS = {
    "file": 1000,
    "outlet": 200,
    "outlet_short": 60,
    "domain": 253,
    "url": 2000,
    "published": 40,
    "updated": 40,
    "authors": 1000,
    "headline": 1000,
    "language": 12,
    "known_from": 200,
}
DELIMITERS = ",;\t"  # spreadsheets of some countries write the latter two
DATE_FORMATS = {4: ("%Y", Precision.YEAR), 7: ("%Y-%m", Precision.MONTH), 10: ("%Y-%m-%d", Precision.DAY)}


class Problem(NamedTuple):
    """What could not be used: the row as counted in the file (the header is row 1), and why."""

    row: int
    reason: str


class Sources(NamedTuple):
    """Facts by file name relative to the folder of the file, what could not be used, what was ignored."""

    facts: dict[str, Facts]
    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()


class _Unusable(Exception):
    """Why a row cannot be used, as the end of a sentence that begins with the row's number."""


def read_sources(data: bytes, folder: Path) -> Sources:
    """Read the bytes of a sources.csv that lies in `folder`. Never raises: each problem has its row.

    Rows above a place where the file is not well-formed CSV are used; the rest is one problem.
    """
    try:
        text = decode(data).text
    except Undecodable as error:
        return Sources({}, (Problem(1, error.reason),))
    reader = _reader(text)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
    except csv.Error as error:
        return Sources({}, (_malformed(1, error),))
    if "file" not in header:
        return Sources(
            {}, (Problem(1, f"{NAME} has no column 'file' in its first row; add it, with one file a row."),)
        )
    facts, problems = _read_rows(reader, header, folder)
    unknown = [name for name in header if name and name not in LIMITS]
    remarks = tuple(
        f"{NAME}: the column '{name}' is not known and was left out; known are {', '.join(LIMITS)}."
        for name in unknown
    )
    return Sources(facts, tuple(problems), remarks)


def _reader(text: str) -> Iterator[list[str]]:
    first_line = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first_line.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _read_rows(
    reader: Iterator[list[str]], header: list[str], folder: Path
) -> tuple[dict[str, Facts], list[Problem]]:
    facts: dict[str, Facts] = {}
    rows: dict[str, int] = {}
    problems: list[Problem] = []
    number = 1
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            problems.append(_malformed(number, error))
            return facts, problems
        if cells is None:
            return facts, problems
        if not any(cell.strip() for cell in cells):
            continue
        try:
            name, known = _row(cells, header, folder)
            if name in rows:
                raise _Unusable(f"names {name} again; row {rows[name]} is used, remove one of the two")
        except _Unusable as error:
            problems.append(Problem(number, f"Row {number} of {NAME} {error}."))
        else:
            rows[name] = number
            facts[name] = known


def _malformed(row: int, error: csv.Error) -> Problem:
    return Problem(
        row,
        f"{NAME} is not well-formed CSV from row {row} on ({error}); "
        "put values that hold commas or quotation marks into quotation marks and double the marks inside.",
    )


def _row(cells: list[str], header: list[str], folder: Path) -> tuple[str, Facts]:
    if len(cells) > len(header):
        raise _Unusable(
            f"has {len(cells)} values for {len(header)} columns; put values that hold commas into "
            "quotation marks"
        )
    values = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
    for name, limit in LIMITS.items():
        if len(values.get(name, "")) > limit:
            raise _Unusable(f"holds a {name} of more than {limit} characters; shorten it")
    return _file_name(values.get("file", ""), folder), _facts(values)


def _file_name(given: str, folder: Path) -> str:
    if not given:
        raise _Unusable("names no file; fill in the column 'file'")
    name = PurePosixPath(given)
    if name.is_absolute() or ".." in name.parts:
        raise _Unusable(f"names {given}, which is outside the folder; name files below it")
    if not os.path.lexists(folder / name):
        raise _Unusable(f"names {given}, which is not there; add the file or remove the row")
    return str(name)


def _facts(values: dict[str, str]) -> Facts:
    known_from = values.get("known_from", "")
    return Facts(
        headline=values.get("headline", ""),
        authors=tuple(name.strip() for name in values.get("authors", "").split(";") if name.strip()),
        outlet=values.get("outlet", ""),
        outlet_short=values.get("outlet_short", ""),
        domain=values.get("domain", "").lower().removeprefix("www."),
        url=values.get("url", ""),
        published=_moment(values.get("published", ""), "published", known_from),
        updated=_moment(values.get("updated", ""), "updated", known_from),
        language=values.get("language", ""),
        known_from=f"{NAME}: {known_from}" if known_from else NAME,
    )


def _moment(printed: str, column: str, known_from: str) -> Moment | None:
    """A date as ISO 8601, to the year, month, day or minute. A time zone is left out: printed time counts."""
    if not printed:
        return None
    evidence = Evidence(NAME, known_from or column)
    try:
        if len(printed) in DATE_FORMATS:
            form, precision = DATE_FORMATS[len(printed)]
            return Moment(datetime.strptime(printed, form), precision, evidence)
        return Moment(datetime.fromisoformat(printed).replace(tzinfo=None), Precision.MINUTE, evidence)
    except ValueError:
        raise _Unusable(
            f"holds the date '{printed}' under '{column}', which cannot be read; "
            "write it like 2017-04-18 or 2017-04-18T09:49"
        ) from None
