"""What programs read in a page: Zotero's rules, search engines, browsers, robots."""

import json
import re
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import pytest
from django.urls import reverse
from lxml import etree, html

from archive.exports import sitemap
from archive.models import Entity, Event, Outlet
from tests.archive_factory import make_article, make_event
from tests.search.search_archive import index

pytestmark = pytest.mark.django_db

HOSTILE = "</script><script>alert(1)</script>\"'><!-- & \u2028 \u202e"


def tree(client, address):
    return html.fromstring(client.get(address).content.decode())


def metadata(page):
    """Return the meta elements of a head by name or property; each may stand there several times."""
    found = {}
    for meta in page.iterfind("head/meta"):
        found.setdefault(meta.get("name") or meta.get("property"), []).append(meta.get("content"))
    return found


def linked_data(page):
    (script,) = page.xpath("//script[@type='application/ld+json']")
    return json.loads(script.text)


# --- an article ------------------------------------------------------------------------------------


def test_zotero_reads_a_newspaper_article_from_the_head(client):
    article = make_article(
        "Bridge closes", authors=["Nora Lund", "Jon Ek"], language="en", url="https://courier.example/bridge"
    )
    said = metadata(tree(client, article.get_absolute_url()))
    assert said["dc.type"] == ["newspaperArticle"]
    assert said["dc.title"] == said["og:title"] == ["Bridge closes"]
    assert said["dc.creator"] == ["Nora Lund", "Jon Ek"]
    assert said["dc.source"] == ["The Courier"]
    assert said["dc.date"] == said["article:published_time"] == ["2017-04-18"]
    assert said["dc.language"] == ["en"]
    assert (said["og:type"], said["og:url"]) == (["article"], ["https://courier.example/bridge"])
    # Zotero would take the site's name for the newspaper's where it finds no other.
    assert "og:site_name" not in said


def test_an_article_has_no_coins_for_zotero_would_save_its_neighbours_instead(client):
    articles = [make_article(f"Bridge {number}") for number in range(2)]
    make_event("Bridge", *articles)
    assert "Z3988" not in client.get(articles[0].get_absolute_url()).content.decode()


def test_json_ld_describes_the_article_and_never_holds_its_text(client):
    article = make_article("Bridge closes", "A lead.\n\nA secret.", authors=["Nora Lund"])
    said = linked_data(tree(client, article.get_absolute_url()))
    assert (said["@type"], said["headline"]) == ("NewsArticle", "Bridge closes")
    assert said["publisher"]["name"] == "The Courier"
    assert said["datePublished"] == "2017-04-18T09:49"
    assert "articleBody" not in said
    assert "secret" not in json.dumps(said)


def test_hostile_text_ends_neither_the_script_nor_an_attribute(client):
    article = make_article(f"Bridge {HOSTILE}", HOSTILE, authors=[HOSTILE], outlet=HOSTILE, language="en")
    response = client.get(article.get_absolute_url())
    page = html.fromstring(response.content.decode())
    assert linked_data(page)["headline"] == f"Bridge {HOSTILE}"
    assert metadata(page)["dc.creator"] == [HOSTILE]
    assert "alert(1)</script>" not in response.content.decode()
    assert not page.xpath("//script[not(@src) and not(@type='application/ld+json')]")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "/local"])
def test_what_is_no_address_of_an_original_is_no_canonical_link(client, url):
    article = make_article(url=url)
    page = tree(client, article.get_absolute_url())
    (canonical,) = page.xpath("//link[@rel='canonical']/@href")
    assert canonical == f"http://testserver{article.get_absolute_url()}"
    assert linked_data(page)["url"] == canonical


def test_the_original_is_the_canonical_page(client):
    article = make_article(url="https://courier.example/bridge")
    (canonical,) = tree(client, article.get_absolute_url()).xpath("//link[@rel='canonical']/@href")
    assert canonical == "https://courier.example/bridge"


# --- lists -----------------------------------------------------------------------------------------


def coins(page):
    """Read COinS as Zotero does: split at &, then at =, then decode."""
    found = []
    for title in page.xpath("//span[@class='Z3988']/@title"):
        parts = [part.split("=") for part in title.split("&")]
        assert all(len(part) == 2 for part in parts)
        found.append(parse_qsl(title, strict_parsing=True))
    return found


