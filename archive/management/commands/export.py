"""`manage.py export`: the archive as JSON lines or CSV (docs/reference/export.md)."""

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.core.management import BaseCommand, CommandError

from archive.exports.catalogue import EXPORTS
from archive.exports.formats import BYTE_ORDER_MARK, Row, csv_lines, json_lines
from archive.exports.streams import one_moment

ONE = {"articles": "article", "people": "person", "organisations": "organisation", "events": "event"}


class Command(BaseCommand):
    """Write one table to a file or to the standard output."""

    help = "Export articles, people, organisations or events, streamed, as JSON lines or CSV."

    def add_arguments(self, parser):
        """Take what to export, how and where to."""
        parser.add_argument("what", choices=EXPORTS)
        parser.add_argument(
            "--format", choices=("jsonl", "csv"), default="jsonl", help="default: %(default)s"
        )
        parser.add_argument("--output", type=Path, metavar="FILE", help="default: the standard output")
        parser.add_argument(
            "--all", action="store_true", help="also earlier versions, and what was merged or withdrawn"
        )
        parser.add_argument(
            "--bom", action="store_true", help="open a CSV with a byte order mark, which Excel needs"
        )

    def handle(self, *, what: str, format: str, output: Path | None, bom: bool, **options):
        """Write every row as it was at one moment, and say how many there were."""
        export = EXPORTS[what]
        counted = Counted(export.rows(export.every() if options["all"] else export.live()))
        lines = csv_lines(counted, export.columns) if format == "csv" else json_lines(counted)
        with one_moment(), self._opened(output) as write:
            if bom and format == "csv":
                write(BYTE_ORDER_MARK)
            for line in lines:
                write(line)
        self.stderr.write(f"Exported {counted.number:,} {ONE[what] if counted.number == 1 else what}.")

    @contextlib.contextmanager
    def _opened(self, output: Path | None) -> Iterator:
        """Give a function that writes; a file appears only once it is complete."""
        if output is None:
            with _quiet_if_nobody_reads_on():
                if hasattr(sys.stdout, "reconfigure"):
                    sys.stdout.reconfigure(encoding="utf-8", newline="")
                yield lambda line: self.stdout.write(line, ending="")
                self.stdout.flush()
            return
        unfinished = output.with_name(f"{output.name}.part")
        try:
            with unfinished.open("w", encoding="utf-8", newline="") as file:
                yield file.write
            unfinished.replace(output)
        except OSError as error:
            raise CommandError(
                f"{output} cannot be written ({error.strerror}); name another --output."
            ) from error
        finally:
            unfinished.unlink(missing_ok=True)


class Counted:
    """Rows, counted while they pass by."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.number = 0
        self._rows = rows

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows."""
        for row in self._rows:
            self.number += 1
            yield row


@contextlib.contextmanager
def _quiet_if_nobody_reads_on() -> Iterator[None]:
    """End without a word where a reader such as `head` has closed the pipe (128 + SIGPIPE)."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
