"""People and organisations: what they share. Names and kinds are computed; what is changed here is judged."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from archive.admin import entity_page
from archive.admin.curating import (
    CuratorAdmin,
    JudgingForm,
    WideInput,
    articles_of,
    numbers,
    seen_by,
    tell_alias,
)
from archive.admin.deciding import DecisionForm, EntityChoices, decision_page
from archive.curation import acts
from archive.curation.decisions import Decision
from archive.curation.judging import judge
from archive.models import Entity
from archive.models.entity import EntityQuerySet
from archive.search.suggestions import named_like
from archive.text.types import Kind


class EntityForm(JudgingForm):
    """Changes of the name or kind, and a new alias, are judgements: a re-import leaves them alone."""

    new_alias = forms.CharField(
        label="Add an alias",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        help_text="Another name, as it is printed. Articles that print it are linked at once.",
    )

    class Meta:
        model = Entity
        fields = ("name", "kind")

    def field_refused(self) -> str | None:
        return "new_alias" if self.cleaned_data.get("new_alias") else None

    def decisions(self) -> list[Decision]:
        """What the filled-in form says. May raise Refused."""
        entity, said = self.instance, self.cleaned_data
        decisions: list[Decision] = []
        if "name" in self.changed_data and said.get("name"):
            decisions += acts.rename(entity, said["name"])
        if "kind" in self.changed_data and said.get("kind"):
            decisions += acts.change_kind(entity, said["kind"])
        if said.get("new_alias"):
            decisions += acts.add_alias(entity, said["new_alias"])
        return decisions


class StandingFilter(admin.SimpleListFilter):
    """Those that have a page, unless asked otherwise."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("merged", "Merged into another"), ("withdrawn", "Without a page"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        first, *rest = super().choices(changelist)
        return [{**first, "display": "With a page"}, *rest]

    def queryset(self, request: HttpRequest, queryset: EntityQuerySet) -> QuerySet[Entity]:
        if self.value() == "merged":
            return queryset.exclude(merged_into=None)
        if self.value() == "withdrawn":
            return queryset.filter(withdrawn=True, merged_into=None)
        return queryset if self.value() == "all" else queryset.live()


