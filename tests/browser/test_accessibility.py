"""axe-core on every kind of public page: nothing serious, light and dark, wide and narrow."""

import pytest

from tests.browser.conftest import NARROW, WIDE, Visitor
from tests.browser.looking import faults
from tests.browser.test_reading import addresses


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=str)
def test_axe_finds_nothing_serious(visitor: Visitor, size, theme):
    page = visitor.page(size, theme)
    found = []
    for address in addresses(page):
        page.goto(address)
        found += [(address, *fault) for fault in faults(page)]
    assert found == []


def test_a_page_that_is_not_there_is_accessible_too(visitor: Visitor):
    page = visitor.page()
    page.goto("/nowhere/")
    assert faults(page) == []
    (complaint,) = visitor.complaints
    assert "404" in complaint
    visitor.complaints.clear()


def test_axe_finds_nothing_serious_while_suggestions_are_open(visitor: Visitor):
    page = visitor.page()
    page.goto("/search/")
    page.get_by_role("combobox").press_sequentially("al")
    page.get_by_role("option").first.wait_for()
    assert faults(page) == []
