"""Sentences: where no cut may be made, where one must be, and that nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.sentences import paragraphs, sentences


def texts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Brig. Gen. Ada Stone met Dr. Noor in St. Agnes on Jan. 5.",
        "The firm of J. K. Marrow and A. Poole was closed.",
        "They were right about A.J. Marrow and wrong about P.Q. O’Poole.",
        "He left the U.S. Navy in May.",
        "The U.N. Security Council met at 9 a.m. Monday.",
        "Acme Inc. Chairman Rudd resigned.",
        "It came in at No. 4 of the list.",
        "The court heard Marrow v. Poole on Monday.",
        "“Stop!” Warden Pike said.",
        "“Who are you?” the old Colonel asked.",
        "The price rose by 3.5 percent to $1.20 a litre.",
        "Wait... there is more of it.",
        "See www.example.org for the rest.",
        "He asked (e.g. Anna) for help.",
    ],
)
def test_one_sentence_stays_one(whole: str) -> None:
    assert texts(whole) == [whole]


@pytest.mark.parametrize(
    "parts",
    [
        ["The dam broke.", "Nobody was hurt."],
        ["“We knew it.”", "She left the room."],
        ["“It is over,” he said.", "“They will go.”"],
        ["The discussion has started now…", "There are talks."],
        ["They moved to the U.S.", "The house was sold."],
        ["It closed at 5 p.m.", "He was late."],
        ["He works for Acme Inc.", "It makes pumps."],
        ["Is it true?", "Nobody knows.", "Not yet!"],
        ["It began in 2014.", "2015 was worse."],
        ["(He was away.)", "[The mayor was not.]"],
        ["He said no.", "She said yes."],
        ["They had the backing of the R.L.P.", "Marrow thanked them."],
        ["A heading without a mark", "The first sentence."],
    ],
)
def test_sentences_are_cut(parts: list[str]) -> None:
    separator = "\n\n" if "heading" in parts[0] else " "
    assert texts(separator.join(parts)) == parts


def test_a_broken_line_is_no_end() -> None:
    assert texts("The dam\nbroke. Nobody\nwas hurt.") == ["The dam\nbroke.", "Nobody\nwas hurt."]


def test_sentences_of_a_part_of_a_text() -> None:
    text = "One is here. Two is there. Three is gone."
    assert [text[a:b] for a, b in sentences(text, 13, 26)] == ["Two is there."]


def test_paragraphs_are_lines_without_the_space_around() -> None:
    text = "One.\n\n  Two.  \n\t\nThree."
    assert [text[start:end] for start, end in paragraphs(text)] == ["One.", "Two.", "Three."]


@given(st.text(alphabet="aA .!?\n”“\"'()…1U.S.\u00a0", max_size=200))
def test_only_space_lies_between_sentences(text: str) -> None:
    end = 0
    for span in sentences(text):
        assert text[end : span.start].strip() == ""
        assert text[span.start : span.end].strip() == text[span.start : span.end] != ""
        end = span.end
    assert text[end:].strip() == ""


@pytest.mark.parametrize("piece", ["a", "A. ", ".", "?” A", "\n\n", "“", "U.S. ", " "])
def test_hostile_texts_end_quickly(piece: str) -> None:
    sentences(piece * (300_000 // len(piece)))
