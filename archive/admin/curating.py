"""What all pages for curators share: who may do what, and how a decision is made and told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive.curation.changes import counted
from archive.curation.decisions import Decision, Refused, check
from archive.curation.judging import Judged, judge
from archive.curation.overtaken import newest_judgement
from archive.models import Article, Entity

LONGEST_NUMBER = 19  # digits; PostgreSQL's largest row number has as many
MOST_TOLD = 10  # articles named in a message; the rest is counted


class WideInput(forms.TextInput):
    """One line, as wide as the form."""

    def __init__(self, **attributes: str) -> None:
        super().__init__({"class": "vTextField", **attributes})


class Reason(forms.CharField):
    """Why something is decided."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=WideInput, help_text="Why, for the history.")


class JudgingForm(forms.ModelForm):
    """A form whose changes are decisions: what would be refused is said on the form."""

    reason = Reason()

    def clean(self) -> dict[str, Any]:
        """Try every decision that the filled-in form makes."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                for decision in self.decisions():
                    check(decision)
            except Refused as refusal:
                self.add_error(self.field_refused(), refusal.reason)
        return cleaned

    def decisions(self) -> list[Decision]:
        """What the filled-in form says. May raise Refused."""
        raise NotImplementedError

    def field_refused(self) -> str | None:
        """The field beside which a refusal stands; None for the whole form."""
        return None


class CuratorAdmin(admin.ModelAdmin):
    """Curators see and change; nobody deletes, and what imports make nobody adds by hand."""

    show_full_result_count = False  # counting a million rows twice helps nobody
    list_per_page = 50

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_curate(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_curate(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_curate(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A decision that is refused while it is saved is told on the page it was made on."""
        seen = seen_by(request)
        shown = {"seen": newest_judgement() if seen is None else seen, **(extra_context or {})}
        try:
            return super().changeform_view(request, object_id, form_url, shown)
        except Refused as refusal:
            messages.error(request, refusal.reason)
            return HttpResponseRedirect(request.get_full_path())


class ReadOnlyAdmin(CuratorAdmin):
    """Shown, searched and linked, never changed here."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def may_curate(request: HttpRequest) -> bool:
    """Whether somebody is signed in who may judge: staff. Readers have no account that can."""
    return request.user.is_active and request.user.is_staff


def may_administer(request: HttpRequest) -> bool:
    """Whether somebody is signed in who may change accounts."""
    return request.user.is_active and request.user.is_superuser


def decide(
    request: HttpRequest, decisions: Callable[[], Sequence[Decision]], done: str, reason: str = ""
) -> Judged | None:
    """Judge, and tell the curator what came of it: `done` with the counts, or why it was refused."""
    try:
        judged = judge(decisions(), request.user, reason, seen_by(request))
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return None
    messages.success(request, f"{done} {counted(len(judged.articles), 'article')} changed.")
    return judged


def seen_by(request: HttpRequest) -> int | None:
    """The newest judgement when the page was made that somebody answers; None if it does not say."""
    return next(iter(numbers([request.POST.get("seen", "")])), None)


def named_articles(articles: Sequence[Article]) -> SafeString:
    """The first of some articles as links, and how many more there are."""
    links = format_html_join(
        ", ", '<a href="{}">{}</a>', ((one.get_absolute_url(), one) for one in articles[:MOST_TOLD])
    )
    more = len(articles) - MOST_TOLD
    return format_html("{} and {} more", links, more) if more > 0 else links


def articles_of(entity: Entity) -> set[int]:
    """The articles, in their newest versions, that name somebody."""
    mentions = entity.mentions.filter(article__newest=True)
    return set(mentions.values_list("article", flat=True))


def tell_alias(request: HttpRequest, alias: str, entity: Entity, before: set[int]) -> None:
    """Tell which articles a new alias brought. `before` are those that named the entity without it."""
    after = articles_of(entity)
    brought = list(Article.objects.filter(pk__in=after - before))
    messages.success(
        request,
        format_html(
            "“{}” is now a name of {}. It brings {}{}{} ({} before, {} now).",
            alias,
            entity.name,
            counted(len(brought), "article"),
            ": " if brought else "",
            named_articles(brought),
            len(before),
            len(after),
        ),
    )


def numbers(sent: Sequence[str]) -> list[int]:
    """The numbers of rows among what was sent; anything else is left out."""
    return [
        int(value) for value in sent if value.isascii() and value.isdigit() and len(value) < LONGEST_NUMBER
    ]
