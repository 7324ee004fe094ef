"""The raw text of an article, line by line: what cleaning took out and why; a curator turns single lines."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from archive.admin.curating import Reason, decide, may_curate
from archive.admin.line_choices import MOST_CHOICES, choices, said_of
from archive.curation.overtaken import newest_judgement
from archive.curation.pasted_lines import decisions_about, lines_of_article
from archive.models import Article

_PREFIX = "text"


def urls() -> list[URLPattern]:
    """The address of the page, below those of the articles."""
    return [path("<int:pk>/lines/", admin.site.admin_view(lines), name="archive_article_lines")]


def lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every line of the raw text; take over what a curator says of them."""
    if not may_curate(request):
        return HttpResponse(status=403)
    article = get_object_or_404(Article, pk=pk)
    here = reverse("admin:archive_article_lines", args=[article.pk])
    if request.method == "POST":
        said = said_of(request.POST, _PREFIX)
        reason = Reason().clean(request.POST.get("reason", ""))
        if said:
            decide(
                request,
                lambda: decisions_about(article.content_key, article.raw, said),
                "Judged: the text was cleaned again.",
                reason,
            )
        return HttpResponseRedirect(here)
    context = {
        **admin.site.each_context(request),
        "title": f"Lines of “{article}”",
        "article": article,
        "choices": choices(_PREFIX, lines_of_article(article)),
        "most_choices": MOST_CHOICES,
        "seen": newest_judgement(),
        "opts": Article._meta,
    }
    return TemplateResponse(request, "admin/archive/lines.html", context)
