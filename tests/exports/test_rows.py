"""What a row says of an article, a person, an organisation, an event."""

from datetime import UTC, datetime

import pytest

from archive.exports import articles, entities, events, organisations, people
from archive.exports.articles import as_known
from archive.models import Alias, Entity, Quotation
from archive.text.names import normal_form
from tests.archive_factory import (
    count,
    make_article,
    make_entity,
    make_event,
    make_outlet,
    mention_everywhere,
    quote,
)

pytestmark = pytest.mark.django_db

TWELVE_CREWS = {
    "text": "12",
    "kind": "count",
    "low": 12.0,
    "high": 12.0,
    "unit": "",
    "hedge": "",
    "counted": "crews",
}
BODY = "Ada Lund of Norport Water spoke.\n\nNext steps\n\n“It holds,” Lund said. Norport Water paid 12 crews."


def full_article():
    """Return an article with one of everything."""
    article = make_article(
        "Dam holds",
        BODY,
        outlet=make_outlet("The Courier", domain="courier.example"),
        authors=["Bo Ek"],
        agencies=["Reuters"],
        captions=["The dam"],
        blocks=[[0, 32, "paragraph"], [34, 44, "subheading"], [46, len(BODY), "paragraph"]],
        path="folder/dam.txt",
        url="https://courier.example/dam",
    )
    mention_everywhere(article, "Norport Water", "organisation")
    speaker = mention_everywhere(article, "Ada Lund", surfaces=["Ada Lund", "Lund said"])[-1]
    quote(article, "It holds,", speaker)
    count(article, "12", 12, counted="crews")
    return article


def test_an_article_row_holds_everything_that_is_known():
    article = full_article()
    event = make_event("The dam", article)
    (row,) = articles.rows(articles.live())
    ada, water = Entity.objects.get(name="Ada Lund"), Entity.objects.get(name="Norport Water")
    assert row == {
        "id": article.pk,
        "path": article.get_absolute_url(),
        "file": "folder/dam.txt",
        "outlet": "The Courier",
        "domain": "courier.example",
        "url": "https://courier.example/dam",
        "published": "2017-04-18T09:49",
        "headline": "Dam holds",
        "authors": ["Bo Ek"],
        "agencies": ["Reuters"],
        "body": BODY,
        "captions": ["The dam"],
        "subheadings": ["Next steps"],
        "people": ["Ada Lund"],
        "organisations": ["Norport Water"],
        "quotations": [{"text": "It holds,", "speaker": "Ada Lund"}],
        "figures": [
            {
                "text": "12",
                "kind": "count",
                "low": 12,
                "high": 12,
                "unit": "",
                "hedge": "",
                "counted": "crews",
            }
        ],
        "event": event.pk,
        "event_title": "The dam",
        "person_ids": [ada.pk],
        "organisation_ids": [water.pk],
        "newest": True,
        "whole": True,
    }
    assert tuple(row) == articles.COLUMNS


def test_what_is_not_known_is_left_empty_and_never_guessed():
    article = make_article(outlet=None, published=None, url="")
    Quotation.objects.create(article=article, start=0, end=3, text="The", kind="direct")
    (row,) = articles.rows(articles.live())
    assert [row[name] for name in ("outlet", "domain", "published", "event", "event_title")] == [None] * 5
    assert row["people"] == row["organisations"] == row["figures"] == []
    assert row["quotations"] == [{"text": "The", "speaker": None}]


@pytest.mark.parametrize(
    ("precision", "written"),
    [
        ("minute", "2017-04-18T09:05"),
        ("day", "2017-04-18"),
        ("month", "2017-04"),
        ("year", "2017"),
        ("", None),
    ],
)
def test_a_date_says_no_more_than_is_known(precision, written):
    assert as_known(datetime(2017, 4, 18, 9, 5, tzinfo=UTC), precision) == written


def test_no_date_is_no_date():
    assert as_known(None, "") is None


def test_a_mention_without_an_entity_is_no_person_but_may_speak():
    article = make_article(body="“Yes,” Lund said.")
    (mention,) = mention_everywhere(article, "Lund")
    mention.entity = None
    mention.save()
    quote(article, "Yes,", mention)
    (row,) = articles.rows(articles.live())
    assert row["people"] == []
    assert row["quotations"] == [{"text": "Yes,", "speaker": "Lund"}]


