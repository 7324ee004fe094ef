"""A curator in the browser: signs in, adds an alias, merges and undoes; the console stays silent."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from archive.curation import acts
from archive.curation.judging import judge, withdraw
from archive.models import Article, Entity, Event, Judgement, Mention
from tests.browser.conftest import NARROW, WIDE, Visitor
from tests.browser.looking import faults, follow

NAME, PASSWORD = "ann", "the password of ann"


@pytest.fixture
def curator(site) -> Iterator[User]:
    """An account that may judge; what it judged is taken back and forgotten afterwards."""
    user = User.objects.create_user(NAME, password=PASSWORD, is_staff=True)
    yield user
    withdraw(Judgement.objects.live(), user)
    Judgement.objects.exclude(withdraws=None).delete()
    Judgement.objects.all().delete()
    user.delete()


def sign_in(page: Page) -> None:
    """Sign in by the form, as a person does."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    follow(page.get_by_role("button", name="Log in"))
    page.get_by_role("heading", name="What do you want to look after?").wait_for()


def person_page(key: str) -> str:
    """Return the address of a person's form."""
    return f"/admin/archive/person/{Entity.objects.get(key=key).pk}/change/"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_alias_is_added_and_its_articles_are_seen_at_once(visitor: Visitor, curator, script):
    page = visitor.page(script=script)
    sign_in(page)
    follow(page.get_by_role("main").get_by_role("link", name="People", exact=True))
    page.locator("#searchbar").fill("allawi")
    follow(page.locator("#searchbar"), "Enter")
    follow(page.get_by_role("link", name="Ayad Allawi"))
    page.get_by_label("Add an alias").fill("Iraqi Vice President")
    follow(page.get_by_role("button", name="Save").first)
    expect(page.locator(".messagelist")).to_contain_text("is now a name of Ayad Allawi. It brings")
    row = page.get_by_role("row").filter(has_text="added by a curator")
    expect(row).to_contain_text("Iraqi Vice President")
    assert page.locator("mark", has_text=re.compile("Iraqi Vice President", re.I)).count() >= 1
    follow(row.get_by_role("button", name="Take back"))
    expect(page.locator(".messagelist")).to_contain_text("Taken back.")
    expect(page.get_by_role("row").filter(has_text="added by a curator")).to_have_count(0)


def test_the_new_alias_finds_the_person_on_the_site(visitor: Visitor, curator):
    page = visitor.page()
    judge(acts.add_alias(Entity.objects.get(key="ayad allawi"), "Abu Hamza Test"), curator)
    page.goto("/search/")
    page.get_by_role("combobox").press_sequentially("hamza")
    expect(page.get_by_role("option").first).to_contain_text("Ayad Allawi")


def test_a_merge_is_previewed_made_and_undone_by_keyboard(visitor: Visitor, curator):
    page = visitor.page()
    sign_in(page)
    page.goto(person_page("john kelly"))
    follow(page.get_by_role("link", name="Merge…"))
    page.locator(".select2-search__field").click()
    page.keyboard.type("come")
    page.locator(".select2-results__option", has_text="James Comey").wait_for()
    page.keyboard.press("Enter")
    page.get_by_label("Reason").fill("for the test")
    follow(page.get_by_role("button", name="See what will change"), "Enter")
    expect(page.get_by_role("region", name="What will change")).to_contain_text("merged into John Kelly")
    follow(page.get_by_role("button", name="Decide"), "Enter")
    expect(page.locator(".messagelist")).to_contain_text("Judged.")
    follow(page.get_by_role("link", name="History").first, "Enter")
    expect(page.get_by_role("main")).to_contain_text("for the test")
    follow(page.get_by_role("button", name=re.compile("^Undo")).first, "Enter")
    expect(page.locator(".messagelist")).to_contain_text("Taken back.")
    assert Entity.objects.get(key="james comey").merged_into is None


def test_a_hostile_alias_is_text(visitor: Visitor, curator):
    page = visitor.page()
    sign_in(page)
    page.goto(person_page("ayad allawi"))
    payload = "<img src=x onerror=\"document.title='owned'\">\u202e"
    page.get_by_label("Add an alias").fill(payload)
    follow(page.get_by_role("button", name="Save").first)
    expect(page.locator(".messagelist")).to_contain_text("<img src=x onerror")
    assert page.title() != "owned"
    assert page.locator("img[src=x]").count() == 0


@pytest.mark.parametrize(("size", "theme"), [(WIDE, "light"), (NARROW, "dark")], ids=str)
def test_axe_finds_nothing_serious_on_the_curators_pages(visitor: Visitor, curator, size, theme):
    kelly = Entity.objects.get(key="john kelly")
    judge(acts.rename(kelly, "J. Kelly"), curator, "so that the history has a line")
    judge(acts.add_alias(kelly, "General Kelly"), curator)
    page = visitor.page(size, theme)
    page.goto("/admin/login/")
    assert serious(visitor, page) == []
    sign_in(page)
    lists = [
        "",
        *(f"archive/{noun}/" for noun in ("person", "article", "alias", "event", "outlet", "judgement")),
    ]
    person = person_page("john kelly")
    forms = [
        *(person, person.replace("change", "merge"), person.replace("change", "reject")),
        f"/admin/archive/article/{Article.objects.first().pk}/change/",
        f"/admin/archive/event/{Event.objects.live().first().pk}/change/",
        f"/admin/archive/mention/{Mention.objects.first().pk}/move/",
        "/admin/archive/alias/add/",
    ]
    found = []
    for address in [*(f"/admin/{one}" for one in lists), *forms]:
        page.goto(address)
        found += [(address, *violation) for violation in serious(visitor, page)]
    assert found == []


def serious(visitor: Visitor, page: Page) -> list[tuple]:
    """Return what axe finds that is serious or critical, with the first places.

    On some pages axe itself tries a style inside an element, which the content policy forbids: what the
    console says while it runs is not said of our pages.
    """
    said_before = len(visitor.complaints)
    found = faults(page)
    del visitor.complaints[said_before:]
    return found
