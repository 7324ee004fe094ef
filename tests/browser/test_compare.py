"""The comparison in a browser: swap, switch, jump, light; with and without script; on every width."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import MIDDLE, NARROW, WIDE, Visitor


@pytest.fixture
def address(visitor: Visitor) -> str:
    """The address of the comparison of the three seeds."""
    page = visitor.page(script=False)
    page.goto("/")
    return page.get_by_role("link", name=re.compile("^Compare")).first.get_attribute("href")


def heads(page: Page) -> list[str]:
    return page.locator(".stick b").all_inner_texts()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_two_columns_swap_and_the_passages_go_along(visitor: Visitor, address, script):
    page = visitor.page(script=script)
    page.goto(address)
    before, shared = heads(page), page.locator(".row:not(.only)").count()
    page.get_by_role("link", name=f"swap with {before[1]}").click()
    expect(page.locator(".stick b").first).to_have_text(before[1])
    assert heads(page) == [before[1], before[0], before[2]]
    assert page.locator(".row:not(.only)").count() == shared


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_switch_shows_as_many_passages_as_it_says(visitor: Visitor, address, script):
    page = visitor.page(script=script)
    page.goto(address)
    shared = int(page.get_by_role("link", name=re.compile("^Shared")).locator(".n").inner_text())
    page.get_by_role("link", name=re.compile("^Shared")).click()
    expect(page).to_have_url(re.compile("show=shared"))
    expect(page.locator(".row:visible")).to_have_count(shared)
    page.go_back()
    expect(page.locator(".row.only:visible").first).to_be_visible()


def test_j_and_k_go_from_row_to_row(visitor: Visitor, address):
    page = visitor.page()
    page.goto(address)
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator(".row:focus").get_attribute("id")
    page.keyboard.press("k")
    assert page.locator(".row:focus").get_attribute("id") != second


def test_a_passage_lights_its_counterparts(visitor: Visitor, address):
    page = visitor.page()
    page.goto(address)
    row = page.locator(".row:not(.only)").first
    row.locator(".cell .pil").first.focus()
    lit = page.locator(".cell .s.lit")
    expect(lit.first).to_be_visible()
    assert lit.count() == row.locator(".cell .s").count()


def test_a_tie_of_the_map_leads_to_its_row(visitor: Visitor, address):
    page = visitor.page()
    page.goto(address)
    page.get_by_role("link", name="Passage 2", exact=True).first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#r2$"))


def test_flowing_text_keeps_the_columns(visitor: Visitor, address):
    page = visitor.page(script=False)
    page.goto(address)
    page.get_by_role("link", name="flowing text").click()
    expect(page.locator(".flow .cell")).to_have_count(3)


@pytest.mark.parametrize(("size", "columns"), [(WIDE, 3), (MIDDLE, 2), (NARROW, 1)], ids=str)
def test_as_many_columns_as_there_is_room_for(visitor: Visitor, address, size, columns):
    page = visitor.page(size)
    page.goto(address)
    expect(page.locator(".heads > [class^=c-]:visible")).to_have_count(columns)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_phone_chooses_the_text_it_reads(visitor: Visitor, address):
    page = visitor.page(NARROW, script=False)
    page.goto(address)
    page.locator(".chooser.one").get_by_role("link", name="RT", exact=True).click()
    expect(page.locator(".heads .c-2")).to_be_visible()
    expect(page.locator(".heads .c-1")).to_be_hidden()