def test_people_stand_in_the_order_of_first_mention_and_once():
    make_article(body="Zoe Ax met Ada Lund. Zoe Ax left.", people=["Ada Lund", "Zoe Ax"])
    (row,) = articles.rows(articles.live())
    assert row["people"] == ["Zoe Ax", "Ada Lund"]


def test_only_newest_versions_are_live():
    old = make_article(newest=False)
    new = make_article(previous=old)
    assert [row["id"] for row in articles.rows(articles.live())] == [new.pk]
    assert [row["id"] for row in articles.rows(articles.every())] == [old.pk, new.pk]


def test_many_articles_take_the_same_number_of_queries(django_assert_max_num_queries):
    for _ in range(25):
        make_article(people=["Ada Lund"], body="Ada Lund spoke.")
    with django_assert_max_num_queries(12):
        assert len(list(articles.rows(articles.live()))) == 25


# --- people and organisations ----------------------------------------------------------------------


def test_a_person_row_counts_what_is_there():
    article = full_article()
    ada = Entity.objects.get(name="Ada Lund")
    for form in ("Lund", "Ada Lund"):
        Alias.objects.create(entity=ada, form=form, normal_form=normal_form(form), origin="printed")
    (row,) = entities.rows(people.live())
    assert row == {
        "id": ada.pk,
        "path": ada.get_absolute_url(),
        "name": "Ada Lund",
        "kind": "person",
        "key": "ada lund",
        "aliases": ["Ada Lund", "Lund"],
        "articles": 1,
        "mentions": 2,
        "quotations": 1,
        "article_ids": [article.pk],
        "status": "live",
        "merged_into": None,
    }
    assert tuple(row) == entities.COLUMNS


def test_people_and_organisations_are_kept_apart():
    full_article()
    assert [row["name"] for row in entities.rows(people.live())] == ["Ada Lund"]
    assert [row["name"] for row in entities.rows(organisations.live())] == ["Norport Water"]


def test_ids_that_are_no_more_say_what_became_of_them():
    head = make_entity("Ada Lund")
    merged = make_entity("A. Lund", merged_into=head)
    gone = make_entity("The Bridge", withdrawn=True)
    assert [row["id"] for row in entities.rows(people.live())] == [head.pk]
    said = {row["id"]: (row["status"], row["merged_into"]) for row in entities.rows(people.every())}
    assert said == {head.pk: ("live", None), merged.pk: ("merged", head.pk), gone.pk: ("withdrawn", None)}


# --- events ----------------------------------------------------------------------------------------


def test_an_event_row_lists_its_articles_in_order_of_publication():
    later = make_article(published=datetime(2017, 4, 19, tzinfo=UTC), outlet="The Ledger")
    undated = make_article(published=None)
    first = make_article()
    event = make_event("Bridge", later, undated, first)
    (row,) = events.rows(events.live())
    assert row["article_ids"] == [first.pk, later.pk, undated.pk]
    assert row["outlet_names"] == ["The Courier", "The Ledger"]
    assert (row["articles"], row["outlets"]) == (3, 2)
    assert (row["first_published"], row["last_published"]) == ("2017-04-18", "2017-04-19")
    assert (row["id"], row["status"]) == (event.pk, "live")
    assert tuple(row) == events.COLUMNS


def test_events_without_articles_are_gone():
    kept = make_event("Bridge", make_article())
    empty = make_event("Nothing")
    merged = make_event("Bridges", merged_into=kept)
    assert [row["id"] for row in events.rows(events.live())] == [kept.pk]
    said = {row["id"]: row["status"] for row in events.rows(events.every())}
    assert said == {kept.pk: "live", empty.pk: "gone", merged.pk: "merged"}


def test_a_few_words_in_marks_whose_speaker_is_unsure_are_no_quotation():
    article = make_article()
    Quotation.objects.create(article=article, start=0, end=3, text="The", kind="mixed")
    (row,) = articles.rows(articles.live())
    assert row["quotations"] == []
