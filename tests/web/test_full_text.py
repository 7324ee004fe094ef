"""Where whole texts are for people with an account, no address gives one away."""

import io
import zipfile

import pytest
from django.urls import reverse

from archive.models import Article, Entity, Event, Outlet
from tests.archive_factory import make_article, make_event, quote
from tests.search.search_archive import index

pytestmark = pytest.mark.django_db

SECRET = "seventeen cormorants"
LEAD = "Ida Brand closed the harbour bridge."
BODY = f"{LEAD}\n\nNobody counted the {SECRET} that sat upon it until the evening came."


@pytest.fixture
def archive(settings):
    """Hold an event of two texts whose second paragraph is not public."""
    settings.FULL_TEXT_PUBLIC = False
    articles = [
        make_article(
            f"Bridge {number}",
            BODY,
            outlet=f"Courier {number}",
            people=["Ida Brand"],
            captions=[SECRET],
            raw=f"{BODY} {number}",
            blocks=[[0, len(LEAD), "paragraph"], [len(LEAD) + 2, len(BODY), "paragraph"]],
        )
        for number in range(2)
    ]
    make_event("Bridge", *articles)
    index()


def addresses():
    """Every address that shows something of an article."""
    article, event = Article.objects.first(), Event.objects.get()
    ida, outlet = Entity.objects.get(name="Ida Brand"), Outlet.objects.first()
    files = [f"/search/articles.{format}?q=bridge" for format in ("csv", "jsonl", "ris", "bib", "csl.json")]
    feeds = [
        reverse("search-feed") + "?q=bridge",
        reverse("person-feed", args=[ida.pk]),
        reverse("outlet-feed", args=[outlet.pk]),
        reverse("event-feed", args=[event.pk]),
    ]
    api = [
        *("/api/search?q=bridge", "/api/articles", f"/api/articles/{article.pk}", f"/api/people/{ida.pk}"),
        *(f"/api/events/{event.pk}", f"/api/comparisons/{event.pk}", f"/api/outlets/{outlet.pk}"),
    ]
    pages = [row.get_absolute_url() for row in (article, event, ida, outlet)]
    whole = [
        reverse("article-raw", args=[article.pk]),
        reverse("compare", args=[event.pk]),
        reverse("evidence-pack", args=[event.pk]),
    ]
    others = ["/", "/search/?q=bridge", "/events/", reverse("person-places", args=[ida.pk])]
    return [*files, *feeds, *api, *pages, *whole, *others, "/sitemap.xml", "/suggest/?q=ida"]


def content(response):
    """Return the bytes of an answer; those of a ZIP opened."""
    whole = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers.get("Content-Type") == "application/zip":
        pack = zipfile.ZipFile(io.BytesIO(whole))
        return b"".join(pack.read(name) for name in pack.namelist())
    return whole


def test_no_address_gives_a_visitor_more_than_an_excerpt(client, archive):
    for address in addresses():
        response = client.get(address)
        assert response.status_code in (200, 403), address
        assert SECRET.encode() not in content(response), address


def test_the_check_would_see_it(client, archive, settings):
    settings.FULL_TEXT_PUBLIC = True
    shown = [address for address in addresses() if SECRET.encode() in content(client.get(address))]
    assert len(shown) >= 8


def test_people_with_an_account_read_everything(client, archive, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader"))
    article, event = Article.objects.first(), Event.objects.get()
    for address in (
        article.get_absolute_url(),
        reverse("article-raw", args=[article.pk]),
        reverse("compare", args=[event.pk]),
        "/search/articles.jsonl?q=bridge",
        f"/api/articles/{article.pk}",
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert SECRET.encode() in content(response), address
        assert "Cookie" in response["Vary"]


def test_a_visitor_is_told_how_to_read_the_rest(client, archive):
    article, event = Article.objects.first(), Event.objects.get()
    page = client.get(article.get_absolute_url()).content.decode()
    assert LEAD in page
    assert "This is an excerpt" in page
    assert reverse("sign-in") in page
    refused = client.get(reverse("compare", args=[event.pk]))
    assert refused.status_code == 403
    assert "ask them for one" in refused.content.decode()


def test_a_long_quotation_is_an_excerpt_too(client, archive):
    words = "we will count every bird " * 30
    article = make_article("Birds", f"Ida Brand said “{words}{SECRET}”.", people=["Ida Brand"])
    quote(article, words + SECRET, article.mentions.get())
    ida = Entity.objects.get(name="Ida Brand")
    assert SECRET not in client.get(ida.get_absolute_url()).content.decode()
