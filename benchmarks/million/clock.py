"""Processor and wall time of a call: of this process, and of the database's process that serves it."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple


class Cost(NamedTuple):
    """Milliseconds. `database` is processor time of the connection's server process."""

    wall: float
    here: float
    database: float

    @property
    def processor(self) -> float:
        return self.here + self.database


class Clock:
    """Measures calls; `parts` holds the database's processor time by module of archive.search."""

    def __init__(self) -> None:
        from django.db import connection

        self._connection = connection
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self._pid = cursor.fetchone()[0]
        self.parts: Counter[str] = Counter()

    def cost(self, call: Callable[[], Any]) -> Cost:
        self.parts.clear()
        with self._connection.execute_wrapper(self._apart):
            wall, here, database = time.perf_counter(), time.process_time(), self._database()
            call()
            return Cost(
                (time.perf_counter() - wall) * 1e3,
                (time.process_time() - here) * 1e3,
                self._database() - database,
            )

    def _apart(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        before = self._database()
        try:
            return execute(sql, params, many, context)
        finally:
            self.parts[_asker()] += self._database() - before

    def _database(self) -> float:
        """Milliseconds of processor time of the database's process so far (Linux)."""
        return int(Path(f"/proc/{self._pid}/schedstat").read_text().split()[0]) / 1e6


def _asker() -> str:
    """The module of archive.search that the running statement was made in."""
    frame = sys._getframe()
    found = "the rest"
    while frame := frame.f_back:
        name = frame.f_globals.get("__name__", "")
        if name.startswith("archive.search."):
            found = name.removeprefix("archive.search.")
            if found in ("results", "facets", "suggestions"):
                return found
    return found


def share(values: Sequence[float], part: float) -> float:
    """The value below which this part of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


@contextmanager
def quiet_log() -> Iterator[None]:
    """Without Django's words on answers that are no success."""
    import logging

    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
