"""What the database would answer again, kept for as long as nothing in it has changed.

    @while_unchanged
    def coverage() -> ...

What is kept is keyed by the snapshot that PostgreSQL shows: which transactions that wrote are over, and which
go on. While it is the same, every statement sees the same rows, so nothing stale is ever shown; a write
anywhere, however small, has everything asked anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection

MOST_KEPT = 64  # answers of each function, in each process

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

_SNAPSHOT = "SELECT pg_current_snapshot()::text WHERE pg_current_xact_id_if_assigned() IS NULL"


def while_unchanged(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """The function, asked once for the same arguments while the database is the same.

    Its arguments are its key and have to be hashable; its answer is shared and must not be changed.
    """
    kept: OrderedDict[Any, tuple[str, Answer]] = OrderedDict()

    @wraps(function)
    def answering(*arguments: Asked.args, **named: Asked.kwargs) -> Answer:
        now = snapshot()
        if now is None:
            return function(*arguments, **named)
        key = (arguments, tuple(sorted(named.items())))
        found = kept.get(key)
        if found is not None and found[0] == now:
            return found[1]
        answer = function(*arguments, **named)
        kept[key] = (now, answer)
        kept.move_to_end(key)
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
        return answer

    return answering


def snapshot() -> str | None:
    """The state of the database; None in a transaction that has written, which sees more than it tells."""
    with connection.cursor() as cursor:
        cursor.execute(_SNAPSHOT)
        row = cursor.fetchone()
    return row[0] if row else None
