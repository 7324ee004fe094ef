"""The same words asked of SQLite FTS5, tantivy and a PostgreSQL that ranks every match.

    .venv/bin/pip install -e '.[benchmark]'
    python -m benchmarks.million.yardsticks FOLDER [--articles 1000000] [--each 20]

Each is asked for the best 20 and for the number of matches; milliseconds of processor time. The two other
indexes are made beside the archive from its own headlines and bodies.
"""

from __future__ import annotations

import argparse
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from benchmarks.million.clock import Clock, share
from benchmarks.million.place import open_archive
from benchmarks.million.questions import questions
from benchmarks.million.world import World

CLASSES = ("common", "middle", "rare", "two words", "phrase", "negation", "OR", "prefix")
_PAGE = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--each", type=int, default=20)
    given = parser.parse_args()
    open_archive(given.folder)
    asked = questions(World(given.articles), given.each)
    engines = {
        "Parallax": _parallax(),
        "PostgreSQL ranking all": _rank_all(),
        "SQLite FTS5": _sqlite(given.folder / "fts5.sqlite"),
        "tantivy": _tantivy(given.folder / "tantivy"),
    }
    clock = Clock()
    print(f"| asked | {' | '.join(f'{name} p50 | p95' for name in engines)} |")
    print("|---|" + "--:|" * 2 * len(engines))
    for kind in CLASSES:
        words = [parse_qs(urlsplit(address).query)["q"][0] for address in asked[kind]]
        cells = []
        for ask in engines.values():
            for one in words:
                ask(one)
            spent = [clock.cost(lambda one=one, ask=ask: ask(one)).processor for one in words]
            cells += [f"{share(spent, 0.5):.1f}", f"{share(spent, 0.95):.1f}"]
        print(f"| {kind} | {' | '.join(cells)} |", flush=True)


def _parallax() -> Callable[[str], object]:
    from django.db import transaction
    from django.http import QueryDict

    from archive.search.asked import Asked
    from archive.search.limits import Clock as Limit
    from archive.search.results import found_by

    def ask(words: str) -> object:
        sent = QueryDict(mutable=True)
        sent["q"] = words
        with transaction.atomic():
            return found_by(Asked("/search/", sent), Limit())

    return ask


def _rank_all() -> Callable[[str], object]:
    from django.db import connection

    from archive.search.query import parse
    from archive.search.tsquery import tsquery

    def ask(words: str) -> object:
        wanted = tsquery(parse(words).expression)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT article_id, count(*) OVER () FROM archive_searchrow WHERE vector @@ %s::tsquery"
                " ORDER BY ts_rank_cd(vector, %s::tsquery) DESC LIMIT %s",
                [wanted, wanted, _PAGE],
            )
            return cursor.fetchall()

    return ask


def _articles() -> Iterator[tuple[int, str, str]]:
    from archive.models import Article

    return Article.objects.newest_versions().values_list("pk", "headline", "body").iterator(1000)


def _sqlite(path: Path) -> Callable[[str], object]:
    made = path.exists()
    database = sqlite3.connect(path)
    if not made:
        begun = time.perf_counter()
        database.execute("CREATE VIRTUAL TABLE article USING fts5(headline, body, content='')")
        database.executemany("INSERT INTO article (rowid, headline, body) VALUES (?, ?, ?)", _articles())
        database.commit()
        print(f"SQLite FTS5 indexed in {time.perf_counter() - begun:.0f} s", flush=True)

    def ask(words: str) -> object:
        wanted = words.replace(" -", " NOT ")
        best = "SELECT rowid FROM article WHERE article MATCH ? ORDER BY rank LIMIT ?"
        count = database.execute("SELECT count(*) FROM article WHERE article MATCH ?", [wanted]).fetchone()
        return count, database.execute(best, [wanted, _PAGE]).fetchall()

    return ask


def _tantivy(folder: Path) -> Callable[[str], object]:
    import tantivy

    schema = (
        tantivy.SchemaBuilder()
        .add_integer_field("number", stored=True)
        .add_text_field("headline")
        .add_text_field("body")
        .build()
    )
    made = folder.exists()
    folder.mkdir(exist_ok=True)
    index = tantivy.Index(schema, path=str(folder))
    if not made:
        begun = time.perf_counter()
        writer = index.writer(heap_size=512 << 20, num_threads=2)
        for number, headline, body in _articles():
            writer.add_document(tantivy.Document(number=number, headline=headline, body=body))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        print(f"tantivy indexed in {time.perf_counter() - begun:.0f} s", flush=True)
    searcher = index.searcher()

    def ask(words: str) -> object:
        if words.endswith("*"):
            query = tantivy.Query.regex_query(schema, "body", words.removesuffix("*") + ".*")
        else:
            query = index.parse_query(words, ["headline", "body"], conjunction_by_default=True)
        return searcher.search(query, _PAGE, count=True)

    return ask


if __name__ == "__main__":
    main()
