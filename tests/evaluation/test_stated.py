"""Which labels a page states."""

from datetime import date

import pytest

from archive.evaluation.stated import states_author, states_day

DAY = date(2017, 4, 8)


@pytest.mark.parametrize("page", ["", "2017-04-18", "April 28, 2017", "18 April 2017", "12017-04-08"])
def test_another_day_is_not_this_day(page):
    assert not states_day(page, DAY)


@pytest.mark.parametrize(
    "page",
    ["2017-04-08T10:00", "/2017/04/08/", "April 8, 2017", "Apr. 8th, 2017", "8 April 2017", "4/8/2017"],
)
def test_a_day_in_any_writing(page):
    assert states_day(page, DAY)


def test_the_site_is_no_author():
    page = "<title>Harbours | Lodby Post</title><body><p>By Lodby Post</p></body>"
    assert not states_author(page, "Lodby Post", "")
    assert not states_author("<body><p>By Lodby Post</p></body>", "Lodby Post", "The Lodby Post")


def test_a_name_in_a_script_is_not_shown():
    assert not states_author("<body><script>author = 'Ann Lee'</script></body>", "Ann Lee", "")
    assert states_author("<body><p>By ANN LEE</p></body>", "Ann Lee", "")
