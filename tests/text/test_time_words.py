"""Words of time: what is none, and which forms meet."""

from datetime import date

import pytest

from archive.text.time_words import time_words

TUESDAY = date(2017, 4, 18)


def keys(text, written=TUESDAY):
    return [key for found in time_words(text, written) for key in found.keys]


@pytest.mark.parametrize(
    "text",
    [
        "May he rest.",
        "It may rain.",
        "Order 2,014 chairs",
        "$2014",
        "Room 20145",
        "many moons ago",
    ],
)
def test_what_is_no_time(text):
    assert keys(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in February 2014", ["d:2014", "d:feb"]),
        ("by 2004,", ["d:2004"]),
        ("on October 16.", ["d:oct", "d:oct16"]),
        ("on 16 October 2016", ["d:2016", "d:oct", "d:oct16"]),
        ("since last October", ["d:oct"]),
        ("six months ago", ["d:oct"]),
        ("two years ago", ["d:2015"]),
        ("on Monday", ["d:apr17"]),
        ("on Tuesday", ["d:apr18"]),
        ("she will answer on Monday", ["d:apr24"]),
        ("closed until Friday", ["d:apr21"]),
        ("She will answer. He came on Monday", ["d:apr17"]),
        ("yesterday", ["d:apr17"]),
        ("Sept. 3", ["d:sep", "d:sep3"]),
    ],
)
def test_forms_of_one_time_have_one_key(text, expected):
    assert keys(text) == expected


def test_without_the_day_of_writing_only_printed_dates_count():
    assert keys("on Monday, October 16, six months ago", None) == ["d:oct", "d:oct16"]
