"""How rows are read: in pieces, all from one moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from django.db import connection, transaction

AT_ONCE = 200  # articles held in memory together: some 2 MB of text


@contextmanager
def one_moment() -> Iterator[None]:
    """Show the archive as it is now, whatever is written meanwhile: counts and rows then agree.

    Inside a transaction that is open already, that transaction decides.
    """
    opened_here = not connection.in_atomic_block
    with transaction.atomic():
        if opened_here:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def batched(numbers: Iterable[int], size: int) -> Iterator[tuple[int, ...]]:
    """Yield the numbers in order, so many at a time; the last may be fewer."""
    left = iter(numbers)
    while some := tuple(islice(left, size)):
        yield some
