"""A reader's session reaches no address that writes: tried at every address of the project."""

import re
import uuid

import pytest
from django.contrib.admindocs.views import simplify_regex
from django.contrib.auth.models import User
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from archive.models import Article, Entity, Event, Judgement, Mention, Outlet

# Signing in and out is what a reader's session may do; the rest of the admin's own views ask for staff.
ALLOWED = {"admin:login", "admin:logout"}
METHODS = ("post", "put", "patch", "delete")


def every_pattern(resolver, route="", names=()):
    """Yield every address of the project, named or not: its full name, and its route with its arguments."""
    for pattern in resolver.url_patterns:
        whole = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from every_pattern(pattern, whole, inner)
        elif isinstance(pattern, URLPattern):
            yield ":".join((*names, pattern.name or whole)), whole


def addresses():
    """Return every address with its arguments filled in with what the archive holds."""
    entity = Mention.objects.exclude(entity=None).first().entity_id
    known = {"app_label": "archive", "slug": "x", "url": "x", "path": "x", "batch": uuid.UUID(int=0)}

    def filled(route):
        plain = simplify_regex(route) if "(?" in route or "^" in route else f"/{route}"
        return re.sub(r"<(?:[^:>]+:)?([^>]+)>", lambda found: str(known.get(found[1], entity)), plain)

    return [(name, filled(route)) for name, route in every_pattern(get_resolver())]


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
    assert all(resolve(address) for _, address in tried)
    for name, address in tried:
        for method in METHODS:
            answer = getattr(client, method)(address, {"decide": "1", "verdict": "same", "name": "x"})
            if name in ALLOWED:
                continue
            assert answer.status_code < 500
            if name.startswith("admin:"):
                to_sign_in = answer.status_code == 302 and "/login/" in answer["Location"]
                assert to_sign_in or answer.status_code in (301, 403, 404, 405), f"{method} {address}"
    assert everything() == before
