"""Pasting, the lines of a text and the ledger in a browser: with and without script, by keyboard, hostile."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from archive.models import Article, Entry, Event, Judgement, Mention, Quotation, Run, Wording
from tests.browser.conftest import MIDDLE, NARROW, WIDE, Visitor
from tests.browser.looking import follow, overflow
from tests.browser.test_admin import NAME, PASSWORD, serious, sign_in
from tests.text.test_lines import PAGE

PASTE = "/admin/archive/article/paste/"
HOSTILE = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


@pytest.fixture
def curator(site) -> Iterator[User]:
    """A curator; what is pasted is taken away afterwards."""
    user = User.objects.create_user(NAME, password=PASSWORD, is_staff=True)
    runs = set(Run.objects.values_list("pk", flat=True))
    yield user
    made = Run.objects.exclude(pk__in=runs)
    articles = list(
        Entry.objects.filter(run__in=made, article__isnull=False).values_list("article", flat=True)
    )
    Entry.objects.filter(run__in=made).update(retry_of=None)
    made.delete()
    Quotation.objects.filter(article__in=articles).delete()
    Mention.objects.filter(article__in=articles).delete()
    Article.objects.filter(pk__in=articles).delete()
    Wording.objects.filter(articles=None).delete()
    Event.objects.filter(articles=None).delete()
    Judgement.objects.exclude(withdraws=None).delete()
    Judgement.objects.all().delete()
    user.delete()


def paste(page: Page, text: str) -> None:
    """Paste a text and look."""
    page.goto(PASTE)
    page.get_by_label("Text:", exact=True).fill(text)
    follow(page.get_by_role("button", name="Look"))
    page.get_by_role("button", name="Save").wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_page_is_pasted_put_right_and_saved(visitor: Visitor, curator, script):
    page = visitor.page(script=script)
    sign_in(page)
    follow(page.get_by_role("link", name="Paste", exact=True))
    page.get_by_label("Text:", exact=True).fill(PAGE)
    follow(page.get_by_role("button", name="Look"))
    raw = page.get_by_role("region", name="Raw text, line by line")
    expect(raw).to_contain_text("advertisement")
    page.get_by_role("checkbox", name="Advertisement").check()
    page.get_by_role("checkbox", name="Passengers will have").uncheck()
    page.get_by_label("Headline").fill("No ferry in winter")
    follow(page.get_by_role("button", name="Look again"))
    clean = page.get_by_role("region", name="The article")
    expect(clean).to_contain_text("Advertisement")
    expect(clean).not_to_contain_text("Passengers")
    follow(page.get_by_role("button", name="Save"))
    expect(page.locator(".messagelist")).to_contain_text("Created:")
    article = Article.objects.get(headline="No ferry in winter")
    assert "Advertisement" in article.body and "Passengers" not in article.body


def test_files_are_dropped_on_the_page(visitor: Visitor, curator):
    page = visitor.page()
    sign_in(page)
    page.goto(PASTE)
    page.evaluate(
        """([name, text]) => {
            const data = new DataTransfer();
            data.items.add(new File([text], name, { type: "text/plain" }));
            data.items.add(new File(["Menu"], "menu.txt", { type: "text/plain" }));
            const place = document.querySelector("[data-drop]");
            const how = { dataTransfer: data, bubbles: true, cancelable: true };
            place.dispatchEvent(new DragEvent("dragover", how));
            place.dispatchEvent(new DragEvent("drop", how));
        }""",
        ["ferry.txt", PAGE],
    )
    expect(page.get_by_role("status").last).to_contain_text("ferry.txt, menu.txt")
    follow(page.get_by_role("button", name="Look"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 pieces, 1 article")


def test_it_is_done_by_keyboard_alone(visitor: Visitor, curator):
    page = visitor.page()
    sign_in(page)
    page.goto(PASTE)
    page.get_by_label("Text:", exact=True).focus()
    page.keyboard.insert_text(PAGE)
    follow(page.get_by_role("button", name="Look"), "Enter")
    box = page.get_by_role("checkbox", name="Advertisement")
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    follow(page.get_by_role("button", name="Save"), "Enter")
    expect(page.locator(".messagelist")).to_contain_text("Created:")
    assert "Advertisement" in Article.objects.get(headline__startswith="Ferry to Varnholm").body


def test_hostile_words_do_nothing_anywhere(visitor: Visitor, curator):
    page = visitor.page()
    sign_in(page)
    paste(page, f"{HOSTILE}\n\n{PAGE}\n\n{HOSTILE}\n")
    for label in ("Headline", "Outlet", "Authors"):
        page.get_by_label(label, exact=False).first.fill(HOSTILE)
    follow(page.get_by_role("button", name="Look again"))
    assert page.locator("main img, main script").count() == 0
    follow(page.get_by_role("button", name="Save"))
    page.locator(".messagelist").wait_for()
    article = Article.objects.order_by("pk").last()
    for address in (page.url, f"/admin/archive/article/{article.pk}/lines/", "/admin/archive/run/"):
        page.goto(address)
        assert page.locator("main img[src=x], main script").count() == 0
        assert page.title() != "owned"


def test_a_rejected_text_is_mended_in_the_browser(visitor: Visitor, curator):
    page = visitor.page()
    sign_in(page)
    paste(page, "Menu\nHome\n")
    follow(page.get_by_role("button", name="Save"))
    follow(page.get_by_role("link", name="rejected 1"))
    follow(page.get_by_role("link", name="Mend and try again"))
    expect(page.get_by_label("Text:", exact=True)).to_have_value("Menu\nHome\n")
    page.get_by_label("Text:", exact=True).fill(PAGE)
    follow(page.get_by_role("button", name="Look"))
    follow(page.get_by_role("button", name="Save"))
    expect(page.locator(".messagelist")).to_contain_text("Created:")


@pytest.mark.parametrize(
    ("size", "theme"), [(WIDE, "light"), (MIDDLE, "dark"), (NARROW, "light"), (NARROW, "dark")], ids=str
)
def test_axe_finds_nothing_and_nothing_overflows(visitor: Visitor, curator, size, theme):
    page = visitor.page(size, theme)
    sign_in(page)
    found = []

    def check(name: str) -> None:
        found.extend((name, *one) for one in serious(visitor, page))
        found.extend([(name, "overflows")] if overflow(page) > 0 else [])

    page.goto(PASTE)
    check("paste")
    paste(page, PAGE + "\n" + "x" * 400 + "\n")
    check("look")
    follow(page.get_by_role("button", name="Save"))
    page.locator(".messagelist").wait_for()
    check("run")
    paste(page, "Menu\nHome\n")
    follow(page.get_by_role("button", name="Save"))
    check("run with rejected")
    follow(page.get_by_role("link", name="Mend and try again"))
    check("again")
    article = Entry.objects.exclude(article=None).order_by("pk").last().article_id
    page.goto(f"/admin/archive/article/{article}/lines/")
    check("lines")
    for listing in ("run", "entry", "feed", "feeditem"):
        page.goto(f"/admin/archive/{listing}/")
        check(listing)
    assert found == []
