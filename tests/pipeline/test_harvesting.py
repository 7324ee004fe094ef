"""The harvest: what a feed links to is fetched once and imported; nothing bad stops the rest."""

from itertools import pairwise

import pytest
from django.db import connection

from archive.models import Article, Entry, Feed, FeedItem, Outlet, Run
from archive.pipeline import harvesting
from archive.pipeline.fetching import Fetcher, Limits
from tests.archive_factory import make_outlet
from tests.web_server import Site, redirect, rss, send, story

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    """Return a server that is closed at the end."""
    made = Site()
    yield made
    made.close()


@pytest.fixture
def harvest(site):
    """Return a function that harvests from the loopback server without waiting."""

    def run(*addresses, **options):
        limits = Limits(**{"allow_private": True, "pause": 0.0, "seconds": 5.0, **options.pop("limits", {})})
        fetcher = Fetcher(limits, wait=lambda seconds: None)
        try:
            return harvesting.run([*addresses] or [site.at("/feed")], fetcher, **options)
        finally:
            fetcher.close()

    return run


def counts(done):
    """Return the outcomes that occurred, with how often."""
    return {outcome: number for outcome, number in done.report.counts.items() if number}


def feed_of(site, *paths, summary=""):
    """Put a feed with links to these paths."""
    site.pages["/feed"] = rss("Varnholm Post", *(site.at(path) for path in paths), summary=summary)


def test_articles_of_a_feed_come_into_the_archive_and_the_ledger(site, harvest):
    feed_of(site, "/ferry", "/bridge")
    site.pages |= {"/ferry": story("Ferry stops for winter"), "/bridge": story("Bridge opens in spring")}
    done = harvest()
    assert counts(done) == {"created": 2}
    assert done.feeds_read == 1 and done.failures == 0
    assert {article.headline for article in Article.objects.all()} == {
        "Ferry stops for winter",
        "Bridge opens in spring",
    }
    run = Run.objects.get()
    assert (run.command, run.arguments, run.ended_at is None) == ("harvest", [site.at("/feed")], False)
    assert "2 articles, 2 new" in str(done.report)
    assert "created: Ferry stops for winter (127.0.0.1)" in str(done.report)
    article = Article.objects.get(headline="Ferry stops for winter")
    assert article.url == site.at("/ferry")
    assert article.mentions.filter(surface="Ada Lund").exists()
    assert bytes(article.source.data) == site.pages["/ferry"].encode()


def test_a_second_harvest_asks_for_no_article_again(site, harvest):
    feed_of(site, "/ferry")
    site.pages["/ferry"] = story("Ferry stops for winter")
    harvest()
    site.asked.clear()
    assert counts(harvest()) == {}
    assert site.asked == ["/robots.txt", "/feed"]
    assert Article.objects.count() == 1


def test_a_feed_that_has_not_changed_is_not_sent_again(site, harvest):
    feed_of(site, "/ferry")
    feed = site.pages["/feed"].encode()
    sent = []

    def answer(handler):
        same = handler.headers.get("If-None-Match") == 'W/"1"'
        sent.append(same)
        send(handler, b"" if same else feed, 304 if same else 200, ETag='W/"1"')

    site.pages |= {"/feed": answer, "/ferry": story("Ferry stops for winter")}
    harvest()
    done = harvest()
    assert sent == [False, True]
    assert "not changed" in str(done.report)
    assert done.feeds_read == 1


def test_what_was_not_fetched_is_fetched_later_though_the_feed_has_not_changed(site, harvest):
    """A harvest that ends in between leaves nothing behind, even if the feed answers 304 from then on."""
    feed_of(site, "/ferry")
    feed = site.pages["/feed"].encode()
    site.pages["/feed"] = lambda handler: (
        send(handler, b"", 304) if handler.headers.get("If-None-Match") else send(handler, feed, ETag='"1"')
    )
    site.pages["/ferry"] = lambda handler: send(handler, b"", 500)
    done = harvest()
    assert counts(done) == {"rejected": 1}
    assert "asked again at the next harvest" in Entry.objects.get().reason
    site.pages["/ferry"] = story("Ferry stops for winter")
    assert counts(harvest()) == {"created": 1}
    assert not FeedItem.objects.waiting().exists()


