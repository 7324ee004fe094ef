"""Judge, and take back: each decision is a row that is never changed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from archive.curation.changes import Changes, Look, difference, keep, look
from archive.curation.decisions import Decision, Refused, check
from archive.curation.effects import OF_TEXTS, follow, follow_all
from archive.curation.overtaken import refuse_overtaken
from archive.curation.reach import Reach, reach
from archive.models import Judgement
from archive.pipeline import ledger


class Judged(NamedTuple):
    """The rows that were written, the articles in which something changed, and what changed."""

    judgements: list[Judgement]
    articles: set[int]
    changes: Changes = Changes()


def judge(
    decisions: Decision | Sequence[Decision], by: User, reason: str = "", seen: int | None = None
) -> Judged:
    """Write decisions as one batch, bring the archive in line, and keep what that changed.

    Args:
        reason: in the curator's words, shown in the history.
        seen: the newest judgement when the curator looked; None if that does not matter.

    Raises:
        Refused: with nothing written, if one of them cannot be made.
        Overtaken: with nothing written, if something of it was decided after `seen`.
    """
    wanted = [decisions] if isinstance(decisions, Decision) else decisions
    batch = uuid.uuid4()
    made = Judged([], set())
    with transaction.atomic():
        ledger.wait_for_turn()
        within = reach(wanted)
        refuse_overtaken(within, seen)
        before = look(within)
        of_texts: list[Judgement] = []  # each would read the text again: once for all is enough
        for decision in wanted:
            check(decision)
            judgement = _write(decision, by, reason, batch)
            made.judgements.append(judgement)
            if judgement.verdict in OF_TEXTS:
                of_texts.append(judgement)
            else:
                made.articles.update(follow(judgement))
        made.articles.update(follow_all(of_texts))
        return _finished(made, batch, before, within)


def withdraw(
    judgements: Judgement | Iterable[Judgement], by: User, reason: str = "", seen: int | None = None
) -> Judged:
    """Take judgements back, newest first, and bring the archive in line. No row is changed; each gets one.

    Args and errors as of `judge`; Refused if one of them is not in force.
    """
    given = [judgements] if isinstance(judgements, Judgement) else list(judgements)
    batch = uuid.uuid4()
    made = Judged([], set())
    with transaction.atomic():
        ledger.wait_for_turn()
        within = reach(given)
        refuse_overtaken(within, seen)
        before = look(within)
        for judgement in sorted(given, key=lambda one: one.pk, reverse=True):
            if not Judgement.objects.live().filter(pk=judgement.pk).exists():
                raise Refused("This was taken back already, or is itself a withdrawal.")
            kept = Decision(Judgement.Verdict.WITHDRAWN, judgement.left, judgement.right, judgement.article)
            made.judgements.append(_write(kept, by, reason, batch, withdraws=judgement))
            made.articles.update(follow(judgement))
        return _finished(made, batch, before, within)


def _finished(made: Judged, batch: uuid.UUID, before: Look, within: Reach) -> Judged:
    """What was decided with what it changed, which is kept."""
    changes = difference(before, look(within), made.articles)
    if made.judgements:
        keep(changes, batch)
    return made._replace(changes=changes)


def withdraw_batch(batch: uuid.UUID, by: User, reason: str = "", seen: int | None = None) -> Judged:
    """Take back everything of one batch that is still in force."""
    return withdraw(Judgement.objects.live().filter(batch=batch), by, reason, seen)


def _write(
    decision: Decision, by: User, reason: str, batch: uuid.UUID, withdraws: Judgement | None = None
) -> Judgement:
    return Judgement.objects.create(
        **decision._asdict(),
        reason=reason.strip(),
        made_by=by,
        made_by_name=by.get_username(),
        made_at=timezone.now(),
        batch=batch,
        tool_version=ledger.tool_version(),
        withdraws=withdraws,
    )
