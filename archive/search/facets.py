"""Facets: how many of the articles found stand under each outlet, person, organisation, event and language.

The number on a choice is the number of rows that its link opens; where too many were found to count each, it
is estimated from a sample, and the facet says so. Outlets, events and languages take each other's place when
chosen, so they are counted without the choice made among them; people and organisations add up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from operator import attrgetter
from typing import Any, NamedTuple

from django.conf.locale import LANG_INFO
from django.db.models import Model

from archive.models import Entity, Event, Outlet
from archive.search.address import Address
from archive.search.asked import Asked
from archive.search.counting import Most, counted, named_most
from archive.search.filters import NO_LANGUAGE
from archive.search.gathering import Gathered, Key, gathered, planned, size_of
from archive.search.limits import Clock, TooLong
from archive.text.types import Kind

LONGEST_FACET = 10  # choices shown; the lists of people, outlets and events hold the rest


class Choice(NamedTuple):
    """A value with the number of rows that `href` opens; `other_href` excludes it, or undoes a choice."""

    label: str
    size: int
    href: str
    other_href: str
    chosen: bool = False
    excluded: bool = False


class Facet(NamedTuple):
    """The choices under one heading; `more` further values have a row too, None if it is not known how many.

    `sample` is how many rows the numbers are estimated from, 0 where they are exact.
    """

    name: str
    title: str
    choices: tuple[Choice, ...]
    more: int | None = 0
    sample: int = 0


def facets(asked: Asked, found: Gathered, clock: Clock) -> tuple[Facet, ...]:
    """All facets of a search, the empty ones left out.

    Raises:
        TooLong: the time ran out.
    """
    counting = _Counting(asked, found, clock)
    people, organisations = counting.entities()
    every = (
        counting.column("outlet", "Outlet", attrgetter("outlet"), _names_of(Outlet, "name")),
        people,
        organisations,
        counting.column("event", "Event", attrgetter("event"), _names_of(Event, "title")),
        counting.column("language", "Language", lambda key: key.language or NO_LANGUAGE, _languages),
    )
    return tuple(facet for facet in every if _is_worth_showing(facet))


def _is_worth_showing(facet: Facet) -> bool:
    """One language of all articles is no choice."""
    if facet.name != "language":
        return bool(facet.choices)
    return len(facet.choices) > 1 or any(choice.chosen or choice.excluded for choice in facet.choices)


class _Counting:
    def __init__(self, asked: Asked, found: Gathered, clock: Clock) -> None:
        self.asked, self.found, self.clock = asked, found, clock
        self.here = asked.here
        self.chosen = asked.filters.chosen()

    def column(
        self,
        name: str,
        title: str,
        value: Callable[[Key], Any],
        names_of: Callable[[Collection[Any]], dict[Any, str]],
    ) -> Facet:
        """Outlets, events, languages: an article has at most one, so a choice takes the place of another."""
        found = self._without({name, f"not_{name}"})
        sizes = counted(found, value, folded=self.asked.folded)
        chosen, excluded = self._values(name), self._values(f"not_{name}")
        kept = set(chosen) | set(excluded)
        shown = list(sizes)[:LONGEST_FACET]
        shown += sorted(kept - set(shown), key=str)
        called = names_of([one for one in shown if one is not None])
        choices, links = [], _Links(self.here, name, alone=True)
        for one in shown:
            state = (one in chosen, one in excluded)
            href, other = links.of(one, *state)
            choices.append(Choice(called.get(one, ""), sizes.get(one, 0), href, other, *state))
        return Facet(name, title, _sorted(choices), max(0, len(sizes) - len(shown)), _sample(found))

    def entities(self) -> tuple[Facet, Facet]:
        """People and organisations: an article may name several, so choices add up."""
        named = self.clock.within(lambda: named_most(self.found, LONGEST_FACET, folded=self.asked.folded))
        people, organisations = named[Kind.PERSON], named[Kind.ORGANISATION]
        sizes = {
            "person": self._sizes("person", people.sizes),
            "organisation": self._sizes("organisation", organisations.sizes),
        }
        called = _names_of(Entity, "name")([pk for of_kind in sizes.values() for pk in of_kind])
        return (
            self._entities("person", "Person", sizes["person"], called, people),
            self._entities("organisation", "Organisation", sizes["organisation"], called, organisations),
        )

    def _sizes(self, name: str, most: list[tuple[int, int]]) -> dict[int, int]:
        """How many rows the links of those counted most, chosen and excluded open."""
        sizes = dict(most)
        whole = size_of(self.found, folded=self.asked.folded).number
        sizes |= {pk: sizes.get(pk, whole) for pk in self._values(name)}
        return sizes | {pk: self._opened(name, pk) for pk in self._values(f"not_{name}")[:LONGEST_FACET]}

    def _entities(
        self,
        name: str,
        title: str,
        sizes: dict[int, int],
        called: dict[int, str],
        most: Most,
    ) -> Facet:
        chosen, excluded = self._values(name), self._values(f"not_{name}")
        choices, links = [], _Links(self.here, name, alone=False)
        for pk, size in sizes.items():
            state = (pk in chosen, pk in excluded)
            href, other = links.of(pk, *state)
            choices.append(Choice(called.get(pk, ""), size, href, other, *state))
        more = None if most.every is None else max(0, most.every - len(most.sizes))
        if len(most.sizes) < LONGEST_FACET:
            more = 0
        return Facet(name, title, _sorted(choices), more, _sample(self.found))

    def _opened(self, name: str, pk: int) -> int:
        """How many rows the link on an excluded name opens: its exclusion lifted, the others kept."""
        rows = self.asked.rows(frozenset({f"not_{name}"})).naming(pk)
        for other in self._values(f"not_{name}"):
            rows = rows.not_naming(other) if other != pk else rows
        return size_of(
            gathered(rows, self.clock, planned(rows), phrases=self.asked.phrases), folded=self.asked.folded
        ).number

    def _without(self, names: set[str]) -> Gathered:
        """The rows without the choices under some names."""
        if not names & set(self.chosen):
            return self.found
        rows = self.asked.rows(frozenset(names))
        found = gathered(rows, self.clock, planned(rows), phrases=self.asked.phrases)
        if found.cut:
            raise TooLong
        return found

    def _values(self, name: str) -> list[Any]:
        return [one if isinstance(one, str) else one.pk for one in self.chosen.get(name, ())]


def _sample(found: Gathered) -> int:
    return 0 if found.exact else len(found.keys)


class _Links:
    """The links of the choices under a name; `alone` where a choice takes the place of another."""

    def __init__(self, here: Address, name: str, *, alone: bool) -> None:
        self._here, self._name, self._alone = here, name, alone
        self._opened = here.opening(name, without={name, f"not_{name}"} if alone else ())
        self._excluded = here.opening(f"not_{name}")

    def of(self, value: object, chosen: bool, excluded: bool) -> tuple[str, str]:
        """The link that opens a choice's rows, and the one beside it: undo what was chosen, else exclude."""
        if not chosen and not excluded:
            return self._opened(value), self._excluded(value)
        free = self._here.dropping(self._name, value).dropping(f"not_{self._name}", value)
        alone = free.having(f"not_{self._name}").having(self._name, value)
        return str(alone if self._alone else free.adding(self._name, value)), str(free)


def _sorted(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda choice: (-choice.size, choice.label)))


def _names_of(model: type[Model], column: str) -> Callable[[Collection[int]], dict[int, str]]:
    return lambda pks: dict(model._default_manager.filter(pk__in=pks).values_list("pk", column))


def _languages(codes: Collection[str]) -> dict[str, str]:
    return {code: language_name(code) for code in codes}


def language_name(code: str) -> str:
    """The English name of a language."""
    if code == NO_LANGUAGE:
        return "not known"
    return str(LANG_INFO[code]["name"]) if "name" in LANG_INFO.get(code, {}) else code