def test_a_harvest_that_is_broken_off_goes_on(site, harvest, monkeypatch):
    paths = [f"/story-{number}" for number in range(harvesting.BATCH + 3)]
    feed_of(site, *paths)
    site.pages |= {path: story(f"Story of {path[1:]}") for path in paths}
    take_in = harvesting.river.take_in
    calls = []

    def broken(*arguments):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return take_in(*arguments)

    monkeypatch.setattr(harvesting.river, "take_in", broken)
    with pytest.raises(KeyboardInterrupt):
        harvest()
    assert Article.objects.count() == harvesting.BATCH
    assert Run.objects.get().ended_at is None
    assert counts(harvest()) == {"created": 3}
    assert Article.objects.count() == len(paths)


def test_a_page_is_given_up_after_some_harvests(site, harvest):
    feed_of(site, "/ferry")
    site.pages["/ferry"] = lambda handler: send(handler, b"", 502)
    for _ in range(harvesting.MOST_TRIES):
        harvest()
    assert FeedItem.objects.get().state == "given up"
    site.asked.clear()
    harvest()
    assert "/ferry" not in site.asked


def test_an_article_that_the_feed_says_has_changed_is_a_new_version(site, harvest):
    feed_of(site, "/ferry", summary="first")
    site.pages["/ferry"] = story("Ferry stops for winter")
    harvest()
    site.pages["/ferry"] = story("Ferry stops for winter", "She took back what she had said about the price.")
    feed_of(site, "/ferry", summary="second, with the price")
    done = harvest()
    assert counts(done) == {"new version": 1}
    assert "1 changed" in str(done.report)
    newest = Article.objects.newest_versions().get()
    assert "took back" in newest.body
    assert newest.previous is not None


def test_articles_of_the_last_days_can_be_asked_again(site, harvest):
    feed_of(site, "/ferry")
    site.pages["/ferry"] = story("Ferry stops for winter")
    harvest()
    site.pages["/ferry"] = story("Ferry stops for winter", "She took back what she had said about the price.")
    assert counts(harvest()) == {}
    assert counts(harvest(again_days=2)) == {"new version": 1}


def test_an_article_that_the_site_says_has_not_changed_is_unchanged(site, harvest):
    page = story("Ferry stops for winter").encode()
    site.pages["/ferry"] = lambda handler: (
        send(handler, b"", 304) if handler.headers.get("If-None-Match") else send(handler, page, ETag='"1"')
    )
    feed_of(site, "/ferry", summary="first")
    harvest()
    feed_of(site, "/ferry", summary="second")
    assert counts(harvest()) == {"unchanged": 1}
    entry = Entry.objects.get(outcome="unchanged")
    assert entry.article == Article.objects.get()


# --- nothing bad stops the rest --------------------------------------------------------------------


def test_one_bad_feed_never_stops_the_rest(site, harvest):
    feed_of(site, "/ferry")
    site.pages |= {
        "/ferry": story("Ferry stops for winter"),
        "/gone": lambda handler: send(handler, b"", 410),
        "/page": story("No feed"),
        "/broken": "<rss><channel></channel>",
        "/json": '{"a": 1}',
        "/nonsense": b"\x00\xff",
    }
    bad = [site.at(path) for path in ("/gone", "/page", "/broken", "/json", "/nonsense", "/circle")]
    site.pages["/circle"] = redirect("/circle")
    done = harvest("ftp://x.example/", *bad, site.at("/feed"))
    assert counts(done) == {"created": 1, "rejected": len(bad) + 1}
    assert done.feeds_read == 1 and done.failures == len(bad) + 1
    reasons = " ".join(Entry.objects.filter(outcome="rejected").values_list("reason", flat=True))
    for words in (
        "status 410",
        "This is no feed",
        "not well-formed",
        "JSON feed",
        "circle",
        "no address of the web",
    ):
        assert words in reasons


