"""How long the whole way of an article takes, with trafilatura alone as the yardstick for HTML.

    python benchmarks/import_speed.py ARTICLES [--limit 2000] [--workers 2] [--pages FOLDER]

ARTICLES is a file that `import_articles` reads as rows (JSON lines, plain or gzip). It is imported into an
archive of its own, which is removed at the end, then imported again unchanged. Told are articles a second by
the clock and processor seconds an article: of the import with its workers, and of the database's processes;
of the import's own processes also each one's seconds and largest memory, the one that stores first.
With --pages saved pages of a folder are read by trafilatura alone, and read and prepared as an import does.
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Measure and print a line for each measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path, nargs="?")
    parser.add_argument("--limit", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--pages", type=Path, help="a folder of saved HTML pages")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="parallax-speed-"))
    folder.chmod(0o755)
    try:
        if options.articles:
            _whole_way(options.articles, options.limit, options.workers, folder)
        if options.pages:
            _pages(options.pages, options.limit)
    finally:
        time.sleep(1)
        shutil.rmtree(folder, ignore_errors=True)


def _whole_way(articles: Path, limit: int, workers: int, folder: Path) -> None:
    rows = folder / "rows.jsonl"
    count = _first_rows(articles, limit, rows)
    environment = {**os.environ, "ARCHIVE_DATA": str(folder / "data")}
    environment.pop("DATABASE_URL", None)

    def manage(*arguments: str) -> tuple[float, float, float]:
        """Run a command; seconds by the clock, of processors, and of the database's processors."""
        clock, server = time.monotonic(), _server_seconds(folder / "data")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        process = subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment)  # noqa: S603
        seen = _watched(process)
        if process.returncode:
            sys.exit(process.returncode)
        if arguments[0] == "import_articles":
            for seconds, megabytes in seen:
                print(f"  a process of it: {seconds:,.1f} s, {megabytes:,.0f} MB at most")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        time.sleep(0.5)  # the server counts a connection's time when it has ended
        return time.monotonic() - clock - 0.5, used, _server_seconds(folder / "data") - server

    manage("migrate", "-v0")
    keeper = subprocess.Popen(  # noqa: S603
        [sys.executable, "manage.py", "shell", "-v0", "-c", _KEEP],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
    )
    try:
        time.sleep(5)
        _, start, _ = manage("check", "-v0")
        for name in ("new", "unchanged"):
            clock, used, server = manage("import_articles", str(rows), "--workers", str(workers))
            here, there = (used - start) / count * 1000, server / count * 1000
            print(
                f"{name}: {count / clock:,.0f} articles a second by the clock; processor ms an "
                f"article: {here:.1f} here, {there:.1f} in the database"
            )
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"largest process: {largest:,.0f} MB")
    finally:
        keeper.communicate()


def _watched(process: subprocess.Popen[bytes]) -> list[tuple[float, float]]:
    """Wait for a process; seconds and largest memory of it and of its children that work, itself first."""
    seen: dict[int, tuple[float, float]] = {}
    while process.poll() is None:
        for pid in (process.pid, *_children(process.pid)):
            with suppress(OSError, StopIteration, IndexError):
                seen[pid] = _used(pid)
        time.sleep(0.5)
    first = seen.pop(process.pid, (0.0, 0.0))
    return [first, *(one for one in seen.values() if one[0] > 1)]


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _used(pid: int) -> tuple[float, float]:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    peak = next(line for line in status if line.startswith("VmHWM"))
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK"), int(peak.split()[1]) / 1024


# Holds a connection, so that the server runs from one command to the next.
_KEEP = "from django.db import connection; connection.ensure_connection(); import sys; sys.stdin.read()"


def _first_rows(articles: Path, limit: int, rows: Path) -> int:
    opener = gzip.open if articles.suffix == ".gz" else open
    with opener(articles, "rb") as lines, rows.open("wb") as file:
        return sum(file.write(line) > 0 for line in islice(lines, limit))


def _server_seconds(data: Path) -> float:
    """Processor seconds of the archive's server and of those of its processes that have ended."""
    for file in (data / "database").resolve().glob("**/postmaster.pid"):
        pid = int(file.read_text().splitlines()[0])
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _pages(folder: Path, limit: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    import django

    django.setup()
    import trafilatura

    pages = list(_read(folder, limit))
    began = time.process_time()
    for data in pages:
        trafilatura.extract(data)
    alone = time.process_time() - began
    prepared, ours = _prepared(pages)
    print(
        f"{len(pages)} pages: trafilatura alone {alone / len(pages) * 1000:.1f} ms a page; read "
        f"and prepared {ours / len(pages) * 1000:.1f} ms ({ours / alone:.2f} times that, {prepared} articles)"
    )


def _read(folder: Path, limit: int) -> Iterator[bytes]:
    for file in islice(sorted(folder.rglob("*.htm*")), limit):
        data = file.read_bytes()
        yield gzip.decompress(data) if file.suffix == ".gz" else data


def _prepared(pages: list[bytes]) -> tuple[int, float]:
    from archive.pipeline.preparing import Names, Wanted, prepare
    from archive.text import reading
    from archive.text.types import Facts, RawFile

    prepare(Wanted("Read the word lists before the clock starts.", Facts(), ""), Names())
    count, began = 0, time.process_time()
    for data in pages:
        for raw in reading.read(RawFile("page.html", data)).articles:
            prepare(Wanted(raw.text, raw.facts, ""), Names())
            count += 1
    return count, time.process_time() - began


if __name__ == "__main__":
    main()