def test_every_row_of_a_list_has_its_citation(client):
    first = make_article(f"Bridge & = + % {HOSTILE}", people=["Ida"], authors=["Nora Lund", "Jon Ek"])
    second = make_article("Bridge two", url="javascript:x", published=None, outlet=None)
    make_event("Bridges", first, second)
    index()
    event, outlet = Event.objects.get(), Outlet.objects.get()
    for address in ("/search/?q=bridge", event.get_absolute_url()):
        rows = [dict(row) for row in coins(tree(client, address))]
        assert {row["rft.title"] for row in rows} == {first.headline, second.headline}, address
        assert {row["rft.type"] for row in rows} == {"newspaperArticle"}
        assert {row["rft_val_fmt"] for row in rows} == {"info:ofi/fmt:kev:mtx:dc"}
    (row,) = coins(tree(client, outlet.get_absolute_url()))
    assert [value for name, value in row if name == "rft.creator"] == ["Nora Lund", "Jon Ek"]
    assert ("rft.source", "The Courier") in row
    assert ("rft.date", "2017-04-18") in row
    assert not any("javascript" in value for _, value in row)


@pytest.mark.parametrize(
    ("precision", "date"), [("minute", "2017-04-18"), ("month", "2017-04"), ("year", "2017")]
)
def test_a_citation_is_dated_as_exactly_as_is_known(client, precision, date):
    make_article("Bridge", published=datetime(2017, 4, 18, tzinfo=UTC), published_precision=precision)
    index()
    assert ("rft.date", date) in coins(tree(client, "/search/?q=bridge"))[0]


# --- search engines --------------------------------------------------------------------------------


@pytest.fixture
def pages():
    """Hold one page of each kind, and return their addresses."""
    article = make_article("Bridge", "Ida left.", people=["Ida"], organisations=["left"])
    make_event("Bridge", article)
    index()
    rows = [article, *Entity.objects.all(), Outlet.objects.get(), Event.objects.get()]
    return ["/", "/people/", "/search/?q=bridge", *(row.get_absolute_url() for row in rows)]


def test_no_page_may_be_indexed_unless_the_archive_says_so(client, pages, settings):
    for address in pages:
        response = client.get(address)
        assert response["X-Robots-Tag"] == "noindex"
        assert metadata(html.fromstring(response.content.decode()))["robots"] == ["noindex"], address
    settings.INDEXED = True
    for address in pages:
        response = client.get(address)
        assert "X-Robots-Tag" not in response
        assert "robots" not in metadata(html.fromstring(response.content.decode()))


def test_robots_are_kept_from_what_has_no_end(client, settings):
    said = client.get("/robots.txt").content.decode()
    assert "Disallow: /search/" in said
    assert "Disallow: /\n" not in said  # a page that may not be asked for cannot say noindex
    assert "Sitemap:" not in said
    settings.INDEXED = True
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_the_sitemap_lists_every_page_in_files_of_a_bounded_size(client, pages, monkeypatch):
    make_article("Old", newest=False)
    monkeypatch.setattr(sitemap, "A_FILE", 1)
    listed = set()
    index_of_files = etree.fromstring(b"".join(client.get("/sitemap.xml").streaming_content))
    for location in index_of_files.iter("{*}loc"):
        response = client.get(location.text.removeprefix("http://testserver"))
        found = [one.text for one in etree.fromstring(b"".join(response.streaming_content)).iter("{*}loc")]
        assert len(found) == 1
        listed.update(found)
    assert listed == {f"http://testserver{page}" for page in pages if page.count("/") == 4}


@pytest.mark.parametrize("name", ["articles-0", "articles-9", "nothing-1"])
def test_a_file_that_is_not_in_the_sitemap_is_not_found(client, pages, name):
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_a_browser_finds_out_how_to_search(client):
    (href,) = tree(client, "/").xpath("//link[@rel='search']/@href")
    described = etree.fromstring(client.get(href).content)
    templates = {url.get("type"): url.get("template") for url in described.iter("{*}Url")}
    assert templates["text/html"] == "http://testserver/search/?q={searchTerms}"
    assert len(described.find("{*}ShortName").text) <= 16
    page = templates["text/html"].replace("{searchTerms}", "bridge").removeprefix("http://testserver")
    assert client.get(page).status_code == 200


def test_lists_offer_every_way_out(client, pages):
    for address in pages[2:]:
        if "/articles/" in address:
            continue
        page = tree(client, address)
        offered = page.xpath("//p[@class='outs']//a/@href")
        assert len(offered) == 7, address
        for href in offered:
            response = client.get(href)
            assert response.status_code == 200, href
            assert b"".join(response), href


def test_pages_say_where_the_api_is(client):
    assert reverse("api") in client.get("/").content.decode()
    assert not re.search(r"https?://(?!testserver)", client.get(reverse("api")).content.decode())
