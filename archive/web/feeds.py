"""Feeds: of a search, of a person or organisation, of an outlet, of an event."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page

from archive.exports.feeds import feed
from archive.models import SearchRow
from archive.models.search_row import SearchRowQuerySet
from archive.search.arrivals import latest
from archive.search.entities import entity_or_successor
from archive.search.events import event_or_successor
from archive.search.matching import Matching, matching
from archive.search.outlets import outlet_with
from archive.web.standing import moved

ENTRIES = 50


@conditional_page
def search_feed(request: HttpRequest) -> HttpResponse:
    """What a search finds, newest arrivals first."""
    found = matching(reverse("search"), request.GET)
    return _feed(request, _title(found), str(found.here), _name(found), found.rows)


@conditional_page
def entity_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """The articles that name a person or organisation."""
    entity = entity_or_successor(pk)
    if redirect := moved(request, reverse(f"{entity.kind}-feed", args=[entity.pk])):
        return redirect
    rows = SearchRow.objects.naming(entity.pk)
    return _feed(request, entity.name, entity.get_absolute_url(), f"names/{entity.pk}", rows)


@conditional_page
def outlet_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """The articles of an outlet."""
    outlet = outlet_with(pk)
    rows = SearchRow.objects.filter(outlet_id=outlet.pk)
    return _feed(request, outlet.name, outlet.get_absolute_url(), f"outlets/{outlet.pk}", rows)


@conditional_page
def event_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """The articles of an event."""
    event = event_or_successor(pk)
    if redirect := moved(request, reverse("event-feed", args=[event.pk])):
        return redirect
    rows = SearchRow.objects.filter(event_id=event.pk)
    return _feed(request, event.title, event.get_absolute_url(), f"events/{event.pk}", rows)


def _feed(request: HttpRequest, title: str, page: str, name: str, rows: SearchRowQuerySet) -> HttpResponse:
    written = feed(
        f"{title} – Parallax",
        request.build_absolute_uri(page),
        request.build_absolute_uri(),
        name,
        latest(rows, ENTRIES),
        authority=settings.AUTHORITY,
    )
    return HttpResponse(written, content_type="application/atom+xml; charset=utf-8")


def _title(found: Matching) -> str:
    """What is searched, in words: the text that was typed and the filters."""
    return ", ".join(filter(None, (found.text, *found.filters))) or "All articles"


def _name(found: Matching) -> str:
    """A search is called by its choices, whatever order they stand in."""
    pairs = sorted(pair for pair in found.here.pairs if pair[0] != "sort")
    return "search?" + "&".join(f"{quote(name)}={quote(value)}" for name, value in pairs)
