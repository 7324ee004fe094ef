"""Judged lines: found again by their words, whatever the rules of cleaning say of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text.cleaning import clean
from archive.text.lines import JudgedLine, key_of, kind_of, line_at, placed
from archive.text.types import BlockKind, RemovedKind, Span

PAGE = """Menu
Home | Sport | Weather

Ferry to Varnholm stops for the winter

By Ada Lund

The ferry between Varnholm and the mainland will stop for the winter, the harbour office said on Monday.

Photo: the ferry at its pier. Bo Ek

Passengers will have to take the bus, which needs two hours longer, a spokeswoman told the town council.

Advertisement

The council wants the line to open again in March, and has asked the owner to say when.

Share this on Facebook
"""


def stretches(article):
    """Return all that is accounted for: the segments and what was removed, in order."""
    kept = [(one.raw_start, one.raw_start + one.length) for one in article.segments]
    return sorted(kept + [(one.start, one.end) for one in article.removed])


def assert_whole(raw, article):
    """Every visible character lies in exactly one stretch; the body is what its segments say."""
    position = 0
    for start, end in stretches(article):
        assert start >= position
        assert not raw[position:start].strip()
        position = end
    assert not raw[position:].strip()
    for body_start, raw_start, length in article.segments:
        assert article.body[body_start : body_start + length] == raw[raw_start : raw_start + length]


def test_a_line_that_was_taken_out_is_put_back_where_it_stood():
    cut = next(one for one in clean(PAGE).removed if one.kind is RemovedKind.ADVERTISEMENT)
    line = line_at(PAGE, Span(cut.start, cut.end), BlockKind.PARAGRAPH)
    article = clean(PAGE, lines=[line])
    assert "council.\n\nAdvertisement\n\nThe council" in article.body
    assert_whole(PAGE, article)


def test_a_line_that_was_kept_is_taken_out_with_its_reason():
    start = PAGE.index("Passengers")
    line = line_at(PAGE, Span(start, PAGE.index("\n", start)), RemovedKind.PROMOTION)
    article = clean(PAGE, lines=[line])
    assert "Passengers" not in article.body
    cut = next(one for one in article.removed if one.kind is RemovedKind.PROMOTION)
    assert PAGE[cut.start : cut.end].startswith("Passengers will")
    assert cut.reason == "A curator took it out."
    assert_whole(PAGE, article)


def test_a_part_of_a_paragraph_can_be_taken_out():
    start = PAGE.index("which needs")
    line = line_at(PAGE, Span(start, start + len("which needs two hours longer,")), RemovedKind.OTHER)
    article = clean(PAGE, lines=[line])
    assert "take the bus,\n\na spokeswoman" in article.body
    assert_whole(PAGE, article)


def test_the_newest_word_about_a_line_counts():
    cut = next(one for one in clean(PAGE).removed if one.kind is RemovedKind.ADVERTISEMENT)
    span = Span(cut.start, cut.end)
    said = [line_at(PAGE, span, kind) for kind in (BlockKind.PARAGRAPH, RemovedKind.MENU)]
    assert "Advertisement" not in clean(PAGE, lines=said).body
    assert "Advertisement" in clean(PAGE, lines=said[::-1]).body


def test_the_same_words_twice_are_two_lines():
    raw = f"{PAGE}\nAdvertisement\n"
    second = raw.rindex("Advertisement")
    line = line_at(raw, Span(second, second + len("Advertisement")), BlockKind.PARAGRAPH)
    assert (line.words, line.number) == ("Advertisement", 2)
    assert placed(raw, [line])[0].span.start == second
    assert clean(raw, lines=[line]).body.endswith("Advertisement")


def test_a_line_that_the_text_does_not_print_changes_nothing():
    said = [
        JudgedLine("Nobody printed this", 1, BlockKind.PARAGRAPH),
        JudgedLine("Menu", 9, BlockKind.PARAGRAPH),
    ]
    assert clean(PAGE, lines=said) == clean(PAGE)


def test_a_line_is_found_again_however_it_is_wrapped():
    line = JudgedLine("Photo: the ferry at its pier. Bo Ek", 1, BlockKind.PARAGRAPH)
    wrapped = PAGE.replace("the ferry at its", "the\tferry at\nits")
    assert placed(wrapped, [line])[0].span.start == wrapped.index("Photo")


def test_white_space_is_no_line():
    with pytest.raises(ValueError, match="white space"):
        line_at(PAGE, Span(4, 5), BlockKind.PARAGRAPH)


def test_a_line_is_only_what_a_line_can_be():
    assert kind_of("paragraph") is BlockKind.PARAGRAPH
    assert kind_of("menu") is RemovedKind.MENU
    with pytest.raises(ValueError, match="nonsense"):
        kind_of("nonsense")


@settings(deadline=None)
@given(st.text(), st.text(), st.integers(1, 99))
def test_different_lines_have_different_keys_that_can_be_stored(one, other, number):
    assert len(key_of(one, number)) <= 400
    assert (key_of(one, number) == key_of(other, number)) == (one == other)


WORDS = st.lists(
    st.sampled_from(["Ferry", "stops", "the", "in", "[a](http://x)", "*", "Photo:", "\u200b", "said."])
)
TEXTS = st.lists(WORDS.map(" ".join), max_size=12).map("\n".join)
KINDS = st.sampled_from([*BlockKind, *RemovedKind])


@settings(deadline=None)
@given(TEXTS, st.lists(st.tuples(st.integers(0, 300), st.integers(1, 60), KINDS), max_size=4))
def test_whatever_is_judged_every_character_is_accounted_for(raw, asked):
    lines = []
    for start, length, kind in asked:
        if raw[start : start + length].strip():
            lines.append(line_at(raw, Span(start, min(start + length, len(raw))), kind))
    assert_whole(raw, clean(raw, lines=lines))
