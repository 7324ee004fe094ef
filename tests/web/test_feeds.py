"""Feeds of a search, a name, an outlet and an event."""

import feedparser
import pytest
from django.urls import reverse
from lxml import etree

from archive.models import Entity, Event, Outlet
from archive.web.feeds import ENTRIES
from tests.archive_factory import make_article, make_entity, make_event
from tests.search.search_archive import index

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "</title><script>alert(1)</script>\x0b\x0c\ufffe & \u202e ]]>"


@pytest.fixture
def archive():
    """Hold an event of two articles that name Ida Brand."""
    articles = [
        make_article(f"Bridge {number}", "Ida Brand spoke.", people=["Ida Brand"], authors=["Nora Lund"])
        for number in range(2)
    ]
    make_event("The bridge closes", *articles)
    index()


def addresses():
    ida, outlet, event = Entity.objects.get(name="Ida Brand"), Outlet.objects.get(), Event.objects.get()
    return {
        "/search/?q=bridge": reverse("search-feed") + "?q=bridge",
        ida.get_absolute_url(): reverse("person-feed", args=[ida.pk]),
        outlet.get_absolute_url(): reverse("outlet-feed", args=[outlet.pk]),
        event.get_absolute_url(): reverse("event-feed", args=[event.pk]),
    }


def test_every_page_leads_to_its_feed_and_every_feed_to_its_page(client, archive):
    for page, feed in addresses().items():
        head = client.get(page).content.decode().partition("</head>")[0]
        assert f'<link rel="alternate" type="application/atom+xml" href="{feed}"' in head, page
        read = feedparser.parse(client.get(feed).content)
        assert read.bozo == 0
        links = {link.rel: link.href for link in read.feed.links}
        assert links == {"alternate": f"http://testserver{page}", "self": f"http://testserver{feed}"}
        assert [entry.title for entry in read.entries] == ["Bridge 1", "Bridge 0"]


def test_ids_are_permanent_tag_addresses(client, archive, settings):
    settings.AUTHORITY = "archive.example"
    ida = Entity.objects.get(name="Ida Brand")
    read = feedparser.parse(client.get(reverse("person-feed", args=[ida.pk])).content)
    assert read.feed.id == f"tag:archive.example,2026:names/{ida.pk}"
    newest = max(ida.mentions.values_list("article", flat=True))
    assert read.entries[0].id == f"tag:archive.example,2026:articles/{newest}"


def test_a_search_has_one_id_whatever_the_order_of_its_choices(client, archive):
    ids = {
        feedparser.parse(client.get(f"/search/articles.atom?{query}").content).feed.id
        for query in ("q=bridge&from=2017", "from=2017&q=bridge", "q=bridge&from=2017&sort=oldest&page=2")
    }
    assert len(ids) == 1
    other = feedparser.parse(client.get("/search/articles.atom?q=bridge").content).feed.id
    assert other not in ids


def test_an_entry_says_who_when_and_an_excerpt(client, archive):
    tree = etree.fromstring(client.get("/search/articles.atom?q=bridge").content)
    entry = tree.find(f"{ATOM}entry")
    text = {child.tag.removeprefix(ATOM): child for child in entry}
    assert text["summary"].text == "Ida Brand spoke."
    assert text["author"][0].text == "Nora Lund"
    assert text["category"].get("term") == "The Courier"
    assert text["published"].text.startswith("2017-04-18T09:49")
    assert text["updated"].text > text["published"].text


def test_the_same_entries_are_the_same_bytes_and_not_sent_twice(client, archive):
    for feed in [*addresses().values(), "/search/articles.atom?q=zebra"]:
        first = client.get(feed)
        assert client.get(feed, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_a_feed_has_the_latest_arrivals_however_many_there_are(client):
    for number in range(ENTRIES + 5):
        make_article(f"Bridge {number}", published=None)
    index()
    read = feedparser.parse(client.get("/search/articles.atom?q=bridge").content)
    assert [entry.title for entry in read.entries] == [
        f"Bridge {number}" for number in range(ENTRIES + 4, 4, -1)
    ]


def test_merged_withdrawn_and_unknown_are_told_as_on_the_pages(client, archive):
    ida = Entity.objects.get(name="Ida Brand")
    old, gone = make_entity("I. Brand", merged_into=ida), make_entity("The Bridge", withdrawn=True)
    right = reverse("person-feed", args=[ida.pk])
    for wrong in (reverse("person-feed", args=[old.pk]), reverse("organisation-feed", args=[ida.pk])):
        response = client.get(wrong)
        assert (response.status_code, response["Location"]) == (301, right)
    assert client.get(reverse("person-feed", args=[gone.pk])).status_code == 410
    assert client.get(reverse("event-feed", args=[10**9])).status_code == 404


def test_hostile_text_is_text_in_a_feed(client):
    article = make_article(
        f"Bridge {HOSTILE}",
        f"Lead {HOSTILE}.",
        authors=[HOSTILE],
        agencies=[HOSTILE],
        outlet=HOSTILE,
        people=["Lead"],
    )
    make_event(HOSTILE, article)
    index()
    for address in (
        "/search/articles.atom?q=bridge",
        reverse("outlet-feed", args=[article.outlet_id]),
        reverse("event-feed", args=[article.event_id]),
        reverse("search-feed") + "?q=%3Cscript%3E%0B bridge",
    ):
        response = client.get(address)
        tree = etree.fromstring(response.content)
        assert {child.tag for child in tree.iter()} <= {
            f"{ATOM}{name}"
            for name in (
                *("feed", "title", "link", "id", "updated", "author", "name", "subtitle", "entry"),
                *("published", "summary", "category"),
            )
        }
        for summary in tree.iter(f"{ATOM}summary"):
            assert "<" not in summary.text
