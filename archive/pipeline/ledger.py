"""The ledger: every piece of input of a run under exactly one outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import metadata

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Case, Count, Min, When
from django.utils import timezone

from archive.models import Entry, Run
from archive.pipeline import bulk
from archive.pipeline.report import Report

# Any number that no other program uses as an advisory lock in this database; from "parallax" as a telephone
# keypad spells it.
_WRITING = 72725529
MOST_FILES = 40  # that a report names one by one
NOT_READ = "not read"
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
    path: str,
    reason: str,
    *,
    block: int = 1,
    byte_offset: int = 0,
    source: int | None = None,
    form: str = "",
) -> Entry:
    """An entry for what could not be imported; `source` is the row of the bytes that it stands in."""
    return Entry(
        path=path,
        block=block,
        byte_offset=byte_offset,
        form=form,
        outcome=Entry.Outcome.REJECTED,
        reason=reason,
        source_id=source,
    )


def report(run: Run) -> Report:
    """What a run did, by outcome."""
    counted = dict(run.entries.order_by().values_list("outcome").annotate(Count("pk")))
    counts = {outcome.value: counted.get(outcome.value, 0) for outcome in Entry.Outcome}
    return Report("Imported", counts, (*_taken_for(run), *_lines(run)))


class Taken:
    """What files were taken for: each by name, or by kind where there are too many."""

    def __init__(self) -> None:
        self._kinds: Counter[str] = Counter()
        self._files: dict[tuple[str, str], Counter[str]] = {}

    def add(self, path: str, form: str, outcome: str, number: int = 1) -> None:
        """Count pieces of a file."""
        self._kinds[form or NOT_READ] += number
        if (path, form) in self._files or not self.are_many:
            self._files.setdefault((path, form), Counter())[outcome] += number

    @property
    def are_many(self) -> bool:
        """Whether there are more files than are named one by one."""
        return len(self._files) > MOST_FILES

    def lines(self, *, many: bool = False) -> Iterator[str]:
        """A sentence for each file or, of many files, one for all."""
        if not (many or self.are_many):
            for (path, form), outcomes in self._files.items():
                said = ", ".join(f"{number:,} {outcome}" for outcome, number in outcomes.items())
                yield f"{path}: taken for {form}; {said}." if form else f"{path}: {NOT_READ}; {said}."
        else:
            said = ", ".join(f"{kind} ({number:,})" for kind, number in self._kinds.most_common())
            yield f"Taken for: {said}; the ledger names each file."


def _taken_for(run: Run) -> Iterator[str]:
    files, kinds = Taken(), Taken()
    entries = run.entries.order_by()
    of_files = entries.values_list("path", "form", "outcome").annotate(Count("pk"), first=Min("pk"))
    for path, form, outcome, number, _ in of_files.order_by("first")[: MOST_FILES * len(Entry.Outcome)]:
        files.add(path, form, outcome, number)
    if not files.are_many:
        return files.lines()
    for form, number in entries.values_list("form").annotate(Count("pk")):
        kinds.add("", form, "", number)
    return kinds.lines(many=True)


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


def named(path: str, block: int, beside: int = 1) -> str:
    """A piece as a remark names it that stands beside the piece `beside` of some file."""
    return path if block == beside == 1 else f"piece {block} of {path}"


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
