"""The ledger: what each import did with each piece that it met."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from archive.admin.curating import ReadOnlyAdmin
from archive.models import Entry, Run


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    """A run without an end was broken off."""

    list_display = ("command", "started_at", "ended_at", "pieces", "started_by", "tool_version")
    list_filter = ("command", "started_at")
    search_fields = ("command", "arguments")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Run]:
        return (
            super().get_queryset(request).annotate(pieces_met=Count("entries")).select_related("started_by")
        )

    @admin.display(ordering="pieces_met")
    def pieces(self, run: Run) -> int:
        return run.pieces_met  # type: ignore[attr-defined]


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    """One piece of input under exactly one outcome."""

    list_display = ("path", "block", "outcome", "reason", "article", "run")
    list_filter = ("outcome", "run__command")
    search_fields = ("path", "reason")
    search_help_text = "File or reason"
    list_select_related = ("article", "run")
