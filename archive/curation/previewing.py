"""What a decision would change, told before it is made: it is made, looked at, and undone."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction

from archive.curation.changes import Changes
from archive.curation.decisions import Decision, Refused
from archive.curation.judging import Judged, judge, withdraw_batch


class Preview(NamedTuple):
    """All that would change. `refused` is the reason where the decision cannot be made, `chain` the names
    over which it would join a pair that was judged different.
    """

    changes: Changes
    refused: str = ""
    chain: tuple[str, ...] = ()


class _Undo(Exception):
    """Ends a transaction that was only made to look."""


def preview(decisions: Decision | Sequence[Decision], by: User) -> Preview:
    """Tell what `judging.judge` would do, without doing it."""
    return _previewed(lambda: judge(decisions, by))


def preview_undo(batch: uuid.UUID, by: User) -> Preview:
    """Tell what `judging.withdraw_batch` would do, without doing it."""
    return _previewed(lambda: withdraw_batch(batch, by))


def _previewed(act: Callable[[], Judged]) -> Preview:
    changes = Changes()
    try:
        with transaction.atomic():
            changes = act().changes
            raise _Undo
    except _Undo:
        return Preview(changes)
    except Refused as refusal:
        return Preview(Changes(), refusal.reason, refusal.chain)
