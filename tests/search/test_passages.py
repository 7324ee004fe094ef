from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.highlights import found
from archive.search.passages import LONGEST_SNIPPET, MOST_SNIPPETS, cut, snippets
from archive.search.query import parse, terms
from archive.text.sentences import paragraphs, sentences
from archive.text.types import Span


def passages(text: str, query: str):
    return snippets(text, paragraphs(text), terms(parse(query).expression))


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


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("It stood open\nbridge and all.", '"open bridge"', ["open\nbridge"]),
        ("The harbour’s\nbridge.", '"harbour bridge"', ["harbour’s\nbridge"]),
        ("He said open\nthe\nbridge now.", '"open the bridge"', ["open\nthe\nbridge"]),
        ("open\n* * *\nbridge", '"open bridge"', ["open\n* * *\nbridge"]),
        ("open\nIt rained.\nbridge", '"open bridge"~5', ["open"]),
    ],
)
def test_a_phrase_is_found_over_the_end_of_a_paragraph(text, query, shown):
    (snippet, *_) = passages(text, query)
    assert [text[slice(*span)] for span in snippet.matches] == shown


@given(st.text(alphabet="ab -'.’é3,\nS"), st.text(alphabet='ab -*"’é3~'))
def test_snippets_hold_their_marks(text, query):
    for snippet in passages(text, query):
        assert snippet.matches
        for start, end in snippet.matches:
            assert snippet.span.start <= start < end <= snippet.span.end


PRINTED = st.one_of(st.text(), st.text(alphabet="aAb -'.’éß\u00ad3,\nsS"))


@given(PRINTED, st.one_of(st.text(), st.text(alphabet='aAb -*"’éß3~sS')))
def test_looking_only_where_words_may_stand_misses_none(text, query):
    wanted = terms(parse(query).expression)
    assert snippets(text, paragraphs(text), wanted) == snippets_of_everything(text, wanted)


def snippets_of_everything(text, wanted):
    """The same passages by folding every word of the text."""
    spans = [sentence for block in paragraphs(text) for sentence in sentences(text, *block)]
    by_sentence = defaultdict(list)
    for match in found(text, dict(enumerate(wanted)), Span(0, len(text))):
        for span in spans:
            if span.start <= match.start < span.end:
                by_sentence[span].append(match)
    ranked = sorted(by_sentence, key=lambda span: (-len({match.term for match in by_sentence[span]}), span))
    covered, chosen = set(), []
    for span in ranked:
        new = {match.term for match in by_sentence[span]} - covered
        if len(chosen) < MOST_SNIPPETS and (new or not chosen):
            chosen.append(span)
            covered |= new
    return tuple(cut(text, span, by_sentence[span]) for span in sorted(chosen))
