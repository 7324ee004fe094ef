"""A person or an organisation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from archive.search.entities import entity_or_successor, entity_page
from archive.search.places import places
from archive.search.quotations import statements
from archive.text.types import Span
from archive.web.folding import folds
from archive.web.full_text import reads_whole, shortened
from archive.web.markup import Mark, insertions, marked
from archive.web.standing import moved

SECTIONS = {"person": "people", "organisation": "organisations"}


def entity(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """All names it goes by, its articles, quotations, and who stands beside it."""
    found = entity_or_successor(pk)
    if redirect := moved(request, found.get_absolute_url()):
        return redirect
    page = entity_page(found, folded=folds(request))
    said, whole = statements(found, page.read), reads_whole(request)
    context = {
        "section": SECTIONS[found.kind],
        "entity": found,
        "page": page,
        "statements": said,
        "quoted": [
            (one, _as_quoted(one.longest.text if whole else shortened(one.longest.text))) for one in said.said
        ],
        "places": reverse(f"{found.kind}-places", args=[found.pk]),
        "feed": reverse(f"{found.kind}-feed", args=[found.pk]),
        "listed": f"{found.kind}={found.pk}",
        "outs": f"{found.kind}={found.pk}&copies=all",
    }
    return render(request, "entity.html", context)


def _as_quoted(text: str) -> SafeString:
    whole = Span(0, len(text))
    return marked(text, whole, [Mark(*whole, "q", "said"), *insertions(text, whole)])


def entity_places(request: HttpRequest, pk: int) -> HttpResponse:
    """Every place where the name is printed, with the words around it; narrowed to a form or an outlet."""
    found = entity_or_successor(pk)
    address = reverse(f"{found.kind}-places", args=[found.pk])
    if redirect := moved(request, address):
        return redirect
    page = places(found, address, request.GET)
    shown = [
        (place, marked(place.body, place.around, [Mark(place.start, place.end, "mark")]))
        for place in page.places
    ]
    context = {"section": SECTIONS[found.kind], "entity": found, "page": page, "shown": shown}
    return render(request, "places.html", context)
