"""The comparison in a browser: swap, switch, jump, light; with and without script; on every width."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import MIDDLE, NARROW, WIDE, Visitor
from tests.browser.looking import faults, follow, overflow

ZOOMED = (320, 640)  # what a page of 1280 has at 400 %


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
    follow(page.get_by_role("link", name=f"swap with {before[1]}"))
    expect(page.locator(".stick b").first).to_have_text(before[1])
    assert heads(page) == [before[1], before[0], before[2]]
    assert page.locator(".row:not(.only)").count() == shared


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_switch_shows_as_many_passages_as_it_says(visitor: Visitor, address, script):
    page = visitor.page(script=script)
    page.goto(address)
    shared = int(page.get_by_role("link", name=re.compile("^Shared")).locator(".n").inner_text())
    follow(page.get_by_role("link", name=re.compile("^Shared")))
    expect(page).to_have_url(re.compile("show=shared"))
    expect(page.locator(".row:visible")).to_have_count(shared)
    page.go_back()
    expect(page.locator(".row.only:visible").first).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW], ids=str)
def test_the_top_tells_the_gist_and_leads_to_the_very_words(visitor: Visitor, address, size):
    page = visitor.page(size, script=False)
    page.goto(address)
    glance = page.get_by_role("region", name="At a glance")
    for title in ("All tell", "Only one tells", "Whose words are quoted", "Where figures may part"):
        expect(glance.get_by_role("heading", name=re.compile(f"^{title}"))).to_be_visible()
    expect(glance.get_by_role("link", name="Ayad Allawi")).to_be_visible()
    links = [link.get_attribute("href") for link in glance.locator("a[href^='#p']").all()]
    for link in (links[0], links[-1], *(link for link in links if link.startswith("#p3"))):
        page.goto(f"{address}{link}")
        expect(page.locator(link)).to_be_visible()


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
    follow(page.get_by_role("link", name="flowing text"))
    expect(page.locator(".flow .cell")).to_have_count(3)
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    expect(page.locator(".flow .cell:visible")).to_have_count(1)
    page.locator(".glance a[href*='#']", has_text="International human rights groups").click()
    expect(page.locator(".flow .cell:visible")).to_have_count(1)
    expect(page.locator(".flow .c-2.cell")).to_be_visible()
    expect(page.locator(".stick [class^=c-]:visible b")).to_have_text("RT")


@pytest.mark.parametrize(("size", "columns"), [(WIDE, 3), (MIDDLE, 2), (NARROW, 1)], ids=str)
def test_as_many_columns_as_there_is_room_for(visitor: Visitor, address, size, columns):
    page = visitor.page(size)
    page.goto(address)
    expect(page.locator(".heads > [class^=c-]:visible")).to_have_count(columns)
    assert overflow(page) <= 0


def test_a_phone_chooses_the_text_it_reads(visitor: Visitor, address):
    page = visitor.page(NARROW, script=False)
    page.goto(address)
    follow(page.locator(".chooser.one").get_by_role("link", name="RT", exact=True))
    expect(page.locator(".heads .c-2")).to_be_visible()
    expect(page.locator(".heads .c-1")).to_be_hidden()


@pytest.mark.parametrize("show", ["all", "shared", "only", "unsaid", "quotations", "figures"])
@pytest.mark.parametrize("view", ["rows", "flow"])
def test_each_switch_shows_with_script_what_it_shows_without(visitor: Visitor, address, show, view):
    counts = []
    for script in (True, False):
        page = visitor.page(script=script)
        page.goto(f"{address}&view={view}" if "?" in address else f"{address}?view={view}")
        label = {
            "all": "^All",
            "shared": "^Shared",
            "only": "^No counterpart",
            "unsaid": "^No verdict",
            "figures": "^Figures",
        }
        switch = page.locator(".switches").get_by_role(
            "link", name=re.compile(label.get(show, "^Quotations"))
        )
        if switch.get_attribute("aria-current") != "true":
            follow(switch)
        expect(switch).to_have_attribute("aria-current", "true")
        counts.append(page.locator(".cell .s:visible").count())
    assert counts[0] == counts[1] > 0


def test_a_switch_set_by_script_goes_along_to_the_other_switches(visitor: Visitor, address):
    page = visitor.page()
    page.goto(address)
    follow(page.get_by_role("link", name=re.compile("^Shared")))
    expect(page).to_have_url(re.compile("show=shared"))
    follow(page.get_by_role("link", name="flowing text"))
    expect(page).to_have_url(re.compile("show=shared.*view=flow|view=flow.*show=shared"))


def test_enter_on_a_passage_goes_to_its_counterpart_and_back(visitor: Visitor, address):
    page = visitor.page()
    page.goto(address)
    row = page.locator(".row:not(.only)").nth(1)
    first, second = row.locator(".cell p").first, row.locator(".c-2 p").first
    first.locator(".go").focus()
    expect(second.locator(".s")).to_have_class(re.compile("lit"))
    page.keyboard.press("Enter")
    expect(second).to_be_focused()
    assert page.url.endswith(f"#{second.get_attribute('id')}")


def test_where_the_focus_went_shows_in_forced_colours_too(visitor: Visitor, address):
    page = visitor.page(forced_colors="active")
    page.goto(address)
    link = page.locator(".row:not(.only) .c-1 .go").first
    target = link.get_attribute("href")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{target} .s").first).to_have_css("outline-style", "solid")


def test_without_script_the_link_of_a_passage_leads_to_its_counterpart(visitor: Visitor, address):
    page = visitor.page(script=False)
    page.goto(address)
    link = page.locator(".row:not(.only) .c-1 .go").first
    target = link.get_attribute("href")
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{target}$"))
    expect(page.locator(target)).to_be_visible()


def test_j_leaves_the_row_in_the_address_and_never_moves_while_typing(visitor: Visitor, address):
    page = visitor.page()
    page.goto(address)
    page.keyboard.press("j")
    row = page.locator(".row:focus").get_attribute("id")
    assert page.url.endswith(f"#{row}")
    page.get_by_label("Search the archive").focus()
    page.keyboard.press("j")
    assert page.locator(".row:focus").count() == 0


def test_rows_announce_what_they_are(visitor: Visitor, address):
    page = visitor.page(script=False)
    page.goto(address)
    for row in page.locator(".row").all():
        labelled = page.locator(f"#{row.get_attribute('aria-labelledby')}")
        assert labelled.inner_text().strip()
    first = page.get_by_role("listitem", name=re.compile(r"Passage 1"))
    expect(first.first).to_be_visible()


def test_heads_stay_in_view(visitor: Visitor, address):
    page = visitor.page()
    page.goto(address)
    page.locator(".row").nth(6).evaluate("row => row.scrollIntoView({ block: 'start' })")
    expect(page.locator(".stick.is-stuck")).to_be_in_viewport()


def test_two_texts_at_middle_width_are_chosen_without_script(visitor: Visitor, address):
    page = visitor.page(MIDDLE, script=False)
    page.goto(address)
    follow(page.locator(".chooser.two a").nth(1))
    expect(page.locator(".heads .c-3")).to_be_visible()
    expect(page.locator(".heads .c-2")).to_be_hidden()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_names_of_outlets_are_hidden_until_asked_for(visitor: Visitor, address, script):
    page = visitor.page(script=script)
    page.goto(address)
    names = heads(page)
    follow(page.get_by_role("link", name="hidden", exact=True))
    expect(page.locator(".stick b").first).to_have_text("Text A")
    html = page.content()
    assert not any(re.search(rf"\b{re.escape(name)}\b", html) for name in names)
    follow(page.get_by_role("link", name="shown", exact=True))
    assert heads(page) == names


@pytest.mark.parametrize("size", [WIDE, MIDDLE, ZOOMED], ids=str)
@pytest.mark.parametrize("query", ["names=hidden", "view=flow", "view=sheet"])
def test_no_state_overflows_the_page(visitor: Visitor, address, size, query):
    page = visitor.page(size)
    page.goto(f"{address}{'&' if '?' in address else '?'}{query}")
    assert overflow(page) <= 0


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_paper_holds_two_columns_and_the_legend(visitor: Visitor, address, paper):
    page = visitor.page()
    page.goto(address)
    page.emulate_media(media="print")
    left, right, third = (page.locator(f".heads .c-{number}").bounding_box() for number in (1, 2, 3))
    assert left["y"] == right["y"] and left["x"] < right["x"]
    assert third["y"] > left["y"] and third["x"] == left["x"]
    expect(page.locator(".legend")).to_be_visible()
    expect(page.locator(".switches")).to_be_hidden()
    assert page.pdf(format=paper, prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("query", ["view=flow", "view=sheet", "names=hidden", "show=quotations&cols=13"])
def test_axe_finds_nothing_serious_in_any_state(visitor: Visitor, address, query, theme):
    page = visitor.page(theme=theme)
    page.goto(f"{address}{'&' if '?' in address else '?'}{query}")
    assert faults(page, targets=True) == []
