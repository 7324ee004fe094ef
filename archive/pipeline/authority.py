"""The names that everybody knows: the shipped authority file as curators extended and split it."""

from __future__ import annotations

from archive.models import Entity, Judgement
from archive.pipeline.preparing import Names, authority_with
from archive.text.authority import Authority, AuthorityEntry
from archive.text.names import normal_form
from archive.text.types import Kind

Verdict = Judgement.Verdict


def current() -> Authority:
    """The authority file, without what was split off, and every live "alias of" whose name is known."""
    return authority_with(judged())


def judged() -> Names:
    """What live judgements add to the authority file, and what they take from it."""
    shipped = Authority.shipped()
    judgements = Judgement.objects.live().filter(verdict=Verdict.ALIAS_OF).order_by("pk")
    aliases: dict[str, list[str]] = {}
    for judgement in judgements:
        aliases.setdefault(judgement.right, []).append(judgement.value or judgement.left)
    split = frozenset(_split_off())
    added = _known_names()
    if not aliases:
        return Names(added, split)
    left = shipped.without(split).with_entries(added)
    known = {entity.key: entity for entity in Entity.objects.filter(key__in=aliases)}
    entries = tuple(
        AuthorityEntry(key, name, kind, tuple(forms), "a curator")
        for key, forms in aliases.items()
        for name, kind in _name_and_kind(key, left, known)
    )
    return Names((*added, *entries), split)


def _known_names() -> tuple[AuthorityEntry, ...]:
    """The names that curators added; of several words about one the newest counts."""
    added = Judgement.objects.live().filter(verdict=Verdict.KNOWN_NAME).order_by("made_at", "pk")
    by_key = {
        one.left: AuthorityEntry(one.left, one.value, Kind(one.right), (), "a curator") for one in added
    }
    return tuple(by_key.values())


def split_forms(one: str, other: str) -> tuple[str, ...]:
    """The aliases of the authority file that are taken from an entry where these two are judged different."""
    entries = ((one, Authority.shipped().entry(other)), (other, Authority.shipped().entry(one)))
    return tuple(
        alias for key, entry in entries if entry for alias in entry.aliases if normal_form(alias) == key
    )


def _split_off() -> set[tuple[str, str]]:
    """Normal forms of aliases with the keys of the entries that they were judged different from."""
    judged = Judgement.objects.live().filter(verdict=Verdict.DIFFERENT).values_list("left", "right")
    shipped = Authority.shipped()
    return {
        (alias, key)
        for pair in judged.iterator()
        for alias, key in (pair, pair[::-1])
        if shipped.entry(key) and split_forms(alias, key)
    }


def _name_and_kind(key: str, shipped: Authority, known: dict[str, Entity]) -> list[tuple[str, Kind]]:
    """How the key is called; nothing for a key that the archive has not met yet."""
    entry = shipped.entry(key)
    if entry:
        return [(entry.name, entry.kind)]
    entity = known.get(key)
    return [(entity.name, Kind(entity.kind))] if entity else []
