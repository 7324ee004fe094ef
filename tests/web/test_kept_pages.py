"""Pages kept while the database is the same: never one from before a change, nor anybody else's."""

import pytest
from django.test import Client

from archive.models import Outlet
from archive.search import limits, unchanged
from archive.web import kept_pages
from tests.archive_factory import make_article


@pytest.fixture(autouse=True)
def nothing_kept():
    kept_pages.forget()
    yield
    kept_pages.forget()


@pytest.fixture
def made(monkeypatch):
    """How many pages were made."""
    numbers = []
    packed = kept_pages._packed
    monkeypatch.setattr(kept_pages, "_packed", lambda *of: numbers.append(1) or packed(*of))
    return numbers


@pytest.fixture
def still(monkeypatch):
    """A database in which nobody writes, whatever other tests do beside."""
    monkeypatch.setattr(kept_pages, "snapshot", lambda: "1:1:")


@pytest.mark.django_db(transaction=True)
def test_a_page_is_made_once_while_nothing_changes(made, still):
    outlet = Outlet.objects.create(name="The Courier")
    first, second = (Client().get(outlet.get_absolute_url()) for _ in range(2))
    assert first.content == second.content
    assert len(made) == 1


@pytest.mark.django_db(transaction=True)
def test_a_page_is_made_anew_when_something_has_changed():
    outlet = Outlet.objects.create(name="The Courier")
    address = outlet.get_absolute_url()
    assert b"courier.example" not in Client().get(address).content
    Outlet.objects.filter(pk=outlet.pk).update(domain="courier.example")
    assert b"courier.example" in Client().get(address).content
    make_article("Bridge closes", outlet="The Courier")
    assert b"Bridge closes" in Client().get(address).content


@pytest.mark.django_db(transaction=True)
def test_who_has_the_page_is_told_so_and_who_has_an_old_one_gets_the_new():
    outlet = Outlet.objects.create(name="The Courier")
    address = outlet.get_absolute_url()
    etag = Client().get(address)["ETag"]
    assert Client().get(address, headers={"If-None-Match": etag}).status_code == 304
    Outlet.objects.filter(pk=outlet.pk).update(domain="courier.example")
    answer = Client().get(address, headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert answer["ETag"] != etag


@pytest.mark.django_db(transaction=True)
def test_readers_with_a_cookie_get_pages_of_their_own(made, still):
    visitor, dark = Client(), Client()
    visitor.get("/")
    dark.cookies["theme"] = "dark"
    assert b'data-theme="dark"' in dark.get("/").content
    assert b'data-theme="dark"' not in visitor.get("/").content
    assert len(made) == 1


@pytest.mark.django_db(transaction=True)
def test_readers_with_a_cookie_see_the_same_twice(still, monkeypatch):
    monkeypatch.setattr(unchanged, "snapshot", lambda: "1:1:")
    outlet = make_article("Bridge closes", outlet="The Courier", people=["Ida Brand"]).outlet
    reader = Client()
    reader.cookies["theme"] = "dark"
    for address in ("/", "/people/", "/outlets/", "/events/", outlet.get_absolute_url()):
        first, second = reader.get(address), reader.get(address)
        assert first.status_code == second.status_code == 200
        assert first.content == second.content


@pytest.mark.django_db(transaction=True)
def test_a_page_that_was_cut_short_is_not_kept(made, monkeypatch):
    def hurried(*_arguments, **_named):
        limits.TooLong()
        return packed_front()

    from archive.web import home

    packed_front = home.front
    monkeypatch.setattr(home, "front", hurried)
    assert Client().get("/").status_code == 200
    assert made == []


@pytest.mark.django_db(transaction=True)
def test_old_pages_make_room(monkeypatch):
    monkeypatch.setattr(kept_pages, "MOST_BYTES", 5_000)
    for number in range(20):
        Client().get(f"/people/?q={number}")
    assert 0 < sum(len(page.body) for page in kept_pages._pages.values()) <= 5_000
