"""Judgements as JSON lines: out of one archive and into another, withdrawals included."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from archive.curation.changes import Line
from archive.curation.decisions import Decision, Refused, check_sense
from archive.curation.effects import follow_all
from archive.models import Effect, Judgement
from archive.pipeline import ledger
from archive.pipeline.report import Report

_SAID = ("verdict", "left", "right", "article", "value", "reason", "made_by_name", "tool_version")
_OF_EFFECT = ("articles", "mentions", "lines", "more")
_LONGEST = {field.attname: field.max_length for field in Judgement._meta.concrete_fields}
_LARGEST = 2**31 - 1  # what a number of an effect holds
_AT_ONCE = 1000  # rows read or written together


def lines() -> Iterator[str]:
    """Every judgement and withdrawal as a line of JSON, oldest first; the same rows give the same bytes."""
    rows = Judgement.objects.select_related("withdraws").order_by("made_at", "uid")
    effects = {one.batch: one for one in Effect.objects.iterator()}
    for row in rows.iterator(chunk_size=_AT_ONCE):
        effect = effects.pop(row.batch, None)  # told once, with the first of its batch
        said: dict[str, Any] = {"uid": str(row.uid)}
        said |= {name: getattr(row, name) for name in _SAID}
        said |= {
            "made_at": row.made_at.isoformat(),
            "batch": str(row.batch),
            "withdraws": str(row.withdraws.uid) if row.withdraws else None,
            "changed": {name: getattr(effect, name) for name in _OF_EFFECT} if effect else None,
        }
        yield json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"


def take(given: Iterable[str]) -> Report:
    """Add the judgements of an export to this archive and bring it in line; each line counts once.

    A judgement that is here already is left alone. A line that cannot be read is told with its number and
    does not stop the others. Who judged is kept by name; no account here is held to have done it.
    """
    counts: Counter[str] = Counter({"added": 0, "known": 0, "rejected": 0})
    told: list[str] = []
    with transaction.atomic():
        ledger.wait_for_turn()
        known = dict(Judgement.objects.values_list("uid", "pk").iterator())
        added: list[Judgement] = []
        for number, line in enumerate(given, 1):
            if line.strip():
                outcome = _take_line(line, known, added)
                counts[outcome if outcome in counts else "rejected"] += 1
                if outcome not in counts:
                    told.append(f"Line {number}: {outcome}")
        follow_all(row.withdraws or row for row in added)
    return Report("Judgements", dict(counts), tuple(told))


def _take_line(line: str, known: dict[uuid.UUID, int], added: list[Judgement]) -> str:
    """Store what a line says; returns what became of it, or why nothing did."""
    try:
        row, effect = _row(line, known), _effect(line)
    except (Refused, ValueError, KeyError, TypeError, AttributeError) as problem:
        return _reason(problem)
    if row is None:
        return "known"
    row.save(force_insert=True)
    if effect is not None and not Effect.objects.filter(batch=row.batch).exists():
        effect.batch = row.batch
        effect.save(force_insert=True)
    known[row.uid] = row.pk
    added.append(row)
    return "added"


def _effect(line: str) -> Effect | None:
    """What the decisions changed where they were made; only the first line of a batch says it."""
    said = json.loads(line).get("changed")
    if not said:
        return None
    lines = [Line(*(_told(one[name]) for name in Line._fields))._asdict() for one in said["lines"]]
    numbers = {name: _number(name, said[name]) for name in ("articles", "mentions", "more")}
    return Effect(lines=lines, **numbers)


def _row(line: str, known: dict[uuid.UUID, int]) -> Judgement | None:
    """The judgement of a line, or None if it is here already. Raises if the line does not make sense."""
    said = json.loads(line)
    uid = uuid.UUID(said["uid"])
    if uid in known:
        return None
    texts = {name: _text(name, said[name]) for name in _SAID}
    row = Judgement(uid=uid, batch=uuid.UUID(said["batch"]), made_at=_moment(said["made_at"]), **texts)
    if row.verdict != Judgement.Verdict.WITHDRAWN:
        check_sense(Decision(row.verdict, row.left, row.right, row.article, row.value))
        return row
    row.withdraws = _withdrawn(said, known)
    return row


def _withdrawn(said: dict[str, Any], known: dict[uuid.UUID, int]) -> Judgement:
    """The row that a withdrawal is about: it must be here, in force, and no withdrawal itself."""
    about = known.get(uuid.UUID(said["withdraws"]), 0)
    row = Judgement.objects.live().filter(pk=about).first()
    if row is None:
        raise Refused("It takes back a judgement that is not here, or not in force.")
    return row


def _text(name: str, value: Any) -> str:
    longest = _LONGEST[name]
    if not isinstance(value, str) or "\0" in value:
        raise Refused(f"'{name}' is not a text.")
    if longest is not None and len(value) > longest:
        raise Refused(f"'{name}' is longer than {longest} characters.")
    return value


def _number(name: str, value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value <= _LARGEST:
        raise Refused(f"'{name}' of what was changed is no number from 0 to {_LARGEST}.")
    return value


def _told(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise Refused("What was changed is not told in texts.")
    return value


def _moment(said: str) -> datetime:
    moment = datetime.fromisoformat(said)
    if moment.tzinfo is None:
        raise Refused("'made_at' does not say its time zone.")
    return moment


def _reason(problem: Exception) -> str:
    if isinstance(problem, Refused):
        return problem.reason
    if isinstance(problem, KeyError):
        return f"'{problem.args[0]}' is missing."
    return f"This is no line of an export ({problem})."
