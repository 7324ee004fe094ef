"""What tests of search share: a way to make invented articles findable, and to search as a visitor does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.http import QueryDict

from archive.models import Alias, Article, Entity
from archive.pipeline import searching
from archive.search.results import Results, search
from archive.text.names import normal_form


@contextmanager
def kept_for_a_module(blocker: Any) -> Iterator[None]:
    """Rows made inside are there for all tests of a module; what a test does to them is undone after it."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def index() -> None:
    """Make the search rows of all articles, and an alias for every printed form of every name."""
    searching.run(list(Article.objects.values_list("pk", flat=True)))
    for entity in Entity.objects.all():
        forms = {entity.name, *entity.mentions.values_list("surface", flat=True)}
        for form in forms:
            add_alias(entity, form, Alias.Origin.PRINTED)


def add_alias(entity: Entity, form: str, origin: str = Alias.Origin.CURATOR) -> Alias:
    """Let an entity go by a further name."""
    fields = {"normal_form": normal_form(form), "origin": origin}
    return Alias.objects.get_or_create(entity=entity, form=form, defaults=fields)[0]


def found(query: str = "", **choices: object) -> Results:
    """Search with words and choices, by their names in the address ("from" and "to" as from_ and to_)."""
    sent = QueryDict(mutable=True)
    if query:
        sent["q"] = query
    for name, value in choices.items():
        sent.setlist(name.rstrip("_"), [str(one) for one in (value if isinstance(value, list) else [value])])
    return search("/search/", sent)


def headlines(results: Results) -> list[str]:
    """The headlines of the articles on a page of results, in order."""
    return [hit.article.headline for hit in results.hits]


def open_link(href: str) -> Results:
    """Follow a link of the search page."""
    return search("/search/", QueryDict(href.partition("?")[2]))
