"""An archive with one of everything that the API shows."""

from datetime import UTC, datetime

import pytest

from archive.models import Entity
from archive.web.api import urls
from archive.web.api.rate import Rate
from tests.archive_factory import count, make_article, make_entity, make_event, quote
from tests.search.search_archive import add_alias, index

BODY = "Police Director Ida Brand said “ships will wait” for 400 tonnes of coal.\n\nThe Harbour Board agreed."


@pytest.fixture(autouse=True)
def a_fresh_minute(monkeypatch):
    """Nobody has asked for anything yet."""
    monkeypatch.setattr(urls, "rate", Rate())


@pytest.fixture
def archive(db):
    """Hold an event of two articles, and an id of each kind that is no more."""
    first = make_article(
        "Harbour bridge closes",
        BODY,
        people=["Ida Brand"],
        organisations=["Harbour Board"],
        authors=["Nora Lund"],
        blocks=[[0, 73, "paragraph"], [75, len(BODY), "paragraph"]],
        captions=["The bridge"],
    )
    quote(first, "ships will wait", first.mentions.get(surface="Ida Brand"))
    count(first, "400 tonnes", 400)
    second = make_article(
        "Bridge closed", "Ida Brand spoke.", outlet="Northport Times", people=["Ida Brand"], published=None
    )
    event = make_event("The bridge closes", first, second, reasons=["both name Ida Brand"])
    index()
    ida = Entity.objects.get(name="Ida Brand")
    add_alias(ida, "Captain Brand")
    make_entity("I. Brand", merged_into=ida)
    make_entity("The Bridge", withdrawn=True)
    make_event("Old bridge", merged_into=event)
    make_event("Empty")


@pytest.fixture
def many(db):
    """Hold 23 articles about a bridge, some of the same minute, some without a date."""
    for number in range(20):
        make_article(f"Bridge {number}", published=datetime(2017, 4, 1 + number % 7, tzinfo=UTC))
    for number in range(3):
        make_article(f"Bridge without a date {number}", published=None)
    make_article("Harbour", "Ships.")
    index()
