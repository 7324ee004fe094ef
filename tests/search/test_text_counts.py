"""Counts of independent texts beside names, outlets and events: first what must not be counted."""

import pytest
from django.http import QueryDict

from archive.models import Entity, Event, Outlet
from archive.pipeline import river
from archive.search import text_counts
from archive.search.events import newest_events
from archive.search.front import front
from archive.search.lists import entity_list, event_list, outlet_list
from archive.search.text_counts import Counted, with_counts
from archive.text.types import Kind
from tests.archive_factory import make_article
from tests.wire_stories import put_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def printings(tmp_path):
    river.import_paths([put_pages(tmp_path, "wire", "post", "strait", "market")])


def test_a_text_printed_once_is_as_many_texts_as_articles(printings):
    alone = (
        Outlet.objects.exclude(articles__text_group__isnull=False).filter(articles__newest=True).distinct()
    )
    listed = {outlet.pk: outlet.counted for outlet in outlet_list("/outlets/", QueryDict()).rows}
    assert alone and all(listed[outlet.pk] == Counted(1, 1) for outlet in alone)


def test_copies_in_several_outlets_are_one_text_of_a_name_and_one_of_each_outlet(printings):
    people = {str(one): one.counted for one in entity_list(Kind.PERSON, "/people/", QueryDict()).rows}
    assert people["Ilse Vandermark"].texts < people["Ilse Vandermark"].articles
    assert {one.counted.texts for one in outlet_list("/outlets/", QueryDict()).rows} == {1}


def test_the_front_page_counts_both(printings):
    found = front()
    assert found.stock == Counted(4, 2)
    lead = found.lead or newest_events().first()
    assert with_counts([lead])[0].counted.texts <= lead.article_count


def test_nothing_is_counted_below_one_text_and_nothing_of_nothing():
    assert with_counts([]) == ()
    assert front().stock == Counted(0, 0)
    assert event_list("/events/", QueryDict()).rows == ()
    assert with_counts([Event(pk=1, article_count=0)])[0].counted == Counted(0, 0)
    assert with_counts([Entity(pk=1, article_count=2)])[0].counted == Counted(2, 2)


def test_texts_of_very_many_articles_are_not_counted_and_no_number_says_so(monkeypatch):
    monkeypatch.setattr(text_counts, "MOST_COUNTED", 1)
    make_article("Bridge closes", outlet="The Courier")
    make_article("Bridge opens", outlet="The Courier")
    make_article("Harbour waits", outlet="The Gazette")
    courier, gazette = outlet_list("/outlets/", QueryDict()).rows
    assert courier.counted == (2, None)
    assert gazette.counted == (1, 1)
