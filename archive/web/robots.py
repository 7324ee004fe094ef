"""What programs are told of the site: robots.txt, the sitemap, how to search it from a browser's own box."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from archive.exports.sitemap import KINDS, numbers, sitemap, sitemap_index

# Without end, or nothing to find: each choice of a search is an address of its own.
NOT_FOR_ROBOTS = ("/search/", "/suggest/", "/api/", "/admin/", "/saved/", "/sign-in/")


def robots(request: HttpRequest) -> HttpResponse:
    """Pages may be asked for, so that a robot sees that they say noindex; the sitemap only if they do not."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    if settings.INDEXED:
        lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def sitemap_files(request: HttpRequest) -> StreamingHttpResponse:
    """The list of the sitemap's files."""

    def address_of(kind: str, number: int) -> str:
        return request.build_absolute_uri(reverse("sitemap-file", args=[kind, number]))

    return StreamingHttpResponse(sitemap_index(address_of), content_type="application/xml; charset=utf-8")


def sitemap_file(request: HttpRequest, kind: str, number: int) -> StreamingHttpResponse:
    """One file of the sitemap."""
    if kind not in KINDS or number not in numbers(kind):
        raise Http404("There is no such file in the sitemap.")
    lines = sitemap(kind, number, request.build_absolute_uri)
    return StreamingHttpResponse(lines, content_type="application/xml; charset=utf-8")


def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser or reference manager searches this archive (OpenSearch 1.1)."""
    context = {
        "page": request.build_absolute_uri(reverse("search")),
        "feed": request.build_absolute_uri(reverse("search-feed")),
        "here": request.build_absolute_uri(),
    }
    kind = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "opensearch.xml", context, content_type=kind)
