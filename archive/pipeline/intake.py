"""From paths to batches of what is to be stored: files are opened, unpacked and read part by part."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

from archive.pipeline import files, unpacking
from archive.pipeline.files import Found, Refused, Remark
from archive.text import reading
from archive.text.formats.fields import FIELDS, Columns
from archive.text.types import Facts, Part

# A batch is one transaction: large enough that its fixed costs do not count, small enough that an
# interrupted import repeats a few seconds of work at most.
BATCH_ITEMS = 500
BATCH_BYTES = 5_000_000
__all__ = ["FIELDS", "Columns", "Input", "batches", "columns_of", "expected_bytes"]


class Input(NamedTuple):
    """A part of a file with what was read in it, or why a file cannot be read.

    `facts` are those that are known of each of its articles from outside. `done` counts the bytes of files
    that were dealt with since the input before.
    """

    path: str
    part: Part | None
    facts: Facts = Facts()
    note: str = ""
    refused: Refused | None = None
    done: int = 0

    @property
    def items(self) -> int:
        """How many entries this makes in the ledger."""
        found = self.part.reading if self.part else None
        return len(found.articles) + len(found.rejections) if found else 1


def batches(paths: Iterable[Path], columns: Columns) -> Iterator[list[Input | Remark]]:
    """Everything under `paths` in order, in batches; a remark stands where it was made."""
    batch: list[Input | Remark] = []
    items = size = 0
    for one in _inputs(paths, columns):
        batch.append(one)
        if isinstance(one, Input):
            items += one.items
            size += len(one.part.data) if one.part else 0
        if items >= BATCH_ITEMS or size >= BATCH_BYTES:
            yield batch
            batch, items, size = [], 0, 0
    if batch:
        yield batch


def columns_of(pairs: Iterable[str]) -> dict[str, str]:
    """ "COLUMN=FIELD" by column. Raises ValueError, with a sentence, for what names no field."""
    columns = {}
    for pair in pairs:
        column, _, field = pair.rpartition("=")
        if not column or field not in FIELDS:
            raise ValueError(f"{pair} is no COLUMN=FIELD; the fields are {', '.join(FIELDS)}.")
        columns[column] = field
    return columns


def expected_bytes(paths: Iterable[Path]) -> int:
    """How many bytes the files under `paths` have; nothing is read but folders and sources files."""
    return sum(_size(met.place) for met in files.walk(paths) if isinstance(met, Found))


def _inputs(paths: Iterable[Path], columns: Columns) -> Iterator[Input | Remark]:
    for met in files.walk(paths):
        if isinstance(met, Remark):
            yield met
        elif isinstance(met, Refused):
            yield Input(met.path, None, refused=met)
        else:
            yield from _in_file(met, columns)


def _in_file(met: Found, columns: Columns) -> Iterator[Input | Remark]:
    file = files.opened(met)
    if isinstance(file, Refused):
        yield Input(met.path, None, refused=file)
        return
    with file:
        position = 0
        for one in _unpacked(met, file, columns):
            reached = file.tell()
            yield one._replace(done=max(reached - position, 0)) if isinstance(one, Input) else one
            position = reached


def _unpacked(met: Found, file: IO[bytes], columns: Columns) -> Iterator[Input | Remark]:
    for leaf in unpacking.unpack(met.path, file):
        if isinstance(leaf, Remark):
            yield leaf
        elif isinstance(leaf, Refused):
            yield Input(leaf.path, None, refused=leaf)
        else:
            for part in reading.read_parts(leaf.name, leaf.stream, columns):
                alone = part.alone and leaf.path == met.path
                facts = met.facts if alone else _of_several(met.facts)
                yield Input(leaf.path, part, facts, met.note if alone else "")


def _of_several(facts: Facts) -> Facts:
    """What is known of a file of several articles and true of each: who published them."""
    return Facts(
        outlet=facts.outlet,
        outlet_short=facts.outlet_short,
        domain=facts.domain,
        language=facts.language,
        known_from=facts.known_from,
    )


def _size(place: Path) -> int:
    try:
        status = place.stat()
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0
