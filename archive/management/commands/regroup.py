"""`manage.py regroup`: which articles report the same event, by today's rules."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from archive.management.losing import lost
from archive.pipeline import regrouping


class Command(BaseCommand):
    help = (
        "Group all articles into events again, after an update that groups them better. Judgements and "
        "addresses stay. Safe to repeat and to break off: it goes on where it was stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the argument."""
        parser.add_argument(
            "--anew",
            action="store_true",
            help="begin with the first article, even if the last run was stopped",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Group, and say what changed."""
        try:
            with self._progress() as watch:
                report = regrouping.run(anew=options["anew"], watch=watch)
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped. What was grouped until now is whole; the same command goes on from there.",
                returncode=130,
            ) from None
        except (OperationalError, InterfaceError) as error:
            raise lost(error) from error
        self.stdout.write(str(report))

    @contextmanager
    def _progress(self) -> Iterator[regrouping.Watch]:
        """A bar on a terminal, nothing elsewhere."""
        if not sys.stderr.isatty():
            yield lambda done, left: None
            return
        columns = (
            TextColumn("Grouping"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, transient=True) as bar:
            task = bar.add_task("", total=None)

            def watch(done: int, left: int) -> None:
                bar.update(task, total=int(bar.tasks[0].completed) + done + left, advance=done)

            yield watch
