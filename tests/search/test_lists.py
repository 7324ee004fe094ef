from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from archive.models import Entity, Outlet
from archive.search.entities import entity_page
from archive.search.lists import event_list, outlet_list
from archive.search.outlets import outlet_page
from tests.archive_factory import make_article, make_event
from tests.search.search_archive import index

pytestmark = pytest.mark.django_db


@pytest.fixture
def events():
    """Three events: Ida Brand in two of them, the Courier in two of them, one of two outlets."""
    rows = [
        ("Old bridge", 1, [("The Courier", "Ida Brand"), ("Northport Times", "Otto Kern")]),
        ("New bridge", 3, [("The Courier", "Otto Kern")]),
        ("Tide", 2, [("Northport Times", "Ida Brand")]),
    ]
    for title, month, texts in rows:
        articles = [
            make_article(
                title,
                f"{name} spoke.",
                outlet=outlet,
                people=[name],
                published=datetime(2017, month, 1, tzinfo=UTC),
            )
            for outlet, name in texts
        ]
        make_event(title, *articles)
    index()


def titles(query: str = "") -> list[str]:
    return [event.title for event in event_list("/events/", QueryDict(query)).rows]


def test_events_stand_newest_first(events):
    assert titles() == ["New bridge", "Tide", "Old bridge"]


def test_words_of_the_title_narrow_in_any_order_and_case(events):
    assert titles("q=BRIDGE+old") == ["Old bridge"]
    assert titles("q=zebra") == []


def test_the_number_of_events_on_a_page_is_that_of_the_list_that_it_opens(events):
    for entity in Entity.objects.all():
        assert entity_page(entity).event_total == len(titles(f"name={entity.pk}"))
    for outlet in Outlet.objects.all():
        page = outlet_page(outlet)
        assert page.event_total == len(titles(f"outlet={outlet.pk}"))
        assert page.shared_events == len(titles(f"outlet={outlet.pk}&several=1"))
    ida = Entity.objects.get(name="Ida Brand")
    assert titles(f"name={ida.pk}") == ["Tide", "Old bridge"]
    assert "that name Ida Brand" in event_list("/events/", QueryDict(f"name={ida.pk}")).about


@pytest.mark.parametrize("query", ["name=x", "name=999999", "outlet=-1", "name=" + "9" * 40, "outlet=²"])
def test_what_names_nobody_narrows_nothing(events, query):
    assert len(titles(query)) == 3


def test_outlets_stand_by_their_articles_and_narrow_by_name(events):
    assert [outlet.articles_found for outlet in outlet_list("/outlets/", QueryDict()).rows] == [2, 2]
    assert [outlet.name for outlet in outlet_list("/outlets/", QueryDict("q=north")).rows] == [
        "Northport Times"
    ]