def test_a_page_in_place_of_a_feed_names_its_feeds(site, harvest):
    link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    site.pages["/"] = f"<html><head>{link}</head><body>News</body></html>"
    done = harvest(site.at("/"))
    assert f"it names these feeds: {site.at('/feed.xml')}" in str(done.report)


def test_links_of_a_feed_that_lead_nowhere_are_told(site, harvest):
    bad = ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x")
    site.pages["/feed"] = rss("Post", *bad, site.at("/ferry"))
    site.pages["/ferry"] = story("Ferry stops for winter")
    done = harvest()
    assert "3 entries have no address" in str(done.report)
    assert counts(done) == {"created": 1}


def test_a_feed_cannot_lead_into_the_private_network(site, harvest, monkeypatch):
    """The feed itself may be asked here, what it links to may not."""
    inside = Site()
    inside.pages["/admin"] = story("Secret")
    places = {"news.example": "127.0.0.1", "inside.example": "192.168.0.1"}
    monkeypatch.setattr("archive.pipeline.guarding.is_public", lambda address: address == "127.0.0.1")
    fetcher = Fetcher(Limits(pause=0.0), resolve=lambda host, port: [places[host]], wait=lambda seconds: None)
    site.pages["/feed"] = rss("Post", f"http://inside.example:{inside.port}/admin")
    done = harvesting.run([f"http://news.example:{site.port}/feed"], fetcher)
    fetcher.close()
    inside.close()
    assert "no public address" in Entry.objects.get().reason
    assert done.feeds_read == 1
    assert inside.asked == []


@pytest.mark.parametrize(
    ("kind", "data", "reason"),
    [
        ("application/pdf", b"%PDF-1.4", "a file (application/pdf)"),
        ("text/html", b"", "is empty"),
        ("text/html", b"<html><body><p>Short.</p></body></html>", "No text of an article"),
        ("text/html", b"PK\x03\x04" + b"\0" * 50, "a file"),
        ("text/plain", b"Menu\nHome\n", "article"),
    ],
)
def test_what_is_no_article_is_rejected_with_its_bytes(site, harvest, kind, data, reason):
    feed_of(site, "/a")
    site.pages["/a"] = lambda handler: send(handler, data, **{"Content-Type": kind})
    assert counts(harvest()) == {"rejected": 1}
    entry = Entry.objects.get()
    assert reason in entry.reason
    assert entry.path == site.at("/a")
    assert not data or bytes(entry.source.data) == data


def test_hostile_words_of_a_feed_are_kept_as_words(site, harvest):
    title = "&lt;script&gt;alert(1)&lt;/script&gt;\u202e"
    site.pages["/feed"] = rss(title, site.at("/a")).replace("<title>a</title>", f"<title>{title}</title>")
    site.pages["/a"] = story("Ferry stops for winter")
    assert counts(harvest()) == {"created": 1}
    assert Feed.objects.get().title == "<script>alert(1)</script>"


# --- who and when ----------------------------------------------------------------------------------


def test_two_feeds_that_name_the_same_article_bring_it_once(site, harvest):
    link = site.at("/ferry?utm_source=rss")
    site.pages |= {
        "/feed": rss("One", link, summary="one"),
        "/other": rss("Other", site.at("/ferry#top"), summary="other"),
        "/ferry": story("Ferry stops for winter"),
    }
    assert counts(harvest(site.at("/feed"), site.at("/other"))) == {"created": 1}
    assert counts(harvest(site.at("/other"), site.at("/feed"))) == {}
    assert FeedItem.objects.count() == 1


def test_what_the_feed_says_fills_what_the_page_does_not(site, harvest):
    site.pages["/feed"] = rss("Post", site.at("/ferry")).replace(
        "<item>", "<item><pubDate>Tue, 18 Apr 2017 09:49:00 +0000</pubDate><author>Ada Lund</author>"
    )
    site.pages["/ferry"] = story("Ferry stops for winter")
    harvest()
    article = Article.objects.get()
    assert article.published.isoformat() == "2017-04-18T09:49:00+00:00"
    assert article.authors == ["Ada Lund"]
    assert article.headline == "Ferry stops for winter"


