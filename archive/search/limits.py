"""No page waits for a search that takes too long: each step ends in time, and says so."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from typing import TypeVar

from django.conf import settings
from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

Answer = TypeVar("Answer")


_hurried: ContextVar[bool] = ContextVar("hurried", default=False)


class TooLong(Exception):
    """The database did not answer in the time that was left."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        _hurried.set(True)


def begin() -> None:
    """From here on nothing has been cut short."""
    _hurried.set(False)


def cut_short() -> bool:
    """Whether anything was cut short since `begin`: with more time the answer may be another."""
    return _hurried.get()


def _transaction() -> AbstractContextManager[None]:
    """The transaction that goes on, or one for this step alone."""
    return nullcontext() if connection.in_atomic_block else transaction.atomic()


class Clock:
    """How much of the time for one page is left."""

    def __init__(self, seconds: float | None = None) -> None:
        self._end = time.monotonic() + (settings.SEARCH_SECONDS if seconds is None else seconds)

    def within(self, step: Callable[[], Answer], share: float = 1.0) -> Answer:
        """The answer of a step that may take a share of the time that is left.

        Raises:
            TooLong: it would take more.
        """
        milliseconds = int((self._end - time.monotonic()) * share * 1000)
        if milliseconds <= 0:
            raise TooLong
        with _transaction(), connection.cursor() as cursor:
            cursor.execute(f"SAVEPOINT step; SET LOCAL statement_timeout = {milliseconds}")
            try:
                answer = step()
            except OperationalError as error:
                cursor.execute("ROLLBACK TO SAVEPOINT step; RELEASE SAVEPOINT step")
                if isinstance(error.__cause__, QueryCanceled):
                    raise TooLong from error
                raise
            cursor.execute("SET LOCAL statement_timeout TO DEFAULT; RELEASE SAVEPOINT step")
            return answer
