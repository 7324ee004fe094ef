"""People and organisations by any part of any of their names, in any order, misspelt or unfinished."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.db.models import F, Max, Q
from rapidfuzz import process
from rapidfuzz.distance import OSA

from archive.models import Alias, Entity
from archive.models.alias import AliasQuerySet
from archive.models.search_row import Tsquery
from archive.text.names import normal_form, plain
from archive.text.types import Kind

MOST_NAMES = 6  # of one kind: what a glance takes in
LONGEST_NAME = 100  # characters typed that are looked at
_CANDIDATES = 200  # aliases looked at before the names with most articles are chosen
_OTHER_NAMES = 3

# Small words of names: they are no help to find one, and normal forms leave them out inside a name.
_SMALL_WORDS = frozenset({"al", "el", "the", "of", "and", "de", "la", "le", "von", "van", "bin", "ibn"})

_WORD = re.compile(r"[^\W_]+")

# Edits forgiven for a word of so many letters: under four letters most words are one edit from another.
_SHORTEST_MISSPELT = 4
_SHORTEST_TWICE_MISSPELT = 7  # "bagdadi"
_MOST_SPELLINGS = 12


class Name(NamedTuple):
    """An entity whose names match what was typed, with the other names that it goes by, that one first."""

    entity: Entity
    others: tuple[str, ...]


class Names(NamedTuple):
    """What was found, by kind, most articles first; `misspelt` if no name holds the words as typed."""

    people: tuple[Name, ...]
    organisations: tuple[Name, ...]
    misspelt: bool = False

    def __bool__(self) -> bool:
        return bool(self.people or self.organisations)


def names_like(typed: str, limit: int = MOST_NAMES) -> Names:
    """The people and organisations whose names hold every word typed, as beginnings of words.

    Args:
        typed: any part of a name, in any order.
        limit: names of each kind.
    """
    readings = name_words(typed)
    exact = _entities(_holding(readings))
    if exact or not readings:
        return _names(exact, limit, misspelt=False)
    spelt_otherwise = [[_spellings(word) for word in words] for words in readings]
    return _names(_entities(_any_of(spelt_otherwise)), limit, misspelt=True)


def names_called(forms: Sequence[str], limit: int = MOST_NAMES) -> Names:
    """The people and organisations that go by exactly one of the forms: "Trump", "ISIS".

    Args:
        forms: words or phrases of a query.
        limit: names of each kind.
    """
    wanted = {normal_form(form[:LONGEST_NAME]) for form in forms} - {""}
    return _names(_of_live(Alias.objects.filter(normal_form__in=wanted)), limit, misspelt=False)


def named_like(typed: str, kind: Kind) -> Q:
    """The condition that an entity of this kind has a name that holds every word typed."""
    readings = name_words(typed)
    if not readings:
        return Q(kind=kind)
    return Q(kind=kind, pk__in=Alias.objects.filter(tokens=Tsquery(_holding(readings))).values("entity"))


def name_words(typed: str) -> list[list[str]]:
    """The words typed, as names are compared and as they stand: "Abdul" is both "abd" and "abdul".

    Small words count only if there are no others.
    """
    clipped = typed.replace("\x00", " ")[:LONGEST_NAME]
    as_compared = normal_form(clipped).split()
    as_typed = _WORD.findall(plain(clipped).replace("'", ""))
    readings = []
    for words in (as_compared, as_typed):
        telling = [word for word in words if word not in _SMALL_WORDS] or words
        if telling and telling not in readings:
            readings.append(telling)
    return readings


def _holding(readings: Sequence[Sequence[str]]) -> str:
    return _any_of([[[word] for word in words] for words in readings])


def _any_of(readings: Sequence[Sequence[Sequence[str]]]) -> str:
    """A tsquery for one of several readings, each word in one spelling, as the beginning of a word."""
    return " | ".join(
        "(" + " & ".join("(" + " | ".join(f"'{form}':*" for form in forms) + ")" for forms in words) + ")"
        for words in readings
    )


def _entities(tsquery: str) -> dict[int, str]:
    """Entity -> the name of it that matches and is printed most; entities in most articles first."""
    if not tsquery:
        return {}
    return _of_live(Alias.objects.filter(tokens=Tsquery(tsquery)))


def _of_live(aliases: AliasQuerySet) -> dict[int, str]:
    live = aliases.filter(entity__merged_into=None, entity__withdrawn=False, entity__article_count__gt=0)
    found: dict[int, str] = {}
    most_first = live.order_by(F("entity__article_count").desc(), F("mention_count").desc(), "pk")
    for entity, form in most_first.values_list("entity", "form")[:_CANDIDATES]:
        found.setdefault(entity, form)
    return found


def _names(found: dict[int, str], limit: int, *, misspelt: bool) -> Names:
    entities = Entity.objects.in_bulk(found)
    by_kind: dict[str, list[Entity]] = {kind.value: [] for kind in Kind}
    for pk in found:
        by_kind[entities[pk].kind].append(entities[pk])
    shown = [entity for kind in by_kind.values() for entity in kind[:limit]]
    others = _other_names(shown, found)
    made = {
        kind: tuple(Name(entity, others[entity.pk]) for entity in kept[:limit])
        for kind, kept in by_kind.items()
    }
    return Names(made[Kind.PERSON], made[Kind.ORGANISATION], misspelt and bool(found))


def _other_names(entities: Sequence[Entity], matched: Mapping[int, str]) -> dict[int, tuple[str, ...]]:
    others: dict[int, list[str]] = {entity.pk: [] for entity in entities}
    shown = {entity.pk: {plain(entity.name)} for entity in entities}
    aliases = Alias.objects.filter(entity__in=entities).order_by("-mention_count", "form")
    matching_first = [(entity.pk, matched[entity.pk]) for entity in entities]
    for entity, form in [*matching_first, *aliases.values_list("entity", "form")]:
        if plain(form) not in shown[entity] and len(others[entity]) < _OTHER_NAMES:
            shown[entity].add(plain(form))
            others[entity].append(form)
    return {entity: tuple(forms) for entity, forms in others.items()}


def edits_forgiven(word: str) -> int:
    """How many letters of a word may be wrong."""
    if len(word) < _SHORTEST_MISSPELT:
        return 0
    return 2 if len(word) >= _SHORTEST_TWICE_MISSPELT else 1


def _spellings(word: str) -> list[str]:
    """The word, and the words of names that it may be a misspelling of, or of the beginning of."""
    edits = edits_forgiven(word)
    if not edits:
        return [word]
    newest = Alias.objects.aggregate(newest=Max("pk"))["newest"] or 0
    known = known_words(newest)
    near: dict[str, int] = {}
    # A letter may be missing in the beginning, too: "bagda" for "baghda".
    for choices in (known, _beginnings(newest, len(word)), _beginnings(newest, len(word) + 1)):
        for _, distance, place in process.extract(
            word, choices, scorer=OSA.distance, score_cutoff=edits, limit=_MOST_SPELLINGS
        ):
            near[known[place]] = min(distance, near.get(known[place], edits))
    return [word, *sorted(near, key=lambda other: (near[other], other))[:_MOST_SPELLINGS]]


@lru_cache(maxsize=2)
def known_words(newest_alias: int) -> tuple[str, ...]:
    """All words of all names; read anew when an alias was added (`newest_alias` is the largest number)."""
    table = Alias._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM ts_stat(%s)", [f"SELECT tokens FROM {table}"])  # noqa: S608
        return tuple(row[0] for row in cursor.fetchall() if _WORD.fullmatch(row[0]))


@lru_cache(maxsize=6)
def _beginnings(newest_alias: int, length: int) -> tuple[str, ...]:
    """So many letters of each known word, in their order."""
    return tuple(word[:length] for word in known_words(newest_alias))
