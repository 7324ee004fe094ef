"""What feeds link to: in every dialect, in their order, and nothing that a hostile feed could want."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text.formats.feed_entries import MOST_ENTRIES, Listing, listing_of

HOME = "https://post.example/feeds/all"
RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>The Post</title>'
    "<item><title>Ferry &amp; bus</title><link>/ferry?utm_source=rss</link>"
    "<pubDate>Tue, 18 Apr 2017 09:49:00 GMT</pubDate><author>Ada Lund</author></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Post</title><entry><title>Ferry &amp; bus</title>'
    '<link href="https://post.example/ferry"/><published>2017-04-18T09:49:00Z</published>'
    "<author><name>Ada Lund</name></author></entry></feed>"
)
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Post",
        "items": [
            {
                "url": "https://post.example/ferry",
                "title": "Ferry & bus",
                "date_published": "2017-04-18T09:49:00Z",
                "authors": [{"name": "Ada Lund"}],
            }
        ],
    }
)


@pytest.mark.parametrize("feed", [RSS, ATOM, JSON], ids=["rss", "atom", "json"])
def test_every_dialect_says_the_same(feed):
    listing = listing_of(feed.encode(), HOME)
    (one,) = listing.linked
    assert (listing.title, one.address) == ("The Post", "https://post.example/ferry")
    assert (one.facts.headline, one.facts.authors) == ("Ferry & bus", ("Ada Lund",))
    assert one.facts.published.value.isoformat() == "2017-04-18T09:49:00"


def test_what_is_seen_changes_with_what_the_feed_says():
    first, again = listing_of(RSS.encode(), HOME), listing_of(RSS.encode(), HOME)
    other = listing_of(RSS.replace("bus", "boat").encode(), HOME)
    assert first.linked[0].seen == again.linked[0].seen != other.linked[0].seen


def test_a_feed_without_end_is_followed_to_a_limit():
    items = "".join(f"<item><link>/{number}</link></item>" for number in range(MOST_ENTRIES + 5))
    listing = listing_of(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), HOME)
    assert len(listing.linked) == MOST_ENTRIES
    assert "the first 1,000 are followed" in listing.note


def test_entities_of_a_feed_grow_to_nothing():
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    listing = listing_of((bomb + RSS.partition("?>")[2].replace("Ferry", "&b;")).encode(), HOME)
    assert not isinstance(listing, Listing) or "aaaa" not in listing.linked[0].facts.headline


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no feed"),
        (b"<html><body>x</body></html>", "no feed"),
        (b'{"a": 1}', "no JSON feed"),
        (b"{", "cannot be read"),
        (b"[" * 100_000, "no feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": 7}', "no JSON feed"),
        (b"<rss version='2.0'><channel></channel></rss>", "no entries"),
    ],
)
def test_what_is_no_feed_says_so(data, why):
    assert why in listing_of(data, HOME)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300), st.text(max_size=200).map(lambda text: RSS.replace("Ferry", text).encode())
    )
)
def test_nothing_makes_it_fail(data):
    found = listing_of(data, HOME)
    if isinstance(found, Listing):
        assert all(one.address.startswith(("http://", "https://")) for one in found.linked)
