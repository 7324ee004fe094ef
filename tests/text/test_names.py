"""Normal forms: what must stay apart stays apart, what is one name has one key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.names import LIKELY, compare, initials_fit, normal_form
from archive.text.types import Kind

APART = [
    ("al-Qaeda", "al-Qaeda in the Arabian Peninsula"),
    ("Islamic State", "Islamic State of Iraq"),
    ("Jonas Berg", "Jonas Berg Jr."),
    ("George H. W. Marsh", "George W. Marsh"),
    ("General Motors", "Motors"),
    ("Al Gore", "Gore"),
    ("Group 4 Guards", "Group 5 Guards"),
]

TOGETHER = [
    ("Abu Bakr al-Baghdadi", "Abu Bakr Baghdadi"),
    ("Abu Bakr al Baghdadi", "ABU BAKR EL-BAGHDADI"),
    ("Al-Qaeda", "al Qaeda"),
    ("Bashar as-Sadiq", "Bashar Sadiq"),
    ("Abdel Fattah Nour", "Abd al-Fattah Nour"),
    ("Zoë Müller–Lüdenscheidt", "Zoe Muller-Ludenscheidt"),
    ("Seán O’Brien", "Sean O'Brien"),
    ("Da’esh", "Daesh"),
    ("J. K. Rolling", "JK Rolling"),
    ("U.N. Board", "UN Board"),
    ("Mary T. Archer", "Mary Archer"),
    ("Mr. Paul Archer", "Paul Archer"),
    ("Jonas Berg Junior", "Jonas Berg Jr"),
    ("The Daily Bugle", "Daily Bugle"),
    ("Smith & Sons", "Smith and Sons"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other)


def test_a_name_made_of_titles_alone_keeps_its_words() -> None:
    assert normal_form("Sir Lady") == "sir lady"


@given(st.text(alphabet=st.sampled_from("abAl-' .&éthedrl12\u2019"), max_size=30))
def test_the_form_of_a_form_is_itself(name: str) -> None:
    assert normal_form(normal_form(name)) == normal_form(name)


@given(st.text(max_size=40))
def test_any_text_has_a_form_that_is_stable(name: str) -> None:
    assert normal_form(normal_form(name)) == normal_form(name)


@given(st.lists(st.sampled_from(["Anna", "al-Masri", "van", "Berg", "J.", "the"]), min_size=1, max_size=5))
def test_case_never_matters(words: list[str]) -> None:
    name = " ".join(words)
    assert normal_form(name.upper()) == normal_form(name) == normal_form(name.lower())


DIFFERENT_PEOPLE = [
    ("Jonas Berg", "Maria Berg"),
    ("Berg", "Jonas Berg"),
    ("Karim al-Haddadi", "Karim al-Masri"),
    ("Jonas Berg", "Jonas Holm"),
]

ONE_PERSON = [
    ("Jonas Berg", "Berg, Jonas"),
    ("Mohammed Haddadi", "Muhammad al-Haddadi"),
    ("Bob Archer", "Robert Archer"),
    ("J. Archer", "Jonas Archer"),
    ("Jon Asberg", "Jonas Berg"),
]

DIFFERENT_ORGANISATIONS = [
    ("Harbour Bank", "Harbour Insurance"),
    ("12th Harbour Brigade", "13th Harbour Brigade"),
    ("Harbour Trust Bank", "Harbour Bank of Lisbon and Porto"),
]

ONE_ORGANISATION = [
    ("Harbour Bank Ltd", "Harbour Bank Limited"),
    ("Harbour & Hill Inc.", "Harbour and Hill"),
    ("Public Health Council", "PHC"),
    ("Organization for Harbours", "Organisation for Harbours"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT_PEOPLE)
def test_different_people_are_unlikely_one(one: str, other: str) -> None:
    assert compare(one, other, Kind.PERSON).score < LIKELY


@pytest.mark.parametrize(("one", "other"), DIFFERENT_ORGANISATIONS)
def test_different_organisations_are_unlikely_one(one: str, other: str) -> None:
    assert compare(one, other, Kind.ORGANISATION).score < LIKELY


@pytest.mark.parametrize(("one", "other"), ONE_PERSON)
def test_forms_of_one_persons_name_are_likely_one(one: str, other: str) -> None:
    found = compare(one, other, Kind.PERSON)
    assert found.score >= LIKELY
    assert found.reasons


@pytest.mark.parametrize(("one", "other"), ONE_ORGANISATION)
def test_forms_of_one_organisations_name_are_likely_one(one: str, other: str) -> None:
    assert compare(one, other, Kind.ORGANISATION).score >= LIKELY


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(Kind))
def test_comparing_is_symmetric_and_bounded(one: str, other: str, kind: Kind) -> None:
    found = compare(one, other, kind)
    assert found == compare(other, one, kind)
    assert 0 <= found.score <= 1


@pytest.mark.parametrize(
    ("acronym", "name", "fits"),
    [
        ("PHC", "Public Health Council", True),
        ("FAO", "Food and Agriculture Organization", True),
        ("UAE", "Public Health Council", False),
        ("Phc", "Public Health Council", False),
    ],
)
def test_initials(acronym: str, name: str, fits: bool) -> None:
    assert initials_fit(acronym, name) is fits
