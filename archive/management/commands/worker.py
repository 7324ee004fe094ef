"""`manage.py worker`: take part in imports that were left to the queue."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, ProgrammingError

from archive.management.losing import lost
from archive.pipeline import queueing


class Command(BaseCommand):
    help = (
        "Store what `import_articles --queue` left to the queue, on any machine that reaches the database. "
        "Ctrl-C lets the batch in hand end; a worker that is killed doubles and loses nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the arguments."""
        parser.add_argument(
            "--until-empty", action="store_true", help="end once nothing is left in the queue"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        try:
            queueing.work(wait=not options["until_empty"])
        except (OperationalError, InterfaceError, ProgrammingError) as error:
            raise lost(error) from error
