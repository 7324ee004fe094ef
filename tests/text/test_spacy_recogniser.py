"""spaCy behind the recogniser's interface, on a tiny pipeline made here."""

import pytest
import spacy

from archive.text.authority import Authority
from archive.text.mentions import recognise
from archive.text.recognisers import installed, named
from archive.text.resolving import resolve
from archive.text.spacy_recogniser import MODEL, ModelMissing, recogniser_of
from archive.text.types import Kind

BODY = "Quill Tarbotton met the Brevik Frob in Oslo. Tarbotton left early."


@pytest.fixture(scope="module")
def pipeline():
    """Return a pipeline that knows two names and a place."""
    made = spacy.blank("en")
    made.add_pipe("entity_ruler").add_patterns(
        [
            {"label": "PERSON", "pattern": "Quill Tarbotton"},
            {"label": "ORG", "pattern": "Brevik Frob"},
            {"label": "GPE", "pattern": "Oslo"},
        ]
    )
    return made


def test_places_are_not_taken(pipeline):
    assert "Oslo" not in [BODY[m.start : m.end] for m in recogniser_of(pipeline)(BODY)]


def test_names_come_with_kind_and_evidence(pipeline):
    person, organisation = recogniser_of(pipeline)(BODY)
    assert (BODY[person.start : person.end], person.kind) == ("Quill Tarbotton", Kind.PERSON)
    assert (BODY[organisation.start : organisation.end], organisation.kind) == (
        "Brevik Frob",
        Kind.ORGANISATION,
    )
    assert person.evidence[0].rule == "spaCy"


def test_names_spread_and_resolve_after_it_as_after_the_rules(pipeline):
    authority = Authority.shipped()
    mentions = recognise(BODY, authority=authority, recogniser=recogniser_of(pipeline))
    links = resolve(BODY, mentions, authority)
    assert [link.key for link in links if link.mention.kind is Kind.PERSON] == ["quill tarbotton"] * 2


def test_without_a_model_one_sentence_says_how_to_get_one():
    with pytest.raises(ModelMissing, match=f"spacy download {MODEL}"):
        named("spacy")("Anything.")


def test_it_is_installed_under_its_name():
    assert "spacy" in installed()
