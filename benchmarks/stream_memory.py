"""How much memory a long stream of rows takes: as it is read, foretold (--dry-run) and imported.

    python -m benchmarks.stream_memory [--read 1000000] [--foretell 100000] [--store 20000] [--workers 2]

The rows are short invented articles, written to one file of JSON lines; one in nine has no text and is
rejected. Told is the memory of the process that reads and stores after so many rows: it must not grow with
their number, but for what is remembered up to a limit. Needs no archive for reading; for the rest one of its
own is made and removed at the end.
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
from collections.abc import Iterator
from pathlib import Path

from benchmarks.kill_import import PEOPLE, PLACES

ROOT = Path(__file__).resolve().parent.parent
MARKS = 20  # measures of one run
CHILD = """
import sys, django
django.setup()
from benchmarks.stream_memory import go_through
go_through(*sys.argv[1:])
"""


def main() -> None:
    """Write the rows, go through them in each way and print the memory on the way."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--read", type=int, default=1_000_000)
    parser.add_argument("--foretell", type=int, default=100_000)
    parser.add_argument("--store", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="parallax-stream-"))
    folder.chmod(0o755)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "ARCHIVE_DATA": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "PYTHONPATH": str(ROOT),
    }
    try:
        for way in ("read", "foretell", "store"):
            count = getattr(options, way)
            if not count:
                continue
            rows = folder / "rows.jsonl"
            with rows.open("w", encoding="utf-8") as file:
                file.writelines(invented(count))
            if way != "read":
                _run(environment, "manage.py", "migrate", "-v0")
            print(f"{way} {count:,} rows, {rows.stat().st_size / 1e6:,.0f} MB", flush=True)
            _run(environment, "-c", CHILD, way, str(rows), str(count), str(options.workers))
    finally:
        time.sleep(1)
        shutil.rmtree(folder, ignore_errors=True)


def invented(count: int) -> Iterator[str]:
    """So many rows, the same for the same number."""
    chance = random.Random(11)
    for number in range(count):
        place, person, other = chance.choice(PLACES), chance.choice(PEOPLE), chance.choice(PEOPLE)
        words = " ".join(f"{chance.choice(PLACES).lower()}{chance.randint(1, 9999)}" for _ in range(12))
        text = (
            f"The council of {place} heard case {number} on Tuesday, about {words}.\n\n"
            f'"We will look into it," said {person}, who leads the Ferry Union of {place}. {other} told '
            f"reporters that it costs {chance.randint(2, 900)} million crowns a year."
        )
        row = {"title": f"{place} hears case {number}", "text": text if number % 9 else ""}
        row |= {"date": f"20{number % 20:02}-{1 + number % 12:02}-{1 + number % 28:02}"}
        row |= {"outlet": f"The {place} Post", "url": f"https://post.example/{number}"}
        yield json.dumps(row) + "\n"


def go_through(way: str, path: str, count: str, workers: str) -> None:
    """In a process of its own: read, foretell or store the rows, and print the memory now and then."""
    from archive.pipeline import intake, river
    from archive.text import reading

    done, told, began = 0, 0, time.process_time()

    def watch(items: int, _: int) -> None:
        nonlocal done, told
        done += items
        if done * MARKS >= (told + 1) * int(count):
            told = done * MARKS // int(count)
            used = (time.process_time() - began) / done * 1000
            print(f"  {done:>9,} rows: {_memory():>5,.0f} MB, {used:.2f} ms a row here", flush=True)

    if way == "read":
        for batch in intake.batches([Path(path)], reading.NO_COLUMNS):
            found = river.gathered(batch)
            watch(found.items, found.done)
        return
    command = river.foretell if way == "foretell" else river.import_paths
    print(f"  {command([Path(path)], workers=int(workers), watch=watch).counts}")


def _memory() -> float:
    """What this process holds, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _run(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=True)  # noqa: S603


if __name__ == "__main__":
    main()
