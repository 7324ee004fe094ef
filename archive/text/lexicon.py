"""The word lists by which names are told from other words: `rules/people.toml`, `places.toml` and others."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

Words = frozenset[str]


class Lexicon(NamedTuple):
    """Sets of folded words (small letters, no accents, one apostrophe). What each holds stands in its
    file.
    """

    given: Words
    family: Words
    common: Words
    countries: Words
    places: Words
    titles: Words
    title_parts: Words
    offices: Words
    office_words: Words
    roles: Words
    kinds: Words
    particles: Words
    speech_verbs: Words
    person_verbs: Words
    person_participles: Words
    apposition_opens: Words
    description_ends: Words
    after_noun: Words
    subjects: Words
    newspapers: Words
    club_openings: Words
    club_endings: Words
    owners: Words
    ship_prefixes: Words
    surname_endings: tuple[str, ...]
    heads: Words
    weak_heads: Words
    units: Words
    starts: Words
    foreign_starts: Words
    noun_after: Words
    sure_noun_after: Words
    apposition_nouns: Words
    not_organisations: Words
    thing_heads: Words
    place_heads: Words
    place_starts: Words
    place_prepositions: Words
    demonyms: Words
    compound_ends: Words
    function_words: Words
    connectors: Words
    dates: Words
    months: Words
    abbreviations: Words


@cache
def lexicon() -> Lexicon:
    """The lists that are shipped."""
    people, places, mentions = _table("people"), _table("places"), _table("mentions")
    endings = tuple(mentions.pop("surname_endings").split())
    lists = {name: _words(text) for name, text in mentions.items()}
    return Lexicon(
        given=_words(people["given"]),
        family=_words(people["family"]),
        common=_words(_table("common")["words"]),
        countries=_names(places["countries"]),
        places=_names(places["names"]) | _names(places["countries"]),
        surname_endings=endings,
        **lists,
    )


def _table(name: str) -> dict[str, str]:
    source = resources.files("archive.text.rules").joinpath(f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _words(text: str) -> Words:
    return frozenset(text.replace("’", "'").split())


def _names(text: str) -> Words:
    return frozenset(" ".join(name.split()) for name in text.replace("’", "'").split(";") if name.strip())
