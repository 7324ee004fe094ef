"""`manage.py judgements export|import`: what curators decided (docs/reference/judgements.md)."""

import sys
from pathlib import Path

from django.core.management import BaseCommand, CommandError

from archive.curation import travelling


class Command(BaseCommand):
    """Write every judgement out, or add those of another archive."""

    help = "Export every judgement and withdrawal as JSON lines, or import such a file. Safe to repeat."

    def add_arguments(self, parser):
        """Take the direction and the file."""
        parser.add_argument("direction", choices=("export", "import"))
        parser.add_argument("file", type=Path, nargs="?", help="default: the standard output or input")

    def handle(self, *, direction: str, file: Path | None, **options):
        """Do it, and say how many there were."""
        try:
            if direction == "export":
                self._export(file)
            else:
                self._import(file)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}; name another file.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{file or 'The input'} is not UTF-8 text; export it again.") from error

    def _export(self, file: Path | None) -> None:
        lines = list(travelling.lines())
        if file:
            file.write_text("".join(lines), encoding="utf-8", newline="\n")
        else:
            for line in lines:
                self.stdout.write(line, ending="")
        self.stderr.write(f"Exported {len(lines):,} judgement{'s' if len(lines) != 1 else ''}.")

    def _import(self, file: Path | None) -> None:
        if file is None:
            report = travelling.take(sys.stdin)
        else:
            with file.open(encoding="utf-8", newline="\n") as lines:
                report = travelling.take(lines)
        self.stdout.write(str(report))
