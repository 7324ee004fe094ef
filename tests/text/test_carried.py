"""Who carries a statement first, and who does not carry it: never said of a text that may be older."""

from datetime import date, datetime

import pytest

from archive.text.aligning import Text, align
from archive.text.carried import When, first_of, not_carried, not_named
from archive.text.comparing import naming
from archive.text.types import Span

CLOSED = "The council of Varnholm closed the old harbour bridge to lorries on Monday morning."
TEXTS = [
    Text("1", f"{CLOSED} Anglers sold mackerel beside the lighthouse."),
    Text("2", f"{CLOSED} Rain is expected in the northern valleys."),
    Text("3", "The museum of clocks opens a new wing for children next spring."),
]
ALIGNMENT = align(TEXTS)
DAY = [When(date(2019, 3, number)) for number in (1, 2, 3)]
NOON, ONE = (When(date(2019, 3, 1), datetime(2019, 3, 1, hour)) for hour in (12, 13))


def unsaid(*published):
    return [[one.carrying for one in column] for column in not_carried(ALIGNMENT, published)]


@pytest.mark.parametrize(
    "published",
    [
        (DAY[1], DAY[2], DAY[0]),
        (DAY[0], DAY[0], DAY[0]),
        (DAY[0], DAY[1], When()),
        (When(), When(), DAY[2]),
        (ONE, ONE, NOON),
        (NOON, NOON, When(date(2019, 3, 1))),
    ],
    ids=["older", "same day", "undated", "others undated", "earlier that day", "no time of day"],
)
def test_nothing_is_said_of_a_text_that_may_be_older(published):
    assert unsaid(*published) == [[], [], []]


def test_a_statement_of_two_texts_that_the_third_does_not_have():
    assert unsaid(*DAY) == [[], [], [(0, 1)]]
    assert unsaid(NOON, NOON, ONE) == [[], [], [(0, 1)]]


def test_what_one_text_has_alone_is_no_statement_of_several():
    two = align(TEXTS[::2])
    assert not_carried(two, DAY[:2]) == ((), ())


def test_who_had_it_first_is_one_only_where_the_order_is_sure():
    row = next(row for row in ALIGNMENT.rows if row.shared)
    assert first_of(row, DAY) == (0,)
    assert first_of(row, [DAY[1], DAY[0], DAY[2]]) == (1,)
    assert first_of(row, [DAY[0], DAY[0], DAY[2]]) == (0, 1)
    assert first_of(row, [When(), DAY[0], DAY[2]]) == (0, 1)


NAMED = [
    Text("1", "Ada Lund stayed.", mention_keys=((Span(0, 8), "ada lund"),)),
    Text("2", "The clerk stayed."),
]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (DAY[0], DAY[1], [(), ("ada lund",)]),
        (NOON, ONE, [(), ("ada lund",)]),
        (DAY[1], DAY[1], [(), ()]),
        (NOON, DAY[0], [(), ()]),
        (When(), DAY[1], [(), ()]),
        (DAY[2], DAY[1], [(), ()]),
        (ONE, NOON, [(), ()]),
    ],
    ids=["day before", "hour before", "same day", "no time of day", "undated", "day after", "hour after"],
)
def test_of_names_the_same_is_asked_as_of_statements(first, second, said):
    silences = not_named(naming(NAMED), [first, second])
    assert [tuple(key for key, _ in silence.keys) for silence in silences] == said
