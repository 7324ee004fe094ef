"""Copy the prepared rows of FOLDER into its archive, build the indexes, and say how long each took.

python -m benchmarks.million.load FOLDER
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from pathlib import Path

from psycopg.sql import SQL, Identifier, Literal

from benchmarks.million.place import open_archive

_BLOCK = 1 << 20  # bytes
# In an order in which everything that a row refers to is there before it.
_TABLES = ("source", "outlet", "entity", "alias", "event", "article", "mention", "quotation", "searchrow")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    open_archive(folder)
    from django.db import connection

    from archive.models import Article

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # the rows refer to each other truly
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute("SET synchronous_commit = off")
        indexes = _drop_indexes(cursor)
        begun = time.perf_counter()
        for table in _TABLES:
            since = time.perf_counter()
            for file in sorted((folder / "rows").glob(f"archive_{table}.*.rows")):
                _copy(cursor, file)
            print(f"  {table}: {time.perf_counter() - since:.0f} s", flush=True)
        copied = time.perf_counter() - begun
        articles = Article.objects.count()
        print(
            f"{articles:,} articles copied in {copied:.0f} s: {articles / copied:,.0f} a second", flush=True
        )
        since = time.perf_counter()
        for statement in indexes:
            one = time.perf_counter()
            cursor.execute(statement)
            if time.perf_counter() - one > 20:
                print(f"  {statement.split()[2]}: {time.perf_counter() - one:.0f} s", flush=True)
        print(f"{len(indexes)} indexes built in {time.perf_counter() - since:.0f} s", flush=True)
        for table in _TABLES:
            _renumber(cursor, f"archive_{table}")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        print("database:", cursor.fetchone()[0])


def _drop_indexes(cursor) -> list[str]:
    """Take down the indexes that are no constraint, the small tables' too; returns how to build them."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        [[f"archive_{table}" for table in _TABLES]],
    )
    found = cursor.fetchall()
    unique = defaultdict(list)
    for name, definition in found:
        unique["UNIQUE" in definition].append((name, definition))
    for name, _ in unique[False]:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _, definition in unique[False]]


def _copy(cursor, file: Path) -> None:
    """Copy a file of rows; columns that came to the table after it was prepared get their usual value."""
    from django.apps import apps

    from benchmarks.million.rows import Table

    models = {model._meta.db_table: model for model in apps.get_app_config("archive").get_models()}
    name = file.name.split(".")[0]
    with file.open("rb") as rows:
        statement = rows.readline().decode()
        for column, value in Table(models[name]._meta.concrete_model).defaults.items():
            if f'"{column}"' not in statement and value != "\\N":
                change = SQL("ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {}")
                cursor.execute(change.format(Identifier(name), Identifier(column), Literal(value)))
        with cursor.copy(statement) as copy:
            while block := rows.read(_BLOCK):
                copy.write(block)


def _renumber(cursor, table: str) -> None:
    """Let the next number of a table follow the ones that were copied."""
    cursor.execute(
        "SELECT pg_get_serial_sequence(%s, 'id') WHERE EXISTS"
        " (SELECT FROM information_schema.columns WHERE table_name = %s AND column_name = 'id')",
        [table, table],
    )
    row = cursor.fetchone()
    if row and row[0]:
        cursor.execute(
            SQL("SELECT setval(%s, (SELECT coalesce(max(id), 1) FROM {}))").format(Identifier(table)),
            [row[0]],
        )


if __name__ == "__main__":
    main()
