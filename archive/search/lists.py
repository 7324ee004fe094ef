"""The lists of people, organisations, outlets and events: a filter box, an order, pages."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import QueryDict

from archive.models import Entity
from archive.search.address import Address, address
from archive.search.events import events_like, newest_events
from archive.search.outlets import outlets_by_coverage, outlets_like
from archive.search.paging import Pages, pages
from archive.search.suggestions import Names, named_like, names_like
from archive.text.types import Kind

PAGE = 50  # names; a screen and a half
LONGEST_TYPED = 200  # characters


class Listing(NamedTuple):
    """One page of a list. `near` are names like what was typed where none holds it."""

    rows: tuple[Any, ...]
    pages: Pages
    typed: str
    all_rows: str  # the address of the list without what was typed
    near: Names = Names((), ())


def entity_list(kind: Kind, path: str, sent: QueryDict) -> Listing:
    """People or organisations, those in most articles first."""
    here, typed = _asked(path, sent)
    found = Entity.objects.live().filter(named_like(typed, kind), article_count__gt=0)
    listing = _listing(found.by_coverage(), here, typed)
    return listing._replace(near=names_like(typed)) if typed and not listing.rows else listing


def outlet_list(path: str, sent: QueryDict) -> Listing:
    """Outlets, those with most articles first."""
    here, typed = _asked(path, sent)
    return _listing(outlets_by_coverage().filter(outlets_like(typed)), here, typed)


def event_list(path: str, sent: QueryDict) -> Listing:
    """Events, the newest first."""
    here, typed = _asked(path, sent)
    return _listing(newest_events().filter(events_like(typed)), here, typed)


def _asked(path: str, sent: QueryDict) -> tuple[Address, str]:
    here = address(path, ((name, value) for name in ("q", "page") for value in sent.getlist(name)))
    return here, " ".join(here.values("q"))[:LONGEST_TYPED]


def _listing(found: QuerySet[Any], here: Address, typed: str) -> Listing:
    paging = pages(found.count(), PAGE, here)
    return Listing(tuple(found[paging.window]), paging, typed, str(here.having("q")))
