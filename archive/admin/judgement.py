"""The history: what was decided, by whom, when and why; each of it can be taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from archive.admin.curating import ReadOnlyAdmin, seen_by
from archive.admin.deciding import DecisionForm
from archive.admin.history_rows import history_rows
from archive.admin.review import review
from archive.curation.changes import counted
from archive.curation.decisions import Refused
from archive.curation.history import (
    batches,
    names_in,
    of_archive,
    of_article,
    of_entity,
    of_outlet,
    sentence,
)
from archive.curation.judging import withdraw_batch
from archive.curation.overtaken import newest_judgement
from archive.curation.previewing import preview_undo
from archive.models import Article, Entity, Judgement, Outlet

DECISIONS_ON_A_PAGE = 25


@admin.register(Judgement)
class JudgementAdmin(ReadOnlyAdmin):
    """One page instead of a list and forms: a judgement is never changed, only taken back by another row."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.history), name="archive_judgement_changelist"),
            path("review/", wrap(review), name="archive_judgement_review"),
            path(
                "undo/<uuid:batch>/",
                wrap(require_http_methods(["GET", "POST"])(self.undo)),
                name="archive_judgement_undo",
            ),
            *super().get_urls(),
        ]

    def history(self, request: HttpRequest) -> HttpResponse:
        """All decisions, newest first; `about` narrows them to an entity, `article` and `outlet` to those."""
        about: Any = None
        rows = of_archive()
        if request.GET.get("about", "").isdecimal():
            about = get_object_or_404(Entity, pk=request.GET["about"])
            rows = of_entity(about)
        elif request.GET.get("article", "").isdecimal():
            about = get_object_or_404(Article, pk=request.GET["article"])
            rows = of_article(about)
        elif request.GET.get("outlet", "").isdecimal():
            about = get_object_or_404(Outlet, pk=request.GET["outlet"])
            rows = of_outlet(about)
        page = Paginator(batches(rows), DECISIONS_ON_A_PAGE).get_page(request.GET.get("p", "1"))
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": f"History of {about}" if about else "History of all decisions",
            "about": about,
            "page": page,
            "decisions": history_rows(list(page)),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/archive/history.html", context)

    def undo(self, request: HttpRequest, batch: UUID) -> HttpResponse:
        """Take back everything that was decided together; looking only tells what that would change."""
        if request.method == "GET":
            return self._see_undoing(request, batch)
        try:
            judged = withdraw_batch(batch, request.user, request.POST.get("reason", ""), seen_by(request))
        except Refused as refusal:
            messages.error(request, refusal.reason)
        else:
            if judged.judgements:
                messages.success(request, f"Taken back. {counted(len(judged.articles), 'article')} changed.")
            else:
                messages.info(request, "It was taken back already.")
        return HttpResponseRedirect(_back(request))

    def _see_undoing(self, request: HttpRequest, batch: UUID) -> HttpResponse:
        effect = preview_undo(batch, request.user)
        rows = Judgement.objects.live().filter(batch=batch)
        names = names_in(rows)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": "Take back?",
            "note": "; ".join(sentence(row, names) for row in rows) or "This was taken back already.",
            "form": DecisionForm(),
            "changes": effect.changes,
            "seen": newest_judgement(),
            "decide_label": "Take back",
            "back": reverse("admin:archive_judgement_changelist"),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/archive/decision.html", context)


def _back(request: HttpRequest) -> str:
    """The page of the admin that the button was on, never an address elsewhere."""
    home, asked = reverse("admin:index"), request.POST.get("next", "")
    inside = asked.startswith(home) and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if inside else reverse("admin:archive_judgement_changelist")
