"""Add further prepared articles to the archive in FOLDER, with all its indexes, and say how long it took.

    python -m benchmarks.million.add FOLDER [--articles 1000]

They are taken out again afterwards.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

from benchmarks.million import prepare
from benchmarks.million.place import open_archive
from benchmarks.million.rows import Table
from benchmarks.million.world import FIRST_DAY, Text, World

_BEHIND = 10_000_000  # the numbers of what is added follow any that are there


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1_000)
    given = parser.parse_args()
    open_archive(given.folder)
    from django.db import connection, transaction

    from archive.models import Article, Event
    from archive.pipeline import searching

    texts = [_behind(text) for text in World(given.articles).texts()]
    prepared = _prepared(texts)
    try:
        begun = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, rows in prepared:
                since = time.perf_counter()
                with cursor.copy(statement) as copy:
                    copy.write(rows)
                print(f"  {statement.split()[1]}: {time.perf_counter() - since:.1f} s", flush=True)
            since = time.perf_counter()
            searching.settle(len(texts))
            print(f"  words sorted into their index: {time.perf_counter() - since:.1f} s")
        print(f"{len(texts):,} articles added in {time.perf_counter() - begun:.1f} s")
    finally:
        Article.objects.filter(pk__gt=_BEHIND).delete()
        Event.objects.filter(pk__gt=_BEHIND).delete()


def _behind(text: Text) -> Text:
    """The text under a number behind all others, on the days after theirs."""
    days = text.published - FIRST_DAY
    return text._replace(
        number=text.number + _BEHIND,
        event=text.event._replace(number=text.event.number + _BEHIND),
        published=FIRST_DAY.replace(year=FIRST_DAY.year + 10) + days,
        text_group=text.text_group and text.text_group + _BEHIND,
    )


def _prepared(texts: list[Text]) -> list[tuple[str, str]]:
    """The statements that copy their rows, in the order of their references, and the rows."""
    from archive.models import Article, Event, Mention, Quotation, SearchRow

    names = World(1).entities
    sizes = Counter(text.event for text in texts)
    found: dict[Any, list[dict[str, Any]]] = {
        Event: [
            {
                "id": event.number,
                "title": f"Event {event.number}",
                "first_published": event.first,
                "last_published": event.first,
                "article_count": size,
                "outlet_count": 1,
            }
            for event, size in sizes.items()
        ],
        Article: [prepare.article_row(text) for text in texts],
        Mention: [row for text in texts for row in prepare.mention_rows(text, names)],
        Quotation: [row for text in texts if (row := prepare.quotation_row(text))],
        SearchRow: [prepare.search_row(text) for text in texts],
    }
    return [(table.statement, _lines(table, rows)) for table, rows in _tables(found)]


def _tables(found: dict[Any, list[dict[str, Any]]]) -> list[tuple[Table, list[dict[str, Any]]]]:
    return [(Table(model), rows) for model, rows in found.items()]


def _lines(table: Table, rows: list[dict[str, Any]]) -> str:
    lines = StringIO()
    lines.writelines(table.line(row) for row in rows)
    return lines.getvalue()


if __name__ == "__main__":
    main()
