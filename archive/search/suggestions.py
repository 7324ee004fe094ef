"""People and organisations by any part of any of their names, in any order, misspelt or unfinished."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.db.models import F, Max, Q

from archive.models import Alias, Entity
from archive.models.alias import AliasQuerySet
from archive.models.search_row import Tsquery
from archive.search.near_words import NearWords
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


NOBODY = Names((), ())


def names_like(typed: str, limit: int = MOST_NAMES) -> Names:
    """The people and organisations whose names hold every word typed, as beginnings of words.

    Args:
        typed: any part of a name, in any order.
        limit: names of each kind.
    """
    return names_holding(typed, limit) or names_spelt_like(typed, limit)


def names_holding(typed: str, limit: int = MOST_NAMES) -> Names:
    """The same without misspellings."""
    return _names(_entities(_holding(name_words(typed))), limit, misspelt=False)


def names_spelt_like(typed: str, limit: int = MOST_NAMES) -> Names:
    """The people and organisations whose names hold words spelt like those typed."""
    spelt_otherwise = [[_spellings(word) for word in words] for words in name_words(typed)]
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


class _Found(NamedTuple):
    """An entity, its kind, and the name of it that matches and is printed most."""

    entity: int
    kind: str
    form: str


def _entities(tsquery: str) -> list[_Found]:
    """Those in most articles first."""
    return _of_live(Alias.objects.filter(tokens=Tsquery(tsquery))) if tsquery else []


def _of_live(aliases: AliasQuerySet) -> list[_Found]:
    live = aliases.filter(entity__merged_into=None, entity__withdrawn=False, entity__article_count__gt=0)
    most_first = live.order_by(F("entity__article_count").desc(), F("mention_count").desc(), "pk")
    found: dict[int, _Found] = {}
    for row in most_first.values_list("entity", "entity__kind", "form")[:_CANDIDATES]:
        found.setdefault(row[0], _Found(*row))
    return list(found.values())


def _names(found: Sequence[_Found], limit: int, *, misspelt: bool) -> Names:
    if not found:
        return NOBODY
    kept = [one for kind in Kind for one in [one for one in found if one.kind == kind][:limit]]
    entities = Entity.objects.in_bulk([one.entity for one in kept])
    others = _other_names(entities.values(), {one.entity: one.form for one in kept})
    names = {
        kind: tuple(Name(entities[one.entity], others[one.entity]) for one in kept if one.kind == kind)
        for kind in Kind
    }
    return Names(names[Kind.PERSON], names[Kind.ORGANISATION], misspelt)


def _other_names(entities: Collection[Entity], matched: Mapping[int, str]) -> dict[int, tuple[str, ...]]:
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
    near = known_words().near(word, edits, begun=True)
    return [word, *sorted(near, key=lambda other: (near[other], other))[:_MOST_SPELLINGS]]


def known_words() -> NearWords:
    """All words of all names; read anew when an alias was added."""
    return _words_until(Alias.objects.aggregate(newest=Max("pk"))["newest"] or 0)


@lru_cache(maxsize=2)
def _words_until(newest_alias: int) -> NearWords:
    table = Alias._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM ts_stat(%s)", [f"SELECT tokens FROM {table}"])  # noqa: S608
        return NearWords([row[0] for row in cursor.fetchall() if _WORD.fullmatch(row[0])])
