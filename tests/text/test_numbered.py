"""What tells one of a series from the next."""

import pytest

from archive.text.numbered import AGAIN, is_not_first, magnitude, numbered, repeats
from archive.text.tallies import own_results


def test_names_with_numbers_are_kept_and_dates_are_not():
    text = "Lark-2 lifted off on May 5 with 14 on board. At 12 o'clock, Lark 11.5 and Lark-3d."
    assert numbered(text) == {"lark 2"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A 6.9-magnitude quake, stronger than that of magnitude 6.4", 6.9),
        ("It had a magnitude of 7.", 7.0),
        ("A matter of some magnitude: 6 died", 0.0),
    ],
)
def test_the_first_magnitude_counts(text, found):
    assert magnitude(text) == found


def test_what_is_called_a_second_one_is_told_from_what_is_not():
    assert "missil" in repeats("Lassia fires second missile over Carrow", "")
    assert AGAIN in repeats("", "Deputies rejected the bill for a second time. It was new.")
    assert repeats("Lassia fires missile", "It fell into the sea. A second one followed.") == frozenset()
    assert is_not_first("a second one followed")
    assert not is_not_first("seconds later it fell into the sea")


def test_a_result_of_the_headline_is_an_articles_own():
    assert own_results("Quay beat Dunmere 4-0", "They had lost the first match 3-0.") == {"4-0"}
    assert own_results("Quay reach final", "Quay won 4-0 after they had lost 3-0.") == {"4-0"}
