"""A name that nobody introduced: where it stands, whom it may mean, and what a curator can say of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from archive.curation.decisions import Decision
from archive.curation.proposals import LoneName
from archive.models import Entity, Judgement
from archive.text.names import initials_fit
from archive.text.types import Kind

Verdict = Judgement.Verdict

MOST_SHOWN = 6  # articles that one question shows, and that one answer is about
MOST_CANDIDATES = 3
_MOST_BODIES = 3000  # most mentioned organisations whose initials are tried


def shown(asked: LoneName) -> list[Entity]:
    """The lone names of the articles that print it most; the others are asked about next."""
    rows = Entity.objects.live().filter(local=True, kind=asked.kind, key__startswith=asked.key)
    return list(rows.order_by("-mention_count", "pk")[:MOST_SHOWN])


def candidates(asked: LoneName, rows: Sequence[Entity]) -> list[Entity]:
    """Whom it may mean: people whose names end so, or organisations whose initials it is."""
    apart = _judged_different(rows)
    found = [one for one in _fitting(asked) if one.key not in apart]
    return found[:MOST_CANDIDATES]


def _fitting(asked: LoneName) -> Iterable[Entity]:
    full = Entity.objects.live().filter(local=False, kind=asked.kind).by_coverage()
    if asked.kind is Kind.PERSON:
        return full.filter(key__endswith=f" {asked.word}")[: MOST_CANDIDATES * 3]
    return (one for one in full[:_MOST_BODIES] if initials_fit(asked.word.upper(), one.name))


def _judged_different(rows: Sequence[Entity]) -> set[str]:
    """Who was judged to be somebody else than one of these."""
    keys = {row.key for row in rows}
    apart = Judgement.objects.live().filter(verdict=Verdict.DIFFERENT)
    return {right for _, right in apart.filter(left__in=keys).values_list("left", "right")} | {
        left for left, _ in apart.filter(right__in=keys).values_list("left", "right")
    }


def is_somebody(rows: Iterable[Entity], somebody: Entity) -> list[Decision]:
    """In these articles the name means somebody on record."""
    return [Decision(Verdict.SAME, row.key, somebody.key) for row in rows]


def is_of_kind(asked: LoneName, kind: str) -> list[Decision]:
    """The name is one, of this kind, and means nobody on record, wherever it stands alone."""
    return [Decision(Verdict.KIND_IS, asked.key, value=kind)]


def is_no_name(asked: LoneName) -> list[Decision]:
    """The word is no name, wherever it stands alone."""
    return [Decision(Verdict.NOT_A_NAME, asked.key)]


def chosen(rows: Sequence[Entity], numbers: Collection[int]) -> list[Entity]:
    """Those of the rows that a curator was shown."""
    return [row for row in rows if row.pk in numbers]
