"""Processor and wall time of search and other pages on the archive in FOLDER, by class of query.

    python -m benchmarks.million.pages FOLDER [--articles 1000000] [--each 20]

Prints a table of milliseconds in Markdown. The time of a whole page is that of the site's own answer to its
address, templates and middleware included, without the network. `database` is its share in PostgreSQL; the
parts name the module that asked.
"""

from __future__ import annotations

import argparse
import resource
from pathlib import Path

from benchmarks.million.clock import Clock, Cost, quiet_log, share
from benchmarks.million.place import open_archive
from benchmarks.million.questions import pages, questions, unkind
from benchmarks.million.world import World


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--each", type=int, default=20)
    given = parser.parse_args()
    world = World(given.articles)
    open_archive(given.folder)
    from django.test import Client

    clock, client = Clock(), Client()
    asked = {**questions(world, given.each), **pages(world, given.each)}
    asked |= {kind: [address] * 3 for kind, address in unkind(world).items()}
    print("| asked | n | wall p50 | p95 | CPU p50 | p95 | database p50 | p95 | p95 in the database by part |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|---|")
    with quiet_log():
        for kind, addresses in asked.items():
            costs, parts = [], {}
            for address in addresses:
                cost = _cost(clock, client, address)
                costs.append(cost)
                for part, spent in clock.parts.items():
                    parts.setdefault(part, []).append(spent)
            print(f"| {kind} | {' | '.join(_figures(costs))} | {_parts(parts)} |", flush=True)
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB at most")


def _cost(clock: Clock, client, address: str) -> Cost:
    """The cost of an address that was asked for once before, so that its data is in memory."""
    answer = client.get(address, follow=True)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}.")
    if answer.redirect_chain:
        address = answer.redirect_chain[-1][0]
    return clock.cost(lambda: client.get(address))


def _figures(costs: list[Cost]) -> list[str]:
    columns = (
        [cost.wall for cost in costs],
        [cost.processor for cost in costs],
        [cost.database for cost in costs],
    )
    return [str(len(costs)), *(f"{share(column, part):.1f}" for column in columns for part in (0.5, 0.95))]


def _parts(parts: dict[str, list[float]]) -> str:
    return ", ".join(
        f"{part} {share(spent, 0.95):.1f}"
        for part, spent in sorted(parts.items(), key=lambda item: -max(item[1]))
    )


if __name__ == "__main__":
    main()
