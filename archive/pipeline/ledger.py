"""The ledger: every piece of input of a run under exactly one outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import metadata

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Case, Count, When
from django.utils import timezone

from archive.models import Entry, Run
from archive.pipeline import bulk
from archive.pipeline.report import Report

# Any number that no other program uses as an advisory lock in this database; from "parallax" as a telephone
# keypad spells it.
_WRITING = 72725529
MOST_LINES = 200  # remarks that a report repeats; the ledger has all of them


def begin(command: str, arguments: Sequence[str], started_by: User | None = None) -> Run:
    """Open a run in the ledger."""
    return Run.objects.create(
        command=command, arguments=list(arguments), started_by=started_by, tool_version=tool_version()
    )


def end(run: Run) -> None:
    """Note that a run came to its end; a run without an end was broken off."""
    run.ended_at = timezone.now()
    run.save(update_fields=["ended_at"])


def record(run: Run, entries: Sequence[Entry]) -> None:
    """Write entries, in the order in which they were met."""
    for entry in entries:
        entry.run = run
    bulk.copy_objects(entries)


def rejection(
    path: str, reason: str, *, block: int = 1, byte_offset: int = 0, source: int | None = None
) -> Entry:
    """An entry for what could not be imported; `source` is the row of the bytes that it stands in."""
    return Entry(
        path=path,
        block=block,
        byte_offset=byte_offset,
        outcome=Entry.Outcome.REJECTED,
        reason=reason,
        source_id=source,
    )


def report(run: Run) -> Report:
    """What a run did, by outcome."""
    counted = dict(run.entries.order_by().values_list("outcome").annotate(Count("pk")))
    counts = {outcome.value: counted.get(outcome.value, 0) for outcome in Entry.Outcome}
    return Report("Imported", counts, tuple(_lines(run)))


def _lines(run: Run) -> Iterator[str]:
    """A sentence for each entry that has something to say, the rejected first."""
    entries = run.entries.exclude(reason="").only("path", "block", "outcome", "reason")
    rejected_first = entries.order_by(Case(When(outcome=Entry.Outcome.REJECTED, then=0), default=1), "pk")
    for entry in rejected_first[:MOST_LINES]:
        yield line(entry)
    more = entries.count() - MOST_LINES
    if more > 0:
        yield f"{more:,} more have a remark in the ledger."


def line(entry: Entry) -> str:
    """An entry as a sentence."""
    where = entry.path if entry.block == 1 else f"{entry.path} [{entry.block}]"
    return f"{where}: {Entry.Outcome(entry.outcome).value}. {entry.reason}"


def tool_version() -> str:
    """The version that writes: kept beside everything that a run or a curator adds."""
    return f"parallax {metadata.version('parallax')}"


def wait_for_turn() -> None:
    """Hold, until this transaction ends, the one right to change the archive.

    Two imports at once, or a curator's judgement during an import, write one after the other, so that each
    sees what the other did. Reading never waits.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITING])
