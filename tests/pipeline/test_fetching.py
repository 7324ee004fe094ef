"""Fetching: what may not happen is that a stranger's server leads, holds up or fills the archive."""

import gzip
import socket
import time

import pytest

from archive.pipeline import fetching
from archive.pipeline.fetching import Answer, Fetcher, Limits, Unanswered, Validators
from archive.pipeline.guarding import is_public
from tests.web_server import Site, redirect, send, story


@pytest.fixture
def site():
    """Return a server that is closed at the end."""
    made = Site()
    yield made
    made.close()


@pytest.fixture
def fetcher():
    """Return a maker of fetchers that may ask loopback and never really wait; their pauses are kept."""
    made = []

    def make(**options):
        waits = []
        resolve = {"resolve": options.pop("resolve")} if "resolve" in options else {}
        limits = Limits(**{"allow_private": True, "pause": 0.0, "seconds": 5.0, **options})
        one = Fetcher(limits, wait=waits.append, **resolve)
        one.waits = waits
        made.append(one)
        return one

    yield make
    for one in made:
        one.close()


def said(answer):
    """Return why nothing came."""
    assert isinstance(answer, Unanswered), answer
    return answer.reason


# --- addresses that are never asked ----------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "198.18.0.1", "192.0.2.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1%lo", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::7f00:1"),
        *("64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:5ef5:79fd::1", "2001:db8::1", "nonsense"),
    ],
)
def test_what_is_not_the_public_internet_is_told_apart(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_the_public_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_loopback_is_refused_however_it_is_written(site, fetcher, host):
    answer = fetcher(allow_private=False).fetch(f"http://{host}:{site.port}/")
    assert "no public address" in said(answer) or "did not answer" in said(answer)
    assert site.asked == []


def test_one_private_address_among_public_ones_is_enough_to_refuse(site, fetcher):
    asking = fetcher(allow_private=False, resolve=lambda host, port: ["8.8.8.8", "127.0.0.1"])
    assert "127.0.0.1, which is no public address" in said(asking.fetch(f"http://news.example:{site.port}/"))
    assert site.asked == []


def test_what_was_checked_is_what_is_connected_to(site, fetcher, monkeypatch):
    """A name that changes its mind after the check is asked nothing: it is resolved once a connection."""
    answers = iter([["127.0.0.1"]])
    monkeypatch.setattr(socket, "getaddrinfo", _numeric_only)
    asking = fetcher(resolve=lambda host, port: next(answers))
    rules = asking._robots
    rules[f"http://news.example:{site.port}/robots.txt"] = fetching.Protego.parse("")
    site.pages["/a"] = story("Ferry")
    assert isinstance(asking.fetch(f"http://news.example:{site.port}/a"), Answer)


def _numeric_only(host, port, *more, **options):
    assert host.replace(".", "").isdigit(), f"{host} was resolved a second time"
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]


@pytest.mark.parametrize(
    "address",
    [
        "ftp://news.example/",
        "file:///etc/passwd",
        "javascript:x",
        "//x",
        "",
        "http://a:b@127.0.0.1/",
        "http://[::1",
    ],
)
def test_only_web_addresses_are_asked(fetcher, address):
    assert "no address of the web" in said(fetcher().fetch(address))


def test_a_host_without_address_is_one_sentence(fetcher):
    def nobody(host, port):
        raise socket.gaierror(-2, "Name or service not known")

    answer = fetcher(resolve=nobody).fetch("http://nowhere.example/")
    assert "cannot be resolved" in said(answer)
    assert answer.again


# --- redirects -------------------------------------------------------------------------------------


def test_a_redirect_to_a_private_address_is_refused(site, fetcher):
    """The first host is allowed, the one that it leads to is not: every hop is checked."""
    other = Site()
    other.pages["/b"] = story("Secret")
    places = {"news.example": "127.0.0.1", "inside.example": "10.0.0.7"}
    asked = []

    def resolve(host, port):
        asked.append(host)
        return [places[host]]

    asking = fetcher(allow_private=False, resolve=resolve)
    backend = asking._transport._pool._network_backend
    backend._checked = lambda host, port, checked=backend._checked: (
        ["127.0.0.1"] if host == "news.example" else checked(host, port)
    )
    site.pages["/a"] = redirect(f"http://inside.example:{other.port}/b")
    try:
        answer = asking.fetch(f"http://news.example:{site.port}/a")
    finally:
        other.close()
    assert "10.0.0.7, which is no public address" in said(answer)
    assert "/a" in site.asked
    assert other.asked == []


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "javascript:x", "gopher://127.0.0.1/", "http://u:p@127.0.0.1/"]
)
def test_a_redirect_to_what_is_no_page_is_refused(site, fetcher, target):
    site.pages["/a"] = redirect(target)
    assert "no address of the web" in said(fetcher().fetch(site.at("/a")))


