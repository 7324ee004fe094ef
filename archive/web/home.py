"""The front page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive.search.front import front
from archive.web.overview import overview


def home(request: HttpRequest) -> HttpResponse:
    """The newest events, a search box, ways in by people, organisations and outlets."""
    found = front()
    at_a_glance = overview(found.lead) if found.lead else None
    return render(request, "home.html", {"front": found, "overview": at_a_glance})
