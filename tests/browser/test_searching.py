"""A search in the browser: what was read, facets, dates, pages, marks; by keyboard and without script."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from archive.models import Article
from archive.pipeline import searching
from archive.search import keyset
from tests.archive_factory import make_article
from tests.browser.conftest import Visitor
from tests.browser.looking import follow


def test_what_was_read_is_said_and_undone_with_one_click(visitor: Visitor):
    page = visitor.page(script=False)
    page.goto("/search/?q=alliance+or+isis")
    said = page.get_by_role("list", name="How the query was read")
    expect(said).to_contain_text("“or” was read as a word")
    follow(said.get_by_role("link", name="Use OR"))
    expect(page.get_by_label("Search the archive")).to_have_value("alliance OR isis")
    expect(page.get_by_role("list", name="How the query was read")).to_contain_text(
        "Read as alliance OR isis"
    )


def test_other_names_are_added_and_taken_out_with_one_click(visitor: Visitor):
    page = visitor.page(script=False)
    page.goto("/search/?q=ISIL")
    before = page.locator(".hit").count()
    said = page.get_by_role("list", name="How the query was read")
    expect(said).to_contain_text("ISIL is a name of Islamic State")
    follow(said.get_by_role("link", name="Add them"))
    assert page.locator(".hit").count() > before
    follow(page.get_by_role("link", name="Take them out"))
    expect(page.locator(".hit")).to_have_count(before)


def test_another_spelling_is_one_click_away(visitor: Visitor):
    page = visitor.page(script=False)
    page.goto("/search/?q=aliance")
    page.get_by_role("link", name="alliance", exact=True).click()
    expect(page.locator(".hit").first).to_be_visible()


def test_the_cheat_sheet_opens_by_keyboard(visitor: Visitor):
    page = visitor.page()
    page.goto("/search/")
    sheet = page.get_by_text("What can be typed")
    sheet.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text('"harbour bridge"~5')).to_be_visible()


@pytest.fixture
def two_years(site, django_db_blocker):
    """Three more articles of other months, taken away again."""
    with django_db_blocker.unblock():
        made = [
            make_article("A quay", "Cranes on the quay.", published=datetime(2016, month, 3, tzinfo=UTC)).pk
            for month in (1, 3, 6)
        ]
        searching.run(made)
        yield
        Article.objects.filter(pk__in=made).delete()


def test_a_bar_of_the_chart_narrows_without_script_and_all_dates_come_back(visitor: Visitor, two_years):
    page = visitor.page(script=False)
    page.goto("/search/?q=quay")
    chart = page.get_by_role("group", name="Articles by month")
    expect(chart.get_by_role("link")).to_have_count(6)
    chart.get_by_role("link", name="March 2016: 1 article").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 article")).to_be_visible()
    page.get_by_role("link", name="All dates").click()
    expect(page.get_by_role("heading", name="3 articles")).to_be_visible()


def test_dragging_across_the_chart_sets_both_dates(visitor: Visitor, two_years):
    page = visitor.page()
    page.goto("/search/?q=quay")
    first = page.get_by_role("link", name="February 2016: 0 articles").bounding_box()
    last = page.get_by_role("link", name="June 2016: 1 article").bounding_box()
    page.mouse.move(first["x"] + first["width"] / 2, first["y"] + first["height"] - 8)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] / 2, last["y"] + last["height"] - 8, steps=5)
    expect(page.get_by_text("2016-02-01 to 2016-06-30")).to_be_visible()
    page.mouse.up()
    expect(page).to_have_url(re.compile("from=2016-02-01.*to=2016-06-30"))
    expect(page.get_by_role("heading", name="2 articles")).to_be_visible()


def test_facets_are_reached_and_chosen_by_keyboard(visitor: Visitor):
    page = visitor.page()
    page.goto("/search/?q=alliance")
    link = page.get_by_role("region", name="Outlet").get_by_role("link", name="RT", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 article")).to_be_visible()
    page.get_by_role("link", name="Lift outlet: RT").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="3 articles")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_pages_go_on_and_back_to_the_same_articles(visitor: Visitor, monkeypatch, script):
    monkeypatch.setattr(keyset, "PAGE", 2)
    page = visitor.page(script=script)
    page.goto("/search/?q=alliance&sort=newest")
    first = page.locator(".hit h3").all_inner_texts()
    follow(page.get_by_role("navigation", name="Pages").get_by_role("link", name="Next"), "Enter")
    expect(page).to_have_url(re.compile("after="))
    assert not set(page.locator(".hit h3").all_inner_texts()) & set(first)
    follow(page.get_by_role("navigation", name="Pages").get_by_role("link", name="Previous"))
    expect(page).to_have_url(re.compile("before="))
    assert page.locator(".hit h3").all_inner_texts() == first


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_words_searched_are_marked_in_the_article_and_reached_one_by_one(visitor: Visitor, script):
    page = visitor.page(script=script)
    page.goto("/search/?q=isis+OR+iraqi")
    follow(page.locator(".hit h3 a").first)  # keys are heard once the scripts have run
    steps = page.get_by_role("navigation", name="Words searched")
    size = page.locator(".reading mark").count()
    assert size > 1
    expect(steps).to_contain_text(f"{size} places for isis OR iraqi")
    if script:
        page.keyboard.press("n")
        expect(page).to_have_url(re.compile("#hit-1$"))
        page.keyboard.press("n")
        expect(page).to_have_url(re.compile("#hit-2$"))
        page.keyboard.press("p")
        expect(page.locator("#hit-1")).to_be_focused()
        steps.get_by_role("link", name="Previous").click()
        expect(page.locator(f"#hit-{size}")).to_be_focused()
    else:
        expect(steps.get_by_role("link", name="Next")).to_be_hidden()
        steps.get_by_role("link", name="2", exact=True).click()
        expect(page.locator("#hit-2:target")).to_be_visible()


def test_typing_n_into_a_box_is_typing(visitor: Visitor):
    page = visitor.page()
    page.goto("/search/?q=alliance")
    follow(page.locator(".hit h3 a").first)
    box = page.get_by_label("Search the archive")
    box.press_sequentially("nn")
    expect(box).to_have_value("nn")
    assert "#hit" not in page.url
