"""An event."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from archive.search.comparison import articles_of
from archive.search.events import event_or_successor, event_page
from archive.web.folding import folds
from archive.web.full_text import reads_whole
from archive.web.overview import overview
from archive.web.standing import moved


def event(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Its articles in order of publication, who is in it, why these articles are one event."""
    found = event_or_successor(pk)
    if redirect := moved(request, found.get_absolute_url()):
        return redirect
    articles = articles_of(found)
    context = {
        "section": "events",
        "event": found,
        "page": event_page(found, articles, folded=folds(request)),
        "overview": overview(found, _part(request), whole=reads_whole(request), articles=articles),
        "feed": reverse("event-feed", args=[found.pk]),
        "listed": f"event={found.pk}",
        "outs": f"event={found.pk}&copies=all",
    }
    return render(request, "event.html", context)


def _part(request: HttpRequest) -> int:
    """Which texts of a large event the overview is of; the first where the address does not say."""
    asked = request.GET.get("part", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
