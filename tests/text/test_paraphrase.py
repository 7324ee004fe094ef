"""The same said otherwise, or something else in like words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.paraphrase import Evidence, evidence, probability


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Shares of Calder Line rose 4 percent to 31 marks on Monday.",
            "Shares of Orrin Rail fell 9 percent to 12 marks.",
        ),
        ("The mayor opened the bridge.", "Rain is expected in the southern valleys tonight."),
        ("", "The mayor opened the bridge."),
    ],
)
def test_other_statements_are_no_paraphrases(one, other):
    assert probability(one, other) < 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Mayor Ada Quill opened the new bridge over the Selk on Monday, the council said.",
            "The council said the new bridge over the Selk was opened by Mayor Ada Quill on Monday.",
        ),
        ("The dam broke after three days of rain.", "After three days of rain the dam broke."),
    ],
)
def test_the_same_in_another_order_is_a_paraphrase(one, other):
    assert probability(one, other) > 0.5


@given(st.text(max_size=60), st.text(max_size=60))
def test_comparing_is_symmetric_and_bounded(one, other):
    assert probability(one, other) == probability(other, one)
    assert 0 <= probability(one, other) <= 1
    assert all(0 <= value <= 2 for value in evidence(one, other))
    assert len(evidence(one, other)) == len(Evidence._fields)


def test_a_megabyte_ends():
    assert 0 <= probability("a fire " * 150_000, "seven dead") <= 1
