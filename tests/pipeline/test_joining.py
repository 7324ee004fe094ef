"""Names joined by judgements: a pair judged different is never joined, whatever else is said."""

from hypothesis import given
from hypothesis import strategies as st

from archive.pipeline.joining import Joined, chain, heads

KEYS = list("abcdef")
pairs = st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda pair: pair[0] != pair[1])


@given(st.lists(pairs), st.lists(pairs))
def test_no_pair_judged_different_is_ever_joined(joins, apart):
    found = heads(KEYS, [Joined(*pair) for pair in joins], apart)
    assert all(found[one] != found[other] for one, other in apart)


@given(st.lists(pairs))
def test_every_head_heads_itself_and_no_key_is_lost(joins):
    found = heads(KEYS, [Joined(*pair) for pair in joins])
    assert set(found) == set(KEYS)
    assert all(found[head] == head for head in found.values())


@given(st.lists(pairs), st.randoms())
def test_who_is_one_does_not_depend_on_the_order_of_joins(joins, random):
    def groups(ordered):
        found = heads(KEYS, [Joined(*pair) for pair in ordered])
        return {frozenset(key for key in KEYS if found[key] == head) for head in found.values()}

    shuffled = list(joins)
    random.shuffle(shuffled)
    assert groups(joins) == groups(shuffled)


def test_what_nothing_joins_stays_alone():
    assert heads("abc", [Joined("a", "b")])["c"] == "c"


def test_the_right_side_keeps_its_address_through_a_second_merge():
    found = heads("abcd", [Joined("a", "b"), Joined("c", "d"), Joined("b", "c")])
    assert set(found.values()) == {"d"}


def test_a_join_with_a_name_outside_is_passed_over():
    assert heads("a", [Joined("a", "z")]) == {"a": "a"}


def test_the_chain_is_the_shortest():
    joins = [Joined("a", "b"), Joined("b", "c"), Joined("c", "d"), Joined("a", "d")]
    assert chain(joins, "a", "d") == ["a", "d"]
    assert chain(joins[:3], "a", "d") == ["a", "b", "c", "d"]
    assert chain(joins[:1], "a", "d") == []
