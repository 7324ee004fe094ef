"""`manage.py import_articles PATH...`: text files and folders into the archive."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, ProgrammingError
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from archive.curation.rejected import try_again
from archive.management.losing import lost
from archive.models import Run
from archive.pipeline import intake, queueing, river
from archive.pipeline.intake import Columns
from archive.pipeline.report import Report

LITTLE = 1_000_000  # bytes; some hundred articles


class Command(BaseCommand):
    help = (
        "Import articles from text files and folders. A sources.csv beside the files may say what the texts "
        "do not: file, outlet, domain, url, published, known_from. Safe to repeat and to break off."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the arguments."""
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="a file or a folder")
        parser.add_argument(
            "--clean-again",
            action="store_true",
            help="also read unchanged texts anew, for those that an earlier version read",
        )
        parser.add_argument(
            "--retry",
            type=int,
            metavar="RUN",
            help="read what a run rejected once more, from the bytes that were kept",
        )
        parser.add_argument(
            "--queue",
            action="store_true",
            help="leave the work to `manage.py worker`, here or on other machines that reach the database",
        )
        parser.add_argument("--dry-run", action="store_true", help="tell every outcome and write nothing")
        parser.add_argument(
            "--workers",
            type=int,
            metavar="N",
            help="processes that read texts beside the one that stores them; default: one a processor, "
            "none for little input",
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            help="what a column of tables and JSON holds, where its name does not tell: "
            f"{', '.join(intake.FIELDS)}",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, and say what became of each input."""
        try:
            columns = intake.columns_of(options["map"])
        except ValueError as error:
            raise CommandError(f"--map {error}") from error
        try:
            if options["retry"] is not None:
                report = _retry(options["retry"], columns)
            else:
                report = self._import(_there(options["paths"]), columns, options)
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped. What was imported until now is whole; the same command goes on from there.",
                returncode=130,
            ) from None
        except (OperationalError, InterfaceError, ProgrammingError) as error:
            raise lost(error) from error
        self.stdout.write(str(report))

    def _import(self, paths: list[Path], columns: Columns, options: dict[str, Any]) -> Report:
        with self._progress(paths) as watch:
            if options["queue"]:
                return queueing.put(paths, columns=columns, watch=watch)
            take = river.foretell if options["dry_run"] else river.import_paths
            return take(
                paths,
                clean_again=options["clean_again"],
                columns=columns,
                workers=_workers(options["workers"], paths),
                watch=watch,
            )

    @contextmanager
    def _progress(self, paths: list[Path]) -> Iterator[Callable[[int, int], None]]:
        """A bar with rate and time left on a terminal, nothing elsewhere."""
        if not sys.stderr.isatty():
            yield lambda items, size: None
            return
        columns = (
            TextColumn("Importing"),
            BarColumn(),
            DownloadColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, transient=True) as bar:
            task = bar.add_task("", total=intake.expected_bytes(paths), rate="")

            items = 0

            def watch(new_items: int, size: int) -> None:
                nonlocal items
                items += new_items
                bar.advance(task, size)
                seconds = bar.tasks[0].elapsed or 0
                bar.update(task, rate=f"{items / seconds:,.0f} a second" if seconds else "")

            yield watch


def _there(paths: list[Path]) -> list[Path]:
    """The paths, if anything is at one of them."""
    if not paths:
        raise CommandError("Name a file or a folder to import, or a run to --retry.")
    if not any(path.exists() for path in paths):
        raise CommandError(f"There is nothing at {paths[0]}; name a file or a folder that is there.")
    return paths


def _retry(number: int, columns: Columns) -> Report:
    run = Run.objects.filter(pk=number).first()
    if run is None:
        raise CommandError(
            f"There is no run {number}; the ledger in the admin lists them with their numbers."
        )
    counts: Counter[str] = Counter()
    while True:
        tried = try_again(run, columns)
        counts.update(tried.counts)
        if not tried.left:
            return Report(f"Tried again what run {number} rejected", dict(counts))


def _workers(asked: int | None, paths: list[Path]) -> int:
    """As many as asked for; otherwise one a processor, if reading takes longer than starting them."""
    if asked is not None:
        return max(asked, 0)
    return (os.cpu_count() or 1) if intake.expected_bytes(paths) > LITTLE else 0
