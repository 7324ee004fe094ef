"""Printings of one text: first what stays apart, then who was first, then that no order matters."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from archive.text.lineage import Printing, groups


def on(day, name, wording="w", **fields):
    return Printing(name, wording, datetime(2019, 3, day, tzinfo=UTC), **fields)


def near(*pairs):
    return {frozenset(pair) for pair in pairs}


def members(found):
    return [[member.id for member in group.members] for group in found]


def test_other_words_are_another_text():
    assert members(groups([on(1, "a", "v"), on(2, "b", "w")])) == [["a"], ["b"]]


def test_a_copy_of_a_copy_is_not_drawn_in():
    """Each day's list differs a little from that of the day before."""
    days = [on(day, str(day), f"w{day}") for day in range(1, 5)]
    found = groups(days, near(("w1", "w2"), ("w2", "w3"), ("w3", "w4")))
    assert members(found) == [["1", "2"], ["3", "4"]]


def test_what_people_judged_apart_is_in_no_group_together():
    printings = [on(1, "a"), on(2, "b"), on(3, "c")]
    assert members(groups(printings, apart=[("c", "a")])) == [["a", "b"], ["c"]]
    assert members(groups(printings, apart=[("a", "b"), ("b", "c"), ("a", "c")])) == [["a"], ["b"], ["c"]]


def test_what_people_judged_together_is_unless_others_are_apart():
    printings = [on(1, "a", "v"), on(2, "b", "w"), on(3, "c", "w")]
    assert members(groups(printings, together=[("c", "a")])) == [["a", "b", "c"]]
    assert members(groups(printings, together=[("c", "a")], apart=[("a", "b")])) == [["a"], ["b", "c"]]


def test_pairs_about_nobody_are_passed_over():
    assert members(groups([on(1, "a")], near(("x", "y")), [("a", "x")], [("y", "a")])) == [["a"]]


def test_the_first_published_is_first_and_an_agency_at_the_same_moment():
    undated = Printing("0", "w", None)
    found = groups([undated, on(2, "a"), on(1, "z"), on(1, "b"), on(1, "c", agency=True)])
    assert members(found) == [["c", "b", "z", "a", "0"]]


wordings = st.sampled_from("uvwxy")
days = st.one_of(st.none(), st.integers(1, 5).map(lambda day: datetime(2019, 3, day, tzinfo=UTC)))
archives = st.lists(
    st.tuples(wordings, days, st.booleans()).map(lambda made: made), min_size=1, max_size=9
).map(lambda made: [Printing(f"p{number}", *one) for number, one in enumerate(made)])
wording_pairs = st.sets(st.sets(wordings, min_size=2, max_size=2).map(frozenset), max_size=5)
ids = st.integers(0, 8).map("p{}".format)
id_pairs = st.lists(st.tuples(ids, ids).filter(lambda pair: pair[0] != pair[1]), max_size=4)


@given(archives, wording_pairs, id_pairs, id_pairs, st.randoms())
def test_no_order_matters(archive, pairs, together, apart, chance):
    before = groups(archive, pairs, together, apart)
    turned = [[pair[::-1] if chance.random() < 0.5 else pair for pair in some] for some in (together, apart)]
    for some in (archive, *turned):
        chance.shuffle(some)
    assert groups(archive, pairs, *turned) == before


@given(archives, wording_pairs, id_pairs, id_pairs)
def test_every_printing_is_in_one_group_and_none_with_what_it_is_apart_from(archive, pairs, together, apart):
    found = members(groups(archive, pairs, together, apart))
    assert sorted(name for group in found for name in group) == sorted(printing.id for printing in archive)
    assert not any({one, other} <= set(group) for group in found for one, other in apart)


@given(archives, wording_pairs)
def test_every_printing_is_itself_a_copy_of_the_first(archive, pairs):
    for group in groups(archive, pairs):
        for printing in group.members:
            same = printing.wording == group.first.wording
            assert same or frozenset((printing.wording, group.first.wording)) in pairs
