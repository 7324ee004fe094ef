import pytest

from archive.text.descriptions import description_after, description_before


def before(text: str, name: str) -> str | None:
    span = description_before(text, 0, text.index(name))
    return span and text[slice(*span)]


def after(text: str, name: str) -> str | None:
    span = description_after(text, text.index(name) + len(name))
    return span and text[slice(*span)]


@pytest.mark.parametrize(
    "text",
    [
        "On Monday Ida Brand spoke.",
        "In Northern Arland Ida Brand spoke.",
        "The president, Ida Brand, spoke.",
        "Ida Brand spoke.",
        "the minister told Ida Brand",
        "He Ida Brand",
        "a spokesman for the Ida Brand campaign",
        "Kim and Ida Brand",
    ],
)
def test_capitals_and_distance_are_no_description(text):
    assert before(text, "Ida Brand") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("But Foreign Minister Ida Brand spoke", "Foreign Minister"),
        ("Echoing Police Director Ida Brand", "Police Director"),
        ("said Arland’s Vice President Ida Brand", "Arland’s Vice President"),
        ("told U.S. Secretary of State Ida Brand", "U.S. Secretary of State"),
        ("Brig Gen Ida Brand", "Brig Gen"),
        ("an aide to President Ida Brand", "President"),
        ("an advisor for U.S. President Ida Brand", "U.S. President"),
        ("Otto and President Ida Brand", "President"),
        ("former president Ida Brand", "president"),
    ],
)
def test_titles_and_roles_before_a_name(text, words):
    assert before(text, "Ida Brand") == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ida Brand, a military spokesman, said", "a military spokesman"),
        ("Ida Brand, the mayor of Northport.", "the mayor of Northport"),
        ("Ida Brand, and the mayor, said", None),
        ("Ida Brand, 40, said", None),
        ("Ida Brand said", None),
    ],
)
def test_appositions_after_a_name(text, words):
    assert after(text, "Ida Brand") == words


@pytest.mark.parametrize("noise", ["A " * 500_000, "a" * 1_000_000, ", a " * 250_000])
def test_hostile_text_ends_quickly(noise):
    description_before(noise + "Ida", 0, len(noise))
    description_after("Ida" + noise, 3)
