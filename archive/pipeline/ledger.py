"""The ledger: every piece of input of a run under exactly one outcome."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from archive.models import Entry, Run
from archive.pipeline.report import Report

# Any number that no other program uses as an advisory lock in this database; from "parallax" as a telephone
# keypad spells it.
_WRITING = 72725529


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
    Entry.objects.bulk_create(entries, batch_size=500)


def report(run: Run) -> Report:
    """What a run did, by outcome, with a line for each piece that was rejected."""
    outcomes = run.entries.values_list("outcome", flat=True)
    counts: dict[str, int] = {outcome.value: 0 for outcome in Entry.Outcome}
    for outcome in outcomes.iterator():
        counts[outcome] += 1
    return Report("Imported", counts)


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


def as_json(value: Any) -> Any:
    """A frozen value of archive.text (tuples in tuples) as lists, the way it is stored."""
    if isinstance(value, tuple):
        return [as_json(part) for part in value]
    return value
