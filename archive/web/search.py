"""Search: words and filters, results with what matched in them, facets with counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from archive.search.passages import Snippet
from archive.search.results import Hit, search
from archive.search.suggestions import Name, Names, names_like
from archive.text.names import plain
from archive.text.types import Span
from archive.web.markup import Mark, links, marked
from archive.web.month_chart import chart

_MOST_PEOPLE = 4  # under a hit; its article names all


class ShownHit(NamedTuple):
    """A hit with its marks as HTML."""

    hit: Hit
    headline: SafeString
    snippets: tuple[tuple[Snippet, SafeString], ...]
    lead: str
    people: SafeString


def search_page(request: HttpRequest) -> HttpResponse:
    """What was searched, how it was read, what was found, and how to narrow it."""
    results = search(request.path, request.GET)
    context = {
        "section": "search",
        "results": results,
        "hits": [_shown(hit) for hit in results.hits],
        "chart": chart(results.months),
        "hidden": [pair for pair in results.here.first_page().pairs if pair[0] not in ("q", "from", "to")],
        "first": str(results.here.first_page()),
        "last": (results.page.start or 0) + len(results.hits) - 1,
        "range": str(results.here.having("from").having("to")),
        "marking": f"?{urlencode({'q': results.query.text})}" if results.query.text else "",
        "outs": str(results.here.page(1)).partition("?")[2],
        "dates": {name: (results.here.values(name) or [""])[-1] for name in ("from", "to")},
    }
    return render(request, "search.html", context)


def suggest(request: HttpRequest) -> JsonResponse:
    """People and organisations for what is being typed, as the script of the search box wants them."""
    typed = request.GET.get("q", "")
    return JsonResponse({"groups": list(_groups(names_like(typed), typed))})


def _shown(hit: Hit) -> ShownHit:
    article = hit.article
    return ShownHit(
        hit,
        _marked(article.headline, Span(0, len(article.headline)), hit.headline),
        tuple((snippet, _marked(article.body, snippet.span, snippet.matches)) for snippet in hit.snippets),
        article.body[slice(*hit.lead)] if hit.lead else "",
        links(hit.people[:_MOST_PEOPLE]),
    )


def _marked(text: str, span: Span, found: Sequence[Span]) -> SafeString:
    return marked(text, span, [Mark(start, end, "mark") for start, end in found])


def _groups(names: Names, typed: str) -> Iterator[dict[str, object]]:
    labelled = (("person", "People", names.people), ("organisation", "Organisations", names.organisations))
    for kind, label, found in labelled:
        if found:
            yield {"kind": kind, "label": label, "items": [_item(name, typed) for name in found]}


def _item(name: Name, typed: str) -> dict[str, object]:
    entity = name.entity
    also = f"also {', '.join(name.others)} · " if name.others else ""
    articles = f"{entity.article_count} article{'' if entity.article_count == 1 else 's'}"
    return {
        "name": entity.name,
        "url": entity.get_absolute_url(),
        "articles": f"{reverse('search')}?{entity.kind}={entity.pk}&copies=all",
        "note": f"{also}{articles}",
        "parts": _parts(entity.name, typed),
    }


def _parts(name: str, typed: str) -> list[tuple[str, bool]]:
    """The name cut into stretches, each with whether it begins one of its words as typed."""
    wanted = plain(typed).replace("-", " ").split()
    parts: list[tuple[str, bool]] = []
    start = 0
    for place, _ in enumerate(name):
        opens = place == 0 or not name[place - 1].isalnum()
        size = max((len(word) for word in wanted if plain(name[place:]).startswith(word)), default=0)
        if opens and size and place >= start:
            parts += [(name[start:place], False)] if place > start else []
            parts.append((name[place : place + size], True))
            start = place + size
    return [*parts, (name[start:], False)] if start < len(name) else parts
