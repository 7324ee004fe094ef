"""A list in parts: together they are the list, whatever comes in between."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.models import Article, SearchRow
from archive.search.arrivals import latest, mark, since
from archive.search.cursor import NoCursor, by_date, by_number
from archive.search.matching import matching
from tests.archive_factory import make_article
from tests.search.search_archive import found, index

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive():
    """Hold 47 bridges by month, three undated ones, and an old version that nobody counts."""
    for number in range(47):
        make_article(f"Bridge {number}", published=datetime(2017, 1 + number % 12, 5, tzinfo=UTC))
    for number in range(3):
        make_article(f"Bridge without a date {number}", published=None)
    make_article("Old bridge", newest=False)
    index()


def searched(sent):
    return matching("/search/", QueryDict(sent))


def all_parts(rows, size, **order):
    """Return what the parts of a list hold, one after the other, and how many parts there were."""
    seen, cursor, parts = [], "", 0
    while cursor or not parts:
        part = by_date(rows, cursor, size, **order)
        seen += part.rows
        cursor, parts = part.cursor, parts + 1
    return seen, parts


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("size", [1, 4, 50, 500])
def test_the_parts_of_a_list_are_the_list(archive, size, newest_first):
    every = searched(f"q=bridge&sort={'newest' if newest_first else 'oldest'}")
    seen, parts = all_parts(every.rows, size, newest_first=newest_first)
    assert seen == list(every.ids())
    assert len(seen) == 50
    assert parts == -(-50 // size)


def test_a_row_that_comes_in_between_neither_shifts_nor_repeats(archive):
    before, _ = all_parts(SearchRow.objects.all(), 50)
    first = by_date(SearchRow.objects.all(), "", 5)
    make_article("Newest of all", published=datetime(2030, 1, 1, tzinfo=UTC))
    index()
    second = by_date(SearchRow.objects.all(), first.cursor, 5)
    assert first.rows + second.rows == before[:10]


def test_the_numbers_of_a_list_in_order(archive):
    seen, cursor = [], ""
    while True:
        part = by_number(Article.objects.all(), cursor, 7)
        seen += [article.pk for article in part.rows]
        if not (cursor := part.cursor):
            break
    assert seen == sorted(Article.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    "cursor", ["x", "é", "bnVsbA", "WzFd", "W251bGwsLTFd", "W251bGwsdHJ1ZV0", "A" * 300, "[]", "WyJ4IiwxXQ"]
)
def test_a_cursor_that_was_never_handed_out_is_refused(archive, cursor):
    for part in (by_date, by_number):
        with pytest.raises(NoCursor, match="begin again"):
            part(SearchRow.objects.all(), cursor, 5)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_whatever_is_typed_the_counts_agree(archive, typed):
    sent = QueryDict(mutable=True)
    sent["q"] = typed
    every = matching("/search/", sent)
    assert every.total() == len(list(every.ids())) == len(all_parts(every.rows, 9)[0])
    assert every.total() == found(typed).total


# --- arrivals --------------------------------------------------------------------------------------


def test_the_latest_are_those_that_came_last_however_old():
    for year in (2019, 2018, 2017):
        make_article(f"Bridge {year}", published=datetime(year, 1, 1, tzinfo=UTC))
    index()
    rows = searched("q=bridge").rows
    assert [article.headline for article in latest(rows, 2)] == ["Bridge 2017", "Bridge 2018"]


def test_what_came_since_a_mark_and_nothing_else():
    assert mark() == 0
    make_article("Bridge before")
    index()
    here = mark()
    assert not since(searched("q=bridge").rows, here).exists()
    later = make_article("Bridge after", published=datetime(1999, 1, 1, tzinfo=UTC))
    make_article("Harbour after", "Ships.")
    index()
    assert [row.pk for row in since(searched("q=bridge").rows, here)] == [later.pk]
