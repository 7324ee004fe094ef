"""Every public page, asked for as a visitor does."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from archive.models import Article, Entity, Event, Outlet
from tests.archive_factory import count, make_article, make_entity, make_event, make_outlet, quote
from tests.search.search_archive import add_alias, index

pytestmark = pytest.mark.django_db

BODY = "Police Director Ida Brand said “ships will wait” for 400 tonnes of coal.\n\nThe Harbour Board agreed."


@pytest.fixture
def archive():
    """Two articles of one event, one of them with everything that a page can show."""
    first = make_article(
        "Harbour bridge closes",
        BODY,
        people=["Ida Brand"],
        organisations=["Harbour Board"],
        authors=["Nora Lund"],
        agencies=["Reuters"],
        url="https://www.courier.example/bridge",
        raw=f"MENU\n{BODY}",
        blocks=[[0, 73, "paragraph"], [75, len(BODY), "paragraph"]],
        segments=[[0, 5, len(BODY)]],
        removed=[[0, 4, "menu", "The line is an entry of a menu."]],
    )
    quote(first, "ships will wait", first.mentions.get(surface="Ida Brand"))
    count(first, "400 tonnes", 400)
    second = make_article(
        "Bridge closed",
        "Ida Brand spoke.",
        outlet="Northport Times",
        people=["Ida Brand"],
        published=datetime(2017, 4, 20, tzinfo=UTC),
        published_precision="day",
    )
    make_event("The bridge closes", first, second, reasons=["both name Ida Brand"])
    index()
    add_alias(Entity.objects.get(name="Ida Brand"), "Captain Brand")


def page(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def every_address() -> list[str]:
    rows = [*Article.objects.all(), *Entity.objects.all(), *Outlet.objects.all(), *Event.objects.all()]
    lists = [reverse(name) for name in ("home", "search", "people", "organisations", "outlets", "events")]
    raws = [reverse("article-raw", args=[article.pk]) for article in Article.objects.all()]
    places = [reverse(f"{entity.kind}-places", args=[entity.pk]) for entity in Entity.objects.all()]
    return [*lists, *(row.get_absolute_url() for row in rows), *raws, *places, "/search/?q=bridge"]


def test_every_page_opens_and_says_so_in_its_title(client, archive):
    for address in every_address():
        html = page(client, address)
        assert "Parallax</title>" in html
        assert html.count("<h1") == 1, address


def test_no_page_of_an_empty_archive_is_an_error(client):
    assert "import some with" in page(client, "/")
    for name in ("search", "people", "organisations", "outlets", "events"):
        assert 'class="empty"' in page(client, reverse(name))


def test_nothing_on_a_page_is_inline_or_from_elsewhere(client, archive):
    for address in every_address():
        response = client.get(address)
        html = response.content.decode()
        assert "<style" not in html
        assert " style=" not in html
        assert " onclick" not in html
        assert "<script>" not in html
        assert "script-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("section", ["articles", "people", "organisations", "outlets", "events", "compare"])
@pytest.mark.parametrize("number", ["0", "999999", "9" * 30])
def test_what_never_was_is_not_found(client, archive, section, number):
    assert "no page at this address" in page(client, f"/{section}/{number}/", 404)


def test_a_wrong_or_missing_slug_leads_to_the_right_address(client, archive):
    article = Article.objects.get(headline="Harbour bridge closes")
    for address in (f"/articles/{article.pk}/", f"/articles/{article.pk}/old-name/?q=1"):
        response = client.get(address)
        assert response.status_code == 301
        assert response["Location"].startswith(article.get_absolute_url())
    assert response["Location"].endswith("?q=1")


def test_a_person_that_became_an_organisation_keeps_its_old_address(client, archive):
    board = Entity.objects.get(name="Harbour Board")
    response = client.get(f"/people/{board.pk}/harbour-board/")
    assert (response.status_code, response["Location"]) == (301, board.get_absolute_url())


def test_merged_names_redirect_for_good_and_withdrawn_ones_are_gone(client, archive):
    ida = Entity.objects.get(name="Ida Brand")
    old = make_entity("I. Brand", merged_into=ida)
    for address in (old.get_absolute_url(), f"/people/{old.pk}/"):
        assert client.get(address)["Location"] == ida.get_absolute_url()
    ida.withdrawn = True
    ida.save()
    assert "is no person any more" in page(client, ida.get_absolute_url(), 410)
    assert "is no person any more" in page(client, reverse("person-places", args=[ida.pk]), 410)


def test_merged_events_redirect_for_good_and_empty_ones_are_gone(client, archive):
    event = Event.objects.get()
    old = make_event("Old", merged_into=event)
    assert client.get(old.get_absolute_url())["Location"] == event.get_absolute_url()
    assert "has no article any more" in page(client, make_event("Empty").get_absolute_url(), 410)


def test_a_headline_that_looks_like_an_address_does_not_hide_the_article(client):
    article = make_article("Raw")
    assert client.get(article.get_absolute_url()).templates[0].name == "article.html"


def test_names_quotations_figures_and_paragraphs_are_marked_in_the_text(client, archive):
    html = page(client, Article.objects.get(headline="Harbour bridge closes").get_absolute_url())
    ida, board = Entity.objects.get(name="Ida Brand"), Entity.objects.get(name="Harbour Board")
    assert f'<a class="who" href="{ida.get_absolute_url()}">Ida Brand</a>' in html
    assert f'<a class="org" href="{board.get_absolute_url()}">Harbour Board</a>' in html
    assert '<q class="said">“ships will wait”</q>' in html
    assert '<span class="fig">400 tonnes</span>' in html
    assert '<p id="p2"' in html
    assert "Nora Lund" in html


def test_the_original_is_linked_without_telling_it_who_sent_the_reader(client, archive):
    html = page(client, Article.objects.get(headline="Harbour bridge closes").get_absolute_url())
    assert 'href="https://www.courier.example/bridge" rel="external noreferrer nofollow"' in html
    assert "Original at courier.example" in html


def test_the_raw_text_shows_what_was_taken_out_and_why(client, archive):
    article = Article.objects.get(headline="Harbour bridge closes")
    html = page(client, reverse("article-raw", args=[article.pk]))
    assert '<del id="cut' in html
    assert "MENU</del>" in html
    assert "The line is an entry of a menu." in html


def test_the_page_of_a_name_shows_forms_descriptions_quotations_and_company(client, archive):
    html = page(client, Entity.objects.get(name="Ida Brand").get_absolute_url())
    for words in ("Police Director", "ships will wait", "Harbour Board", "Captain Brand", "form=Ida+Brand"):
        assert words in html


def test_the_page_of_an_event_shows_its_reasons_and_the_way_to_compare(client, archive):
    event = Event.objects.get()
    html = page(client, event.get_absolute_url())
    assert "both name Ida Brand" in html
    assert reverse("compare", args=[event.pk]) in html
    assert html.index("Harbour bridge closes") < html.index("Bridge closed")
    assert "+1 day" in html or "+2 days" in html


def test_an_event_shows_what_all_its_texts_have(client):
    words = "The harbour bridge closes on Monday after ten years of repairs"
    texts = [
        make_article(f"Bridge {n}", f"{words}.\n\n{rest}.")
        for n, rest in enumerate(["It rained", "Ships wait"])
    ]
    event = make_event("The bridge", *texts)
    html = page(client, event.get_absolute_url())
    assert "In all 2 texts" in html
    assert words in html[html.index("In all 2 texts") :]
    assert f"{reverse('compare', args=[event.pk])}#" in html


def test_notes_beside_a_paragraph_say_where_else_it_stands(client):
    words = "The harbour bridge closes on Monday after ten years of repairs."
    bodies = [
        f"{words}\n\nRain fell on the old town all day.",
        f"Ships wait for the tide in vain.\n\n{words}",
    ]
    texts = [
        make_article(
            f"Bridge {number}",
            body,
            outlet=f"Outlet {number}",
            blocks=[[0, body.index("\n"), "paragraph"], [body.index("\n") + 2, len(body), "paragraph"]],
        )
        for number, body in enumerate(bodies)
    ]
    event = make_event("The bridge", *texts)
    html = page(client, texts[0].get_absolute_url())
    first, second = html.split('aria-label="Notes to paragraph 1"')[1].split(
        'aria-label="Notes to paragraph 2"'
    )
    assert f"{reverse('compare', args=[event.pk])}?articles={texts[0].pk},{texts[1].pk}#r1" in first
    assert f"{texts[1].get_absolute_url()}#p2" in first
    assert "no counterpart found" in second
    assert 'class="note"' not in page(client, make_article("Alone").get_absolute_url())


def test_an_event_of_one_article_has_nothing_to_compare(client):
    event = make_event("Alone", make_article())
    html = page(client, event.get_absolute_url())
    assert reverse("compare", args=[event.pk]) not in html
    assert "only article of its event" in html


def test_search_marks_what_matched_and_offers_names_and_the_comparison(client, archive):
    html = page(client, "/search/?q=captain+OR+%22ships+will%22")
    assert "<mark" in html
    assert ">ships will</mark>" in html
    html = page(client, "/search/?q=brand")
    assert 'id="names"' in html
    assert f"?person={Entity.objects.get(name='Ida Brand').pk}" in html
    assert reverse("compare", args=[Event.objects.get().pk]) in html


def test_an_empty_result_says_what_to_do(client, archive):
    html = page(client, "/search/?q=zebra&outlet=1")
    assert "No article holds all of this." in html
    assert "Try fewer words" in html


def test_every_choice_stands_in_the_form_again(client, archive):
    outlet = Outlet.objects.get(name="The Courier")
    html = page(client, f"/search/?q=bridge&outlet={outlet.pk}&from=2017&sort=newest")
    for name, value in (("outlet", outlet.pk), ("from", "2017"), ("sort", "newest")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in html


def test_suggestions_are_json_for_the_script(client, archive):
    (group,) = client.get("/suggest/?q=capt").json()["groups"]
    (item,) = group["items"]
    assert (group["kind"], item["name"]) == ("person", "Ida Brand")
    assert item["url"] == Entity.objects.get(name="Ida Brand").get_absolute_url()
    assert "".join(text for text, _ in item["parts"]) == "Ida Brand"
    assert client.get("/suggest/").json() == {"groups": []}


def test_the_letters_typed_are_marked_in_a_suggestion(client, archive):
    ((group),) = client.get("/suggest/?q=bra").json()["groups"]
    assert group["items"][0]["parts"] == [["Ida ", False], ["Bra", True], ["nd", False]]


@pytest.mark.parametrize(
    ("cookie", "attribute"), [("dark", 'data-theme="dark"'), ("light", 'data-theme="light"')]
)
def test_the_theme_is_in_the_page_before_any_script(client, cookie, attribute):
    client.cookies["theme"] = cookie
    assert f'<html lang="en" {attribute}>' in page(client, "/")


def test_a_strange_theme_is_no_theme(client):
    client.cookies["theme"] = '"><script>alert(1)</script>'
    assert '<html lang="en">' in page(client, "/")


def test_only_curators_are_shown_the_way_to_curate(client, admin_client, django_user_model):
    assert "Curate" not in page(client, "/")
    client.force_login(django_user_model.objects.create_user("reader"))
    assert "Curate" not in page(client, "/")
    assert "Curate" in page(admin_client, "/")


def test_public_pages_only_read(client, archive):
    before = {model: model.objects.count() for model in (Article, Entity, Event, Outlet)}
    for address in every_address():
        assert client.post(address, {"q": "x"}).status_code == 405
        assert client.head(address).status_code == 200
    assert {model: model.objects.count() for model in before} == before


def test_an_outlet_without_articles_has_a_page(client):
    assert "No article of this outlet" in page(client, make_outlet("Silent Post").get_absolute_url())