def test_redirects_in_a_circle_and_without_end_are_given_up(site, fetcher):
    site.pages["/a"], site.pages["/b"] = redirect("/b"), redirect("/a")
    assert "circle" in said(fetcher().fetch(site.at("/a")))
    for number in range(20):
        site.pages[f"/{number}"] = redirect(f"/{number + 1}")
    assert "more than 5 redirects" in said(fetcher().fetch(site.at("/0")))
    assert "/7" not in site.asked


def test_a_lasting_redirect_is_told_and_a_passing_one_is_not(site, fetcher):
    site.pages |= {"/old": redirect("/new", 301), "/today": redirect("/new"), "/new": story("Ferry")}
    assert fetcher().fetch(site.at("/old")).moved == site.at("/new")
    answer = fetcher().fetch(site.at("/today"))
    assert (answer.moved, answer.address) == ("", site.at("/new"))


# --- size and time ---------------------------------------------------------------------------------


def test_a_huge_body_is_not_taken(site, fetcher):
    site.pages["/a"] = b"x" * 300_000
    assert "too large" in said(fetcher(size=100_000).fetch(site.at("/a")))


def test_a_body_that_never_ends_is_not_taken(site, fetcher):
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while not site.over.is_set():
            handler.wfile.write(b"x" * 65536)

    site.pages["/a"] = endless
    assert "too large" in said(fetcher(size=1_000_000).fetch(site.at("/a")))


def test_a_small_packed_body_that_unpacks_to_much_is_not_taken(site, fetcher):
    packed = gzip.compress(b"\0" * 50_000_000)
    assert len(packed) < 100_000
    site.pages["/a"] = lambda handler: send(handler, packed, **{"Content-Encoding": "gzip"})
    assert "too large" in said(fetcher(size=1_000_000).fetch(site.at("/a")))


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_slow_drip_comes_to_an_end(site, fetcher, part):
    """Each byte comes in time, the whole never does."""

    def drip(handler):
        if part == "body":
            handler.send_response(200)
            handler.end_headers()
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not site.over.wait(0.05):
            handler.wfile.write(b"a")
            handler.wfile.flush()

    site.pages["/a"] = drip
    answer = fetcher(seconds=0.6).fetch(site.at("/a"))
    assert "took too long" in said(answer) or "in time" in said(answer)
    assert answer.again


def test_what_is_no_http_is_one_sentence(site, fetcher):
    site.pages["/a"] = lambda handler: handler.wfile.write(b"\x00\xff nonsense\r\n\r\n")
    assert "did not answer" in said(fetcher().fetch(site.at("/a")))


def test_broken_packing_is_one_sentence(site, fetcher):
    for number, packing in enumerate(("gzip", "br")):
        site.pages[f"/{number}"] = lambda handler, packing=packing: send(
            handler, b"no packing", **{"Content-Encoding": packing}
        )
        assert "cannot be read" in said(fetcher().fetch(site.at(f"/{number}")))


# --- manners ---------------------------------------------------------------------------------------


def test_robots_are_heeded_and_asked_once(site, fetcher):
    site.pages |= {
        "/robots.txt": "User-agent: *\nDisallow: /private/\n\nUser-agent: parallax\nDisallow: /closed/\n",
        "/open": story("Open"),
        "/closed/a": story("Closed"),
    }
    asking = fetcher()
    assert isinstance(asking.fetch(site.at("/open")), Answer)
    assert "robots.txt" in said(asking.fetch(site.at("/closed/a")))
    assert site.asked == ["/robots.txt", "/open"]


def test_a_redirect_into_what_robots_close_is_not_followed(site, fetcher):
    site.pages |= {"/robots.txt": "User-agent: *\nDisallow: /closed/", "/a": redirect("/closed/a")}
    assert "robots.txt" in said(fetcher().fetch(site.at("/a")))
    assert "/closed/a" not in site.asked


