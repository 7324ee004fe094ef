"""The comparison of some articles as a file to keep."""

from __future__ import annotations

from importlib.metadata import version

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from archive.exports.evidence_pack import evidence_pack
from archive.search.comparison import comparison
from archive.search.events import event_or_successor
from archive.web.comparison_state import asked, state_of
from archive.web.standing import moved


def pack(request: HttpRequest, pk: int) -> HttpResponse:
    """The evidence pack of a comparison; the address chooses the articles as the comparison's does."""
    event = event_or_successor(pk)
    if redirect := moved(request, reverse("evidence-pack", args=[event.pk])):
        return redirect
    wanted = asked(request)
    found = comparison(event, wanted.articles, fold=wanted.fold, names=wanted.names)
    if found is None:
        raise Http404("This event has fewer than two articles to compare.")
    address = request.build_absolute_uri(state_of(request, found).link())
    response = HttpResponse(evidence_pack(found, address, version("parallax")), "application/zip")
    hidden = "-names-hidden" if found.veil else ""
    response["Content-Disposition"] = f'attachment; filename="parallax-event-{event.pk}{hidden}.zip"'
    return response
