"""How fast copies are found, how far one more article reaches in a growing archive, how often that is right.

    python -m benchmarks.copies_speed ARTICLES.jsonl.gz [--sizes 20000,100000,300000,1000000]

Makes an archive of its own in a temporary folder (embedded PostgreSQL). The articles are stored and their
copies found in batches, as an import does; then the index is filled up with invented wordings, one in twenty
of which shares bands with another, and 200 articles that were held back are added at each size. Last, the
pairs of benchmarks/judged_copies.csv are measured.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import os
import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from benchmarks.judgements import _own_archive

HELD_BACK = 200  # articles added at each size
BATCH = 200
JUDGED = Path(__file__).parent / "judged_copies.csv"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--sizes", default="20000,100000,300000,1000000")
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.sizes.split(",")]
    with gzip.open(arguments.articles, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    judge(rows)
    with _own_archive():
        kept = len(rows) - HELD_BACK * len(sizes)
        print(add(rows[:kept]))
        for place, size in enumerate(sizes):
            fill(size)
            first = kept + place * HELD_BACK
            print(f"at {size:,} wordings: {add(rows[first : first + HELD_BACK])}")


def add(rows: Sequence[dict[str, Any]]) -> str:
    """Store articles and find their copies; says how long the second took, and how many were looked at."""
    from django.db import transaction

    from archive.models import Article, Copy, Wording
    from archive.pipeline import copying
    from archive.text import copies

    asked = [list(copies.bands(copies.read(row["text"]))) for row in rows[:HELD_BACK]]
    looked_at = sum(Wording.objects.filter(bands__overlap=bands).count() for bands in asked if bands)
    measured = Copy.objects.count()
    wall = processor = server = 0.0
    for batch in _batches(rows):
        with transaction.atomic():
            articles = _store(batch)
            begun = perf_counter(), process_time(), _server_time()
            copying.run([article.pk for article in articles])
            wall += perf_counter() - begun[0]
            processor += process_time() - begun[1]
            server += _server_time() - begun[2]
    several = Article.objects.exclude(text_group=None).count()
    return (
        f"{len(rows):,} articles, {len(rows) / wall:,.0f} a second ({1000 * wall / len(rows):.2f} ms each, "
        f"CPU {1000 * processor / len(rows):.2f} here, {1000 * server / len(rows):.2f} in the server); "
        f"{looked_at / max(1, len(asked)):.2f} candidates an article before they came; "
        f"{Copy.objects.count() - measured} pairs share passages, {several} articles printed several times"
    )


def _server_time() -> float:
    """The processor time of the server's process for this connection so far, where Linux tells it."""
    from django.db import connection

    connection.ensure_connection()
    try:
        stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
    except OSError:
        return 0.0
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def fill(size: int) -> None:
    """Invented wordings up to a number: their bands are chance, as those of strangers are."""
    from django.db import connection

    from archive.models import Wording
    from archive.pipeline import bulk

    chance = random.Random(size)
    missing = max(0, size - Wording.objects.count())
    kept: list[list[int]] = []

    def invented() -> Iterator[tuple[str, int, list[int]]]:
        for number in range(missing):
            bands = [chance.randrange(-(2**31), 2**31) for _ in range(32)]
            if kept and chance.random() < 0.05:
                bands[:16] = chance.choice(kept)[:16]
            elif len(kept) < 1000:
                kept.append(bands)
            yield hashlib.blake2b(f"{size} {number}".encode(), digest_size=16).hexdigest(), 500, bands

    begun = perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX wording_bands")
        bulk.copy(Wording, ("key", "size", "bands"), invented())
        cursor.execute(
            "CREATE INDEX wording_bands ON archive_wording USING gin (bands) WITH (fastupdate = off)"
        )
        cursor.execute("ANALYZE archive_wording")
        cursor.execute("SELECT pg_size_pretty(pg_relation_size('wording_bands'))")
        print(f"filled up to {size:,} in {perf_counter() - begun:.0f} s; index {cursor.fetchone()[0]}")


def judge(rows: Sequence[dict[str, Any]]) -> None:
    """Measure the pairs that were read by eye."""
    from archive.text import copies
    from archive.text.cleaning import clean
    from archive.text.types import Facts

    with JUDGED.open(encoding="utf-8", newline="") as lines:
        pairs = list(csv.DictReader(lines))
    texts = {row["id"]: row for row in rows}

    def read(name: str) -> copies.Worded:
        row = texts[name]
        return copies.read(clean(row["text"], Facts(headline=row["title"] or "")).body)

    known = [pair for pair in pairs if pair["one"] in texts and pair["other"] in texts]
    said = [copies.overlap(read(pair["one"]), read(pair["other"])).kind for pair in known]
    found = [kind in (copies.CopyKind.EXACT, copies.CopyKind.NEAR) for kind in said]
    true = [pair["one_text"] == "1" for pair in known]
    right = sum(one and other for one, other in zip(found, true, strict=True))
    print(
        f"judged pairs: {sum(found)} found, {right} of them right; {sum(true) - right} missed of {sum(true)}"
    )


def _store(rows: Iterable[dict[str, Any]]) -> list[Any]:
    from archive.models import Article, Source

    source = Source.objects.keep(b"benchmark")
    articles = [
        Article(
            source=source,
            path=row["id"],
            raw="",
            content_key=hashlib.sha256(row["id"].encode()).hexdigest(),
            url=row["url"] or "",
            headline=(row["title"] or "")[:1000],
            body=row["text"].replace("\x00", ""),
        )
        for row in rows
    ]
    return Article.objects.bulk_create(articles)


def _batches(rows: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


if __name__ == "__main__":
    main()
