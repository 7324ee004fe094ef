"""Versions of an article: first what is no change, then what is shown of one, then that no word is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.versions import Part, changes, counted, same_words
from tests.wire_stories import REPORT, WHOLE


def told(old, new):
    """The changed paragraphs with [-what went-] and {+what came+}."""
    marks = {Part.KEPT: "{}", Part.GONE: "[-{}-]", Part.NEW: "{{+{}+}}"}
    return [
        " ".join(marks[run.part].format(run.text.strip()) for run in paragraph.words)
        for paragraph in changes(old, new)
        if paragraph.changed
    ]


@pytest.mark.parametrize(
    "other",
    [
        WHOLE.replace("\n\n", "\n \n\t"),
        WHOLE.replace(" ", "  "),
        WHOLE.replace(" the ", "\u00a0the\u202f"),
        WHOLE.replace('"', "”").replace("'", "’"),
        WHOLE.replace(" - ", " – "),
        f"\n{WHOLE}\n\n",
    ],
)
def test_white_space_and_kinds_of_marks_are_no_change(other):
    assert same_words(WHOLE, other)
    assert told(WHOLE, other) == []


def test_another_word_is_a_change():
    assert not same_words(WHOLE, WHOLE.replace("eleven weeks", "twelve weeks"))
    assert not same_words("He said so.", "He said: so.")


def test_a_figure_that_was_corrected_is_marked_and_nothing_else():
    paragraph = REPORT[5]
    assert told(WHOLE, WHOLE.replace("62 million", "68 million")) == [
        paragraph.replace("cost 62 million", "cost [-62-] {+68+} million")
    ]


def test_a_paragraph_that_was_added_or_taken_out_is_marked_whole():
    added = "Nobody at Halvik Crossings answered the telephone."
    new = "\n\n".join((*REPORT[:2], added, *REPORT[2:]))
    assert told(WHOLE, new) == [f"{{+{added}+}}"]
    assert told(new, WHOLE) == [f"[-{added}-]"]


def test_paragraphs_rewritten_beside_each_other_find_their_own_old_words():
    new = WHOLE.replace("for eleven weeks after", "until spring after").replace(
        "no vehicle heavier than a car", "nothing heavier than a car"
    )
    assert told(WHOLE, new) == [
        REPORT[0].replace("for eleven weeks", "[-for eleven weeks-] {+until spring+}"),
        REPORT[1].replace("no vehicle", "[-no vehicle-] {+nothing+}"),
    ]


def test_phrases_are_marked_whole_though_a_word_between_stayed():
    old = "The minister and the mayor opened the long bridge."
    new = "The king and the queen opened the long bridge."
    assert told(old, new) == ["The [-minister and the mayor-] {+king and the queen+} opened the long bridge."]


def test_nothing_in_common_is_gone_and_new():
    assert told("", "") == []
    assert told("One.", "") == ["[-One.-]"]
    assert told("", "One.") == ["{+One.+}"]
    assert told("Rain fell.", "Snow melted slowly.") == ["{+Snow melted slowly.+}", "[-Rain fell.-]"]


def test_words_are_counted():
    assert counted(changes(WHOLE, WHOLE.replace("62 million", "68 or 69 million"))) == (3, 1)


def test_a_megabyte_in_one_line_comes_to_an_end():
    """It hangs for hours where every pair of words is compared."""
    one, other = "harbour bridge " * 70_000, "bridge closed harbour " * 50_000
    assert any(paragraph.changed for paragraph in changes(one, other))
    assert counted(changes("a\n\n" * 100_000, "b\n\n" * 100_000)) == (100_000, 100_000)


some = st.lists(st.sampled_from(["one", "two", "three", "“two”", "\n\n", "four,", "\n"]), max_size=40).map(
    " ".join
)


@given(st.one_of(some, st.text(max_size=60)), st.one_of(some, st.text(max_size=60)))
def test_no_word_of_either_version_is_lost(old, new):
    found = changes(old, new)
    after = [run.text for paragraph in found for run in paragraph.words if run.part is not Part.GONE]
    assert " ".join(after).split() == new.split()
    before = [run.text for paragraph in found for run in paragraph.words if run.part is not Part.NEW]
    assert same_words(" ".join(before), old)
    assert any(paragraph.changed for paragraph in found) == (not same_words(old, new))
