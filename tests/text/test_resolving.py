"""Links inside one article: first the links that must not be made."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.mentions import recognise
from archive.text.resolving import printed_name, resolve
from archive.text.types import Evidence, Kind, Link, Mention


def links(body: str) -> dict[str, Link]:
    """The last link of every printed name."""
    mentions = recognise(body)
    return {printed_name(body, m): link for m, link in zip(mentions, resolve(body, mentions), strict=True)}


def mentioned(body: str, *names: tuple[str, Kind]) -> list[Mention]:
    found, place = [], 0
    for name, kind in names:
        start = body.index(name, place)
        place = start + len(name)
        found.append(Mention(start, place, kind, 1.0, (Evidence("hand", name),), "hand"))
    return found


PERSON, ORGANISATION = Kind.PERSON, Kind.ORGANISATION


def test_a_surname_of_two_people_names_neither() -> None:
    body = "Maria Stone met Peter Stone. Later Stone left."
    mentions = mentioned(body, ("Maria Stone", PERSON), ("Peter Stone", PERSON), ("Stone", PERSON))
    last = resolve(body, mentions)[2]
    assert last.key is None
    assert set(last.candidates) == {"maria stone", "peter stone"}


def test_a_lone_name_that_nobody_introduced_stays_in_its_article() -> None:
    link = links("“We saw it,” villager Mahmoud told a reporter.")["Mahmoud"]
    assert link.key is None
    assert link.local == "mahmoud"


def test_a_lone_article_and_surname_is_not_a_full_name() -> None:
    body = "The men spoke of al-Haddadi at length."
    (link,) = resolve(body, mentioned(body, ("al-Haddadi", PERSON)))
    assert link.key is None
    assert link.local == "haddadi"


@pytest.mark.parametrize("general", ["Foreign Ministry", "Supreme Court", "Central Bank"])
def test_a_general_name_stays_in_its_article(general: str) -> None:
    body = f"The {general} said no."
    (link,) = resolve(body, mentioned(body, (general, ORGANISATION)))
    assert link.key is None


def test_an_acronym_nobody_explains_stays_in_its_article() -> None:
    body = "The QXV said no."
    (link,) = resolve(body, mentioned(body, ("QXV", ORGANISATION)))
    assert link.key is None


def test_a_name_inside_a_longer_one_is_another_organisation() -> None:
    found = links(
        "al-Qaeda and al-Qaeda in the Arabian Peninsula met the Islamic State of Iraq and the Islamic State."
    )
    keys = [link.key for link in found.values()]
    assert len(set(keys)) == len(keys) == 4


def test_a_given_name_that_looks_like_a_particle_makes_a_full_name() -> None:
    body = "The banker Ben Varga spoke. Varga left. Zine Ben Amar stayed; later Ben Amar spoke."
    names = ("Ben Varga", "Varga", "Zine Ben Amar", "Ben Amar")
    found = resolve(body, mentioned(body, *((name, PERSON) for name in names)))
    assert [link.key for link in found] == ["ben varga", "ben varga", "zine ben amar", "zine ben amar"]


def test_a_surname_links_to_the_full_name_of_its_article() -> None:
    found = links("Prime Minister Karim al-Haddadi spoke. Haddadi, said al-Haddadi, was well.")
    assert found["Haddadi"].key == "karim haddadi"
    assert found["Haddadi"].name == "Karim al-Haddadi"


def test_editorial_brackets_are_transparent() -> None:
    found = links("They went to [group leader Omar] Haddadi. Omar al-Haddadi knew.")
    assert found["Omar Haddadi"].key == found["Omar al-Haddadi"].key == "omar haddadi"


def test_an_explained_acronym_links_to_its_long_form_even_against_the_authority_file() -> None:
    found = links("The International Sugar Institute for Sweets (ISIS) met. ISIS is small.")
    assert found["ISIS"].key == "international sugar institute for sweets"


def test_an_explained_acronym_has_the_key_of_its_long_form_in_the_authority_file() -> None:
    found = links("The U.N. Children's Fund (UCF) met. UCF left.")
    assert {link.key for link in found.values()} == {"united nations childrens fund"}


def test_aliases_of_the_authority_file_share_a_key() -> None:
    found = links("Daesh, also called ISIS or ISIL, is the Islamic State.")
    assert {link.key for link in found.values()} == {"islamic state"}


def test_a_shorter_full_name_is_the_only_longer_one_it_ends() -> None:
    body = "Aung Lin Su Mya won. Su Mya smiled."
    found = resolve(body, mentioned(body, ("Aung Lin Su Mya", PERSON), ("Su Mya", PERSON)))
    assert [link.key for link in found] == ["aung lin su mya"] * 2


@given(
    st.lists(
        st.sampled_from(["Maria Stone", "Stone", "NATO", "al-Haddadi", "Omar] Haddadi", "."]), max_size=12
    )
)
def test_every_mention_gets_one_link_in_order(parts: list[str]) -> None:
    body = " said ".join(parts)
    mentions = recognise(body)
    found = resolve(body, mentions)
    assert [link.mention for link in found] == mentions
    assert all(link.key is None or link.key in link.candidates for link in found)


def test_many_names_resolve_quickly() -> None:
    body = " ".join(f"Maria Stone{number} met Stone{number}." for number in range(5_000))
    spans = [(match.start(), match.end()) for match in re.finditer(r"(?:Maria )?Stone\d+", body)]
    mentions = [Mention(start, end, PERSON, 1.0, (), "hand") for start, end in spans]
    began = time.perf_counter()
    found = resolve(body, mentions)
    assert time.perf_counter() - began < 10
    assert all(link.key for link in found)


def test_a_general_word_that_comes_before_the_full_name_stands_for_somebody_else() -> None:
    body = (
        "The fleet came with its Coalition advisers. They met the Harbour Workers Coalition on Monday. "
        "The Coalition flew home."
    )
    mentions = recognise(body)
    links = {
        body[m.start : m.end]: link.key for m, link in zip(mentions, resolve(body, mentions), strict=True)
    }
    assert links["Harbour Workers Coalition"] == "harbour workers coalition"
    assert links.get("Coalition") is None
    after = "They met the Harbour Workers Coalition on Monday. The Coalition flew home."
    mentions = recognise(after)
    found = {
        after[m.start : m.end]: link.key for m, link in zip(mentions, resolve(after, mentions), strict=True)
    }
    assert found["Coalition"] == "harbour workers coalition"
