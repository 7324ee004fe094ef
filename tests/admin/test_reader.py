"""A reader's session reaches no address that writes: tried at every address of the project."""

import uuid

import pytest
from django.contrib.auth.models import User
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from archive.models import Article, Entity, Event, Judgement, Mention, Outlet

# Signing in and out is what a reader's session may do; the rest of the admin's own views ask for staff.
ALLOWED = {"admin:login", "admin:logout"}
METHODS = ("post", "put", "patch", "delete")


def every_pattern(resolver, names=()):
    """Yield the full name of every address that has one, and the names of its arguments."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from every_pattern(pattern, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield ":".join((*names, pattern.name)), list(pattern.pattern.regex.groupindex)


def addresses():
    """Return every named address of the project, its arguments filled in with what the archive holds."""
    entity = Mention.objects.exclude(entity=None).first().entity_id
    known = {"app_label": "archive", "slug": "x", "url": "x", "batch": uuid.UUID(int=0)}
    return {
        name: reverse(name, kwargs={argument: known.get(argument, entity) for argument in arguments})
        for name, arguments in every_pattern(get_resolver())
    }


def everything():
    """Return what a reader could have changed."""
    models = (Article, Entity, Event, Judgement, Mention, Outlet, User)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("signed_in", [False, True], ids=["visitor", "reader"])
def test_no_address_lets_a_reader_write(client, seeds, signed_in):
    reader = User.objects.create_user("reader", password="the password of reader")
    if signed_in:
        client.force_login(reader)
    tried = addresses()
    before = everything()
    assert len(tried) > 60
    for name, address in tried.items():
        for method in METHODS:
            answer = getattr(client, method)(address, {"decide": "1", "verdict": "same", "name": "x"})
            if name in ALLOWED:
                continue
            assert answer.status_code < 500
            if name.startswith("admin:"):
                to_sign_in = answer.status_code == 302 and "/login/" in answer["Location"]
                assert to_sign_in or answer.status_code in (301, 403, 404, 405), f"{method} {address}"
    assert everything() == before
