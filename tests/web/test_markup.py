"""Marked text: whatever the marks, the words are the words and the tags are balanced."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from archive.web.markup import Mark, marked

TEXT = 'He said "6.8 percent" & left <b>.'


def test_text_is_never_markup():
    assert marked("<script>alert(1)</script>", (0, 25), []) == "&lt;script&gt;alert(1)&lt;/script&gt;"


def test_an_address_is_never_markup():
    shown = marked("name", (0, 4), [Mark(0, 4, "a", "who", '"><script>')])
    assert "<script>" not in shown


def test_marks_inside_each_other():
    shown = marked(TEXT, (0, 21), [Mark(8, 21, "q", "said"), Mark(9, 20, "span", "fig")])
    assert shown == ('He said <q class="said">&quot;<span class="fig">6.8 percent</span>&quot;</q>')


def test_marks_across_each_other_are_closed_and_opened_again():
    shown = marked("abcdef", (0, 6), [Mark(0, 4, "q"), Mark(2, 6, "b")])
    assert shown == "<q>ab<b>cd</b></q><b>ef</b>"


def test_marks_are_clipped_to_what_is_shown():
    assert marked("abcdef", (2, 4), [Mark(0, 3, "b"), Mark(5, 6, "q")]) == "<b>c</b>d"


MARKS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from("abiq")).map(
        lambda drawn: Mark(min(drawn[:2]), max(drawn[:2]), drawn[2])
    ),
    max_size=8,
)


@given(st.text(max_size=30), MARKS)
def test_nothing_is_lost_and_tags_are_balanced(text, marks):
    shown = marked(text, (0, len(text)), marks)
    assert html.unescape(re.sub(r"</?[abiq]>", "", shown)) == text
    open_tags = []
    for closing, tag in re.findall(r"<(/?)([abiq])>", shown):
        if closing:
            assert open_tags.pop() == tag
        else:
            open_tags.append(tag)
    assert open_tags == []
