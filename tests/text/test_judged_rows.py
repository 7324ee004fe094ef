"""Rows put right by hand: what must not happen first."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text.aligning import RowKind, Text, align
from archive.text.judged_rows import Pair, as_value, passage_words, put_right, words_of

FERRY = "The ferry company of Varnholm cancelled every evening crossing. Rain fell on the terminal roof."
HARBOUR = "No boat left the island after dark. Anglers sold mackerel beside the old lighthouse."
COUNCIL = (
    "The ferry company of Varnholm cancelled all evening crossings. The council met behind closed doors."
)
TEXTS = [Text("a", FERRY), Text("b", HARBOUR), Text("c", COUNCIL)]

CROSSING, RAIN = (
    "the ferry company of varnholm cancelled every evening crossing",
    "rain fell on the terminal roof",
)
NO_BOAT, ANGLERS = (
    "no boat left the island after dark",
    "anglers sold mackerel beside the old lighthouse",
)
ALL_CROSSINGS = "the ferry company of varnholm cancelled all evening crossings"
BY_TEXT = {
    "a": [CROSSING, RAIN],
    "b": [NO_BOAT, ANGLERS],
    "c": [ALL_CROSSINGS, "the council met behind closed doors"],
}


def rows(pairs, texts=TEXTS):
    return put_right(texts, align(texts), pairs).rows


def row_of(found, said):
    """The row that holds a passage, as a set of passages by their words."""
    for row in found:
        inside = {
            passage_words(text.body, passage.start, passage.end)
            for text, cell in zip(TEXTS, row.cells, strict=True)
            for passage in cell
        }
        if said in inside:
            return row, inside
    raise AssertionError(said)


def test_words_that_no_text_has_change_nothing():
    alignment = align(TEXTS)
    assert put_right(TEXTS, alignment, [Pair("a", "no such words", "b", ANGLERS, True)]) is alignment
    assert put_right(TEXTS, alignment, [Pair("x", RAIN, "b", ANGLERS, True)]) is alignment


def test_what_stood_together_already_is_not_marked_as_put_right():
    alignment = align(TEXTS)
    assert put_right(TEXTS, alignment, [Pair("a", CROSSING, "c", ALL_CROSSINGS, True)]) is alignment


def test_joined_passages_stand_in_one_row_that_says_so():
    row, inside = row_of(rows([Pair("a", RAIN, "b", ANGLERS, True)]), RAIN)
    assert inside == {RAIN, ANGLERS}
    assert row.by_hand and row.sure and row.kinds == (RowKind.REWORDED,)
    assert all(passage.differing for cell in row.cells for passage in cell)


def test_a_passage_joined_to_a_row_stands_beside_all_of_it():
    _, inside = row_of(rows([Pair("b", NO_BOAT, "a", CROSSING, True)]), NO_BOAT)
    assert inside == {CROSSING, NO_BOAT, ALL_CROSSINGS}


def test_parted_passages_stand_alone():
    found = rows([Pair("a", CROSSING, "c", ALL_CROSSINGS, False)])
    row, inside = row_of(found, CROSSING)
    assert inside == {CROSSING}
    assert row.kinds == (RowKind.ONLY,) and row.by_hand
    assert not any(passage.differing for cell in row.cells for passage in cell)


def test_a_chain_never_joins_what_was_judged_apart():
    pairs = [
        Pair("a", CROSSING, "c", ALL_CROSSINGS, False),
        Pair("b", NO_BOAT, "a", CROSSING, True),
        Pair("b", NO_BOAT, "c", ALL_CROSSINGS, True),
    ]
    for order in permutations(pairs[1:]):
        _, inside = row_of(rows([pairs[0], *order]), CROSSING)
        assert ALL_CROSSINGS not in inside


def test_the_newest_judgement_about_a_pair_holds():
    pairs = [Pair("a", RAIN, "b", ANGLERS, True), Pair("b", ANGLERS, "a", RAIN, False)]
    assert row_of(rows(pairs), RAIN)[1] == {RAIN}
    assert row_of(rows(pairs[::-1]), RAIN)[1] == {RAIN, ANGLERS}


def test_case_punctuation_and_a_new_first_paragraph_do_not_matter():
    moved = Text("a", f"An editor's line of some length stands here now.\n\n{FERRY.replace('.', '!')}")
    texts = [moved, *TEXTS[1:]]
    found = put_right(texts, align(texts), [Pair("a", RAIN, "b", ANGLERS, True)])
    assert any(row.by_hand for row in found.rows)


def test_what_is_no_pair_of_passages_is_refused():
    assert words_of(as_value(RAIN, ANGLERS)) == (RAIN, ANGLERS)
    for bad in ("", "{}", '["rain"]', '["rain", ""]', '["Rain.", "rain"]', '[1, "rain"]', "[" * 90_000):
        with pytest.raises(ValueError):
            words_of(bad)


pair = st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), st.integers(0, 1), st.integers(0, 1)).filter(
    lambda drawn: drawn[0] != drawn[1]
)
judged = st.lists(st.tuples(pair, st.booleans()), max_size=6)


@settings(max_examples=60, deadline=None)
@given(judged)
def test_every_passage_keeps_one_place_and_the_order_of_columns_does_not_matter(drawn):
    pairs = [Pair(a, BY_TEXT[a][m], b, BY_TEXT[b][n], together) for (a, b, m, n), together in drawn]
    found = rows(pairs)
    for column, text in enumerate(TEXTS):
        spans = sorted((p.start, p.end) for row in found for p in row.cells[column])
        assert [passage_words(text.body, *span) for span in spans] == BY_TEXT[text.id]
    for order in permutations(range(3)):
        turned = rows(pairs, [TEXTS[place] for place in order])
        assert tuple(
            row._replace(cells=tuple(row.cells[order.index(place)] for place in range(3))) for row in turned
        ) == tuple(found)
