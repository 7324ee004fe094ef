"""Reasons are put in words that say something, and in names as they are printed."""

import pytest

from archive.text.reasons import as_name, says_something


@pytest.mark.parametrize("word", ["al", "St", "p.m.", "nothing", "Sen", "herself"])
def test_empty_words_are_no_reason(word):
    assert not says_something(word)


@pytest.mark.parametrize("word", ["gun", "ferry", "Okalenda", "Tea"])
def test_words_about_something_are(word):
    assert says_something(word)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("mira voss", "Mira Voss"),
        ("department of tides", "Department of Tides"),
        ("us house of keepers", "US House of Keepers"),
        ("bbc tellen", "BBC Tellen"),
        ("al-naqash", "Al-Naqash"),
        ("ada mclund", "Ada McLund"),
        ("the tellen post", "The Tellen Post"),
    ],
)
def test_a_name_stands_as_names_are_printed(key, name):
    assert as_name(key, {"mclund": "McLund"}) == name
