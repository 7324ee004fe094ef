"""Copies of texts: first what must not be taken for one, then what is, then what always holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text.copies import LEAST_WORDS, CopyKind, bands, overlap, read
from tests.wire_stories import BACKGROUND, CREDITED, CUT, OWN_LEAD, OWN_REPORT, WHOLE

PHRASE = "the quick grey heron stood on the wet stones of the old harbour wall until noon and "


def kind(one, other):
    return overlap(read(one), read(other)).kind


def meet(one, other):
    return bool(set(bands(read(one))) & set(bands(read(other))))


@pytest.mark.parametrize("other", [OWN_REPORT, BACKGROUND])
def test_a_report_of_its_own_is_no_copy_though_it_quotes_the_same(other):
    assert kind(WHOLE, other) not in (CopyKind.EXACT, CopyKind.NEAR)


def test_a_common_quotation_is_no_shared_passage():
    assert kind(WHOLE, OWN_REPORT) is CopyKind.NONE


def test_background_taken_over_is_a_shared_passage():
    assert kind(WHOLE, BACKGROUND) is CopyKind.PASSAGES


def test_a_box_below_two_articles_does_not_make_them_copies():
    """What an outlet prints below all its articles may be longer than they are."""
    box = "\n\n".join(f"{PHRASE} {number} boats came in." for number in range(40))
    one = "Rain fell on Varnholm for a fifth day and the market was moved into the church hall. " * 2
    other = "The choir of Lower Tellen has won the prize of the valley, as it did in four other years. " * 2
    assert kind(one + box, other + box) is CopyKind.NEAR  # nine tenths of both are the same
    half = "\n\n".join(
        f"Deputy {number} rose and spoke of hedges, ditches, and tolls." for number in range(30)
    )
    assert kind(one + half + box, other + half[::-1] + box) is not CopyKind.NEAR


def test_a_short_text_inside_a_long_one_that_opens_otherwise_is_no_copy():
    long = "\n\n".join((OWN_REPORT, OWN_REPORT.upper()[::-1], CUT))
    assert kind(long, CUT) in (CopyKind.PASSAGES, CopyKind.NONE)


@pytest.mark.parametrize("words", ["", "Photos of the day", "Subscribe to read"])
def test_a_few_words_are_found_by_nothing_but_the_same_headline(words):
    assert bands(read(words)) == ()
    assert kind(words, f"{words} Subscribe") is CopyKind.NONE
    assert overlap(read(words, "One day"), read(words, "Another day")).kind is CopyKind.NONE
    assert overlap(read(words, "One day"), read(words, "ONE DAY")).kind is CopyKind.EXACT


@pytest.mark.parametrize("other", [CREDITED, OWN_LEAD, CUT])
def test_printings_of_one_report_are_near_copies_and_are_found(other):
    assert kind(WHOLE, other) is CopyKind.NEAR
    assert meet(WHOLE, other)


def test_case_punctuation_and_line_ends_make_no_difference():
    other = WHOLE.upper().replace("\n\n", "\r\n").replace('"', "»").replace(" - ", " — ")
    assert kind(WHOLE, other) is CopyKind.EXACT
    assert bands(read(WHOLE)) == bands(read(other))


def test_scripts_without_spaces_are_told_apart_sign_by_sign():
    one = "港のトンネルは十一週間閉鎖されると政府が月曜日に発表した。技師が換気坑に亀裂を見つけたためである。"
    assert kind(one, one.replace("。", "！")) is CopyKind.EXACT
    assert kind(one, one[::-1]) is CopyKind.NONE


def test_what_was_measured_is_told():
    found = overlap(read(WHOLE), read(CUT))
    assert found.shared == read(CUT).size
    assert found.share_of_other == 1.0
    assert 0.2 < found.share_of_one < 0.5


def test_hostile_texts_come_to_an_end():
    """A megabyte in one line, of one word, of no word, of nothing that is a word."""
    line = "harbour " * 131_072
    for text in (
        line,
        "x" * 1_048_576,
        " " * 1_048_576,
        "\ud800" * 1_000,
        "'" * 1_048_576,
        "\u200f" * 10_000,
    ):
        found = read(text)
        assert overlap(found, found).kind is CopyKind.EXACT
        assert kind(text, WHOLE) is CopyKind.NONE
        assert len(bands(found)) in (0, 32)


some_words = st.lists(st.sampled_from(WHOLE.split()), max_size=120).map(" ".join)
pieces = st.lists(st.sampled_from([*WHOLE.split("\n\n"), *OWN_REPORT.split("\n\n")]), max_size=9)
texts = st.one_of(some_words, pieces.map("\n\n".join), st.text(max_size=300))


@settings(max_examples=300)
@given(texts, texts)
def test_the_order_of_two_texts_does_not_matter(one, other):
    here, there = overlap(read(one), read(other)), overlap(read(other), read(one))
    assert (here.kind, here.shared) == (there.kind, there.shared)
    assert (here.share_of_one, here.share_of_other) == (there.share_of_other, there.share_of_one)


@given(texts)
def test_a_text_is_an_exact_copy_of_itself_and_always_found(text):
    found = read(text)
    assert overlap(found, read(text)).kind is CopyKind.EXACT
    assert bands(found) == bands(read(text))
    assert bool(bands(found)) == (found.size >= LEAST_WORDS)


@given(texts, texts)
def test_shares_are_shares(one, other):
    found = overlap(read(one), read(other))
    assert 0 <= found.share_of_one <= 1 and 0 <= found.share_of_other <= 1
    assert found.shared <= min(read(one).size, read(other).size)
