"""Names by office and surname across the texts of an event; on a surname alone nothing may be joined."""

import pytest

from archive.text.mentions import recognise
from archive.text.office_names import keyed_by_office
from archive.text.passages import Text
from archive.text.resolving import resolve
from archive.text.types import Span

FULL = "President Ada Lund opened the bridge of Varnholm. Lund spoke for an hour."


def text(number, body):
    keys = tuple((Span(*link.mention[:2]), link.key or "") for link in resolve(body, recognise(body)))
    return Text(str(number), body, (), (), (), keys)


def last(*bodies):
    """The keys of the names of the last text."""
    texts = keyed_by_office([text(number, body) for number, body in enumerate(bodies)])
    return {texts[-1].body[slice(*span)]: key for span, key in texts[-1].mention_keys}


def test_an_office_and_a_surname_name_somebody():
    assert last(FULL, "President Lund was late. Mr. Lund left early.")["Lund"] == "ada lund"
    behind = "The bridge was opened by Ada Lund, the president, on Monday."
    assert last(behind, "President Lund was late.")["Lund"] == "ada lund"


@pytest.mark.parametrize(
    "bodies",
    [
        (FULL, "Mr. Lund was late. Mr. Lund left early."),
        (FULL, "Governor Lund was late."),
        (FULL, "President Jonas Lund of Ruritania spoke.", "President Lund was late."),
    ],
    ids=["surname alone", "another office", "two of one office"],
)
def test_what_may_be_somebody_else_is_not_joined(bodies):
    assert last(*bodies)["Lund"] == ""


def test_who_is_named_in_the_text_itself_stays():
    assert last(FULL, "Jonas Lund was late. President Lund was not.")["Lund"] in ("", "jonas lund")


def test_who_is_the_third_is_the_same_only_with_the_same_office():
    third = "Special counsel Jonas B. Lund III was late."
    assert last("Jonas Lund, the special counsel, spoke.", third)["Jonas B. Lund III"] == "jonas lund"
    assert last("Jonas Lund, the mayor, spoke.", third)["Jonas B. Lund III"] == "jonas lund iii"


def test_the_order_of_the_texts_does_not_matter():
    texts = [text(1, FULL), text(2, "President Lund was late.")]
    assert keyed_by_office(texts) == keyed_by_office(texts[::-1])[::-1]
