import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.highlights import LONGEST_SNIPPET, matches, snippets
from archive.search.query import parse, terms
from archive.text.sentences import paragraphs, sentences
from archive.text.types import Span


def found(text: str, query: str) -> list[str]:
    return [text[slice(*span)] for span in matches(text, terms(parse(query).expression))]


def passages(text: str, query: str):
    spans = [sentence for block in paragraphs(text) for sentence in sentences(text, *block)]
    return snippets(text, spans, terms(parse(query).expression))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("The bridges closed.", "bridge"),
        ("thin cold air", '"thin air"'),
        ("air thin", '"thin air"'),
        ("The harbour bridge", "-harbour"),
        ("well. Being", "wellbeing"),
        ("bridgehead", "head*"),
    ],
)
def test_what_did_not_match_is_not_marked(text, query):
    assert found(text, query) == []


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("into thin\nair, he said", '"thin air"', ["thin\nair"]),
        ("“Well‑being” and well being", '"well-being"', ["Well‑being", "well being"]),
        ("“Well-being” here", "wellbeing", ["Well-being"]),
        ("El Niño, el nino", "niño", ["Niño", "nino"]),
        ("Iraq’s and Iraq", "iraq", ["Iraq", "Iraq"]),
        ("the U.S. and the US", "u.s.", ["U.S.", "US"]),
        ("bridges and Bridge", "bridg*", ["bridges", "Bridge"]),
        ("the \ufb01nal word", "final", ["\ufb01nal"]),
        ("one two two three", '"one two" OR "two three"', ["one two", "two three"]),
        ("one two three", '"one two" OR "two three"', ["one two three"]),
    ],
)
def test_what_matched_is_marked(text, query, marked):
    assert found(text, query) == marked


def test_without_words_there_is_no_snippet():
    assert passages("Nothing here. At all.", "-bridge") == ()
    assert passages("Nothing here. At all.", "bridge") == ()


def test_the_sentence_with_most_different_words_is_shown():
    text = "The bridge is old. The bridge in the harbour closed. Ships wait in the harbour."
    (snippet,) = passages(text, "bridge harbour")
    assert text[slice(*snippet.span)] == "The bridge in the harbour closed."
    assert not snippet.cut_before
    assert not snippet.cut_after


def test_two_sentences_are_shown_where_one_does_not_hold_all():
    text = "The bridge is old. It rained. Ships wait in the harbour."
    shown = [text[slice(*snippet.span)] for snippet in passages(text, "bridge harbour")]
    assert shown == ["The bridge is old.", "Ships wait in the harbour."]


def test_a_long_sentence_is_cut_at_words_around_what_matched():
    text = "Many words " * 100 + "and the bridge " + "and many more " * 100
    (snippet,) = passages(text, "bridge")
    shown = text[slice(*snippet.span)]
    assert "the bridge and" in shown
    assert len(shown) <= LONGEST_SNIPPET
    assert snippet.cut_before
    assert snippet.cut_after
    assert shown.split()[0] in ("Many", "words")


def test_one_word_of_a_megabyte_is_cut_too():
    (snippet,) = passages("a" * 1_000_000, "a" * 100)
    assert snippet.span.end - snippet.span.start <= LONGEST_SNIPPET
    assert all(start < end <= snippet.span.end for start, end in snippet.matches)


@given(st.text(), st.text())
def test_marks_are_in_order_apart_and_inside(text, query):
    spans = matches(text, terms(parse(query).expression))
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(st.text(alphabet="ab -'.\n"), st.text(alphabet='ab -*"'))
def test_snippets_hold_their_marks(text, query):
    spans = [Span(0, len(text))] if text else []
    for snippet in snippets(text, spans, terms(parse(query).expression)):
        assert snippet.matches
        for start, end in snippet.matches:
            assert snippet.span.start <= start < end <= snippet.span.end
