from datetime import UTC, datetime

import pytest

from archive.models import Entity, Event
from archive.search.comparison import articles_of
from archive.search.events import event_or_successor, event_page
from archive.search.front import front
from archive.search.successors import Gone
from archive.text.names import normal_form
from tests.archive_factory import make_article, make_event, mention_everywhere
from tests.search.search_archive import index

pytestmark = pytest.mark.django_db


def day(number: int) -> datetime:
    return datetime(2017, 4, number, 12, tzinfo=UTC)


@pytest.fixture
def bridge():
    """An event of three articles, given in no order."""
    late = make_article(
        "Late", "Ida Brand spoke.", outlet="Later Times", published=day(20), people=["Ida Brand"]
    )
    first = make_article("First", "Ida Brand spoke.", published=day(18), people=["Ida Brand"])
    undated = make_article("Undated", "Otto Kern spoke.", published=None, people=["Otto Kern"])
    event = make_event("The bridge", late, first, undated)
    index()
    return event


def test_articles_stand_in_order_of_publication_undated_last(bridge):
    page = event_page(bridge, articles_of(bridge))
    assert [one.article.headline for one in page.articles] == ["First", "Late", "Undated"]
    assert [one.days_later for one in page.articles] == [0, 2, None]


def test_a_month_is_no_day_to_count_from(bridge):
    bridge.articles.filter(headline="First").update(published_precision="month")
    assert [one.days_later for one in event_page(bridge, articles_of(bridge)).articles] == [None, 0, None]


def test_who_is_in_it_with_the_outlets_that_say_so(bridge):
    people = {one.entity.name: one.outlets for one in event_page(bridge, articles_of(bridge)).people}
    assert people == {
        "Ida Brand": (("The Courier", 1), ("Later Times", 1)),
        "Otto Kern": (("The Courier", 1),),
    }


def test_a_merged_event_leads_on_and_one_without_articles_is_gone(bridge):
    old = make_event("Old", merged_into=bridge)
    assert event_or_successor(old.pk) == bridge
    empty = make_event("Empty")
    with pytest.raises(Gone, match="“Empty” has no article any more"):
        event_or_successor(empty.pk)
    with pytest.raises(Event.DoesNotExist):
        event_or_successor(10**30)


def test_the_front_page_leads_with_the_newest_event_of_several_outlets(bridge):
    make_event("Newer, alone", make_article("Alone", published=day(25)))
    found = front()
    assert found.lead == bridge
    assert [event.title for event in found.events] == ["Newer, alone"]
    assert (found.stock.articles, found.event_total) == (4, 2)
    assert [one.article.headline for one in found.lead_articles] == ["First", "Late", "Undated"]


def test_an_empty_archive_has_a_front_page():
    found = front()
    assert (found.lead, found.events, found.alone) == (None, (), ())
    assert (found.stock.articles, found.first) == (0, None)


def test_articles_that_nobody_else_covers_are_on_the_front_page_too(bridge):
    make_article("Old news", published=day(1))
    make_article("New news", published=day(28))
    assert [article.headline for article in front().alone] == ["New news", "Old news"]


def name_locally(article, name):
    """Let an article print a name that nobody introduced: an entity of this article alone."""
    [mention] = mention_everywhere(article, name, "organisation")
    key = f"{normal_form(name)}@{article.content_key}"
    mention.entity = Entity.objects.create(key=key, name=name, kind="organisation", local=True)
    mention.key = key
    mention.save()


def test_a_name_of_several_words_that_nobody_introduced_stands_once():
    first = make_article("First", "Coastal Union and Brand struck.", outlet="Post", published=day(18))
    late = make_article("Late", "Brand and Coastal Union talked.", outlet="Times", published=day(19))
    for article in (first, late):
        for name in ("Coastal Union", "Brand"):
            name_locally(article, name)
    event = make_event("The strike", first, late)
    named = event_page(event, articles_of(event)).organisations
    assert [one.entity.name for one in named] == ["Coastal Union", "Brand", "Brand"]
    assert (named[0].coverage, len(named[0].others), named[1].others) == (2, 1, ())
