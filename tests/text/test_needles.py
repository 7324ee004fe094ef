"""Needles spare a search and never a match."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text.furniture import _rules
from archive.text.needles import holds, matches, needles, small, sought

PATTERNS = [
    r"^\W*(?:read (?:more|also)|see also)\b",
    r"\bcookies?\b.{0,20}\b(?:use|site)\b",
    r"©|\(c\) ?\d{4}|^\W*copyright\b",
    r"(?:[A-Z]{2,3})+ writes|x?y{2}z*",
    r"[ab]c|\d+",
    r"a\|b|[|)]x|\(|(?:c|d)e",
    r"[/|] ?[A-Z]|^z",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_what_matches_holds_a_needle(pattern, data):
    text = data.draw(st.from_regex(re.compile(pattern, re.IGNORECASE)))
    assert holds(small(text), needles(pattern))


@pytest.mark.parametrize("pattern", PATTERNS)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_pattern_taken_apart_matches_what_it_matched(pattern, data):
    whole = re.compile(pattern, re.IGNORECASE)
    text = data.draw(st.from_regex(whole) | st.text("abcdexyz|()/readus©1 \n", max_size=12))
    assert matches(text, small(text), sought(pattern)) == bool(whole.search(text))


@pytest.mark.parametrize("rule", _rules().ordered, ids=lambda rule: rule.look.value)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_what_a_branch_of_a_rule_of_furniture_matches_the_rule_matches(rule, data):
    branch = data.draw(st.sampled_from(rule.sought.branches))
    text = data.draw(st.from_regex(branch.pattern))
    assert matches(text, small(text), rule.sought)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("read more|see", {"read more", "see"}),
        ("photos?|photographs", {"photo"}),
        (r"\d+", {""}),
        (r"a|b", {""}),
        (r"x*", {""}),
        ("©", {"©"}),
        ("[/|]", {"/", "|"}),
        ("[/a]", {""}),
    ],
)
def test_needles_are_the_shortest_list_that_is_enough(pattern, found):
    assert needles(pattern) == found


def test_needles_spare_most_prose():
    prose = small("The council of the island voted on Tuesday to repair the old bridge.")
    spared = [rule.look for rule in _rules().ordered if not holds(prose, rule.sought.needles)]
    assert len(spared) >= 5
