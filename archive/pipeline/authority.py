"""The names that everybody knows: the shipped authority file with the aliases that curators added."""

from __future__ import annotations

from archive.models import Entity, Judgement
from archive.text.authority import Authority, AuthorityEntry
from archive.text.types import Kind


def current() -> Authority:
    """The authority file and every live "alias of" judgement whose name is known."""
    shipped = Authority.shipped()
    judgements = Judgement.objects.live().filter(verdict=Judgement.Verdict.ALIAS_OF).order_by("pk")
    aliases: dict[str, list[str]] = {}
    for judgement in judgements:
        aliases.setdefault(judgement.right, []).append(judgement.value or judgement.left)
    if not aliases:
        return shipped
    known = {entity.key: entity for entity in Entity.objects.filter(key__in=aliases)}
    return shipped.with_entries(
        [
            AuthorityEntry(key, name, kind, tuple(forms), "a curator")
            for key, forms in aliases.items()
            for name, kind in _name_and_kind(key, shipped, known)
        ]
    )


def _name_and_kind(key: str, shipped: Authority, known: dict[str, Entity]) -> list[tuple[str, Kind]]:
    """How the key is called; nothing for a key that the archive has not met yet."""
    entry = shipped.entry(key)
    if entry:
        return [(entry.name, entry.kind)]
    entity = known.get(key)
    return [(entity.name, Kind(entity.kind))] if entity else []