@pytest.mark.parametrize(("status", "reads"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_site_whose_rules_cannot_be_had_is_left_alone(site, fetcher, status, reads):
    site.pages |= {"/robots.txt": lambda handler: send(handler, b"", status), "/a": story("A")}
    answer = fetcher().fetch(site.at("/a"))
    assert isinstance(answer, Answer) == reads
    assert ("/a" in site.asked) == reads


def test_a_host_is_given_a_pause_and_what_it_asks_for(site, fetcher):
    site.pages |= {"/robots.txt": "User-agent: *\nCrawl-delay: 7", "/a": story("A"), "/b": story("B")}
    asking = fetcher(pause=3.0)
    for page in ("/a", "/b"):
        asking.fetch(site.at(page))
    first, second = asking.waits
    assert 2 < first <= 3 and 6 < second <= 7


def test_a_pause_without_end_is_not_taken(site, fetcher):
    site.pages |= {"/robots.txt": "User-agent: *\nCrawl-delay: 86400", "/a": story("A")}
    asking = fetcher()
    asking.fetch(site.at("/a"))
    asking.fetch(site.at("/a"))
    assert asking.waits[-1] <= fetching.LONGEST_PAUSE


def test_it_says_who_asks(site, fetcher):
    site.pages["/a"] = story("A")
    fetcher(contact="https://archive.example/about").fetch(site.at("/a"))
    (agent,) = site.agents
    assert agent.startswith("Parallax/")
    assert agent.endswith("(+https://archive.example/about)")


def test_what_has_not_changed_is_not_sent_again(site, fetcher):
    def marked(handler):
        same = handler.headers.get("If-None-Match") == '"7"' and handler.headers.get("If-Modified-Since")
        send(handler, b"" if same else b"text", 304 if same else 200, ETag='"7"', **{"Last-Modified": "Mon"})

    site.pages["/a"] = marked
    asking = fetcher()
    first = asking.fetch(site.at("/a"))
    assert first.validators == Validators('"7"', "Mon")
    assert asking.fetch(site.at("/a"), first.validators).unchanged


def test_a_busy_site_is_left_alone_until_the_next_harvest(site, fetcher):
    site.pages["/a"] = lambda handler: send(handler, b"", 429, **{"Retry-After": "120"})
    asking = fetcher()
    assert "busy (status 429, asks for 120 seconds)" in said(asking.fetch(site.at("/a")))
    assert "busy" in said(asking.fetch(site.at("/b")))
    assert "/b" not in site.asked


def test_a_site_that_fails_three_times_is_asked_no_fourth_time(site, fetcher):
    site.pages |= {f"/{number}": lambda handler: handler.wfile.write(b"?\r\n\r\n") for number in range(5)}
    asking = fetcher()
    for number in range(5):
        answer = asking.fetch(site.at(f"/{number}"))
    assert "failed 3 times" in said(answer)
    assert [path for path in site.asked if path != "/robots.txt"] == ["/0", "/1", "/2"]


def test_no_cookie_goes_back(site, fetcher):
    cookies = []

    def page(handler):
        cookies.append(handler.headers.get("Cookie"))
        send(handler, b"x", **{"Set-Cookie": "a=b; Path=/"})

    site.pages["/a"] = page
    asking = fetcher()
    asking.fetch(site.at("/a"))
    asking.fetch(site.at("/a"))
    assert cookies == [None, None]


@pytest.mark.parametrize(
    ("status", "again"), [(404, False), (410, False), (403, False), (500, True), (502, True)]
)
def test_whether_another_day_may_bring_more_is_told(site, fetcher, status, again):
    site.pages["/a"] = lambda handler: send(handler, b"", status)
    answer = fetcher().fetch(site.at("/a"))
    assert f"status {status}" in said(answer)
    assert answer.again == again


def test_the_clock_of_turns_is_the_one_that_waits(site, fetcher):
    site.pages["/a"] = story("A")
    asking = fetcher(pause=50.0)
    asking.fetch(site.at("/a"))
    assert asking.ready_at(site.at("/b")) > time.monotonic()
    assert asking.ready_at("http://elsewhere.example/") == 0