def test_a_page_cannot_claim_another_outlet_or_its_address(site, harvest):
    known = make_outlet("The Courier", domain="courier.example")
    feed_of(site, "/ferry")
    site.pages["/ferry"] = story(
        "Ferry stops for winter",
        **{"og:site_name": "The Courier", "og:url": "https://courier.example/real-story"},
    )
    harvest()
    article = Article.objects.get()
    assert article.outlet != known
    assert article.outlet.domain == "127.0.0.1"
    assert article.url == site.at("/ferry")


def test_an_outlet_that_is_known_by_its_domain_is_the_articles(site, harvest):
    known = Outlet.objects.create(name="Loopback Post", domain="127.0.0.1")
    feed_of(site, "/ferry")
    site.pages["/ferry"] = story("Ferry stops for winter")
    harvest()
    assert Article.objects.get().outlet == known


def test_two_harvests_at_once_do_not_meet(site, harvest):
    feed_of(site)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [harvesting._HARVESTING])
        with pytest.raises(harvesting.AlreadyHarvesting):
            harvest()
    finally:
        other.close()
    assert not Run.objects.exists()
    assert site.asked == []


def test_hosts_take_turns_so_that_no_pause_is_wasted(site, harvest, monkeypatch):
    other = Site()
    for one in (site, other):
        one.pages |= {f"/{number}": story(f"Story {number} of {one.port}") for number in range(3)}
    links = [one.at(f"/{number}") for one in (site, other) for number in range(3)]
    site.pages["/feed"] = rss("Post", *links)
    order = []
    fetch = Fetcher.fetch

    def ordered(self, address, known):
        order.append(address)
        return fetch(self, address, known)

    monkeypatch.setattr(Fetcher, "fetch", ordered)
    monkeypatch.setattr(harvesting, "host_of", lambda address: address.split("/")[2])
    harvest(limits={"pause": 1000.0})
    other.close()
    hosts = [address.split("/")[2] for address in order[1:]]
    assert sorted(order[1:]) == sorted(links)
    assert all(one != after for one, after in pairwise(hosts[1:]))


WHOLE = " ".join(
    f"The ferry of Varnholm will not sail in week {week}, the harbour master said, for there is ice."
    for week in range(1, 9)
)


def test_a_teaser_is_never_taken_for_the_article_of_a_page_that_refuses(site, harvest):
    feed_of(site, "/ferry", summary="The ferry stops for winter, the harbour master said on Monday.")
    site.pages["/ferry"] = lambda handler: send(handler, b"", 403)
    assert counts(harvest()) == {"rejected": 1}
    assert not Article.objects.exists()


def test_where_the_page_refuses_the_feeds_own_text_is_the_article_and_the_ledger_says_so(site, harvest):
    feed_of(site, "/ferry", "/bridge", summary=WHOLE)
    site.pages["/ferry"] = lambda handler: send(handler, b"", 403)
    site.pages["/bridge"] = story("Bridge opens in spring")
    assert counts(harvest()) == {"created": 2}
    ferry = Article.objects.get(headline="ferry")
    assert ferry.body == WHOLE and ferry.url == site.at("/ferry")
    assert "the feed's own, for the page gave none" in Entry.objects.get(article=ferry).reason
    assert "in week 3" not in Article.objects.exclude(pk=ferry.pk).get().body
    assert FeedItem.objects.get(article=ferry).state == "given up"
    assert counts(harvest()) == {}


def test_a_page_that_may_answer_tomorrow_is_asked_again_before_the_feeds_text_is_taken(site, harvest):
    feed_of(site, "/ferry", summary=WHOLE)
    site.pages["/ferry"] = lambda handler: send(handler, b"", 502)
    assert counts(harvest()) == {"rejected": 1}
    site.pages["/ferry"] = story("Ferry stops for winter")
    assert counts(harvest()) == {"created": 1}
    assert "in week 3" not in Article.objects.get().body
