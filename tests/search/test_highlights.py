import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.highlights import matches
from archive.search.query import parse, terms


def found(text: str, query: str) -> list[str]:
    return [text[slice(*span)] for span in matches(text, terms(parse(query).expression))]


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


@given(st.text(), st.text())
def test_marks_are_in_order_apart_and_inside(text, query):
    spans = matches(text, terms(parse(query).expression))
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in spans)
