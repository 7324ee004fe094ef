"""Events: which articles report the same one, and what it is called."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from archive.admin.curating import CuratorAdmin, JudgingForm, WideInput, seen_by
from archive.admin.passages import passages
from archive.curation import acts
from archive.curation.decisions import Decision
from archive.curation.judging import judge
from archive.models import Article, Event
from archive.models.event import EventQuerySet
from archive.search.events import events_like


class EventForm(JudgingForm):
    """A title, and articles that belong to the event: both are judgements."""

    title = forms.CharField(max_length=500, widget=WideInput)
    add_article = forms.ModelChoiceField(
        Article.objects.newest_versions(),
        required=False,
        label="Add an article",
        help_text="Type words of its headline. It leaves the event that it is in now.",
        widget=AutocompleteSelect(Article._meta.get_field("copy_of"), admin.site),
    )

    earlier = forms.ModelChoiceField(
        Event.objects.live(),
        required=False,
        label="Follows",
        help_text="The earlier event that this one follows. Empty it if it follows none.",
        widget=AutocompleteSelect(Event._meta.get_field("follows"), admin.site),
    )

    class Meta:
        model = Event
        fields = ("title",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["earlier"] = self.instance.follows_id

    def decisions(self) -> list[Decision]:
        """What the filled-in form says. May raise Refused."""
        decisions: list[Decision] = []
        if "title" in self.changed_data and self.cleaned_data.get("title"):
            decisions += acts.title(self.instance, self.cleaned_data["title"])
        if self.cleaned_data.get("add_article"):
            decisions += acts.regroup(self.cleaned_data["add_article"], self.instance)
        if "earlier" in self.changed_data:
            decisions += acts.follow(self.instance, self.cleaned_data["earlier"])
        return decisions


@admin.register(Event)
class EventAdmin(CuratorAdmin):
    """Events with their articles in order of publication."""

    form = EventForm
    change_form_template = "admin/archive/event/change_form.html"
    list_display = ("title", "article_count", "outlet_count", "first_published", "last_published")
    list_filter = ("title_judged", "last_published")
    search_fields = ("title",)
    search_help_text = "Words of the title"
    readonly_fields = ("first_published", "last_published", "why")
    fields = ("title", "add_article", "earlier", "reason", "first_published", "last_published", "why")

    def get_urls(self) -> list[URLPattern]:
        rows = path("<int:pk>/rows/", self.admin_site.admin_view(passages), name="archive_event_rows")
        return [rows, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> EventQuerySet:
        return Event.objects.live()

    def get_search_results(
        self, request: HttpRequest, queryset: EventQuerySet, search_term: str
    ) -> tuple[QuerySet[Event], bool]:
        return queryset.filter(events_like(search_term)), False

    @admin.display(description="Why these articles")
    def why(self, event: Event) -> str:
        return "; ".join(event.reasons) or "–"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        articles = Article.objects.newest_versions().in_order_of_publication().select_related("outlet")
        shown = {
            "articles": articles.filter(event=object_id) if object_id.isdecimal() else [],
            "title": "Event",
            "show_save_and_continue": False,
            "show_save_and_add_another": False,
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, shown)

    def save_model(self, request: HttpRequest, obj: Event, form: EventForm, change: bool) -> None:
        """Judge what the form says; the row itself is computed."""
        decisions = form.decisions()
        if not decisions:
            messages.info(request, "Nothing was changed.")
            return
        judge(decisions, request.user, form.cleaned_data["reason"], seen_by(request))
        obj.refresh_from_db()
        messages.success(request, f"“{obj.title}” is judged and saved.")

    def response_change(self, request: HttpRequest, obj: Event) -> HttpResponse:
        """Stay on the page, where the effect is seen; the event may go on under another row."""
        event = obj.merged_into or obj
        return HttpResponseRedirect(reverse("admin:archive_event_change", args=[event.pk]))
