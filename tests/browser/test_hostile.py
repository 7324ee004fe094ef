"""Hostile files in a real browser: nothing runs, nothing leaves its place."""

from collections.abc import Iterator

import pytest

from archive.models import Article, Entity, Event
from tests.archive_factory import make_article, make_event
from tests.browser.conftest import Visitor
from tests.browser.looking import follow, overflow
from tests.search.search_archive import index

PAYLOADS = (
    "<script>document.title='owned';alert(1)</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    '"><svg onload="document.title=\'owned\'">',
    "' onmouseover='alert(1)' x='",
    "\u202eevil\u2066",
)


@pytest.fixture(params=PAYLOADS)
def hostile(request, site) -> Iterator[Event]:
    """An event of two articles that carry the payload wherever a file can put it."""
    payload = request.param
    articles = [
        make_article(
            f"Hostile {payload}",
            f"Hostile {payload} text of Ida.",
            outlet=f"Outlet {payload}",
            people=["Ida"],
            authors=[payload],
            captions=[payload],
            url=f"javascript:document.title='owned'//{payload}{number}",
            raw=f"{payload} raw {number}",
            removed=[[0, 3, "menu", payload]],
        )
        for number in range(2)
    ]
    event = make_event(f"Hostile {payload}", *articles, reasons=[payload])
    index()
    yield event
    event.delete()
    for article in articles:
        article.delete()
    articles[0].outlet.delete()
    Entity.objects.filter(name="Ida").delete()


def test_no_payload_acts(visitor: Visitor, hostile):
    page = visitor.page()
    articles = list(Article.objects.filter(event=hostile))
    addresses = [
        "/search/?q=hostile",
        hostile.get_absolute_url(),
        articles[0].get_absolute_url(),
        f"/articles/{articles[0].pk}/raw/",
        articles[0].outlet.get_absolute_url(),
        articles[0].mentions.get().entity.get_absolute_url(),
        f"/compare/{hostile.pk}/",
    ]
    for address in addresses:
        page.goto(address)
        assert page.title().endswith("Parallax"), address
        assert "owned" not in page.title().removesuffix(" – Parallax").replace("document.title='owned'", "")
        assert page.locator("main img, main script, main [onload], main [onerror]").count() == 0
        assert page.locator("a[href^='javascript' i], a[href^='data' i]").count() == 0
        page.locator("main :is(h1, h3)").locator("visible=true").last.hover()


def test_what_is_typed_stays_text(visitor: Visitor):
    page = visitor.page()
    for payload in PAYLOADS:
        page.goto("/search/")
        page.get_by_label("Search the archive").fill(payload)
        follow(page.get_by_role("button", name="Search"))
        assert page.get_by_label("Search the archive").input_value() == payload
        assert page.locator("main img, main script").count() == 0


def test_a_megabyte_of_one_word_does_not_break_the_page(visitor: Visitor, site):
    article = make_article(
        "a" * 1000, "a" * 1_000_000, authors=["a" * 200], url="https://x.example/" + "a" * 1900
    )
    index()
    page = visitor.page((390, 844))
    page.set_default_timeout(60_000)  # laying out a megabyte takes a busy machine a while
    for address in (article.get_absolute_url(), f"/articles/{article.pk}/raw/", "/search/?q=a*"):
        page.goto(address)
        assert overflow(page) <= 0
    article.delete()
