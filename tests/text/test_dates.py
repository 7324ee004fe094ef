"""Dates: what is no date, what stays in doubt, and the forms that news prints."""

from datetime import date, datetime

import pytest

from archive.text.dates import DayOrder, Label, date_in_address, day_order, find_dates, settle
from archive.text.types import Precision


@pytest.mark.parametrize(
    "text",
    [
        "",
        "in the summer of 2014",
        "31.02.2017",
        "13/13/2017",
        "May be 2017 people",
        "1.500 people",
        "room 2017-45-99",
        "version 10.4.1",
    ],
)
def test_what_is_no_date_is_not_found(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("18 Apr, 2017 09:49", "2017-04-18T09:49", Precision.MINUTE),
        ("April 18, 2017", "2017-04-18T00:00", Precision.DAY),
        ("Tuesday 18th of April 2017", "2017-04-18T00:00", Precision.DAY),
        ("Sept. 3, 2019 at 7:05 p.m. EDT", "2019-09-03T19:05", Precision.MINUTE),
        ("Nov 19, 2019, 10:31 pm CST", "2019-11-19T22:31", Precision.MINUTE),
        ("12:15 a.m. ET, March 2, 2020", "2020-03-02T00:15", Precision.MINUTE),
        ("2017-04-18T09:49:00Z", "2017-04-18T09:49", Precision.MINUTE),
        ("2017-04-18", "2017-04-18T00:00", Precision.DAY),
        ("2017/4/8", "2017-04-08T00:00", Precision.DAY),
        ("19.04.2017 10.30", "2017-04-19T10:30", Precision.MINUTE),
        ("3 May 2021, 21:40", "2021-05-03T21:40", Precision.MINUTE),
        ("25/12/19", "2019-12-25T00:00", Precision.DAY),
        ("March 2019", "2019-03-01T00:00", Precision.MONTH),
        ("18-Apr-2017", "2017-04-18T00:00", Precision.DAY),
        ("3rd of May 2011, 7 people", "2011-05-03T00:00", Precision.DAY),
    ],
)
def test_forms_of_dates(text: str, value: str, precision: Precision) -> None:
    (found,) = find_dates(text)
    assert found.moment.value == datetime.fromisoformat(value)
    assert found.moment.precision is precision
    assert text[found.start : found.end].strip() in text


def test_words_before_a_date_say_what_it_is() -> None:
    labels = [found.label for found in find_dates("Published 1 May 2020 | Updated: 2 May 2020 | 3 May 2020")]
    assert labels[:2] == [Label.PUBLISHED, Label.UPDATED]


def test_day_and_month_stay_open_until_something_settles_them() -> None:
    (found,) = find_dates("05/04/2017")
    assert (found.moment.value.date(), found.other) == (date(2017, 4, 5), date(2017, 5, 4))
    settled = settle(found, [date(2017, 5, 4)])
    assert (settled.moment.value.date(), settled.other) == (date(2017, 5, 4), None)
    assert settle(found, [date(2017, 5, 5)]) == found


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("05/04/2017", None),
        ("05/04/2017 and 25/04/2017", DayOrder.DAY_FIRST),
        ("05/04/2017 and 04/25/2017", DayOrder.MONTH_FIRST),
        ("04/25/2017 and 25/04/2017", None),
    ],
)
def test_other_dates_tell_the_order(text: str, order: DayOrder | None) -> None:
    assert day_order(text) is order


def test_a_known_order_leaves_no_doubt() -> None:
    (found,) = find_dates("05/04/2017", DayOrder.MONTH_FIRST)
    assert (found.moment.value.date(), found.other) == (date(2017, 5, 4), None)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://news.example/world/2017/04/19/a-story/", date(2017, 4, 19)),
        ("https://news.example/2015/mar/21/a-story/", date(2015, 3, 21)),
        ("https://news.example/2021-06-01-a-story", date(2021, 6, 1)),
        ("https://news.example/a-story-20170419", date(2017, 4, 19)),
        ("https://news.example/a-story/a-38458106", None),
        ("https://news.example/2017/a-story", None),
        ("https://news.example/2017/99/99/", None),
        ("", None),
    ],
)
def test_dates_in_addresses(url: str, day: date | None) -> None:
    moment = date_in_address(url)
    assert (moment.value.date() if moment else None) == day


@pytest.mark.parametrize("piece", ["1", "1/", "01/02/2003", "May ", "2017-", "12:12 ", "updated ", " "])
def test_hostile_texts_end_quickly(piece: str) -> None:
    find_dates(piece * (100_000 // len(piece)))
