"""Kill an import at random, again and again, and compare with an import that nobody disturbed.

    python benchmarks/kill_import.py [FILE] [--times 50] [--workers 0] [--within SECONDS]

FILE is anything that `import_articles` reads; without it 60 invented articles are. Each archive is made in a
folder of its own that is removed at the end. An import that comes to its end is compared, table by table
(benchmarks/archive_state.py), and the next one starts from nothing, until so many were killed. A kill comes
within so many seconds of work, by default a sixth of what an undisturbed import takes: name more where the
machine has become busier since.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHILD = """
import sys, django
django.setup()
from pathlib import Path
from archive.pipeline import intake, river
intake.BATCH_ITEMS = 5
print("begun", flush=True)
river.import_paths([Path(sys.argv[1])], workers=int(sys.argv[2]))
print("done", flush=True)
"""
STATE = """
import json, django
django.setup()
from benchmarks.archive_state import state
from archive.models import Run
print(json.dumps([state(), Run.objects.filter(ended_at=None).count()]))
"""
PLACES = (
    "Varnholm",
    "Lower Tellen",
    "Norrsund",
    "Eskaby",
    "Port Amarel",
    "Sundvik",
    "Halden Moor",
    "Ostrava Bay",
)
PEOPLE = ("Marta Lindqvist", "Jonas Okoro", "Ines Varga", "Tomas Ahlgren", "Rosa Delmonte", "Piet Haldane")


def invented(path: Path, count: int) -> Path:
    """Write so many articles of invented places and people as JSON lines; some are copies of others."""
    chance = random.Random(7)
    lines = []
    for number in range(count):
        place, person, other = chance.choice(PLACES), chance.choice(PEOPLE), chance.choice(PEOPLE)
        dead, day = chance.randint(2, 900), 1 + number % 28
        text = (
            f"The council of {place} voted on Tuesday to close the bridge for {dead} days.\n\n"
            f'"Nobody asked us," said {person}, who leads the Ferry Union of {place}. The union has '
            f"{dead * 3} members.\n\n{other} told reporters that number {number} of the new rules costs "
            f"{dead} million crowns a year and that the harbour company would go to court in {place}."
        )
        row = {"title": f"{place} closes its bridge, vote {number}", "text": text}
        row |= {
            "date": f"2019-03-{day:02}",
            "outlet": f"The {place} Post",
            "url": f"https://post.example/{number}",
        }
        lines.append(json.dumps(row if number % 9 else {**row, "text": ""}))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


class Archive:
    """A data folder with a server of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.environment = {
            **kept,
            "ARCHIVE_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "archive.settings",
            "PYTHONPATH": str(ROOT),
        }

    def run(self, *arguments: str) -> str:
        """Run Python to its end."""
        done = subprocess.run(  # noqa: S603
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def empty(self) -> None:
        """Bring the tables up to date and take everything out of them."""
        self.run("manage.py", "migrate", "-v0")
        self.run("manage.py", "flush", "--no-input", "-v0")

    def state(self) -> tuple[dict[str, str], int]:
        """What it holds, and how many runs were broken off."""
        found, broken = json.loads(self.run("-c", STATE).splitlines()[-1])
        return found, broken

    def import_for(self, file: Path, workers: int, seconds: float | None) -> bool:
        """Import, killed after so many seconds of work; whether it came to its end."""
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", CHILD, str(file), str(workers)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
        return process.returncode == 0


def main() -> None:
    """Kill, compare, and say how often what came out."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--within", type=float, help="seconds after which it is killed at the latest")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="parallax-kill-"))
    folder.chmod(0o755)
    try:
        _kill(options, folder)
    finally:
        time.sleep(1)
        shutil.rmtree(folder, ignore_errors=True)


def _kill(options: argparse.Namespace, folder: Path) -> None:
    file = options.file or invented(folder / "invented.jsonl", 60)
    archive = Archive(folder / "data")
    archive.empty()
    began = time.monotonic()
    assert archive.import_for(file, options.workers, None), "the undisturbed import failed"
    takes = time.monotonic() - began
    wanted, _ = archive.state()
    print(f"undisturbed: {takes:.1f} s, {wanted.get('Article')}", flush=True)
    chance = random.Random(options.seed)
    killed = ended = different = 0
    archive.empty()
    while killed < options.times:
        whole = archive.import_for(file, options.workers, chance.uniform(0, options.within or takes / 6))
        killed += not whole
        if whole or killed == options.times:
            if not whole:
                archive.import_for(file, options.workers, None)
            found, broken = archive.state()
            same = found == wanted
            ended, different = ended + 1, different + (not same)
            print(
                f"killed {killed}: {broken} broken off, {'same' if same else _difference(found, wanted)}",
                flush=True,
            )
            archive.empty()
    print(f"{killed} kills, {ended} imports ended, {different} different from the undisturbed one")
    sys.exit(1 if different else 0)


def _difference(found: dict[str, str], wanted: dict[str, str]) -> str:
    return ", ".join(
        f"{name}: {found[name]} not {wanted[name]}" for name in wanted if found[name] != wanted[name]
    )


if __name__ == "__main__":
    main()
