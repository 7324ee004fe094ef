"""One page for every decision: say what, see what it would change, then judge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from archive.admin.curating import Reason, decide
from archive.curation.decisions import Decision, Refused
from archive.curation.overtaken import newest_judgement
from archive.curation.previewing import Preview, preview
from archive.models import Entity, Mention

MOST_WORDS_AROUND = 160  # characters on each side of a name


class EntityChoice(forms.ModelChoiceField):
    """One person or organisation that has a page, found while typing any of its names."""

    def __init__(self, **options: Any) -> None:
        widget = AutocompleteSelect(Entity._meta.get_field("merged_into"), admin.site)
        super().__init__(Entity.objects.live(), widget=widget, **options)


class EntityChoices(forms.ModelMultipleChoiceField):
    """Several of them."""

    def __init__(self, **options: Any) -> None:
        widget = AutocompleteSelectMultiple(Entity._meta.get_field("merged_into"), admin.site)
        super().__init__(Entity.objects.live(), widget=widget, **options)


class DecisionForm(forms.Form):
    """Why; pages that need to know more add a field before it."""

    field_order = ("name", "others", "to", "member")
    reason = Reason()


class Around(NamedTuple):
    """A name as printed, with the words around it."""

    before: str
    words: str
    after: str


def decision_page(
    request: HttpRequest,
    *,
    title: str,
    form: Callable[..., DecisionForm],
    decisions: Callable[[Any], Sequence[Decision]],
    back: str,
    mention: Mention | None = None,
    note: str = "",
) -> HttpResponse:
    """Show a form; once it is filled in, what it would change; once that is seen, judge and go `back`.

    Args:
        form: the form's class; without a field that must be filled in, the effect is shown at once.
        decisions: what a valid form says; may raise Refused.
        mention: the place that it is about, shown with the words around.
    """
    seen = newest_judgement()  # before looking: what is decided while this page is made is news to it
    needs_more = any(field.required for field in form().fields.values())
    filled = form(request.POST if request.method == "POST" else None if needs_more else {})
    effect = None
    if filled.is_bound and filled.is_valid():
        if "decide" in request.POST:
            reason = filled.cleaned_data["reason"]
            if decide(request, lambda: decisions(filled), "Judged.", reason):
                return HttpResponseRedirect(back)
        effect = _effect(filled, decisions, request)
    context = {
        **admin.site.each_context(request),
        "title": title,
        "form": filled,
        "changes": effect.changes if effect else None,
        "seen": seen,
        "around": around(mention) if mention else None,
        "mention": mention,
        "note": note,
        "back": back,
        "opts": Entity._meta,
    }
    return TemplateResponse(request, "admin/archive/decision.html", context)


def _effect(
    form: DecisionForm, decisions: Callable[[Any], Sequence[Decision]], request: HttpRequest
) -> Preview | None:
    try:
        found = preview(list(decisions(form)), request.user)
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return None
    if found.refused:
        form.add_error(None, found.refused)
        return None
    return found


def around(mention: Mention) -> Around:
    """The words around a mention, a line of them on each side."""
    body = mention.article.body
    start, end = max(0, mention.start - MOST_WORDS_AROUND), mention.end + MOST_WORDS_AROUND
    before = ("…" if start else "") + body[start : mention.start]
    after = body[mention.end : end] + ("…" if end < len(body) else "")
    return Around(before, body[mention.start : mention.end], after)
