"""The pages of a reader's own saved searches: keep, look at what is new, rename, remove.

They stand outside the curators' admin, since every account has its own, but in this room: nothing in web/
writes (docs/decisions).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.curation import saved_searches
from archive.curation.saved_searches import NotSaved
from archive.models import Article, SavedSearch
from archive.search.arrivals import latest, mark, since
from archive.search.matching import Matching, matching

NEW_SHOWN = 100  # articles on the page of one search; the search itself has all

View = Callable[..., HttpResponse]


class Kept(NamedTuple):
    """A saved search with what it finds now. `since` is when the count of new articles begins."""

    saved: SavedSearch
    found: Matching
    total: int
    new: int
    since: Any
    search: str

    @property
    def choices(self) -> str:
        """What is searched, in words."""
        typed = [f"“{self.found.text}”"] if self.found.text else []
        return " · ".join([*typed, *self.found.filters]) or "all articles"


def own(view: View) -> View:
    """The view for somebody signed in; others are told how to get an account."""

    @never_cache
    @wraps(view)
    def answering(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *arguments, **named)
        status = 200 if request.method in ("GET", "HEAD") else 403
        return render(request, "saved/no_account.html", {"section": "saved"}, status=status)

    return answering


@own
@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """All saved searches, with how much is new in each."""
    kept = [_kept(one) for one in saved_searches.of(request.user)]
    return render(request, "saved/list.html", {"section": "saved", "kept": kept})


@own
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Ask for a name, or keep the search whose address was sent."""
    query = request.POST.get("query", "") if request.method == "POST" else request.GET.urlencode()
    here = matching(reverse("search"), QueryDict(query)).here
    query, problem = str(here).partition("?")[2], ""
    if request.method == "POST":
        try:
            kept = saved_searches.save(request.user, request.POST.get("name", ""), query, mark(), now())
        except NotSaved as refusal:
            problem = str(refusal)
        else:
            messages.success(request, f"Saved as “{kept.name}”.")
            return HttpResponseRedirect(reverse("saved"))
    found = matching(reverse("search"), QueryDict(query))
    context = {
        "section": "saved",
        "query": query,
        "found": found,
        "name": request.POST.get("name", found.text)[:100],
        "problem": problem,
        "search": str(here),
    }
    return render(request, "saved/save.html", context, status=422 if problem else 200)


@own
@require_safe
def saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    """What is new in a search since the visit before; this look is noted."""
    one = get_object_or_404(saved_searches.of(request.user), pk=pk)
    kept = _kept(one)
    articles = _new_articles(kept)
    if request.method == "GET":
        saved_searches.look(one, mark(), now())
    return render(request, "saved/one.html", {"section": "saved", "one": kept, "articles": articles})


@own
@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it something else."""
    one = get_object_or_404(saved_searches.of(request.user), pk=pk)
    try:
        saved_searches.rename(one, request.POST.get("name", ""))
        messages.success(request, f"It is called “{one.name}” now.")
    except NotSaved as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("saved-search", args=[pk]))


@own
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep it no longer; the search stays one click away."""
    one = get_object_or_404(saved_searches.of(request.user), pk=pk)
    saved_searches.remove(one)
    context = {"section": "saved", "name": one.name, "again": f"{reverse('save-search')}?{one.query}"}
    context["kept"] = [_kept(other) for other in saved_searches.of(request.user)]
    return render(request, "saved/list.html", context)


def _kept(one: SavedSearch) -> Kept:
    found = matching(reverse("search"), QueryDict(one.query))
    after, when = one.unseen(now())
    return Kept(one, found, found.total(), since(found.rows, after).count(), when, str(found.here))


def _new_articles(kept: Kept) -> list[Article]:
    after, _ = kept.saved.unseen(now())
    return latest(since(kept.found.rows, after), NEW_SHOWN)
