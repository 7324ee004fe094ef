"""What a word says: less the more articles have it, and never less than nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.weights import weight
from archive.text.words import comparable


@pytest.mark.parametrize(
    ("rare", "frequent"), [("earthquake", "government"), ("zyxwv", "earthquake"), ("1917", "2")]
)
def test_rarer_words_weigh_more(rare, frequent):
    assert weight(comparable(rare)) > weight(comparable(frequent))


@given(st.text(min_size=1, max_size=12))
def test_no_word_weighs_less_than_nothing(stem):
    assert weight(stem) >= 0
