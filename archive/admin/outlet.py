"""Outlets: who publishes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from archive.admin.curating import CuratorAdmin
from archive.models import Outlet
from archive.search.outlets import outlets_like


class OutletForm(forms.ModelForm):
    """An outlet's domain is kept bare, as imports look it up."""

    class Meta:
        model = Outlet
        fields = ("name", "short_name", "domain")

    def clean_domain(self) -> str:
        """Take the host out of whatever address was pasted."""
        typed = self.cleaned_data["domain"].strip().lower()
        return typed.split("//")[-1].split("/")[0].split("@")[-1].split(":")[0].removeprefix("www.")


@admin.register(Outlet)
class OutletAdmin(CuratorAdmin):
    """What a curator saves is locked: a later import leaves it alone."""

    form = OutletForm
    list_display = ("name", "short_name", "domain", "articles", "locked")
    list_filter = ("locked",)
    search_fields = ("name", "short_name", "domain")
    search_help_text = "Name or domain"
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

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def save_model(self, request: HttpRequest, obj: Outlet, form: OutletForm, change: bool) -> None:
        obj.locked = True
        super().save_model(request, obj, form, change)
