"""Outlets: who publishes. What an administrator says of one is a judgement, so imports leave it alone."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from archive.admin.curating import CuratorAdmin, JudgingForm, may_administer, seen_by
from archive.curation import acts
from archive.curation.decisions import Decision
from archive.curation.judging import judge
from archive.models import Outlet
from archive.search.outlets import outlets_like

JUDGED = ("name", "short_name", "domain")


class OutletForm(JudgingForm):
    """An outlet's domain is kept bare, as imports look it up."""

    class Meta:
        model = Outlet
        fields = JUDGED

    def clean_domain(self) -> str:
        """Take the host out of whatever address was pasted."""
        typed = self.cleaned_data["domain"].strip().lower()
        return typed.split("//")[-1].split("/")[0].split("@")[-1].split(":")[0].removeprefix("www.")

    def decisions(self) -> list[Decision]:
        """What the filled-in form says: of a new outlet all, of one that is there what differs."""
        if not self.cleaned_data.get("name"):
            return []
        here = Outlet.objects.filter(pk=self.instance.pk).first()
        said = {field: self.cleaned_data.get(field, "") for field in JUDGED}
        changed = {
            field: value for field, value in said.items() if value != (getattr(here, field) if here else "")
        }
        return acts.describe(here.key if here else said["name"], changed)


@admin.register(Outlet)
class OutletAdmin(CuratorAdmin):
    """Curators see them, administrators change them."""

    form = OutletForm
    list_display = ("name", "short_name", "domain", "articles", "locked")
    list_filter = ("locked",)
    search_fields = ("name", "short_name", "domain")
    search_help_text = "Name or domain"
    fields = (*JUDGED, "reason", "stated_names", "locked")
    readonly_fields = ("stated_names", "locked")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outlet]:
        counted = Count("articles", filter=Q(articles__newest=True))
        return super().get_queryset(request).annotate(articles_found=counted)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Outlet], search_term: str
    ) -> tuple[QuerySet[Outlet], bool]:
        return queryset.filter(outlets_like(search_term)), False

    @admin.display(ordering="articles_found")
    def articles(self, outlet: Any) -> int:
        return outlet.articles_found

    def has_change_permission(self, request: HttpRequest, obj: Outlet | None = None) -> bool:
        return may_administer(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_administer(request)

    def get_fields(self, request: HttpRequest, obj: Outlet | None = None) -> tuple[str, ...]:
        return tuple(name for name in self.fields if name != "reason" or may_administer(request))

    def save_model(self, request: HttpRequest, obj: Outlet, form: OutletForm, change: bool) -> None:
        """Judge what the form says; the row is described by what follows."""
        decisions = form.decisions()
        if not decisions:
            messages.info(request, "Nothing was changed.")
            return
        judge(decisions, request.user, form.cleaned_data["reason"], seen_by(request))
        obj.pk = Outlet.objects.get(name=form.cleaned_data["name"]).pk
        messages.success(request, "Judged and saved. Imports will leave what you changed alone.")

    def log_addition(self, request: HttpRequest, obj: Outlet, message: Any) -> Any:
        """The judgement itself is the log."""

    def log_change(self, request: HttpRequest, obj: Outlet, message: Any) -> Any:
        """The judgement itself is the log."""

    def response_add(self, request: HttpRequest, obj: Outlet, post_url_continue: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:archive_outlet_change", args=[obj.pk]))

    def response_change(self, request: HttpRequest, obj: Outlet) -> HttpResponse:
        """Stay on the page, where the effect is seen."""
        return self.response_add(request, obj)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Everything that was ever decided about it."""
        about = f"?outlet={object_id}"
        return HttpResponseRedirect(f"{reverse('admin:archive_judgement_changelist')}{about}")
