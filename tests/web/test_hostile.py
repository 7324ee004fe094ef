"""Hostile text stays text, on every page that shows it."""

import pytest
from django.urls import reverse

from archive.models import Article, Entity, Event, Outlet
from archive.web.article import original
from tests.archive_factory import make_article, make_event
from tests.search.search_archive import index

SCRIPT = "<script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(1)>"
QUOTES = "\"' onmouseover=alert(1) x='"
ENTITY = "&lt;b&gt;&#60;script&#62;"
TEMPLATE = "{{ 7|add:7 }}{% url 'home' %}"
OVERRIDE = "\u202egnp.exe\u202c\u2066\u200b"
PAYLOADS = [
    SCRIPT,
    IMAGE,
    QUOTES,
    ENTITY,
    TEMPLATE,
    OVERRIDE,
    "</title></textarea></pre></svg>",
    "\ufffe\x0b",
]


def hostile_archive(payload: str) -> None:
    """One event of two articles that carry the payload wherever a file can put it."""
    articles = [
        make_article(
            f"Head {payload}",
            f"Body {payload} of Ida{payload} here.",
            outlet=f"Outlet {payload}"[:190],
            people=[f"Ida{payload}"[:290]],
            authors=[f"By {payload}"[:190]],
            agencies=[f"Ag {payload}"[:90]],
            captions=[f"Caption {payload}"],
            credits=[f"Credit {payload}"],
            deck=f"Deck {payload}",
            dateline=f"Line {payload}"[:190],
            url=f"javascript:alert(1)//{payload}{number}",
            path=f"{payload}{number}.txt",
            raw=f"{payload} raw {number}",
            removed=[[0, 3, "menu", f"Reason {payload}"]],
            published_evidence=f"Known {payload}"[:290],
        )
        for number in range(2)
    ]
    make_event(f"Title {payload}", *articles, reasons=[f"Because {payload}"])
    Outlet.objects.update(domain=f"{payload}.example"[:250], short_name=f"Short {payload}"[:60])
    index()


def addresses() -> list[str]:
    rows = [*Article.objects.all(), *Entity.objects.all(), *Outlet.objects.all(), *Event.objects.all()]
    raws = [reverse("article-raw", args=[article.pk]) for article in Article.objects.all()]
    lists = ["/", "/search/?q=head", "/people/", "/outlets/", "/events/"]
    places = [reverse(f"{entity.kind}-places", args=[entity.pk]) for entity in Entity.objects.all()]
    compare = [reverse("compare", args=[event.pk]) for event in Event.objects.all()]
    return [*lists, *(row.get_absolute_url() for row in rows), *raws, *places, *compare]


@pytest.mark.django_db
@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_file_carries_is_never_markup(client, payload):
    hostile_archive(payload)
    for address in addresses():
        response = client.get(address)
        html = response.content.decode()
        assert response.status_code == 200, address
        assert "<img" not in html
        assert "alert(1)</script>" not in html
        assert "' onmouseover" not in html
        assert 'href="javascript:' not in html
        assert html.count("</title>") == 1
    suggested = client.get("/suggest/?q=ida")
    assert suggested["Content-Type"] == "application/json"
    assert suggested["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
@pytest.mark.parametrize("payload", [*PAYLOADS, "\x00", "%00", "a" * 5000])
def test_what_a_visitor_types_is_never_markup(client, payload):
    make_article()
    index()
    for address in ("/search/", "/people/", "/outlets/", "/events/", "/organisations/"):
        response = client.get(
            address, {"q": payload, "from": payload, "outlet": payload, "page": payload, "sort": payload}
        )
        html = response.content.decode()
        assert response.status_code == 200
        assert "<img" not in html
        assert "<script>alert" not in html
        assert "' onmouseover" not in html


@pytest.mark.django_db
def test_a_megabyte_of_one_word_opens_everywhere(client):
    word = "a" * 1_000_000
    article = make_article(word[:1000], word, authors=[word[:200]], url="https://x.example/" + word[:1900])
    make_event(word[:500], article, make_article("Other", word))
    index()
    for address in ["/search/?q=" + word[:4000], *addresses()]:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example/x",
        "/local",
        "http:///nohost",
        "http://[",
        "ftp://host.example/x",
        "java\nscript:alert(1)",
    ],
)
def test_only_web_addresses_are_links(url):
    assert original(Article(url=url)) is None


@pytest.mark.parametrize(
    ("url", "host"), [("https://www.x.example/a", "x.example"), ("HTTP://X.example", "x.example")]
)
def test_web_addresses_are_linked_under_their_host(url, host):
    assert original(Article(url=url)) == (url, host)
