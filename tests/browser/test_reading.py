"""From a part of a name to the comparison: by mouse, by keyboard, without script."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from archive.models import Event
from tests.archive_factory import make_article, make_event
from tests.browser.conftest import MIDDLE, NARROW, WIDE, Visitor
from tests.browser.looking import follow, overflow


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_search_for_a_part_of_a_name_read_an_article_its_event_and_the_comparison(visitor: Visitor, script):
    page = visitor.page(script=script)
    page.goto("/")
    page.get_by_label("Search the archive").fill("allaw")
    follow(page.get_by_role("button", name="Search"))
    expect(page).to_have_url(re.compile(r"/search/\?q=allaw"))
    names = page.get_by_role("region", name="Names")
    expect(names.get_by_role("link", name="Ayad Allawi")).to_be_visible()
    follow(names.get_by_role("link", name="3 articles"))
    expect(page.get_by_role("heading", name="3 articles")).to_be_visible()
    follow(page.get_by_role("link", name="ISIS in talks with Al-Qaeda, Iraqi vice president warns"))
    expect(page.locator(".reading .who").first).to_have_text("Ayad Allawi")
    follow(page.get_by_label("Breadcrumb").get_by_role("link").nth(1))
    expect(page.locator(".story")).to_have_count(3)
    follow(page.get_by_role("link", name="Compare the texts"))
    expect(page).to_have_url(re.compile(r"/compare/\d+/"))
    expect(page.get_by_text("no counterpart found").first).to_be_visible()


def test_suggestions_are_taken_by_keyboard(visitor: Visitor):
    page = visitor.page()
    page.goto("/search/")
    box = page.get_by_role("combobox", name="Search the archive")
    box.press_sequentially("bagdadi")
    option = page.get_by_role("option", name=re.compile("al-Baghdadi"))
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Abu Bakr al-Baghdadi")


def test_escape_closes_the_suggestions_and_enter_searches(visitor: Visitor):
    page = visitor.page()
    page.goto("/")
    box = page.get_by_role("combobox", name="Search the archive")
    box.press_sequentially("allawi")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("allawi")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=allawi"))


def test_facets_narrow_exclude_and_undo_without_script(visitor: Visitor):
    page = visitor.page(script=False)
    page.goto("/search/?q=alliance")
    facet = page.get_by_role("region", name="Outlet")
    expect(facet.get_by_role("listitem")).to_have_count(3)
    facet.get_by_role("link", name="Exclude RT").click()
    expect(page.get_by_role("heading", name="2 articles")).to_be_visible()
    page.get_by_role("link", name="Undo the exclusion of RT").click()
    expect(page.get_by_role("heading", name="3 articles")).to_be_visible()
    page.get_by_role("region", name="Outlet").get_by_role("link", name="RT", exact=True).click()
    expect(page.get_by_role("heading", name="1 article")).to_be_visible()
    page.get_by_role("link", name="Lift outlet: RT").click()
    expect(page.get_by_role("heading", name="3 articles")).to_be_visible()


def test_dates_narrow_and_keep_the_words(visitor: Visitor):
    page = visitor.page(script=False)
    page.goto("/search/?q=alliance&sort=oldest")
    page.get_by_label("From", exact=True).fill("2017-04-19")
    page.get_by_role("button", name="Set dates").click()
    expect(page.get_by_role("heading", name="1 article")).to_be_visible()
    expect(page).to_have_url(re.compile(r"q=alliance.*from=2017-04-19|from=2017-04-19.*q=alliance"))


def test_every_number_in_the_table_of_names_opens_its_places(visitor: Visitor):
    page = visitor.page()
    page.goto("/search/?q=allawi")
    follow(page.get_by_role("region", name="Names").get_by_role("link", name="Ayad Allawi"))
    number = page.locator("table .num a").first
    size = int(number.inner_text())
    follow(number)
    expect(page.locator(".hit")).to_have_count(size)
    expect(page.locator(".hit mark").first).to_be_visible()


def test_the_raw_text_marks_what_cleaning_took_out(visitor: Visitor):
    page = visitor.page()
    page.goto("/search/?q=%22al+Qaeda+alliance%22")
    follow(page.locator(".hit h3 a").first)
    follow(page.get_by_role("link", name="See the raw text with these marked"))
    expect(page.locator("del", has_text="Skip to content")).to_be_visible()
    page.locator(".whys a").first.click()
    expect(page.locator("del:target")).to_be_visible()


def test_the_theme_stays_and_is_there_before_the_script(visitor: Visitor):
    page = visitor.page()
    page.goto("/")
    page.get_by_role("button", name="Dark theme").click()
    page.goto("/events/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert 'data-theme="dark"' in page.request.get("/events/").text()
    expect(page.get_by_role("button", name="Light theme")).to_be_visible()


def test_the_first_tab_leads_past_the_navigation(visitor: Visitor):
    page = visitor.page()
    page.goto("/people/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW], ids=str)
def test_no_page_scrolls_sideways(visitor: Visitor, size):
    page = visitor.page(size)
    for address in addresses(page):
        page.goto(address)
        assert overflow(page) <= 0, address


@pytest.fixture
def five_reports(site) -> Iterator[Event]:
    """An event with more texts than fit beside each other."""
    words = "The old ferry to Varnholm stopped at noon. All of the crew were taken off before the evening."
    articles = [
        make_article(
            f"Ferry stops, {number}", f"{words} So {place} reported.", outlet=f"The {place} Messenger"
        )
        for number, place in enumerate(("Varnholm", "Quillport", "Orrenby", "Tarsova", "Sant Ilva"))
    ]
    event = make_event("Ferry stops", *articles)
    yield event
    event.delete()
    for article in articles:
        article.delete()
        article.outlet.delete()


def test_a_table_of_many_texts_scrolls_within_itself(visitor: Visitor, five_reports):
    page = visitor.page(NARROW)
    page.goto(five_reports.get_absolute_url())
    tables = page.locator(".scrolls")
    expect(tables).to_have_count(2)
    assert all(one.evaluate("node => node.scrollWidth > node.clientWidth") for one in tables.all())
    assert overflow(page) <= 0


def test_print_leaves_out_what_paper_cannot_use(visitor: Visitor):
    page = visitor.page()
    page.goto("/search/?q=alliance")
    page.emulate_media(media="print")
    expect(page.locator(".masthead nav")).to_be_hidden()
    expect(page.locator(".facet-column")).to_be_hidden()
    expect(page.locator(".hit").first).to_be_visible()


def addresses(page: Page) -> list[str]:
    """One address of every kind of public page."""
    found = ["/", "/search/", "/search/?q=isis+OR+%22thin+air%22", "/search/?q=zebra"]
    found += ["/people/", "/people/?q=zebra", "/organisations/", "/outlets/", "/events/"]
    page.goto("/search/?q=isis")
    article = page.locator(".hit h3 a").first.get_attribute("href")
    page.goto(article)
    links = [article, page.locator(".rail-link a").get_attribute("href")]
    for css in (".reading .who", ".reading .org", ".dateline a", ".crumbs a >> nth=1"):
        links.append(page.locator(css).first.get_attribute("href"))
    page.goto(links[2])
    links.append(page.locator("table .num a").first.get_attribute("href"))
    assert all(links)
    return found + links
