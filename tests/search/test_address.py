from archive.search.address import address
from archive.search.paging import pages


def test_empty_choices_and_nul_leave_no_trace():
    assert str(address("/search/", [("q", ""), ("outlet", " "), ("from", "\x00")])) == "/search/"


def test_each_change_begins_on_the_first_page_again():
    here = address("/search/", [("q", "bridge"), ("page", "3")])
    assert str(here.adding("outlet", 4)) == "/search/?q=bridge&outlet=4"
    assert str(here.dropping("q", "bridge")) == "/search/"
    assert str(here.having("q", "ship")) == "/search/?q=ship"
    assert str(here.page(2)) == "/search/?q=bridge&page=2"
    assert str(here.page(1)) == "/search/?q=bridge"


def test_adding_twice_is_adding_once():
    here = address("/search/", [("person", "1")])
    assert str(here.adding("person", 1)) == "/search/?person=1"


def test_what_a_visitor_typed_is_quoted():
    assert str(address("/search/", [("q", '"a&b" <c>')])) == "/search/?q=%22a%26b%22+%3Cc%3E"


def test_pages_hold_every_row_once():
    here = address("/search/", [])
    seen = [row for number in range(1, 5) for row in _rows(pages(61, 20, here.page(number)))]
    assert seen == list(range(1, 62))


def test_a_page_that_is_not_there_is_the_nearest_one():
    def number(asked: str) -> int:
        return pages(61, 20, address("/", [("page", asked)])).number

    assert [number(asked) for asked in ("0", "-1", "x", "9", "2", "9" * 30, "²")] == [1, 1, 1, 4, 2, 1, 1]


def test_an_empty_list_has_one_empty_page():
    paging = pages(0, 20, address("/", []))
    assert (paging.pages, paging.previous, paging.next, list(range(10))[paging.window]) == (1, "", "", [])


def _rows(paging):
    return range(paging.first, paging.last + 1)
