"""The reference of searching is true."""

import re
from pathlib import Path

import pytest

from archive.search import asked, filters, gathering, keyset, query, suggestions
from archive.search.query import parse

PAGE = (Path(__file__).resolve().parents[2] / "docs/reference/search.md").read_text()


@pytest.mark.parametrize("typed", re.findall(r"^\| `([^`]+)`", PAGE.split("## The address")[0], re.M))
def test_every_example_is_read_without_complaint(typed):
    read = parse(typed)
    assert read.expression
    assert not [note for note in read.notes if "passed over" in note.text or "no partner" in note.text]


def test_every_name_of_the_address_is_documented_and_none_besides():
    table = PAGE.split("## The address")[1].split("## Suggestions")[0]
    documented = {
        name for row in re.findall(r"^\| (`.*?) \|", table, re.M) for name in re.findall(r"`(\w+)`", row)
    }
    assert documented == set(filters.ArticleFilter.base_filters) | {"sort", *asked.PLACES}


def test_the_numbers_are_those_of_the_code():
    ranked = (keyset.MOST_RANKED, keyset.RANKED_OF_MANY, keyset._MOST_TERMS)
    for number in (query.LONGEST_QUERY, query.MOST_TERMS, keyset.PAGE, gathering.EXACT, *ranked):
        assert f"{number:,}" in PAGE
    assert "10, 30, 100, 300 or 1,000" in PAGE
    assert gathering.RATES == (10, 30, 100, 300, 1000)
    spelt = {4: "four", 7: "seven"}
    assert f"{spelt[suggestions._SHORTEST_MISSPELT]} letters" in PAGE
    assert f"two of {spelt[suggestions._SHORTEST_TWICE_MISSPELT]}" in PAGE.replace("\n", " ")
