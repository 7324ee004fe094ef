from datetime import UTC, datetime

import pytest

from archive.models import Article
from archive.search import keyset
from tests.archive_factory import make_article, make_event
from tests.search.search_archive import found, headlines, index, open_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour():
    """Four articles about a harbour."""
    make_article(
        "Harbour bridge closes",
        "The harbour bridge closes on Monday, Ida Brand said. Ships wait.",
        outlet="The Courier",
        published=datetime(2017, 4, 18, 9, 49, tzinfo=UTC),
        people=["Ida Brand"],
        organisations=["Ships"],
    )
    make_article(
        "Bridge opens again",
        "After “repairs” the bridge opens. Iraq’s harbour master was pleased.",
        outlet="Northport Times",
        published=datetime(2017, 5, 2, tzinfo=UTC),
        published_precision="day",
        people=["Iraq"],
    )
    make_article(
        "Well-being in port",
        "Ships and their crews: a question of well-being.\n\nIt was into thin\nair that the U.S. plan went.",
        outlet="Northport Times",
        published=datetime(2016, 12, 31, 23, 59, tzinfo=UTC),
    )
    make_article("Undated notice", "A notice about the harbour.", outlet=None, published=None)
    index()


def test_without_any_choice_every_article_is_there_newest_first_undated_last(harbour):
    assert headlines(found()) == [
        "Bridge opens again",
        "Harbour bridge closes",
        "Well-being in port",
        "Undated notice",
    ]
    assert headlines(found(sort="oldest"))[0] == "Well-being in port"
    assert headlines(found(sort="oldest"))[-1] == "Undated notice"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("bridges", set()),
        ("harbour zebra", set()),
        ('"bridge harbour"', set()),
        ('"monday ida"', {"Harbour bridge closes"}),
        ('"closes the harbour"', set()),  # no phrase reaches from a headline into the text
        ("harbour", {"Harbour bridge closes", "Bridge opens again", "Undated notice"}),
        ("harbour bridge", {"Harbour bridge closes", "Bridge opens again"}),
        ("harbour -ships", {"Bridge opens again", "Undated notice"}),
        ("ships NOT bridge", {"Well-being in port"}),
        ("monday OR notice", {"Harbour bridge closes", "Undated notice"}),
        ('"thin air"', {"Well-being in port"}),
        ('"well-being"', {"Well-being in port"}),
        ("“well-being”", {"Well-being in port"}),
        ("wellbeing", {"Well-being in port"}),
        ("us", {"Well-being in port"}),
        ("iraq", {"Bridge opens again"}),
        ("iraq's", {"Bridge opens again"}),
        ("clos*", {"Harbour bridge closes"}),
        ("-harbour", {"Well-being in port"}),
        ("HARBOUR Bridge", {"Harbour bridge closes", "Bridge opens again"}),
    ],
)
def test_what_a_query_finds(harbour, query, expected):
    assert set(headlines(found(query))) == expected


def test_the_total_is_the_sum_of_all_pages(harbour, monkeypatch):
    monkeypatch.setattr(keyset, "PAGE", 3)
    one = found("harbour OR ships")
    two = open_link(one.page.next)
    assert one.total == two.total == len(one.hits) + len(two.hits) == 4
    assert {*headlines(one)} & {*headlines(two)} == set()


def test_a_headline_counts_more_than_a_text(harbour):
    assert headlines(found("harbour"))[0] == "Harbour bridge closes"


def test_best_first_beyond_what_is_ranked_goes_on_by_date_and_says_so(harbour, monkeypatch):
    monkeypatch.setattr(keyset, "MOST_RANKED", 2)
    monkeypatch.setattr(keyset, "PAGE", 2)
    first = found("harbour OR ships")
    second = open_link(first.page.next)
    assert set(headlines(first)) == {"Bridge opens again", "Harbour bridge closes"}
    assert headlines(second) == ["Well-being in port", "Undated notice"]
    assert first.page.ranked == 2


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({"from_": "2017"}, {"Harbour bridge closes", "Bridge opens again"}),
        ({"to_": "2016"}, {"Well-being in port"}),
        ({"from_": "2017-04-18", "to_": "2017-04-18"}, {"Harbour bridge closes"}),
        ({"from_": "2017-05"}, {"Bridge opens again"}),
        ({"from_": "2018"}, set()),
    ],
)
def test_dates_take_whole_days_months_and_years(harbour, choices, expected):
    assert set(headlines(found(**choices))) == expected


def test_what_matched_is_marked_in_headline_and_text(harbour):
    (hit,) = found('"thin air"').hits
    assert hit.headline == ()
    (snippet,) = hit.snippets
    assert [hit.article.body[slice(*span)] for span in snippet.matches] == ["thin\nair"]
    (hit,) = found("closes").hits
    assert [hit.article.headline[slice(*span)] for span in hit.headline] == ["closes"]


def test_without_a_match_in_the_text_the_first_sentence_stands_there(harbour):
    (hit,) = found("opens again").hits
    assert hit.snippets
    (hit,) = found("undated").hits
    assert hit.article.body[slice(*hit.lead)] == "A notice about the harbour."


@pytest.mark.parametrize(
    "sent",
    [
        {"outlet": "999999"},
        {"person": "x"},
        {"event": "9" * 40},
        {"organisation": "-1"},
        {"outlet": "²"},
        {"from_": "yesterday"},
        {"page": "x"},
        {"sort": "x"},
        {"removed_field": "1"},
        {"q": "\x00"},
        {"q": "'"},
        {"q": "\\"},
        {"q": "a:*b"},
        {"q": ":*"},
        {"q": "'); DROP TABLE archive_article; --"},
    ],
)
def test_nothing_in_an_address_is_an_error(harbour, sent):
    assert found(**sent).total >= 0


def test_a_choice_that_cannot_be_read_is_left_out_and_said(harbour):
    results = found(outlet="999999", from_="yesterday")
    assert results.total == 4
    assert "There is no outlet with the number “999999”." in said(results)
    assert "“yesterday” is no date" in said(results)


def said(results):
    return " ".join(note.text for note in results.notes)


def test_replaced_versions_are_not_found(harbour):
    old = Article.objects.get(headline="Harbour bridge closes")
    old.newest = False
    old.save()
    index()
    assert "Harbour bridge closes" not in headlines(found("harbour"))


def test_who_is_in_it_and_where_to_compare_stand_beside_a_hit(harbour):
    first, second = Article.objects.filter(headline__icontains="bridge").order_by("pk")
    make_event("The bridge", first, second)
    index()
    hits = {hit.article.headline: hit for hit in found("bridge").hits}
    assert [person.name for person in hits["Harbour bridge closes"].people] == ["Ida Brand"]
    assert hits["Bridge opens again"].article.event.article_count == 2


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("ida", ["Ida Brand"]),
        ("brand ida", ["Ida Brand"]),
        ('"ida brand" -harbour', ["Ida Brand"]),
        ("ships OR iraq", ["Iraq", "Ships"]),
        ("idda brand", ["Ida Brand"]),
        ("-ida", []),
        ("notice OR harbour", []),
        ("bran OR zebra", []),  # only a part of a name, beside other words
    ],
)
def test_names_that_a_query_may_mean_stand_above_the_articles(harbour, query, names):
    found_names = found(query).names
    shown = [name.entity.name for name in (*found_names.people, *found_names.organisations)]
    assert shown == names


def test_a_page_takes_a_bounded_number_of_queries(harbour, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        found("harbour")
