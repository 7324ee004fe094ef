"""How crowded days are, and that a crowd never asks less for being denser."""

from hypothesis import given
from hypothesis import strategies as st

from archive.text import crowds
from archive.text.relatedness import demand_of_days


def test_the_week_around_a_day_makes_its_level():
    counts = {100: 9, 103: 8, 104: 90}
    assert crowds.levels(counts, [100, 104, 120]) == {100: 2, 104: 3, 120: 0}
    assert crowds.levels(counts, [97]) == {97: 0}


def test_a_week_of_17_asks_as_much_as_one_of_60():
    assert [crowds.level(articles) for articles in (12, 13, 16, 17, 60, 96, 97)] == [0, 1, 1, 2, 2, 2, 3]


@given(st.integers(0, 5_000), st.integers(0, 100))
def test_more_articles_never_ask_less(articles, more):
    assert crowds.level(articles) <= crowds.level(articles + more) <= len(crowds.STEPS)


def test_the_further_apart_the_more_is_asked():
    asked = [demand_of_days(apart) for apart in (0, 1, 2, 7)]
    assert asked == sorted(asked) and asked[0] < asked[1] < asked[2]
    assert demand_of_days(None) > demand_of_days(1)