class NamedAdmin(CuratorAdmin):
    """What people and organisations have in common."""

    form = EntityForm
    kind: Kind
    change_form_template = "admin/archive/entity/change_form.html"
    change_list_template = "admin/archive/entity/change_list.html"
    list_display = ("name", "article_count", "mention_count", "local")
    list_filter = (StandingFilter, "local")
    search_fields = ("aliases__form",)
    search_help_text = "Any part of any name"
    readonly_fields = ("key", "article_count", "mention_count")
    fieldsets = (
        (None, {"fields": ("name", "kind", "new_alias", "reason")}),
        ("Known as", {"fields": ("key", "article_count", "mention_count")}),
    )
    actions = ("merge_chosen",)

    def get_queryset(self, request: HttpRequest) -> EntityQuerySet:
        queryset: EntityQuerySet = super().get_queryset(request)
        return queryset.by_coverage()

    def get_search_results(
        self, request: HttpRequest, queryset: EntityQuerySet, search_term: str
    ) -> tuple[QuerySet[Entity], bool]:
        return (queryset.filter(named_like(search_term, self.kind)) if search_term else queryset), False

    def has_change_permission(self, request: HttpRequest, obj: Entity | None = None) -> bool:
        """What is merged or withdrawn is shown, with its history, but not changed."""
        has_page = obj is None or (obj.merged_into_id is None and not obj.withdrawn)
        return has_page and super().has_change_permission(request, obj)

    def get_urls(self) -> list[URLPattern]:
        wrap, kind = self.admin_site.admin_view, self.kind.value
        return [
            path("known/", wrap(self.known), name=f"archive_{kind}_known"),
            path("<int:pk>/merge/", wrap(self.merge), name=f"archive_{kind}_merge"),
            path("<int:pk>/split/", wrap(self.split), name=f"archive_{kind}_split"),
            path("<int:pk>/reject/", wrap(self.reject), name=f"archive_{kind}_reject"),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: Entity, form: EntityForm, change: bool) -> None:
        """Judge what the form says; the row itself is computed."""
        entity = Entity.objects.get(pk=obj.pk)
        decisions, before = form.decisions(), articles_of(entity)
        if decisions:
            judge(decisions, request.user, form.cleaned_data["reason"], seen_by(request))
        obj.refresh_from_db()
        if form.cleaned_data["new_alias"]:
            tell_alias(request, form.cleaned_data["new_alias"], entity, before)
        elif decisions:
            messages.success(request, f"{obj.name} is judged and saved.")
        else:
            messages.info(request, "Nothing was changed.")

    def response_change(self, request: HttpRequest, obj: Entity) -> HttpResponse:
        """Stay on the page, where the effect is seen; after a new kind it is among others of that kind."""
        return HttpResponseRedirect(reverse(f"admin:archive_{obj.kind}_change", args=[obj.pk]))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        entity = Entity.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        shown = entity_page.context(request, entity) if entity else {}
        shown |= {
            "show_save_and_continue": False,
            "show_save_and_add_another": False,
            "title": entity.name if entity else None,
            "subtitle": None,
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, shown)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Everything that was ever decided about it."""
        entity = get_object_or_404(Entity, pk=object_id)
        return HttpResponseRedirect(f"{reverse('admin:archive_judgement_changelist')}?about={entity.pk}")

    @admin.action(description="Merge the chosen")
    def merge_chosen(self, request: HttpRequest, queryset: QuerySet[Entity]) -> HttpResponse | None:
        chosen = list(queryset.live().by_coverage())
        if len(chosen) < 2:
            messages.warning(request, "Choose two or more to merge.")
            return None
        others = "&".join(f"others={entity.pk}" for entity in chosen[1:])
        return HttpResponseRedirect(f"{_page('merge', chosen[0])}?{others}")

    def merge(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say that others are the same as this one, which keeps its address."""
        entity = get_object_or_404(Entity.objects.live(), pk=pk)
        asked = Entity.objects.live().filter(pk__in=numbers(request.GET.getlist("others")))

        class MergeForm(DecisionForm):
            others = EntityChoices(
                initial=asked,
                label="Others",
                help_text="Type any part of any name. Their addresses will lead to this one for good.",
            )

        return decision_page(
            request,
            title=f"Who else is {entity.name}?",
            form=MergeForm,
            decisions=lambda form: acts.merge(entity, form.cleaned_data["others"]),
            back=_page("change", entity),
        )

    def known(self, request: HttpRequest) -> HttpResponse:
        """Add a name that is to be found wherever it is printed, as those of the authority file are."""

        class KnownForm(DecisionForm):
            name = forms.CharField(max_length=300, widget=WideInput, help_text="As it is printed.")

        return decision_page(
            request,
            title=f"A name of a known {self.kind.value}",
            form=KnownForm,
            decisions=lambda form: acts.add_known_name(form.cleaned_data["name"], self.kind.value),
            back=reverse(f"admin:archive_{self.kind.value}_changelist"),
            note="Texts that print it are read again; later ones are read with it. It travels with the "
            "judgements. Further names are added on its page.",
        )

    def split(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say that one of those that were merged is somebody else."""
        entity = get_object_or_404(Entity.objects.live(), pk=pk)

        class SplitForm(DecisionForm):
            member = forms.ChoiceField(
                choices=entity_page.separable(entity),
                label="Not the same as the others",
                widget=forms.RadioSelect,
            )

        return decision_page(
            request,
            title=f"Who is not {entity.name}?",
            form=SplitForm,
            decisions=lambda form: _split(entity, form.cleaned_data["member"]),
            back=_page("change", entity),
            note="The others stay together, and the machine never proposes the pair again.",
        )

    def reject(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say that this is no name of anybody."""
        entity = get_object_or_404(Entity.objects.live(), pk=pk)
        return decision_page(
            request,
            title=f"“{entity.name}” is no name",
            form=DecisionForm,
            decisions=lambda form: acts.reject(entity),
            back=reverse(f"admin:archive_{entity.kind}_changelist"),
            note="The words stay as they are printed. Undo it from the history at any time.",
        )


@admin.register(Entity)
class EntityAdmin(NamedAdmin):
    """Both kinds, for the boxes that suggest while one types; not in the index."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: EntityQuerySet, search_term: str
    ) -> tuple[QuerySet[Entity], bool]:
        kinds = named_like(search_term, Kind.PERSON) | named_like(search_term, Kind.ORGANISATION)
        return queryset.live().filter(kinds), False

    def get_urls(self) -> list[URLPattern]:
        return CuratorAdmin.get_urls(self)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **more: Any) -> HttpResponse:
        """Each has one page, among those of its kind."""
        return HttpResponseRedirect(_page("change", get_object_or_404(Entity, pk=object_id)))


def _split(entity: Entity, chosen: str) -> list[Decision]:
    """What a choice of the split page says: a merged entity by its number, an alias by its words."""
    what, _, which = chosen.partition(":")
    if what == "alias":
        return acts.split_alias(entity, which)
    return acts.split(Entity.objects.get(Q(merged_into=entity) | Q(pk=entity.pk), pk=which))


def _page(name: str, entity: Entity) -> str:
    return reverse(f"admin:archive_{entity.kind}_{name}", args=[entity.pk])
