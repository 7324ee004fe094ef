"""The names of outlets covered: every printing of them, nothing else, and no place in a text moved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.models import Article, Outlet
from archive.search.veil import Veil


def veil(*names, domain=""):
    outlets = [Outlet(name=name, domain=domain, stated_names=[name]) for name in names]
    return Veil([Article(outlet=outlet) for outlet in outlets])


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("The Furnace", "The furnace is cold, The Furnace said.", "The furnace is cold, The ███████ said."),
        ("RT", "RT told ART and rt.", "██ told ART and rt."),
        ("Deutsche Welle", "DEUTSCHE\nWELLE, Deutsche Welle's", "████████\n█████, ████████ █████'s"),
        ("Sun", "Sunday in the sun with the Sun", "Sunday in the sun with the ███"),
        ("A", "A is a letter", "A is a letter"),
    ],
)  # fmt: skip
def test_what_names_an_outlet_is_covered_and_nothing_else(name, text, shown):
    assert veil(name).over(text) == shown


def test_an_address_names_its_outlet_too():
    assert (
        veil("Courier", domain="courier.example").over("at www.courier.example/x")
        == "at www.███████████████/x"
    )


def test_without_outlets_nothing_is_covered():
    assert Veil([Article()]).over("Nobody printed this.") == "Nobody printed this."
    assert not Veil([]).hides("Nobody")


@given(st.lists(st.text(max_size=12), max_size=4), st.text(max_size=60))
def test_a_covered_text_is_as_long_as_before_and_names_nobody(names, text):
    hiding = veil(*names)
    covered = hiding.over(text)
    assert len(covered) == len(text)
    assert hiding.over(covered) == covered
