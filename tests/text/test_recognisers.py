"""Recognisers that plug in: what they find spreads through the text and resolves like the rules' own."""

from importlib.metadata import EntryPoint

import pytest

from archive.text import recognisers
from archive.text.authority import Authority
from archive.text.mentions import recognise
from archive.text.resolving import resolve
from archive.text.types import Evidence, Kind, Mention

BODY = "Zorl Vantik of the Marrow Group spoke. Later Vantik left for Lisbon."


def plugged(body: str) -> list[Mention]:
    """A recogniser that knows one name."""
    start = body.find("Zorl Vantik")
    evidence = (Evidence("made-up model", "certain"),)
    return [Mention(start, start + 11, Kind.PERSON, 0.9, evidence, "made-up")] if start >= 0 else []


def names(body: str) -> list[str]:
    return [body[m.start : m.end] for m in recognise(body, recogniser=plugged, authority=Authority([]))]


def test_the_rules_judge_nothing_when_another_recogniser_is_chosen() -> None:
    assert "Marrow Group" not in names(BODY)
    assert names("The Marrow Group met.") == []


def test_a_plugged_name_spreads_to_its_surname_and_keeps_its_evidence() -> None:
    assert names(BODY) == ["Zorl Vantik", "Vantik"]
    full, surname = recognise(BODY, recogniser=plugged, authority=Authority([]))
    assert full.evidence[0].rule == "made-up model"
    assert {full.recogniser, surname.recogniser} == {"made-up"}


def test_plugged_names_resolve() -> None:
    mentions = recognise(BODY, recogniser=plugged, authority=Authority([]))
    assert {link.key for link in resolve(BODY, mentions, Authority([]))} == {"zorl vantik"}


def test_the_authority_file_works_beside_any_recogniser() -> None:
    body = "Zorl Vantik left al-Qaeda."
    assert [body[m.start : m.end] for m in recognise(body, recogniser=plugged)] == ["Zorl Vantik", "al-Qaeda"]


def test_a_recogniser_that_is_not_installed_is_named_with_those_that_are() -> None:
    with pytest.raises(recognisers.NoSuchRecogniser, match="installed are: rules"):
        recognisers.named("no-such-thing")


def test_an_installed_recogniser_is_found_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("made-up", f"{__name__}:plugged", recognisers.GROUP)
    monkeypatch.setattr(recognisers, "entry_points", lambda group, name="made-up": [point])
    assert recognisers.installed() == ["rules", "made-up"]
    found = recognisers.named("made-up")
    assert found is not None
    assert [m.recogniser for m in found(BODY)] == ["made-up"]
    assert recognisers.named("rules") is None
