"""`manage.py evaluate TASK FILE...`: how well the rules do on labelled data."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.management import evaluating


class Command(BaseCommand):
    help = (
        "Measure the rules of reading on labelled data (plain or gzip JSON lines): names, aliases, quotes, "
        "cleaning, extraction, grouping, alignment, naming. "
        "With --floors, hold every pinned measure against its floor."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the arguments."""
        parser.add_argument("task", nargs="?", metavar="TASK")
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--predictions", type=Path, metavar="OUT.jsonl", help="write what was predicted")
        parser.add_argument("--limit", type=int, metavar="N", help="only the first N rows of each file")
        parser.add_argument(
            "--without",
            action="append",
            default=[],
            metavar="KEY",
            help="hide a key of every row, such as date",
        )
        parser.add_argument("--floors", type=Path, metavar="FLOORS.json", help="hold measures against floors")
        parser.add_argument("--data", type=Path, metavar="FOLDER", help="where the files of the floors are")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure, and print a table."""
        try:
            if options["floors"]:
                self._hold_floors(options["floors"], options["data"])
            else:
                self._evaluate(options)
        except evaluating.Unusable as error:
            raise CommandError(str(error)) from error

    def _evaluate(self, options: dict[str, Any]) -> None:
        known = evaluating.tasks()
        if options["task"] not in known:
            raise CommandError(f"Name a task: {', '.join(known)}.")
        if not options["files"]:
            raise CommandError("Name at least one file of JSON lines.")
        rows = evaluating.read_rows(options["files"], limit=options["limit"], without=options["without"])
        result = evaluating.evaluate(options["task"], rows)
        if options["predictions"]:
            evaluating.write_rows(options["predictions"], result.predictions)
        self._print(f"{options['task']}: {len(rows):,} rows", result.measures)

    def _hold_floors(self, floors: Path, data: Path | None) -> None:
        if data is None:
            raise CommandError("Name the folder of the data with --data.")
        short: list[evaluating.Shortfall] = []
        for entry in evaluating.read_floors(floors):
            measures, fallen = evaluating.hold(entry, data)
            hidden = f" without {', '.join(entry['without'])}" if entry.get("without") else ""
            self._print(
                f"{entry['task']}: {entry['file']}{hidden}",
                {name: measures[name] for name in entry["floors"] if name in measures},
                entry["floors"],
            )
            short += fallen
        if short:
            raise CommandError("\n".join(f"{fallen.file}: {fallen.reason}" for fallen in short))

    def _print(self, title: str, measures: dict[str, float], floors: dict[str, float] | None = None) -> None:
        self.stdout.write(title)
        width = max(map(len, measures), default=0)
        for name, value in measures.items():
            printed = f"{value:,.0f}" if value > 1 else f"{value:.4f}"
            floor = f"  (at least {floors[name]:.4f})" if floors else ""
            self.stdout.write(f"  {name:<{width}}  {printed}{floor}")
