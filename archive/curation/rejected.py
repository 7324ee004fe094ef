"""What was rejected: counted, looked at again, and handed out with its bytes."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from typing import IO, NamedTuple

from django.contrib.auth.models import User
from django.db.models import Count

from archive.curation.pasting import Given, Piece, save
from archive.models import Entry, Run
from archive.text.formats.fields import Columns
from archive.text.formats.tables import ENDINGS as TABLE_ENDINGS

MOST_BYTES = 500_000_000  # of one download; what is above is named in its table
MOST_AT_ONCE = 100  # files that are tried again by one press of a button
_IN_MEMORY = 10_000_000  # bytes of a download that need no temporary file
_COLUMNS = ("file", "path", "block", "byte_offset", "bytes", "sha256", "reason", "tried_again")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_ACTIVE = re.compile(r"\s*[=+\-@＝＋－＠\t\r\n]")  # what a spreadsheet would run as a formula

Outcome = Entry.Outcome


class Tried(NamedTuple):
    """What came of trying several again: entries by outcome, and files that are left to try."""

    counts: dict[str, int]
    left: int


def piece_of(entry: Entry) -> Piece | None:
    """The file, or part of a file, in which something was rejected; None if its bytes were not kept."""
    if entry.source is None:
        return None
    data = bytes(entry.source.data)
    if entry.path.lower().endswith(TABLE_ENDINGS):
        first = entry.run.entries.filter(path=entry.path, source__isnull=False).order_by("pk").first()
        if first and first.source and first.source_id != entry.source_id:  # rows below the header's part
            data = bytes(first.source.data).partition(b"\n")[0] + b"\n" + data
    return Piece(entry.path, data)


def counts_of(runs: list[Run]) -> dict[int, dict[str, int]]:
    """How many entries of some runs ended under which outcome, in the order of the outcomes."""
    rows = Entry.objects.filter(run__in=runs).order_by().values_list("run", "outcome").annotate(Count("pk"))
    found: dict[int, dict[str, int]] = {run.pk: {} for run in runs}
    order = {outcome.value: number for number, outcome in enumerate(Outcome)}
    for run, outcome, number in sorted(rows, key=lambda row: order.get(row[1], len(order))):
        found[run][outcome] = number
    return found


def try_again(run: Run, columns: Columns, by: User | None = None) -> Tried:
    """Read the files of a run again in which something was rejected, and was not tried since.

    The same file is read once, whatever number of its blocks was rejected.
    """
    rejected = run.entries.filter(outcome=Outcome.REJECTED, source__isnull=False)
    tried = set(rejected.filter(tries__isnull=False).values_list("source", "path"))
    firsts: dict[tuple[int | None, str], Entry] = {}
    for entry in rejected.order_by("pk"):
        if (entry.source_id, entry.path) not in tried:
            firsts.setdefault((entry.source_id, entry.path), entry)
    counts: dict[str, int] = {}
    for entry in list(firsts.values())[:MOST_AT_ONCE]:
        piece = piece_of(entry)
        assert piece is not None
        made = save([piece], {}, columns, by, again=entry)
        for outcome, number in counts_of([made])[made.pk].items():
            counts[outcome] = counts.get(outcome, 0) + number
    return Tried(counts, max(len(firsts) - MOST_AT_ONCE, 0))


def try_one(entry: Entry, piece: Piece, given: dict[int, Given], columns: Columns, by: User) -> Run:
    """Import what was made of a rejected entry. May raise decisions.Refused."""
    return save([piece], given, columns, by, again=entry)


def download(run: Run) -> IO[bytes]:
    """A zip with the bytes of all that a run rejected, each file once, and a table of the reasons."""
    file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (the answer closes it)
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(_COLUMNS)
    names: dict[int, str] = {}
    size = 0
    rejected = run.entries.filter(outcome=Outcome.REJECTED).order_by("pk")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry in rejected.select_related("source").defer("source__data").prefetch_related("tries"):
            source = entry.source
            if source and source.pk not in names and size + source.size <= MOST_BYTES:
                size += source.size
                names[source.pk] = f"files/{len(names) + 1:05}-{_safe(entry.path)}"
                packed.writestr(names[source.pk], bytes(source.data))
            name = names.get(source.pk, "") if source else ""
            writer.writerow(_row(entry, name))
        packed.writestr("rejected.csv", "\ufeff" + table.getvalue())
    file.seek(0)
    return file


def _row(entry: Entry, name: str) -> list[str]:
    source = entry.source
    told = (
        *(name, entry.path, entry.block, entry.byte_offset),
        *(source.size if source else "", source.sha256 if source else "", entry.reason),
        "yes" if entry.tries.all() else "no",
    )
    return [f"'{value}" if isinstance(value, str) and _ACTIVE.match(value) else str(value) for value in told]


def _safe(path: str) -> str:
    """A name for a file in the zip: no folders, no odd characters, not too long."""
    return _UNSAFE.sub("_", path.rsplit("/", 1)[-1]).strip("._")[-80:] or "file"
