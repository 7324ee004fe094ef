"""Processor and wall time of a call: of this process, and of the database's process that serves it."""

from __future__ import annotations

import time
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
    """Measures calls; `parts` holds what the functions named by `apart` took since the last call began."""

    def __init__(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self._pid = cursor.fetchone()[0]
        self.parts: dict[str, Cost] = {}

    def cost(self, call: Callable[[], Any]) -> Cost:
        self.parts = {}
        return self._measured(call)[0]

    def apart(self, module: Any, function: str, part: str) -> None:
        """Measure a function of a module as a part of every call from now on, with what it calls."""
        whole = getattr(module, function)

        def measured(*arguments: Any, **named: Any) -> Any:
            cost, answer = self._measured(lambda: whole(*arguments, **named))
            before = self.parts.get(part, Cost(0, 0, 0))
            self.parts[part] = Cost(*(one + other for one, other in zip(before, cost, strict=True)))
            return answer

        setattr(module, function, measured)

    def _measured(self, call: Callable[[], Any]) -> tuple[Cost, Any]:
        wall, here, database = time.perf_counter(), time.process_time(), self._database()
        answer = call()
        cost = Cost(
            (time.perf_counter() - wall) * 1e3,
            (time.process_time() - here) * 1e3,
            self._database() - database,
        )
        return cost, answer

    def _database(self) -> float:
        """Milliseconds of processor time of the database's process so far (Linux)."""
        return int(Path(f"/proc/{self._pid}/schedstat").read_text().split()[0]) / 1e6


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
