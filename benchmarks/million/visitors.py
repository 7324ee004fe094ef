"""gunicorn as shipped on the archive in FOLDER, and visitors who ask for a mix of its pages.

    python -m benchmarks.million.visitors FOLDER [--articles 1000000] [--clients 50] [--seconds 60]

Says how many pages a second were answered, p50 and p95 of the time that a visitor waited, every answer that
was no page, the memory of the web workers; then asks one visitor's list again, to see that nothing suffered.
The mix is that of a log: searches as people type them, names while typing, people, events, articles.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import httpx

from benchmarks.million.clock import share
from benchmarks.million.questions import pages, questions
from benchmarks.million.world import SEED, World

# Of a hundred pages, so many of each kind.
MIX = {
    "suggestions": 25,
    "article": 25,
    "middle": 8,
    "two words": 8,
    "rare": 5,
    "phrase": 4,
    "text + person": 4,
    "person alone": 3,
    "common": 3,
    "person": 8,
    "event": 7,
}
_PATIENCE = 30  # seconds
_PAUSE = 1.0  # seconds that a visitor reads, on average; 0 for none


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--pause", type=float, default=_PAUSE, help="seconds a visitor reads, on average")
    given = parser.parse_args()
    addresses = _log(World(given.articles))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = _serve(given.folder, port)
    try:
        site = f"http://127.0.0.1:{port}"
        _wait_for(site)
        for title, clients, seconds in (
            ("alone, before", 1, 5),
            (f"{given.clients} visitors", given.clients, given.seconds),
            ("alone, after", 1, 5),
        ):
            pause = given.pause if clients > 1 else 0.0
            _say(title, asyncio.run(_visit(site, addresses, clients, seconds, pause)), seconds)
        print("memory of the web workers:", ", ".join(f"{size:.0f} MiB" for size in _memory(server.pid)))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def _log(world: World) -> list[str]:
    """Addresses in the mix's proportions, shuffled."""
    asked = {**questions(world, 100), **pages(world, 100)}
    chance = random.Random(SEED)
    log = [address for kind, times in MIX.items() for address in chance.choices(asked[kind], k=times * 10)]
    chance.shuffle(log)
    return log


def _serve(folder: Path, port: int) -> subprocess.Popen:
    environment = {**os.environ, "ARCHIVE_DATA": str((folder / "archive").resolve())}
    environment.pop("DATABASE_URL", None)
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "manage.py", "up", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
    )


def _wait_for(site: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            if httpx.get(f"{site}/healthz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise SystemExit("The site did not answer within two minutes.")


async def _visit(
    site: str, log: list[str], clients: int, seconds: int, pause: float
) -> tuple[list[float], Counter[str]]:
    waits: list[float] = []
    failures: Counter[str] = Counter()
    end = time.monotonic() + seconds

    async def visitor(number: int) -> None:
        chance = random.Random(number)
        await asyncio.sleep(chance.random() * pause)
        async with httpx.AsyncClient(base_url=site, timeout=_PATIENCE, follow_redirects=True) as client:
            place = number * 37
            while time.monotonic() < end:
                begun = time.perf_counter()
                address = log[place % len(log)]
                try:
                    answer = await client.get(address)
                    if answer.status_code != 200:
                        failures[f"{answer.status_code} at {address}"] += 1
                except httpx.TransportError as error:
                    failures[f"{type(error).__name__} at {address}"] += 1
                waits.append((time.perf_counter() - begun) * 1e3)
                place += 1
                await asyncio.sleep(chance.expovariate(1 / pause) if pause else 0)

    await asyncio.gather(*(visitor(number) for number in range(clients)))
    return waits, failures


def _say(title: str, found: tuple[list[float], Counter[str]], seconds: int) -> None:
    waits, failures = found
    print(
        f"{title}: {len(waits) / seconds:.0f} pages a second, p50 {share(waits, 0.5):.0f} ms,"
        f" p95 {share(waits, 0.95):.0f} ms, {sum(failures.values())} failed"
    )
    for failure, times in failures.most_common(10):
        print(f"  {times} x {failure}")


def _memory(pid: int) -> list[float]:
    """MiB of each worker: what is its own, and its share of what workers have in common (Linux)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    sizes = []
    for child in children:
        lines = Path(f"/proc/{child}/smaps_rollup").read_text().splitlines()
        sizes += [int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")]
    return sizes


if __name__ == "__main__":
    main()
