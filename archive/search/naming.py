"""outlet:, person:, org: and event: of a query: which rows their words name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db.models import F

from archive.models import Alias, Entity, Event, Outlet
from archive.models.search_row import Tsquery
from archive.models.search_vector import entity_lexeme, event_lexeme, outlet_lexeme
from archive.search.query import Both, Either, Expression, Lexemes, Named, Not, Note, Query
from archive.search.suggestions import name_words, names_like
from archive.text.folding import words

MOST_NAMED = 50  # people, organisations or outlets of one word; so many events, too
_SHOWN = 6


class _Rows(NamedTuple):
    """The rows that some words name, those with most articles first; `more` if there are others."""

    labels: tuple[str, ...]
    lexemes: tuple[str, ...]
    more: bool


def resolved(query: Query) -> Query:
    """The query with its names found; what they mean is added to its notes."""
    notes = list(query.notes)
    expression = query.expression and _resolved(query.expression, query, notes)
    return Query(query.text, expression, tuple(notes))


def _resolved(expression: Expression, query: Query, notes: list[Note]) -> Expression:
    if isinstance(expression, Named):
        found = _FINDERS[expression.field](expression)
        notes.extend(_explained(expression, found, query))
        return Lexemes(found.lexemes, f"{expression.field}:{expression.printed}")
    if isinstance(expression, Not):
        return Not(_resolved(expression.part, query, notes))
    if isinstance(expression, Both | Either):
        return type(expression)(tuple(_resolved(part, query, notes) for part in expression.parts))
    return expression


def _explained(named: Named, found: _Rows, query: Query) -> list[Note]:
    shown = f"{named.field}:{named.printed}"
    if not found.labels:
        return [Note(f"No {named.field} here is called “{named.printed[:60]}”.", *_instead(named, query))]
    labels = ", ".join(found.labels[:_SHOWN])
    rest = len(found.labels) - _SHOWN
    if found.more:
        labels += f" and others; of these the first {len(found.labels)} were searched"
    elif rest > 0:
        labels += f" and {rest} more"
    return [Note(f"{shown} is {'any of ' if len(found.labels) > 1 else ''}{labels}.")]


def _instead(named: Named, query: Query) -> tuple[str, str]:
    """A name spelt like it, if there is one."""
    if named.field not in ("person", "organisation"):
        return "", ""
    near = names_like(named.printed, 1)
    for name in near.people if named.field == "person" else near.organisations:
        before, after = query.text[: named.place.start], query.text[named.place.end :]
        return f"Did you mean {name.entity.name}?", f'{before}"{name.entity.name}"{after}'
    return "", ""


def _outlets(named: Named) -> _Rows:
    found: list[tuple[bool, str, int]] = []
    for pk, name, short, domain in Outlet.objects.values_list("pk", "name", "short_name", "domain"):
        for written in (name, short, domain):
            forms = [word.form for word in words(written or "") if word.length == 1]
            if _holds(forms, named):
                found.append((tuple(forms) != named.forms, name, pk))
    exact = [one for one in found if not one[0]]
    kept = sorted({(name, pk) for _, name, pk in exact or found})
    return _rows([(pk, name) for name, pk in kept[: MOST_NAMED + 1]], outlet_lexeme)


def _holds(forms: list[str], named: Named) -> bool:
    """Whether a name holds every word asked for, the last one perhaps only as its beginning."""
    *whole, last = named.forms
    ending = any(form.startswith(last) for form in forms) if named.prefix else last in forms
    return ending and set(whole) <= set(forms)


def _entities(named: Named) -> _Rows:
    wanted = _any_of(
        [(word, named.prefix and word == words[-1]) for word in words] for words in _words(named)
    )
    aliases = Alias.objects.filter(tokens=Tsquery(wanted), entity__kind=named.field)
    pks = aliases.filter(entity__article_count__gt=0).values("entity")
    rows = Entity.objects.live().filter(pk__in=pks).by_coverage().values_list("pk", "name")
    return _rows(list(rows[: MOST_NAMED + 1]), entity_lexeme)


def _events(named: Named) -> _Rows:
    wanted = _any_of([[(form, named.prefix and form == named.forms[-1]) for form in named.forms]])
    found = Event.objects.live().filter(words=Tsquery(wanted))
    newest = found.order_by(F("last_published").desc(nulls_last=True), "-pk").values_list("pk", "title")
    return _rows(list(newest[: MOST_NAMED + 1]), event_lexeme)


def _rows(found: list[tuple[int, str]], lexeme: Callable[[int], str]) -> _Rows:
    kept = found[:MOST_NAMED]
    return _Rows(
        tuple(label for _, label in kept), tuple(lexeme(pk) for pk, _ in kept), len(found) > len(kept)
    )


def _words(named: Named) -> list[list[str]]:
    """The words as names are compared, and as they stand."""
    return name_words(named.printed) or [list(named.forms)]


def _any_of(readings: Iterable[Iterable[tuple[str, bool]]]) -> str:
    """A tsquery for all words of one reading, each whole or as a beginning."""
    rows = (" & ".join(f"'{word}'{':*' if prefix else ''}" for word, prefix in words) for words in readings)
    return " | ".join(f"({row})" for row in rows)


_FINDERS: dict[str, Callable[[Named], _Rows]] = {
    "outlet": _outlets,
    "person": _entities,
    "organisation": _entities,
    "event": _events,
}
