"""How many articles of 400 words the rules of names read and resolve in a second of one core.

    python benchmarks/names_speed.py ARTICLES.jsonl.gz [--limit 500]

ARTICLES holds one JSON object a line with a "text". The time is processor time, the best of three rounds.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from archive.text.mentions import recognise
from archive.text.resolving import resolve

ARTICLE = 400  # words
ROUNDS = 3


def texts(path: Path, limit: int) -> list[str]:
    """The texts of the first `limit` rows of a JSON-lines file, plain or gzip."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in islice(lines, limit)]


def seconds(bodies: Sequence[str]) -> float:
    """The least processor time that recognising and resolving all bodies took."""
    return min(_round(bodies) for _ in range(ROUNDS))


def _round(bodies: Sequence[str]) -> float:
    began = time.process_time()
    for body in bodies:
        resolve(body, recognise(body))
    return time.process_time() - began


def main() -> None:
    """Measure and print one line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--limit", type=int, default=500)
    options = parser.parse_args()
    bodies = texts(options.articles, options.limit)
    recognise("Read the word lists before the clock starts.")
    words = sum(len(body.split()) for body in bodies)
    print(f"{words / ARTICLE / seconds(bodies):,.0f} articles of {ARTICLE} words a second ({words:,} words)")


if __name__ == "__main__":
    main()
