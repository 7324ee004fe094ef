"""The authority file: what it must not match, what it knows, how curators extend it."""

from archive.text.authority import Authority, AuthorityEntry
from archive.text.names import normal_form
from archive.text.types import Kind

ORGANISATION = Kind.ORGANISATION


def entry(name: str, *aliases: str, source: str = "hand") -> AuthorityEntry:
    return AuthorityEntry(normal_form(name), name, ORGANISATION, aliases, source)


def test_an_acronym_is_not_the_word_it_spells() -> None:
    shipped = Authority.shipped()
    assert shipped.find("Who") is None
    assert shipped.find("Is") is None
    assert shipped.find("WHO") is not None


def test_a_name_of_two_entries_names_nobody_for_sure() -> None:
    authority = Authority([entry("Harbour Party", "HP"), entry("Hill Party", "HP")])
    assert authority.find("HP") is None
    assert len(authority.candidates("HP")) == 2


def test_case_accents_points_and_the_article_are_folded() -> None:
    authority = Authority([entry("Société du Port", "S.D.P.", "The Port")])
    for name in ("societe du port", "The Societe du Port", "SDP", "S.D.P.", "Port"):
        found = authority.find(name)
        assert found and found.key == "societe du port", name


def test_a_curators_entry_with_a_known_key_adds_its_aliases() -> None:
    authority = Authority([entry("Harbour Party", "HP")])
    larger = authority.with_entries([entry("Harbour Party", "Harbourists", source="a curator")])
    found = larger.entry("harbour party")
    assert found and found.aliases == ("HP", "Harbourists") and "a curator" in found.source
    assert larger.find("Harbourists") == larger.find("HP") == found
    assert authority.find("Harbourists") is None


def test_shipped_entries_are_many_well_formed_and_sourced() -> None:
    entries = list(Authority.shipped())
    assert len(entries) >= 300
    for known in entries:
        assert known.key == normal_form(known.name)
        assert known.source
        assert len(set(known.aliases)) == len(known.aliases), known.name
        assert known.name not in known.aliases


def test_no_shipped_name_belongs_to_two_entries() -> None:
    shipped = Authority.shipped()
    for known in shipped:
        for name in (known.name, *known.aliases):
            assert shipped.candidates(name) == (known,), name
