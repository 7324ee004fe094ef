"""What the page of a person or organisation shows below its form: aliases, merged names, mentions."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Count, F
from django.http import HttpRequest
from django.urls import reverse

from archive.admin.deciding import Around, around
from archive.models import Alias, Entity, Judgement, Mention

MENTIONS_ON_A_PAGE = 25
_MOST_ALIASES = 200


class KnownAs(NamedTuple):
    """An alias, in how many articles it stands, and where it can be taken back."""

    alias: Alias
    articles: int
    undo: str


class Shown(NamedTuple):
    """A mention with the words around it."""

    mention: Mention
    around: Around


def context(request: HttpRequest, entity: Entity) -> dict[str, Any]:
    """Everything of the page but the form; `form` in the address narrows the mentions to one printed form."""
    form = request.GET.get("form", "").replace("\x00", "")
    page = _mentions(entity, form, request.GET.get("mentions", "1"))
    return {
        "entity": entity,
        "aliases": _aliases(entity),
        "merged": list(entity.merged.order_by("key")[:_MOST_ALIASES]),
        "separable": bool(separable(entity)),
        "page_of_mentions": page,
        "shown": [Shown(mention, around(mention)) for mention in page],
        "form_asked": form,
        "links": _links(entity),
    }


def separable(entity: Entity) -> list[tuple[str, str]]:
    """What can be split off: what was merged, and names that only the authority file gives it."""
    merged = entity.merged.order_by("key")[:_MOST_ALIASES]
    members = [(f"entity:{one.pk}", one.key) for one in (entity, *merged)]
    keys = {entity.key, *(one.key for one in merged)}
    known = entity.aliases.filter(origin=Alias.Origin.AUTHORITY).exclude(normal_form__in=keys)
    aliases = [
        (f"alias:{form}", f"{form} (a name from the authority file)")
        for form in known.order_by("form").values_list("form", flat=True)
    ]
    return [*(members if len(members) > 1 else []), *aliases]


def _links(entity: Entity) -> dict[str, str]:
    names = ("merge", "split", "reject", "history")
    return {name: reverse(f"admin:archive_{entity.kind}_{name}", args=[entity.pk]) for name in names}


def _aliases(entity: Entity) -> list[KnownAs]:
    by_form = dict(
        entity.mentions.filter(article__newest=True)
        .order_by()
        .values_list("surface")
        .annotate(Count("article", distinct=True))
    )
    batches = dict(
        Judgement.objects.live()
        .filter(verdict=Judgement.Verdict.ALIAS_OF, left__in=entity.aliases.values("normal_form"))
        .values_list("value", "batch")
    )
    return [
        KnownAs(
            alias,
            by_form.get(alias.form, 0),
            reverse("admin:archive_judgement_undo", args=[batches[alias.form]])
            if alias.form in batches
            else "",
        )
        for alias in entity.aliases.order_by("-mention_count", "form")[:_MOST_ALIASES]
    ]


def _mentions(entity: Entity, form: str, number: str) -> Page:
    found = entity.mentions.filter(article__newest=True).select_related("article__outlet")
    if form:
        found = found.filter(surface=form)
    newest_first = found.order_by(F("article__published").desc(nulls_last=True), "-article", "start")
    return Paginator(newest_first, MENTIONS_ON_A_PAGE).get_page(number)
