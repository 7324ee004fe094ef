"""Whom an article leans on: what is no source must not be called one; every place is the printed words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text.cited_sources import cited_sources, source_rows
from archive.text.mentions import recognise
from archive.text.passages import Text
from archive.text.resolving import resolve
from archive.text.source_kinds import SourceKind
from archive.text.types import Span
from tests.text.test_aligning_seeds import TEXTS


def text(body):
    keys = tuple((Span(*link.mention[:2]), link.key or "") for link in resolve(body, recognise(body)))
    return Text("1", body, (), (), (), keys)


def found(body):
    return [(one.kind, body[slice(*one.places[0])]) for one in cited_sources(text(body))]


@pytest.mark.parametrize(
    "body",
    [
        "The mayor opened the bridge. Reuters has an office in Varnholm.",
        "“Officials told Reuters everything,” it read.",
        "She told the court that she had slept. He told reporters nothing.",
        "The committee rejected the plan, and its members went home.",
    ],
)
def test_what_is_done_and_not_said_is_no_source(body):
    assert SourceKind.AGENCY not in [kind for kind, _ in found(body)]
    assert SourceKind.MEDIA not in [kind for kind, _ in found(body)]


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        ("The minister told Reuters that it had begun.", SourceKind.AGENCY, "Reuters"),
        ("The dam has burst, AFP reported.", SourceKind.AGENCY, "AFP"),
        ("It has begun, the clerk told the Varnholm Courier.", SourceKind.MEDIA, "the Varnholm Courier"),
        ("It began, citing unnamed regional sources.", SourceKind.UNNAMED, "unnamed regional sources"),
        ("Two diplomats said that the talks had begun.", SourceKind.UNNAMED, "Two diplomats"),
        ("An aide, who asked not to be named, said no.", SourceKind.UNNAMED, "An aide"),
        ("Talks began, according to a person familiar with them.", SourceKind.UNNAMED, "a person familiar"),
        ("The army said that the bridge was safe.", SourceKind.OFFICIAL, "The army"),
        ("Interior Minister Ada Lund said it was safe.", SourceKind.OFFICIAL, "Interior Minister Ada Lund"),
        ("According to a recent study, the ice is thinner.", SourceKind.DOCUMENT, "a recent study"),
        ("Ada Lund, who farms near the lake, said that it was thinner.", SourceKind.NAMED, "Ada Lund"),
    ],
)  # fmt: skip
def test_a_source_has_the_kind_that_its_words_say(body, kind, words):
    assert (kind, words) in found(body)


def test_an_office_said_once_holds_for_the_whole_text():
    body = "Mayor Ada Lund closed the bridge. Lund said that it was old."
    assert [(one.kind, len(one.places)) for one in cited_sources(text(body))] == [(SourceKind.OFFICIAL, 1)]


def test_the_seeds_lean_on_reuters_and_on_sources_without_a_name():
    printed = {
        (row.kind, row.key): [
            [one.body[slice(*place)] for place in cell] for one, cell in zip(TEXTS, row.cells, strict=True)
        ]
        for row in source_rows(TEXTS)
    }
    assert all(printed[SourceKind.AGENCY, "agency:Reuters"])
    assert printed[SourceKind.AGENCY, "agency:AP"] == [["AP"], [], []]
    assert printed[SourceKind.UNNAMED, "unnamed regional sources"] == [[], [], ["unnamed regional sources"]]
    assert all(printed[SourceKind.OFFICIAL, "name:ayad allawi"])


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="Aa said told citing Reuters,.\n“”officials", max_size=200))
def test_places_stand_in_order_and_never_overlap(body):
    for one in cited_sources(text(body)):
        assert all(0 <= start < end <= len(body) for start, end in one.places)
        assert all(a.end <= b.start for a, b in zip(one.places, one.places[1:], strict=False))


def test_a_line_of_a_megabyte_ends():
    assert cited_sources(Text("1", "said citing told " * 60_000)) is not None


@pytest.mark.parametrize(
    "body",
    [
        "Mayor Ada Lund did not say when the bridge would open.",
        "A clerk asked Ada Lund whether the bridge was safe.",
        "79 percent said that the bridge was safe.",
        "VARNHOLM — The bridge is safe, adding to the joy of many.",
        "Officers found the boat on Monday, warning light still on.",
        "Lund's offer said little of the bridge.",
    ],
)
def test_who_says_nothing_is_no_source(body):
    assert found(body) == []


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        ("The city press secretary said no.", SourceKind.OFFICIAL, "The city press secretary"),
        ("Courier News host Ada Lund said that it was safe.", SourceKind.NAMED, "Courier News host Ada Lund"),
        ("Governor Ada Lund spoke. The Lund campaign said no.", SourceKind.NAMED, "The Lund campaign"),
        ("An aide to Governor Ada Lund said no.", SourceKind.UNNAMED, "An aide to Governor Ada Lund"),
        ("The state news agency Ruripress said no.", SourceKind.AGENCY, "The state news agency Ruripress"),
        ("The bridge is safe, the Varnholm Courier reports.", SourceKind.MEDIA, "the Varnholm Courier"),
        ("It is safe, according to one of the officials.", SourceKind.UNNAMED, "one of the officials"),
        ("The port authority confirmed that it was safe.", SourceKind.OFFICIAL, "The port authority"),
        ("According to a survey published on Monday, it is safe.", SourceKind.DOCUMENT, "a survey"),
        ("Patrick T. Lund, a grocer, said it was safe.", SourceKind.NAMED, "Patrick T. Lund"),
        ("President Lund said that it was safe.", SourceKind.OFFICIAL, "President Lund"),
    ],
)  # fmt: skip
def test_the_head_of_the_words_says_who_it_is(body, kind, words):
    assert (kind, words) in found(body)


def test_an_office_that_one_text_says_holds_in_the_other():
    texts = [text("Mayor Ada Lund said no."), text("Ada Lund said that it was safe.")]
    (row,) = source_rows(texts)
    assert row.kind is SourceKind.OFFICIAL and all(row.cells)
