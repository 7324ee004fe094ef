"""`manage.py import_articles PATH...`: text files and folders into the archive."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from archive.pipeline import intake, river

LITTLE = 1_000_000  # bytes; some hundred articles


class Command(BaseCommand):
    help = (
        "Import articles from text files and folders. A sources.csv beside the files may say what the texts "
        "do not: file, outlet, domain, url, published, known_from. Safe to repeat and to break off."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the arguments."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or a folder")
        parser.add_argument(
            "--clean-again",
            action="store_true",
            help="also read unchanged texts anew, for those that an earlier version read",
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
        paths: list[Path] = options["paths"]
        try:
            columns = intake.columns_of(options["map"])
        except ValueError as error:
            raise CommandError(f"--map {error}") from error
        missing = [path for path in paths if not path.exists()]
        if len(missing) == len(paths):
            raise CommandError(f"There is nothing at {missing[0]}; name a file or a folder that is there.")
        try:
            with self._progress(paths) as watch:
                take = river.foretell if options["dry_run"] else river.import_paths
                report = take(
                    paths,
                    clean_again=options["clean_again"],
                    columns=columns,
                    workers=_workers(options["workers"], paths),
                    watch=watch,
                )
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped. What was imported until now is whole; the same command goes on from there.",
                returncode=130,
            ) from None
        except (OperationalError, InterfaceError) as error:
            raise CommandError(
                f"The database stopped answering ({_first_line(error)}); what was imported until now is "
                "whole. Once it answers again the same command goes on from there."
            ) from error
        self.stdout.write(str(report))

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


def _workers(asked: int | None, paths: list[Path]) -> int:
    """As many as asked for; otherwise one a processor, if reading takes longer than starting them."""
    if asked is not None:
        return max(asked, 0)
    return (os.cpu_count() or 1) if intake.expected_bytes(paths) > LITTLE else 0


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
