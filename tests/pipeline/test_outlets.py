"""Which outlet is meant: nothing that was judged is overwritten, no outlet is made twice."""

import json

import pytest
from django.utils import timezone

from archive.models import Judgement, Outlet
from archive.pipeline.outlets import Outlets, describe_again, host

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "url",
    ["", "javascript:alert(1)", "data:text/html,x", "http://[broken", "ftp://post.example/1", "no address"],
)
def test_what_is_no_web_address_has_no_host(url):
    assert host(url) == ""


def test_a_host_is_without_www_and_port():
    assert host("https://www.Post.example:8443/a?b=1") == "post.example"


def test_nothing_stated_is_no_outlet():
    assert Outlets().of({}) is None
    assert not Outlet.objects.exists()


def test_the_same_outlet_is_found_by_name_domain_or_address():
    first = Outlets().of({"outlet": "The Varnholm Post", "domain": "post.example"})
    assert Outlets().of({"outlet": "the varnholm post"}) == first
    assert Outlets().of({"url": "https://www.post.example/1"}) == first
    assert Outlets().of({"url": "https://news.post.example/1"}) == first
    assert Outlet.objects.count() == 1


def test_an_address_alone_makes_an_outlet_that_a_name_completes_later():
    by_address = Outlets().of({"url": "https://post.example/1"})
    assert by_address.name == "post.example"
    named = Outlets().of({"outlet": "The Varnholm Post", "domain": "post.example", "outlet_short": "Post"})
    assert named.pk == by_address.pk
    assert (named.name, named.short_name) == ("The Varnholm Post", "Post")


def test_a_section_with_a_name_of_its_own_is_an_outlet_of_its_own():
    post = Outlets().of({"outlet": "The Varnholm Post", "domain": "post.example"})
    sports = Outlets().of({"outlet": "Varnholm Sports", "domain": "sports.post.example"})
    assert sports != post


def judged(left, right, value):
    """Store what somebody judged of an outlet, and follow it."""
    row = Judgement.objects.create(
        verdict="outlet is",
        left=left,
        right=right,
        value=json.dumps(value),
        made_by_name="ada",
        made_at=timezone.now(),
        tool_version="test",
    )
    describe_again([left])
    return row


def withdraw(row):
    """Take a judgement back."""
    Judgement.objects.create(
        verdict="withdrawn",
        left=row.left,
        withdraws=row,
        made_by_name="ada",
        made_at=timezone.now(),
        tool_version="test",
    )
    describe_again([row.left])


def test_what_was_judged_of_an_outlet_stays_and_goes_when_it_is_taken_back():
    Outlets().of({"url": "https://post.example/1"})
    row = judged("post.example", "name", "The Post of Varnholm")
    outlet = Outlets().of({"outlet": "Another name", "domain": "post.example", "outlet_short": "Other"})
    assert (outlet.name, outlet.short_name, outlet.locked) == ("The Post of Varnholm", "Other", True)
    assert outlet.stated_names == ["Another name"]
    withdraw(row)
    outlet.refresh_from_db()
    assert (outlet.name, outlet.locked) == ("Another name", False)


def test_an_outlet_with_another_domain_is_still_found_by_the_one_that_was_stated():
    post = Outlets().of({"outlet": "The Varnholm Post", "domain": "post.example"})
    judged("The Varnholm Post", "domain", "varnholm-post.example")
    for url in ("https://post.example/1", "https://www.varnholm-post.example/2"):
        assert Outlets().of({"url": url}) == post
    assert Outlet.objects.get().domain == "varnholm-post.example"


@pytest.mark.parametrize("key", ["The Varnholm Post", "post.example"])
def test_a_judgement_that_comes_before_the_articles_waits_for_them(key):
    judged(key, "short_name", "Post")
    outlet = Outlets().of({"outlet": "The Varnholm Post", "domain": "post.example"})
    assert (outlet.name, outlet.short_name, outlet.domain) == ("The Varnholm Post", "Post", "post.example")
    assert Outlet.objects.count() == 1


def test_a_name_that_another_outlet_has_is_left_to_it():
    Outlets().of({"outlet": "The Varnholm Post"})
    Outlets().of({"outlet": "Strait Times"})
    judged("Strait Times", "name", "The Varnholm Post")
    assert set(Outlet.objects.values_list("name", flat=True)) == {"The Varnholm Post", "Strait Times"}


def test_a_domain_of_another_outlet_is_not_taken():
    Outlets().of({"outlet": "The Varnholm Post", "domain": "post.example"})
    times = Outlets().of({"outlet": "Strait Times"})
    again = Outlets().of({"outlet": "Strait Times", "domain": "post.example"})
    assert again == times
    assert times.domain == ""
