"""Which outlet is meant: nothing that a curator wrote is overwritten, no outlet is made twice."""

import pytest

from archive.models import Outlet
from archive.pipeline.outlets import Outlets, host

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


def test_a_locked_outlet_keeps_what_the_curator_wrote():
    Outlet.objects.create(name="post.example", domain="post.example", short_name="", locked=True)
    outlet = Outlets().of({"outlet": "Another name", "domain": "post.example", "outlet_short": "Other"})
    outlet.refresh_from_db()
    assert (outlet.name, outlet.short_name) == ("post.example", "")
    assert outlet.stated_names == ["Another name"]


def test_a_domain_of_another_outlet_is_not_taken():
    Outlets().of({"outlet": "The Varnholm Post", "domain": "post.example"})
    times = Outlets().of({"outlet": "Strait Times"})
    again = Outlets().of({"outlet": "Strait Times", "domain": "post.example"})
    assert again == times
    assert times.domain == ""
