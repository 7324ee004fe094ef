"""What a comparison shows: which articles, in which columns, with what of them."""

from datetime import UTC, datetime

import pytest

from archive.search.comparison import comparison, text_of
from tests.archive_factory import make_article, make_event, mention_everywhere, quote

pytestmark = pytest.mark.django_db

BODY = "“The bridge stays shut until May,” said Ines Oduya. The council of Brevik met twice on Monday."


def day(number):
    return datetime(2019, 3, number, tzinfo=UTC)


@pytest.fixture
def event():
    articles = [
        make_article(body=BODY, outlet=f"Outlet {number}", published=day(number), published_precision="day")
        for number in range(1, 6)
    ]
    return make_event("Bridge shut", *articles)


def shown(found):
    return [column.article.outlet.name[-1] for column in found.columns]


def test_an_event_of_one_article_has_no_comparison():
    assert comparison(make_event("Alone", make_article())) is None


def test_articles_of_other_events_are_never_shown(event):
    stranger = make_article(outlet="Stranger")
    assert shown(comparison(event, [stranger.pk])) == ["1", "2", "3", "4"]


def test_never_more_than_four_columns_and_the_others_are_named(event):
    found = comparison(event)
    assert shown(found) == ["1", "2", "3", "4"]
    assert [article.outlet.name for article in found.others] == ["Outlet 5"]


def test_the_address_chooses_the_columns_and_their_order(event):
    five, two = (event.articles.get(outlet__name=f"Outlet {number}").pk for number in (5, 2))
    assert shown(comparison(event, [five, two, five])) == ["5", "2"]


def test_days_are_counted_from_the_first_published(event):
    assert [column.days_later for column in comparison(event).columns] == [0, 1, 2, 3]


def test_a_month_is_no_day_to_count_from():
    vague = make_article(published=day(1), published_precision="month", outlet="Vague")
    found = comparison(make_event("Bridge", vague, make_article(outlet="Exact")))
    assert [column.days_later for column in found.columns] == [0, None]


def test_same_texts_stand_in_the_same_rows(event):
    rows = comparison(event).alignment.rows
    assert all(row.shared for row in rows)


def test_swapping_columns_changes_no_row(event):
    pks = [column.article.pk for column in comparison(event).columns]
    there, back = comparison(event, pks).alignment, comparison(event, pks[::-1]).alignment
    assert [row.cells[::-1] for row in back.rows] == [row.cells for row in there.rows]


def test_the_text_of_an_article_holds_its_names_and_quotations():
    article = make_article(body=BODY)
    (mention,) = mention_everywhere(article, "Ines Oduya")
    quote(article, "The bridge stays shut until May,", speaker=mention)
    text = text_of(article)
    assert [text.body[slice(*span)] for span, _ in text.mention_keys] == ["Ines Oduya"]
    assert text.quotes[0].speaker_mention == 0


def test_reading_a_comparison_takes_a_bounded_number_of_queries(event, django_assert_max_num_queries):
    with django_assert_max_num_queries(4 + 3 * 4):
        comparison(event)


def test_two_texts_of_one_outlet_are_told_apart_in_every_order():
    articles = [make_article(body=BODY, outlet="Courier", published=day(number)) for number in (2, 1)]
    made = make_event("Bridge", *articles, make_article(body=BODY, outlet="Herald"))
    pks = [article.pk for article in articles]
    there, back = comparison(made, pks), comparison(made, pks[::-1])
    assert [column.label for column in there.columns] == ["Courier 2", "Courier 1"]
    assert [column.label for column in back.columns] == ["Courier 1", "Courier 2"]
