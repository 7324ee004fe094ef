"""Paragraphs and sentences: cut where they end, never inside an abbreviation, nothing lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.sentences import paragraphs, sentences


def cut(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Gen. Ada Quill met Sen. Rook in St. Orrin on Oct. 4.",
        "The U.S. envoy J. R. Marl left at 9 p.m. Monday.",
        "Prices rose 3.5 percent in No. 10.",
        "He paid $4.20 for it.",
        "Visit orrin.example for more.",
    ],
)
def test_a_point_inside_a_sentence_does_not_end_it(whole):
    assert cut(whole) == [whole]


def test_sentences_end_at_their_marks_and_what_closes_behind_them():
    assert cut("“It is over.” She left. Why? (No one knows.) I did.") == [
        "“It is over.”",
        "She left.",
        "Why?",
        "(No one knows.)",
        "I did.",
    ]


def test_paragraphs_are_lines_without_the_space_around_them():
    text = "  One. \n\n\tTwo.\n \n"
    assert [text[start:end] for start, end in paragraphs(text)] == ["One.", "Two."]


@given(st.text(alphabet="aB .!?\"”'\n(…", max_size=80))
def test_only_space_lies_outside_sentences(text):
    covered = [span for paragraph in paragraphs(text) for span in sentences(text, *paragraph)]
    assert covered == sorted(covered)
    assert all(one.end <= other.start for one, other in pairwise(covered))
    inside = "".join(text[start:end] for start, end in covered)
    assert "".join(inside.split()) == "".join(text.split())


@pytest.mark.parametrize("unit", [".", '"', "A. ", ". ", "a.B", "? "])
def test_a_megabyte_of_marks_ends(unit):
    text = unit * (1_000_000 // len(unit))
    assert sum(len(sentences(text, *paragraph)) for paragraph in paragraphs(text)) >= 1
