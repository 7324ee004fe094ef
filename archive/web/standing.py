"""What an address answers where a page is gone, has moved or never was."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.search.successors import Gone
from archive.web.kept_pages import kept

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """The view as a page that is only read: 404 for what never was, 410 for what was withdrawn."""

    @require_safe
    @wraps(view)
    def answering(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        try:
            answer = kept(request, lambda: view(request, *arguments, **named))
        except ObjectDoesNotExist:
            raise Http404 from None
        except Gone as gone:
            return render(request, "gone.html", {"reason": str(gone)}, status=410)
        if not settings.INDEXED:
            answer["X-Robots-Tag"] = "noindex"
        return answer

    return answering


def for_all_pages(request: HttpRequest) -> dict[str, Any]:
    """What every template knows: whether search engines may list the page."""
    return {"indexed": settings.INDEXED}


def moved(request: HttpRequest, right: str) -> HttpResponse | None:
    """A permanent redirect where the page asked for has another address: merged, renamed, of another kind.

    What stands in the query of the address goes along.
    """
    if request.path == right:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{right}?{query}" if query else right)
