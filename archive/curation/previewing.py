"""What a decision would change, told before it is made: it is made, looked at, and undone."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from archive.curation.decisions import Decision, Refused
from archive.curation.judging import Judged, judge, withdraw_batch
from archive.models import Entity, Judgement, Mention


class Change(NamedTuple):
    """One entity before and after; `before` or `after` is None where it has no page."""

    entity: int
    before: Standing | None
    after: Standing | None
    redirects_to: int | None


class Standing(NamedTuple):
    """What a page about an entity says at its head."""

    name: str
    kind: str
    article_count: int
    mention_count: int


class Preview(NamedTuple):
    """All that would change. `refused` is the reason where the decision cannot be made."""

    changes: tuple[Change, ...]
    articles: int
    mentions: int
    refused: str = ""
    chain: tuple[str, ...] = ()


class _Undo(Exception):
    """Ends a transaction that was only made to look."""


class _State(NamedTuple):
    entities: dict[int, tuple[Standing | None, int | None]]  # with where their address redirects
    links: dict[tuple[int, int], int | None]  # entity by article and place


def preview(decisions: Decision | Sequence[Decision], by: User) -> Preview:
    """Tell what `judging.judge` would do, without doing it."""
    wanted = [decisions] if isinstance(decisions, Decision) else decisions
    return _previewed(lambda: judge(wanted, by), wanted)


def preview_undo(batch: uuid.UUID, by: User) -> Preview:
    """Tell what `judging.withdraw_batch` would do, without doing it."""
    rows = Judgement.objects.live().filter(batch=batch)
    said = [Decision(row.verdict, row.left, row.right, row.article, row.value) for row in rows]
    return _previewed(lambda: withdraw_batch(batch, by), said)


def _previewed(act: Callable[[], Judged], wanted: Sequence[Decision]) -> Preview:
    """Do something about `wanted`, look, and undo it."""
    articles: set[int] = set()
    after = _State({}, {})
    try:
        with transaction.atomic():
            articles = act().articles
            after = _state(articles, wanted)
            raise _Undo
    except _Undo:
        return _difference(_state(articles, wanted), after)
    except Refused as refusal:
        return Preview((), 0, 0, refusal.reason, refusal.chain)


def _state(articles: Collection[int], decisions: Sequence[Decision]) -> _State:
    mentions = Mention.objects.filter(article__in=articles)
    links: dict[tuple[int, int], int | None] = {
        (article, start): entity
        for article, start, entity in mentions.values_list("article", "start", "entity")
    }
    keys = {key for decision in decisions for key in (decision.left, decision.right)}
    named = Q(pk__in={entity for entity in links.values() if entity}) | Q(key__in=keys)
    return _State({entity.pk: _standing(entity) for entity in Entity.objects.filter(named)}, links)


def _standing(entity: Entity) -> tuple[Standing | None, int | None]:
    if entity.withdrawn or entity.merged_into_id:
        return None, entity.merged_into_id
    return Standing(entity.name, entity.kind, entity.article_count, entity.mention_count), None


def _difference(before: _State, after: _State) -> Preview:
    nowhere = (None, None)
    changes = [
        Change(pk, before.entities.get(pk, nowhere)[0], *after.entities.get(pk, nowhere))
        for pk in sorted(before.entities.keys() | after.entities.keys())
        if before.entities.get(pk, nowhere) != after.entities.get(pk, nowhere)
    ]
    moved = [
        place
        for place in before.links.keys() | after.links.keys()
        if before.links.get(place) != after.links.get(place)
    ]
    return Preview(tuple(changes), len({article for article, _ in moved}), len(moved))
