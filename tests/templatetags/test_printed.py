from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from archive.templatetags.printed import counted, days, when, when_in_full

MOMENT = datetime(2017, 4, 18, 9, 49, tzinfo=UTC)


def dated(precision: str, published: datetime | None = MOMENT) -> SimpleNamespace:
    return SimpleNamespace(published=published, published_precision=precision)


@pytest.mark.parametrize(
    ("precision", "short", "full"),
    [
        ("minute", "18 Apr 2017, 09:49", "18 April 2017, 09:49"),
        ("day", "18 Apr 2017", "18 April 2017"),
        ("month", "Apr 2017", "April 2017"),
        ("year", "2017", "2017"),
        ("", "no date known", "no date known"),
    ],
)
def test_a_date_is_never_more_exact_than_it_is_known(precision, short, full):
    assert when(dated(precision)) == short
    assert when_in_full(dated(precision)) == full
    assert when(dated(precision, None)) == "no date known"


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (0, "article", "0 articles"),
        (1, "article", "1 article"),
        (1204, "article", "1,204 articles"),
        (2, "person,people", "2 people"),
    ],
)
def test_a_count_says_what_it_counts(number, noun, said):
    assert counted(number, noun) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ((2017, 4, 18), (2017, 4, 18), "18 April 2017"),
        ((2017, 4, 18), (2017, 4, 19), "18–19 April 2017"),
        ((2017, 4, 30), (2017, 5, 1), "30 April – 1 May 2017"),
        ((2016, 12, 31), (2017, 1, 1), "31 December 2016 – 1 January 2017"),
    ],
)
def test_what_two_days_share_is_said_once(first, last, said):
    assert days(datetime(*first, tzinfo=UTC), datetime(*last, tzinfo=UTC)) == said


def test_unknown_days_are_said_to_be_unknown():
    assert days(None, None) == "no date known"
