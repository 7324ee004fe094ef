"""Where texts are cut: every sentence stands in units, in order, and what is stored gives them again."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import cuts
from archive.text.passages import Text, units
from archive.text.quotes import quotations
from archive.text.types import Block, BlockKind, Span

BODY = (
    "The ferry left Orrin at dawn, while the harbour board kept the second pier closed.\n"
    "Repairs\n"
    "“The pier cannot carry a crane this winter,” said Mira Voss; "
    "nobody else of the whole harbour spoke there yesterday."
)


def printed(body, blocks=()):
    found = cuts.starts(body, blocks, quotations(body, []), ())
    return [(body[one.start : one.end], one.sentence) for one in cuts.parts(body, blocks, found)]


def test_a_sentence_is_cut_where_both_sides_say_enough():
    assert printed(BODY.splitlines()[0]) == [
        ("The ferry left Orrin at dawn,", 0),
        ("while the harbour board kept the second pier closed.", 0),
    ]
    assert printed("The ferry left, while it rained.") == [("The ferry left, while it rained.", 0)]


def test_a_name_is_one_word():
    body = "The Upper Selk Valley Board spoke, while the harbour board kept the second pier closed."
    assert len(cuts.starts(body, (), (), ())) == 2
    assert cuts.starts(body, (), (), [Span(4, 27)]) == (0,)


def test_subheadings_are_no_units():
    lines = [BODY.index(line) for line in BODY.splitlines()]
    kinds = (BlockKind.PARAGRAPH, BlockKind.SUBHEADING, BlockKind.PARAGRAPH)
    blocks = [
        Block(a, a + len(line), kind) for a, line, kind in zip(lines, BODY.splitlines(), kinds, strict=True)
    ]
    assert "Repairs" in [words for words, _ in printed(BODY)]
    assert "Repairs" not in [words for words, _ in printed(BODY, blocks)]
    assert [sentence for _, sentence in printed(BODY, blocks)] == [0, 0, 1, 1]


PIECES = st.sampled_from([*'ab Zé.,;:!“”"- \n', " while ", ", and the ", "town ", "Harbour"])


@given(st.lists(PIECES).map("".join))
def test_units_cover_the_text_in_order_and_come_out_of_what_is_stored(body):
    said = tuple(quotations(body, []))
    found = cuts.starts(body, (), said, ())
    spans = [(one.start, one.end) for one in cuts.parts(body, (), found)]
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert "".join("".join(body[a:b].split()) for a, b in spans) == "".join(body.split())
    text = Text("a", body, quotes=said)
    assert units(text._replace(cuts=found)) == units(text)


def test_the_digest_tells_of_every_rule_that_cuts(monkeypatch):
    before = cuts.rules()
    monkeypatch.setattr(cuts, "_RULES", cuts._RULES[1:])
    cuts.rules.cache_clear()
    try:
        assert cuts.rules() != before
    finally:
        monkeypatch.undo()
        cuts.rules.cache_clear()
    assert cuts.rules() == before
    assert len(before) == 12


@pytest.mark.parametrize("body", ["", " \n ", ". . .", "“”"])
def test_what_says_nothing_is_cut_without_harm(body):
    assert units(Text("a", body)) == units(Text("a", body, cuts=cuts.starts(body, (), (), ())))
