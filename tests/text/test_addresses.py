"""Addresses: written the same whoever linked to them; what hides where it leads is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text.addresses import LONGEST_ADDRESS, host_of, is_web, joined, own_of, plain


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("HTTPS://Post.Example/A?utm_source=rss&utm_medium=x", "https://post.example/A"),
        ("https://post.example", "https://post.example/"),
        ("https://post.example/a?id=7&fbclid=zzz#top", "https://post.example/a?id=7"),
        ("https://post.example/a?b=1&a=2", "https://post.example/a?b=1&a=2"),
        (" https://post.example/a\n", "https://post.example/a"),
        ("https://post.example/é", "https://post.example/%C3%A9"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
    ],
)
def test_the_same_address_is_written_the_same(written, same):
    assert plain(written) == same
    assert plain(same) == same


@pytest.mark.parametrize(
    "address",
    [
        *("", "x", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://post.example/"),
        *("http://", "http://user:word@post.example/", "http://[::1", "//post.example/", "http://x:0/"),
        "https://post.example/" + "a" * LONGEST_ADDRESS,
    ],
)
def test_what_is_no_address_of_the_web_is_none(address):
    assert plain(address) == ""


def test_links_lead_where_a_browser_would_go():
    assert joined("https://post.example/feeds/rss", "../a?utm_source=x") == "https://post.example/a"
    assert joined("https://post.example/", "//herald.example/b") == "https://herald.example/b"
    assert joined("https://post.example/", "javascript:x") == ""


def test_a_page_is_believed_of_its_own_site_only():
    fetched = "https://www.post.example/a?utm_source=x"
    assert own_of(fetched, "https://post.example/own") == "https://post.example/own"
    assert own_of(fetched, "https://herald.example/own") == "https://www.post.example/a"
    assert own_of(fetched, "") == "https://www.post.example/a"


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_an_address_or_none(text):
    for written in (text, f"https://post.example/{text}", f"https://{text}/"):
        found = plain(written)
        assert found == "" or (is_web(found) and found.isascii() and plain(found) == found)
        assert isinstance(host_of(written), str)
