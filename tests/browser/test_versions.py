"""Printings and versions in a browser: readable on every width, in both themes, on paper, without script.

Last of its folder by its name: the articles that it imports stay.
"""

import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from archive.models import Article, Entity
from tests.browser.conftest import MIDDLE, NARROW, WIDE, Visitor
from tests.browser.looking import faults, follow, overflow
from tests.wire_stories import page as dump
from tests.wire_stories import put_pages


@pytest.fixture(scope="module")
def addresses(site: str, django_db_blocker, tmp_path_factory) -> Iterator[dict[str, str]]:
    """The addresses of an article that others print, two versions of another, their event and a name."""
    folder = tmp_path_factory.mktemp("printings")
    with django_db_blocker.unblock():
        put_pages(folder, "wire", "post", "strait", "market")
        call_command("import_articles", str(folder), verbosity=0)
        changed = (
            dump("post").replace("62 million", "68 million").replace("fares for lorries will be", "fares are")
        )
        (folder / "post.txt").write_text(changed.replace("eleven weeks\n", "three months\n", 1))
        call_command("import_articles", str(folder), verbosity=0)
        posts = Article.objects.filter(path="post.txt").order_by("pk")
        found = {"old": posts[0], "new": posts[1], "wire": Article.objects.get(path="wire.txt")}
        found["event"] = found["wire"].event
        found["name"] = Entity.objects.get(name="Ilse Vandermark")
        yield {name: one.get_absolute_url() for name, one in found.items()}


@pytest.mark.parametrize(
    ("size", "theme"), [(WIDE, "light"), (MIDDLE, "dark"), (NARROW, "dark"), (NARROW, "light")], ids=str
)
def test_nothing_is_cut_off_and_axe_finds_nothing_serious(visitor: Visitor, addresses, size, theme):
    page = visitor.page(size, theme)
    found = []
    for address in addresses.values():
        page.goto(address)
        assert overflow(page) <= 0
        found += [(address, *fault) for fault in faults(page)]
    assert found == []


def test_copies_are_folded_and_opened_by_keyboard(visitor: Visitor, addresses):
    page = visitor.page()
    page.goto(addresses["name"])
    copies = page.locator("#articles details.copies")
    expect(copies.get_by_role("link").first).to_be_hidden()
    copies.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(copies.get_by_role("link")).to_have_count(2)
    follow(page.locator("#articles").get_by_role("link", name="each"))
    expect(page).to_have_url(re.compile("copies=all"))
    expect(page.locator("#articles .story")).to_have_count(3)


def marks(page: Page) -> dict[str, str]:
    """How the words that are new and gone are drawn, colour aside."""
    drawn = "node => getComputedStyle(node).textDecorationLine"
    return {name: page.locator(f".changes {name}").first.evaluate(drawn) for name in ("ins", "del")}


@pytest.mark.parametrize("media", ["screen", "print"])
def test_what_changed_is_told_without_colour_on_screen_and_paper(visitor: Visitor, addresses, media):
    page = visitor.page(script=False)
    page.goto(addresses["new"])
    page.emulate_media(media=media)
    assert marks(page) == {"ins": "underline", "del": "line-through"}
    expect(page.locator(".changes")).to_contain_text("68")
    expect(page.locator(".changes del", has_text="62")).to_be_visible()


def test_versions_lead_to_each_other_by_keyboard(visitor: Visitor, addresses):
    page = visitor.page()
    page.goto(addresses["new"])
    link = page.locator("#versions table").get_by_role("link", name="1", exact=True)
    follow(link, "Enter")
    expect(page).to_have_url(re.compile(re.escape(addresses["old"])))
    expect(page.locator("#versions")).to_contain_text("A search finds the newest")


def test_the_first_line_says_who_prints_it_and_opens_the_list(visitor: Visitor, addresses):
    page = visitor.page()
    page.goto(addresses["wire"])
    page.get_by_role("link", name="3 articles of 3 outlets").click()
    expect(page.locator("#printings")).to_be_in_viewport()
