"""Mentions: one name at one place. A curator can say that it means somebody else, or that it is no name."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from archive.admin.curating import ReadOnlyAdmin
from archive.admin.deciding import DecisionForm, EntityChoice, decision_page
from archive.curation import acts
from archive.curation.decisions import Decision
from archive.models import Mention


class MoveForm(DecisionForm):
    """Whom the words mean."""

    to = EntityChoice(label="They mean", help_text="Type any part of any name.")


@admin.register(Mention)
class MentionAdmin(ReadOnlyAdmin):
    """Not in the index: a mention is reached from its person, organisation or article."""

    list_display = ("surface", "kind", "entity", "article", "recogniser", "score")
    list_filter = ("kind", "recogniser")
    list_select_related = ("entity", "article")
    search_fields = ("surface__istartswith", "key__startswith")
    search_help_text = "The beginning of the words as printed"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/move/", wrap(self.move), name="archive_mention_move"),
            path("<int:pk>/reject/", wrap(self.reject), name="archive_mention_reject"),
            *super().get_urls(),
        ]

    def move(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say that the words mean somebody else in their article."""
        mention = _mention(pk)

        def decisions(form: MoveForm) -> list[Decision]:
            return acts.move(mention, form.cleaned_data["to"])

        return decision_page(
            request,
            title=f"Whom does “{mention.surface}” mean here?",
            form=MoveForm,
            decisions=decisions,
            back=_home_of(mention),
            mention=mention,
            note="This holds for these words wherever this article prints them.",
        )

    def reject(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say that the words are no name in their article."""
        mention = _mention(pk)
        return decision_page(
            request,
            title=f"“{mention.surface}” is no name here",
            form=DecisionForm,
            decisions=lambda form: acts.reject_here(mention),
            back=_home_of(mention),
            mention=mention,
            note="The words stay as they are printed; they are no longer taken for a name in this article.",
        )


def _mention(pk: int) -> Mention:
    return get_object_or_404(Mention.objects.select_related("article__outlet", "entity"), pk=pk)


def _home_of(mention: Mention) -> str:
    entity = mention.entity
    if entity is None:
        return reverse("admin:archive_article_change", args=[mention.article_id])
    return reverse(f"admin:archive_{entity.kind}_change", args=[entity.pk])
