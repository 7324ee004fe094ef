"""The pages of saved searches, as their owner, as somebody else and as a visitor."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from lxml import html

from archive.models import SavedSearch
from tests.archive_factory import make_article
from tests.search.search_archive import index

pytestmark = pytest.mark.django_db

QUERY = "q=bridge&from=2017-04&not_outlet=99999&sort=oldest"
HOSTILE = "<script>alert(1)</script>\"' onmouseover=alert(1)"


@pytest.fixture
def reader():
    """Return an account that may not curate."""
    return User.objects.create_user("reader", password="the password of reader")


@pytest.fixture
def reading(client, reader):
    """Return a browser in which the reader is signed in, with two bridges in the archive."""
    for number in range(2):
        make_article(f"Bridge {number}")
    index()
    client.force_login(reader)
    return client


def keep(client, name="Bridges", query=QUERY, status=302):
    response = client.post(reverse("save-search"), {"name": name, "query": query})
    assert response.status_code == status
    return response


def page(client, name="saved", *arguments):
    response = client.get(reverse(name, args=arguments))
    assert response.status_code == 200
    return response.content.decode()


def later(kept, **gap):
    """Let the last look at a search be so long ago."""
    kept.looked_at = now() - timedelta(**gap)
    kept.save()


def test_a_search_is_kept_from_the_page_that_shows_it(reading):
    results = html.fromstring(reading.get(f"/search/?{QUERY}").content.decode())
    (href,) = results.xpath("//a[text()='Save this search']/@href")
    form = html.fromstring(reading.get(href).content.decode()).xpath("//main//form")[0]
    sent = {**dict(form.form_values()), "name": "April bridges"}
    assert reading.post(form.action, sent).status_code == 302
    assert SavedSearch.objects.get().query == QUERY
    assert "Saved as “April bridges”." in page(reading)


def test_the_list_says_what_is_searched_how_much_there_is_and_what_is_new(reading):
    keep(reading, query="q=bridge&from=2017-04")
    kept = SavedSearch.objects.get()
    row = " ".join(html.fromstring(page(reading)).xpath("string(//tbody/tr)").split())
    assert "“bridge” · from: 2017-04" in row
    make_article("Bridge of tomorrow")
    index()
    row = html.fromstring(page(reading)).xpath("//tbody/tr/td[@class='num']/a/text()")
    assert row == ["1", "3"]
    assert "Bridge of tomorrow" in page(reading, "saved-search", kept.pk)


def test_what_was_seen_is_not_new_on_the_next_visit(reading):
    keep(reading)
    kept = SavedSearch.objects.get()
    make_article("Bridge of tomorrow")
    index()
    later(kept, days=1)
    for _ in range(2):
        assert "1 new article" in page(reading, "saved-search", kept.pk)
    kept.refresh_from_db()
    later(kept, days=1)
    assert "0 new articles" in page(reading, "saved-search", kept.pk)
    assert "Nothing came into the archive" in page(reading, "saved-search", kept.pk)


def test_asking_for_the_head_of_a_page_is_no_visit(reading):
    keep(reading)
    before = SavedSearch.objects.values().get()
    reading.head(reverse("saved-search", args=[before["id"]]))
    assert SavedSearch.objects.values().get() == before


def test_renamed_removed_and_kept_after_all(reading):
    keep(reading)
    kept = SavedSearch.objects.get()
    reading.post(reverse("rename-search", args=[kept.pk]), {"name": "All bridges"})
    assert "It is called “All bridges” now." in page(reading, "saved-search", kept.pk)
    removed = reading.post(reverse("remove-search", args=[kept.pk])).content.decode()
    assert not SavedSearch.objects.exists()
    (again,) = html.fromstring(removed).xpath("//a[text()='Keep it after all']/@href")
    assert reading.get(again).status_code == 200


def test_a_name_that_is_taken_is_told_beside_the_field(reading):
    keep(reading)
    said = keep(reading, status=422).content.decode()
    assert "You keep another search under the name “Bridges”" in said
    assert html.fromstring(said).xpath("//input[@aria-invalid]/@value") == ["Bridges"]


def test_somebody_else_sees_and_changes_nothing(reading):
    keep(reading)
    kept = SavedSearch.objects.get()
    other = Client()
    other.force_login(User.objects.create_user("other", is_staff=True, is_superuser=True))
    assert "Bridges" not in page(other)
    assert other.get(reverse("saved-search", args=[kept.pk])).status_code == 404
    for name in ("rename-search", "remove-search"):
        assert other.post(reverse(name, args=[kept.pk]), {"name": "x"}).status_code == 404
    assert SavedSearch.objects.get() == kept


def test_a_visitor_is_told_how_to_get_an_account_and_changes_nothing(client, reader):
    for address in (reverse("saved"), reverse("save-search") + "?q=x", reverse("saved-search", args=[1])):
        said = client.get(address).content.decode()
        assert "administrators make accounts: ask them for one" in said
        assert reverse("sign-in") in said
    assert client.post(reverse("save-search"), {"name": "x", "query": "q=x"}).status_code == 403
    assert client.post(reverse("remove-search", args=[1])).status_code == 403
    assert not SavedSearch.objects.exists()


def test_no_form_is_taken_without_its_token(reader):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(reader)
    kept = SavedSearch.objects.create(
        user=reader, name="Bridges", made_at=now(), looked_at=now(), new_since=now()
    )
    for name, arguments in (("save-search", []), ("rename-search", [kept.pk]), ("remove-search", [kept.pk])):
        response = careful.post(reverse(name, args=arguments), {"name": "x", "query": "q=x"})
        assert response.status_code == 403
    assert SavedSearch.objects.get().name == "Bridges"


@pytest.mark.parametrize("name", ["rename-search", "remove-search"])
def test_nothing_is_changed_by_following_a_link(reading, name):
    keep(reading)
    assert reading.get(reverse(name, args=[SavedSearch.objects.get().pk])).status_code == 405
    assert SavedSearch.objects.exists()


def test_a_reader_signs_in_and_out(client, reader):
    right = {"username": "reader", "password": "the password of reader", "next": "/saved/new/?q=bridge"}
    assert client.post(reverse("sign-in"), {**right, "password": "x"}).status_code == 200
    assert client.post(reverse("sign-in"), right)["Location"] == "/saved/new/?q=bridge"
    client.post(reverse("sign-out"))
    assert "ask them for one" in page(client)


def test_signing_in_leads_nowhere_else(client, reader):
    sent = {"username": "reader", "password": "the password of reader", "next": "https://evil.example/"}
    assert client.post(reverse("sign-in"), sent)["Location"] == reverse("saved")


def test_what_was_typed_stays_text(reading):
    keep(reading, HOSTILE, f"q={HOSTILE}&from={HOSTILE}")
    kept = SavedSearch.objects.get()
    for said in (page(reading), page(reading, "saved-search", kept.pk)):
        assert "<script>alert" not in said
        assert "' onmouseover" not in said
