"""`manage.py harvest URL...`: follow feeds and import what is new."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, ProgrammingError
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from archive.pipeline import harvesting
from archive.pipeline.fetching import Fetcher, Limits
from archive.pipeline.harvesting import listed

SOME_FAILED, ALREADY_AT_WORK, STOPPED = 3, 4, 130


class Command(BaseCommand):
    help = (
        "Follow feeds (RSS, Atom, JSON Feed) over HTTP and import the articles that they link to. Safe to "
        "repeat and to break off; made for cron. Exit codes: 0 all was fetched, 1 nothing could be done, "
        f"{SOME_FAILED} some feeds or articles failed, {ALREADY_AT_WORK} another harvest is at work, "
        f"{STOPPED} stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the arguments."""
        usual = Limits()
        parser.add_argument("addresses", nargs="*", metavar="URL", help="the address of a feed")
        parser.add_argument(
            "--list", type=Path, metavar="FILE", help="a list of feeds: OPML, or an address a line"
        )
        parser.add_argument(
            "--pause",
            type=float,
            default=usual.pause,
            metavar="SECONDS",
            help="between two requests to a host (%(default)s)",
        )
        parser.add_argument(
            "--seconds",
            type=float,
            default=usual.seconds,
            help="that one answer may take (%(default)s)",
        )
        parser.add_argument(
            "--megabytes", type=float, default=usual.size / 1e6, help="that one answer may have (%(default)s)"
        )
        parser.add_argument(
            "--again",
            type=int,
            default=0,
            metavar="DAYS",
            help="ask again for articles that came in the last days, to see what was changed since",
        )
        parser.add_argument("--contact", default="", help="an address or page that tells the sites who asks")
        parser.add_argument(
            "--allow-private",
            action="store_true",
            help="also ask hosts of this machine and of private networks",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Harvest, and say what was new."""
        addresses, problems = self._addresses(options)
        for problem in problems:
            self.stderr.write(problem)
        limits = Limits(
            pause=max(options["pause"], 0.0),
            seconds=max(options["seconds"], 0.1),
            size=max(int(options["megabytes"] * 1_000_000), 1),
            allow_private=options["allow_private"],
            contact=_one_line(options["contact"]),
        )
        try:
            with closing(Fetcher(limits)) as fetcher, self._progress() as watch:
                done = harvesting.run(addresses, fetcher, again_days=max(options["again"], 0), watch=watch)
        except harvesting.AlreadyHarvesting:
            raise CommandError(
                "Another harvest of this archive is at work; this one was not begun.",
                returncode=ALREADY_AT_WORK,
            ) from None
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped. What was imported until now is whole; the same command goes on from there.",
                returncode=STOPPED,
            ) from None
        except (OperationalError, InterfaceError, ProgrammingError) as error:
            raise CommandError(
                f"The database stopped answering ({_one_line(str(error))}); what was imported until now is "
                "whole. Once it answers again the same command goes on from there."
            ) from error
        self.stdout.write(str(done.report))
        if not done.feeds_read:
            raise CommandError("None of the feeds could be read.")
        if done.failures or problems:
            sys.exit(SOME_FAILED)

    def _addresses(self, options: dict[str, Any]) -> tuple[list[str], list[str]]:
        addresses, problems = list(options["addresses"]), []
        if options["list"]:
            try:
                more, problems = listed(options["list"])
            except OSError as error:
                raise CommandError(f"The list cannot be read ({error}); check its name.") from error
            addresses += more
        if not addresses:
            raise CommandError(
                " ".join(["There is no feed to follow; name one, or a list with --list.", *problems])
            )
        return addresses, problems

    @contextmanager
    def _progress(self) -> Iterator[Callable[[int, int], None]]:
        """A bar on a terminal, nothing elsewhere."""
        if not sys.stderr.isatty():
            yield lambda done, total: None
            return
        columns = (TextColumn("Fetching"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, transient=True) as bar:
            task = bar.add_task("", total=None)

            def watch(done: int, total: int) -> None:
                bar.update(task, total=total, advance=done)

            yield watch


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
