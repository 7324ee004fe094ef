"""Processor and wall time of search and other pages on the archive in FOLDER, by class of query.

    python -m benchmarks.million.pages FOLDER [--articles 1000000] [--each 20]

Prints two tables of milliseconds in Markdown: of whole pages, templates and middleware included, without the
network; and of the parts of a search. Each page is asked for once before, and made anew when it is measured.
"""

from __future__ import annotations

import argparse
import gc
import resource
from pathlib import Path

from benchmarks.million.clock import Clock, Cost, quiet_log, share
from benchmarks.million.place import open_archive
from benchmarks.million.questions import pages, questions, unkind
from benchmarks.million.world import World

LISTS = {
    "front page": "/",
    "list of people": "/people/",
    "list of outlets": "/outlets/",
    "list of events": "/events/",
    "outlet": "/outlets/20/",
}
# Functions of archive.search.results; the rows hold the highlights.
PARTS = {
    "found_by": "query",
    "_hits": "rows",
    "snippets": "highlights",
    "matches": "highlights",
    "_beside": "facets",
}


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
    _take_apart(clock)
    asked = {**questions(world, given.each), **pages(world, given.each)}
    asked |= {kind: [address] * 3 for kind, address in unkind(world).items()}
    asked |= {name: [address] * 3 for name, address in LISTS.items()}
    parts: dict[str, list[dict[str, Cost]]] = {}
    gc.freeze()  # the invented world: millions of objects, which no server holds and looks through
    print("| asked | n | wall p50 | p95 | CPU p50 | p95 | database p50 | p95 |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    with quiet_log():
        for kind, addresses in asked.items():
            costs = []
            for address in addresses:
                costs.append(_cost(clock, client, address))
                parts.setdefault(kind, []).append(dict(clock.parts))
            print(f"| {kind} | {' | '.join(_figures(costs))} |", flush=True)
    _print_parts({kind: found for kind, found in parts.items() if found[0]})
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB at most")


def _take_apart(clock: Clock) -> None:
    """Measure the parts of a search: finding and ordering, reading the rows of a page, marking, counting."""
    from archive.search import results

    for function, part in PARTS.items():
        clock.apart(results, function, part)


def _cost(clock: Clock, client, address: str) -> Cost:
    """The cost of an address that was asked for once before, so that its data is in memory."""
    from archive.web import kept_pages

    answer = client.get(address, follow=True)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}.")
    if answer.redirect_chain:
        address = answer.redirect_chain[-1][0]
    kept_pages.forget()
    return clock.cost(lambda: client.get(address))


def _print_parts(parts: dict[str, list[dict[str, Cost]]]) -> None:
    names = tuple(dict.fromkeys(PARTS.values()))
    print(f"\n| asked | {' | '.join(f'{name} wall p50 | p95 | CPU p50 | p95' for name in names)} |")
    print("|---|" + "--:|" * 4 * len(names))
    for kind, found in parts.items():
        cells = []
        for name in names:
            costs = [one.get(name, Cost(0, 0, 0)) for one in found]
            for column in ([cost.wall for cost in costs], [cost.processor for cost in costs]):
                cells += [f"{share(column, part):.1f}" for part in (0.5, 0.95)]
        print(f"| {kind} | {' | '.join(cells)} |", flush=True)


def _figures(costs: list[Cost]) -> list[str]:
    columns = (
        [cost.wall for cost in costs],
        [cost.processor for cost in costs],
        [cost.database for cost in costs],
    )
    return [str(len(costs)), *(f"{share(column, part):.1f}" for column in columns for part in (0.5, 0.95))]


if __name__ == "__main__":
    main()
