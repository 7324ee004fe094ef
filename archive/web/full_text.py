"""Who may read whole texts: everybody, or (setting FULL_TEXT) whoever has an account.

Where a whole text may not be read an excerpt stands. Pages that are nothing without whole texts (raw texts,
comparisons, evidence packs) answer 403 and say why.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive.models.article import LONGEST_EXCERPT
from archive.web.standing import View


def reads_whole(request: HttpRequest) -> bool:
    """Whether this visitor may read whole texts."""
    return settings.FULL_TEXT_PUBLIC or request.user.is_authenticated


def readers_only(view: View) -> View:
    """The view for those who may read whole texts; the others are told how to become one."""

    @wraps(view)
    def answering(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if reads_whole(request):
            return view(request, *arguments, **named)
        return render(request, "readers_only.html", status=403)

    return answering


def shortened(text: str) -> str:
    """Words of a text as long as an excerpt may be."""
    return text if len(text) <= LONGEST_EXCERPT else f"{text[: LONGEST_EXCERPT - 1]}…"
