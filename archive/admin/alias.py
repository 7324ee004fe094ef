"""Aliases: a curator's are judgements; those of the authority file and of the texts are shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from archive.admin.curating import CuratorAdmin, Reason, articles_of, seen_by, tell_alias
from archive.curation import acts
from archive.curation.decisions import Refused, check
from archive.curation.judging import judge, withdraw
from archive.models import Alias, Entity, Judgement
from archive.models.search_row import Tsquery
from archive.text.names import normal_form


class AliasForm(forms.ModelForm):
    """Whose name it is, and how it is printed."""

    reason = Reason()

    class Meta:
        model = Alias
        fields = ("entity", "form")

    def clean(self) -> dict[str, Any]:
        """Say on the form what would be refused."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("entity") and cleaned.get("form"):
            try:
                for decision in acts.add_alias(cleaned["entity"], cleaned["form"]):
                    check(decision)
            except Refused as refusal:
                self.add_error("form", refusal.reason)
        return cleaned


@admin.register(Alias)
class AliasAdmin(CuratorAdmin):
    """Names that people and organisations go by."""

    form = AliasForm
    list_display = ("form", "entity", "origin", "mention_count", "source")
    list_filter = ("origin", "entity__kind")
    list_select_related = ("entity",)
    search_fields = ("form",)
    search_help_text = "Any part of a name"
    autocomplete_fields = ("entity",)
    fields = ("entity", "form", "reason")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Alias], search_term: str
    ) -> tuple[QuerySet[Alias], bool]:
        words = normal_form(search_term).split()
        wanted = " & ".join(f"'{word}':*" for word in words)
        return (queryset.filter(tokens=Tsquery(wanted)) if wanted else queryset), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_change_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Alias | None = None) -> bool:
        """What the authority file or the texts say is shown, not changed."""
        ours = obj is None or obj.origin == Alias.Origin.CURATOR
        return ours and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Alias, form: AliasForm, change: bool) -> None:
        """Judge; the rows of aliases are computed from judgements, authority file and texts.

        A changed alias is the old one taken back and a new one added.
        """
        entity: Entity = form.cleaned_data["entity"]
        reason = form.cleaned_data["reason"]
        if change:
            old = Alias.objects.select_related("entity").get(pk=obj.pk)
            withdraw(_judgements_about(old), request.user, reason, seen_by(request))
        before = articles_of(entity)
        seen = None if change else seen_by(request)
        judge(acts.add_alias(entity, form.cleaned_data["form"]), request.user, reason, seen)
        entity.refresh_from_db()
        tell_alias(request, obj.form, entity, before)

    def log_addition(self, request: HttpRequest, obj: Alias, message: Any) -> Any:
        """The judgement itself is the log."""

    def log_change(self, request: HttpRequest, obj: Alias, message: Any) -> Any:
        """The judgements themselves are the log."""

    def response_change(self, request: HttpRequest, obj: Alias) -> HttpResponse:
        return self.response_add(request, obj)

    def response_add(self, request: HttpRequest, obj: Alias, post_url_continue: Any = None) -> HttpResponse:
        """Go where the effect is seen: to the page of whose name it is."""
        entity = obj.entity
        return HttpResponseRedirect(reverse(f"admin:archive_{entity.kind}_change", args=[entity.pk]))


def _judgements_about(alias: Alias) -> QuerySet[Judgement]:
    """What made an alias one, in force."""
    about = Judgement.objects.live().filter(verdict=Judgement.Verdict.ALIAS_OF)
    return about.filter(left=alias.normal_form, value=alias.form)
