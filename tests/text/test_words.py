"""Words as they are compared: what must not meet, what must, and that places stay true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import words


@pytest.mark.parametrize(
    ("one", "other"),
    [("us", "US"), ("universe", "university"), ("million", "mills"), ("new", "news"), ("1,200", "1.2")],
)
def test_different_words_stay_apart(one, other):
    assert words.comparable(one) != words.comparable(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("broke", "broken"),
        ("killed", "killing"),
        ("Iraqi", "Iraq"),
        ("seven", "7"),
        ("1,200", "1200"),
        ("%", "percent"),
        ("U.S.", "US"),
        ("ministers’".rstrip("’"), "minister"),
        ("countries", "country"),
    ],
)
def test_forms_of_one_word_meet(one, other):
    assert words.comparable(one) == words.comparable(other)


def test_words_of_one_sense_meet_and_others_do_not():
    assert words.sense(words.comparable("raid")) == words.sense(words.comparable("assaults"))
    assert words.sense(words.comparable("raid")) != words.sense(words.comparable("talks"))


def test_two_words_that_are_one_name_are_one_token():
    found = words.tokens("the United States and the states")
    assert [token.stem for token in found] == ["us", words.comparable("states")]
    assert (found[0].start, found[0].end) == (4, 17)


def test_stop_words_and_punctuation_are_no_tokens():
    assert words.tokens("— and of the, “…” . ! which?") == []


def test_negations_are_known():
    assert words.is_negation("isn't")
    assert not words.is_negation("important")


@given(st.text(max_size=60))
def test_folding_keeps_every_place(text):
    folded = words.fold(text)
    assert len(folded) == len(text)
    assert words.fold(folded) == folded
    for token in words.tokens(folded):
        assert text[token.start : token.end].strip()


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_common_in_order_is_the_longest_common_subsequence(one, other):
    lengths = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            lengths[i + 1][j + 1] = lengths[i][j] + 1 if a == b else max(lengths[i][j + 1], lengths[i + 1][j])
    assert words.common_in_order(one, other) == lengths[-1][-1]


def test_common_in_order_of_long_texts_looks_at_a_block_at_a_time():
    said = [str(number) for number in range(9_000)]
    assert words.common_in_order(said, said) == len(said)
    later = ["once", "more", *said]
    assert len(said) * 0.99 < words.common_in_order(said, later) <= len(said)
    assert words.common_in_order(later, said) == words.common_in_order(said, later)


@pytest.mark.parametrize("unit", ["a.", "a'", "1,", "%", "ä"])
def test_a_megabyte_without_space_ends(unit):
    assert words.tokens(unit * (1_000_000 // len(unit))) is not None
