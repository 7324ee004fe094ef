"""Saved searches, signing in and the page of the API in a real browser."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from archive.models import SavedSearch
from tests.browser.conftest import MIDDLE, NARROW, WIDE, Visitor
from tests.browser.looking import faults, follow, overflow

PASSWORD = "the password of reader"


@pytest.fixture
def reader(site) -> Iterator[User]:
    """An account that may not curate."""
    user = User.objects.create_user("reader", password=PASSWORD)
    yield user
    user.delete()


def sign_in(page: Page) -> None:
    page.get_by_label("Name").fill("reader")
    page.get_by_label("Password").fill(PASSWORD)
    follow(page.get_by_role("button", name="Sign in"))


def accessible(page: Page) -> None:
    assert faults(page) == []
    assert overflow(page) <= 0


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_reader_keeps_a_search_with_its_filters_and_finds_it_again(visitor: Visitor, reader, script):
    page = visitor.page(script=script)
    page.goto("/search/?q=iraq&from=2017-04")
    follow(page.get_by_role("link", name="Save this search"))
    expect(page.get_by_text("ask them for one")).to_be_visible()
    follow(page.get_by_role("main").get_by_role("link", name="Sign in"))
    sign_in(page)
    expect(page.get_by_text("from: 2017-04")).to_be_visible()
    page.get_by_label("Name").fill("Iraq since April")
    follow(page.get_by_role("button", name="Save"))
    row = page.get_by_role("row").filter(has_text="Iraq since April")
    expect(row).to_contain_text("“iraq” · from: 2017-04")
    row.get_by_role("link").last.click()
    expect(page).to_have_url(f"{visitor.site}/search/?q=iraq&from=2017-04")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Saved").click()
    follow(page.get_by_role("link", name="Iraq since April"))
    follow(page.get_by_role("button", name="Remove"))
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("is removed")
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    ("size", "theme"), [(WIDE, "light"), (MIDDLE, "dark"), (NARROW, "dark"), (NARROW, "light")], ids=str
)
def test_every_page_of_it_is_accessible(visitor: Visitor, reader, size, theme):
    page = visitor.page(size, theme)
    page.goto("/saved/new/?q=iraq")
    accessible(page)
    follow(page.get_by_role("main").get_by_role("link", name="Sign in"))
    accessible(page)
    sign_in(page)
    accessible(page)
    page.get_by_label("Name").fill("Iraq")
    follow(page.get_by_role("button", name="Save"))
    accessible(page)
    follow(page.get_by_role("row").get_by_role("link", name="Iraq"))
    accessible(page)
    page.goto("/api/")
    accessible(page)
    expect(page.get_by_role("heading", name="API", level=1)).to_be_visible()


def test_what_the_api_page_links_is_there(visitor: Visitor):
    page = visitor.page(script=False)
    page.goto("/api/")
    page.get_by_role("link", name="One comparison").click()
    expect(page.get_by_role("heading", name="One comparison")).to_be_in_viewport()
    document = page.get_by_role("link", name="OpenAPI document").get_attribute("href")
    assert page.request.get(document).json()["openapi"]
