"""The order of rows: that of the texts where they agree, and every row exactly once."""

from hypothesis import given
from hypothesis import strategies as st

from archive.text.row_order import reading_order


def test_rows_that_run_in_parallel_keep_their_order():
    places = [{0: 0, 1: 0}, {0: 1, 1: 2}, {0: 3, 1: 5}]
    assert reading_order(places[::-1], {0: 4, 1: 6}) == [2, 1, 0]


def test_a_row_of_one_text_follows_what_stands_before_it_there():
    places = [{0: 0, 1: 3}, {0: 2, 1: 4}, {1: 0}, {0: 1}, {0: 3}]
    assert reading_order(places, {0: 4, 1: 5}) == [2, 0, 3, 1, 4]


def test_where_texts_disagree_most_of_them_decide():
    places = [{0: 5, 1: 0, 2: 0}, {0: 0, 1: 1, 2: 1}]
    assert reading_order(places, {0: 6, 1: 2, 2: 2}) == [0, 1]


def test_no_rows_have_no_order():
    assert reading_order([], {}) == []


@given(st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=4, unique=True), max_size=3))
def test_every_row_stands_once(texts):
    rows = sorted({row for text in texts for row in text})
    places = [{t: text.index(row) for t, text in enumerate(texts) if row in text} for row in rows]
    order = reading_order(places, {t: len(text) for t, text in enumerate(texts)})
    assert sorted(order) == list(range(len(rows)))
