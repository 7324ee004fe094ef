"""The lists of people, organisations, outlets and events: a filter box, an order, pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import QueryDict

from archive.models import Article, Entity, Outlet, SearchRow
from archive.search.address import Address, address
from archive.search.events import events_like, newest_events
from archive.search.outlets import outlets_by_coverage, outlets_like
from archive.search.paging import Pages, pages
from archive.search.suggestions import Names, named_like, names_like
from archive.search.text_counts import with_counts
from archive.search.unchanged import while_unchanged
from archive.text.types import Kind

_Rows = Callable[..., QuerySet[Any]]

PAGE = 50  # names; a screen and a half
LONGEST_TYPED = 200  # characters


class Listing(NamedTuple):
    """One page of a list. `near` are names like what was typed where none holds it."""

    rows: tuple[Any, ...]
    pages: Pages
    typed: str
    all_rows: str  # the address of the list without what was typed
    choices: tuple[tuple[str, str], ...]  # everything in the address
    near: Names = Names((), ())
    about: str = ""  # what else the list was narrowed to, in words


def entity_list(kind: Kind, path: str, sent: QueryDict) -> Listing:
    """People or organisations, those in most articles first."""
    here, typed = _asked(path, sent)
    listing = _listing(_entities, (kind, typed), here, typed)
    return listing._replace(near=names_like(typed)) if typed and not listing.rows else listing


def outlet_list(path: str, sent: QueryDict) -> Listing:
    """Outlets, those with most articles first."""
    here, typed = _asked(path, sent)
    return _listing(_outlets, (typed,), here, typed)


def event_list(path: str, sent: QueryDict) -> Listing:
    """Events, the newest first; `name` narrows them to those that name somebody, `outlet` to those it covers,
    `several` to those that several outlets cover.
    """
    here, typed = _asked(path, sent, "name", "outlet", "several")
    entity, outlet = _row(Entity.objects.all(), here, "name"), _row(Outlet.objects.all(), here, "outlet")
    several = bool(here.values("several"))
    about = [
        words
        for words, asked in (
            (f"that name {entity}", entity),
            (f"that {outlet} covers", outlet),
            ("of several outlets", several),
        )
        if asked
    ]
    listing = _listing(_events, (typed, entity, outlet, several), here, typed)
    return listing._replace(about=" and ".join(about))


def _entities(kind: Kind, typed: str) -> QuerySet[Any]:
    return Entity.objects.live().filter(named_like(typed, kind), article_count__gt=0).by_coverage()


def _outlets(typed: str) -> QuerySet[Any]:
    return outlets_by_coverage().filter(outlets_like(typed))


def _events(typed: str, entity: Entity | None, outlet: Outlet | None, several: bool) -> QuerySet[Any]:
    found = newest_events().filter(events_like(typed))
    if entity:
        found = found.filter(pk__in=_events_of(SearchRow.objects.naming(entity.pk).values("pk")))
    if outlet:
        found = found.filter(pk__in=_events_of(outlet.articles.newest_versions().values("pk")))
    return found.filter(outlet_count__gt=1) if several else found


def _asked(path: str, sent: QueryDict, *further: str) -> tuple[Address, str]:
    names = ("q", *further, "page")
    here = address(path, ((name, value) for name in names for value in sent.getlist(name)))
    return here, " ".join(here.values("q"))[:LONGEST_TYPED]


def _row(rows: QuerySet[Any], here: Address, name: str) -> Any:
    """The row whose number stands under a name in the address; None without one, or if there is none."""
    number = next(iter(here.values(name)), "")
    return rows.filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None


def _events_of(articles: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return Article.objects.filter(pk__in=articles).exclude(event=None).values("event")


def _listing(rows: _Rows, chosen: tuple[Any, ...], here: Address, typed: str) -> Listing:
    paging = pages(_size(rows, chosen), PAGE, here)
    shown = _shown(rows, chosen, paging.window.start, paging.window.stop)
    return Listing(shown, paging, typed, str(here.having("q")), here.pairs)


@while_unchanged
def _size(rows: _Rows, chosen: tuple[Any, ...]) -> int:
    return rows(*chosen).count()


@while_unchanged
def _shown(rows: _Rows, chosen: tuple[Any, ...], start: int, stop: int) -> tuple[Any, ...]:
    return with_counts(rows(*chosen)[start:stop])
