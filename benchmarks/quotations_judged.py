"""How many rows of quotations across articles are right, way by way, against what one reader judged.

    python -m benchmarks.quotations_judged EVENTS.jsonl.gz... [--from ROW] [--ask EVENT...]

Events are as `manage.py evaluate grouping` reads them. A judged line is what one text prints of a quotation
that others print too: whether it is the same quotation (`one`), printed in the ways that are said (`ways`),
by whom the text says so (`speaker`). Counts the lines that the rules of today still give. `--ask` prints new
lines for events, to be judged: all are taken for right until a reader says otherwise.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from archive.text.aligning import align
from archive.text.mentions import recognise
from archive.text.passages import Text
from archive.text.printings import gathered, printings
from archive.text.quotations_compared import quotation_rows
from archive.text.quotes import quotations
from archive.text.resolving import resolve
from archive.text.types import Span
from benchmarks.refit_relatedness import rows_of

JUDGED = Path(__file__).with_name("judged_quotations.csv")
FIELDS = ("row", "event", "article", "start", "end", "ways", "one", "form", "speaker")


class Printed(NamedTuple):
    """What a text prints of a quotation: from where its first piece begins to where its last ends."""

    event: str
    article: str
    start: int
    end: int


def text_of(row: dict) -> Text:
    """An article with the names and quotations that rows of quotations need."""
    mentions = recognise(row["text"])
    keys = tuple((Span(*link.mention[:2]), link.key or "") for link in resolve(row["text"], mentions))
    return Text(row["id"], row["text"], (), tuple(quotations(row["text"], mentions)), (), keys)


def shared(event: str, rows: list[dict]) -> Iterator[dict[Printed, str]]:
    """The quotations that several texts print: for each text how, by the rules of today."""
    texts = [text_of(row) for row in rows]
    for row in gathered(quotation_rows(texts), texts, align(texts)):
        if row.texts > 1:
            yield {
                Printed(event, text.id, said.quotes[0].start, said.quotes[-1].end): " + ".join(said.ways)
                for text, said in zip(texts, printings(row, texts), strict=True)
                if said
            }


def ask(events: dict[str, list[dict]], first: int) -> None:
    """Print lines for what the rules of today give, to be judged."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    number = first
    for event, rows in events.items():
        for row in shared(event, rows):
            for printed, ways in row.items():
                out.writerow((number, *printed, ways, 1, 1, 1))
            number += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("events", nargs="+", type=Path)
    parser.add_argument(
        "--from", dest="first", type=int, default=1, help="the first row to count, or to print"
    )
    parser.add_argument("--ask", nargs="*", default=[])
    arguments = parser.parse_args()
    with JUDGED.open(encoding="utf-8", newline="") as lines:
        judged = [line for line in csv.DictReader(lines) if int(line["row"]) >= arguments.first]
    wanted = set(arguments.ask) or {line["event"] for line in judged}
    events: defaultdict[str, list[dict]] = defaultdict(list)
    for path in arguments.events:
        known = set(events)  # an event that another file has too is read from the first
        for row in rows_of(path):
            if row["event_id"] in wanted - known:
                events[row["event_id"]].append(row)
    if arguments.ask:
        ask(events, arguments.first)
        return
    report(
        judged,
        {
            key: ways
            for event, rows in events.items()
            for one in shared(event, rows)
            for key, ways in one.items()
        },
    )


def report(judged: list[dict[str, str]], today: dict[Printed, str]) -> None:
    """Say for each way and for all how many of the judged lines are right."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in judged:
        printed = Printed(line["event"], line["article"], int(line["start"]), int(line["end"]))
        for name in (line["ways"], "all"):
            if today.get(printed) != line["ways"]:
                counts[name]["gone"] += 1
                continue
            counts[name]["read"] += 1
            for field in ("one", "form", "speaker"):
                counts[name][field] += line[field] == "1"
    for name, found in sorted(counts.items(), key=lambda item: -item[1]["read"]):
        print(
            f"{name}: {found['one']} of {found['read']} the same quotation, {found['form']} said how rightly,"
            f" {found['speaker']} by whom; {found['gone']} are given otherwise now"
        )


if __name__ == "__main__":
    main()
