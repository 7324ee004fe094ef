"""The front page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive.search.front import front


def home(request: HttpRequest) -> HttpResponse:
    """The newest events, a search box, ways in by people, organisations and outlets."""
    return render(request, "home.html", {"front": front()})
