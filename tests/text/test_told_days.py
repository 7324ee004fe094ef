"""The day of which an article tells, where nobody says when it was published."""

import pytest

from archive.text.told_days import far_apart, told_day

MAY_26 = 146


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("", "SENNA, May 26 (Coast News) - Four people died when a quake hit the port."),
        ("", "The leaders met again on Saturday (May 26th) to speak about grain."),
        ("", "The leaders met again on Saturday, 26 May, to speak about grain."),
        ("Quake of May 26, 2018: what is known", "Four people died in Senna."),
        ("", "On May 26 a quake hit the port of Senna. One of August 3 was weaker."),
    ],
)
def test_the_day_is_read_where_an_article_prints_its_own(title, lead):
    assert told_day(title, lead) == MAY_26


@pytest.mark.parametrize(
    "lead",
    [
        "The second leg will be played in Senna on Tuesday, May 26.",
        "Four people died, more than in the quake of May 26.",
        "He may 26 times have said so. On Saturday 7:30 was early.",
    ],
)
def test_days_to_come_and_days_recalled_are_not_its_own(lead):
    assert told_day("", lead) == 0


def test_days_are_far_apart_round_the_turn_of_the_year_too():
    new_year, new_years_eve, february = 1, 365, 40
    assert not far_apart(new_year, new_years_eve)
    assert far_apart(new_years_eve, february)
    assert not far_apart(0, february)
