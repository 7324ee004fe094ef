"""Whether a page shows copies of one text as one: the state stands in the address."""

from __future__ import annotations

from django.http import HttpRequest


def folds(request: HttpRequest) -> bool:
    """Whether copies are folded: unless the address has copies=all, as in a search."""
    return "all" not in request.GET.getlist("copies")
