"""What an event is called. Places and people are invented."""

import pytest

from archive.text.event_titles import tells, title
from archive.text.profiles import Story

BODY = "Deputies of Ostmark froze rents for three years on Tuesday after a debate of nine hours."


@pytest.mark.parametrize(
    "headline",
    [
        "OPINION: Ostmark's deputies freeze rents",
        "LIVE: Ostmark's deputies freeze rents for three years",
        "I froze my own rent, and so can Ostmark's deputies",
        "Why Ostmark's deputies freeze rents for three years",
        "Ostmark's deputies freeze rents: what you need to know",
        "Will Ostmark's deputies freeze rents for three years?",
        "The rents that Ostmark's deputies freeze, explained",
    ],
)
def test_what_does_not_tell_the_event_is_its_title_only_where_nothing_does(headline):
    other = Story("b", "Rents frozen in Ostmark", BODY)
    assert title([Story("a", headline, BODY), other]) == other.title
    assert title([Story("a", headline, BODY)]) == headline


@pytest.mark.parametrize(
    "headline",
    [
        "US and Carrow sign accord",
        '"We never stop running": Dunmere beat Quay 2-1',
        "Live music returns to Helmsund",
        "Whole village moves uphill",
    ],
)
def test_plain_headlines_are_not_taken_for_something_else(headline):
    assert tells(headline)
