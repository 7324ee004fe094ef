"""Quotations by somebody: each thing said once, with every article that prints it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from django.db.models import F

from archive.models import Entity, Quotation
from archive.text.folding import words

MOST_QUOTATIONS = 30
_INSERTION = re.compile(r"\[[^\[\]]{1,200}\]")  # editors keep them short; the bound keeps this linear
_NAMED = ("headline", "published", "published_precision", "event_id", "outlet__name", "outlet__short_name")
_READ = 150  # quotations that are read to fill a page: the newest


class Said(NamedTuple):
    """One statement: the longest printing of it, and all printings in the order of publication."""

    longest: Quotation
    printings: tuple[Quotation, ...]


class Statements(NamedTuple):
    """The newest statements of somebody, and how many quotations they are in all."""

    said: tuple[Said, ...]
    quotations: int
    all_shown: bool


def statements(entity: Entity, article_ids: Collection[int]) -> Statements:
    """What some articles quote somebody with; printings of the same words, whole or cut, stand together."""
    by_speaker = Quotation.objects.filter(speaker__entity=entity, article__any_of=article_ids)
    newest = (
        by_speaker.select_related("article__outlet")
        .only("start", "text", *(f"article__{name}" for name in _NAMED))
        .order_by(F("article__published").desc(nulls_last=True), "-article", "start")
    )
    groups = _together(newest[:_READ])
    total = by_speaker.count()
    complete = len(groups) <= MOST_QUOTATIONS and total <= _READ
    return Statements(tuple(groups[:MOST_QUOTATIONS]), total, complete)


def _together(quotations: Iterable[Quotation]) -> list[Said]:
    """Longest first, so that a cut printing finds the whole one; the order given decides among groups."""
    order: dict[int, int] = {}
    listed: dict[int, Quotation] = {}
    folded: dict[int, str] = {}
    for place, quotation in enumerate(quotations):
        order[quotation.pk] = place
        listed[quotation.pk] = quotation
        folded[quotation.pk] = _folded(quotation.text)
    groups: list[list[int]] = []
    for pk in sorted(listed, key=lambda pk: (-len(folded[pk]), order[pk])):
        home = next((group for group in groups if _contains(folded[group[0]], folded[pk])), None)
        if home is None:
            groups.append([pk])
        else:
            home.append(pk)
    groups.sort(key=lambda group: min(order[pk] for pk in group))
    return [_said([listed[pk] for pk in group]) for group in groups]


@lru_cache(4_000)
def _folded(text: str) -> str:
    """The words as spoken: without what the outlet put in."""
    spoken = _INSERTION.sub(" ", text)
    return " ".join(word.form for word in words(spoken) if word.length == 1)


def _contains(longer: str, shorter: str) -> bool:
    return f" {shorter} " in f" {longer} "


def _said(group: list[Quotation]) -> Said:
    in_order = sorted(group, key=lambda quotation: (_when(quotation), quotation.article_id, quotation.start))
    return Said(group[0], tuple(in_order))


def _when(quotation: Quotation) -> float:
    """The time of publication as a number that sorts; undated articles last."""
    published = quotation.article.published
    return published.timestamp() if published else float("inf")
