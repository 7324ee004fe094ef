"""An outlet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from archive.search.outlets import outlet_page, outlet_with
from archive.web.standing import moved


def outlet(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Its newest articles, the events it covers, whom it names most."""
    found = outlet_with(pk)
    if redirect := moved(request, found.get_absolute_url()):
        return redirect
    page = outlet_page(found)
    context = {
        "section": "outlets",
        "outlet": page.outlet,
        "page": page,
        "feed": reverse("outlet-feed", args=[found.pk]),
        "outs": f"outlet={found.pk}&copies=all",
    }
    return render(request, "outlet.html", context)
