"""Needles spare a search and never a match."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text.furniture import _rules
from archive.text.needles import holds, needles, small

PATTERNS = [
    r"^\W*(?:read (?:more|also)|see also)\b",
    r"\bcookies?\b.{0,20}\b(?:use|site)\b",
    r"©|\(c\) ?\d{4}|^\W*copyright\b",
    r"(?:[A-Z]{2,3})+ writes|x?y{2}z*",
    r"[ab]c|\d+",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_what_matches_holds_a_needle(pattern, data):
    text = data.draw(st.from_regex(re.compile(pattern, re.IGNORECASE)))
    assert holds(small(text), needles(pattern))


@pytest.mark.parametrize("rule", _rules().ordered, ids=lambda rule: rule.look.value)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_what_a_rule_of_furniture_matches_holds_one_of_its_needles(rule, data):
    text = data.draw(st.from_regex(rule.pattern))
    assert holds(small(text), rule.needles)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("read more|see", {"read more", "see"}),
        ("photos?|photographs", {"photo"}),
        (r"\d+", {""}),
        (r"a|b", {""}),
        (r"x*", {""}),
        ("©", {"©"}),
    ],
)
def test_needles_are_the_shortest_list_that_is_enough(pattern, found):
    assert needles(pattern) == found


def test_needles_spare_most_prose():
    prose = small("The council of the island voted on Tuesday to repair the old bridge.")
    spared = [rule.look for rule in _rules().ordered if not holds(prose, rule.needles)]
    assert len(spared) >= 5
