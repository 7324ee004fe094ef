"""The lists of people, organisations, outlets and events."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive.search.lists import entity_list, event_list, outlet_list
from archive.text.types import Kind


def people(request: HttpRequest) -> HttpResponse:
    """People, those in most articles first."""
    listing = entity_list(Kind.PERSON, request.path, request.GET)
    return render(request, "entities.html", {"section": "people", "title": "People", "listing": listing})


def organisations(request: HttpRequest) -> HttpResponse:
    """Organisations, those in most articles first."""
    listing = entity_list(Kind.ORGANISATION, request.path, request.GET)
    context = {"section": "organisations", "title": "Organisations", "listing": listing}
    return render(request, "entities.html", context)


def outlets(request: HttpRequest) -> HttpResponse:
    """Outlets, those with most articles first."""
    listing = outlet_list(request.path, request.GET)
    return render(request, "outlets.html", {"section": "outlets", "title": "Outlets", "listing": listing})


def events(request: HttpRequest) -> HttpResponse:
    """Events, the newest first."""
    listing = event_list(request.path, request.GET)
    return render(request, "events.html", {"section": "events", "title": "Events", "listing": listing})
