"""Pages of few and of too many articles: the same order whichever way they are found, and nothing unsaid."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.http import QueryDict

from archive.models import Article
from archive.search import gathering, keyset, limits, walking
from archive.search.matching import matching
from archive.search.results import search
from tests.archive_factory import make_article
from tests.search.search_archive import found, index, kept_for_a_module, open_link

pytestmark = pytest.mark.django_db

SORTS = ("best", "newest", "oldest")


@pytest.fixture(scope="module")
def archive(django_db_setup, django_db_blocker):
    """Sixty articles about bridges in all kinds of months, some without a date, some copies of each other."""
    chance = random.Random(6)
    with kept_for_a_module(django_db_blocker):
        articles = []
        for number in range(60):
            days = chance.choice([0, 0, 1, 30, 400, 3000]) * chance.randint(0, 3)
            articles.append(
                make_article(
                    f"Bridge {number}",
                    "A bridge" + " and a bridge" * chance.randint(0, 4) + (" harbour" if number % 3 else ""),
                    published=None
                    if number % 13 == 0
                    else datetime(2017, 4, 18, tzinfo=UTC) - timedelta(days),
                    outlet=chance.choice(["The Courier", "Northport Times", None]),
                    people=["bridge"] if number % 2 else [],
                )
            )
        index()
        for first in range(0, 60, 10):
            copies = [article.pk for article in articles[first : first + 3]]
            Article.objects.filter(pk__in=copies).update(text_group=min(copies))
            from archive.models import SearchRow

            SearchRow.objects.filter(pk__in=copies).update(text_id=min(copies))
        yield articles


@pytest.fixture(params=["few", "too many", "everywhere", "in a row"])
def way(request, monkeypatch):
    """Each way in which a search finds its articles, on an archive that a test can make."""
    monkeypatch.setattr(keyset, "PAGE", 7)
    if request.param != "few":
        monkeypatch.setattr(gathering, "EXACT", 1)
        monkeypatch.setattr(gathering, "ENOUGH", 1)
        monkeypatch.setattr(gathering, "ENOUGH_OF_PHRASES", 1)
        monkeypatch.setattr(gathering, "SAMPLES", (10,))
        monkeypatch.setattr(gathering, "RATES", (10,))
        monkeypatch.setattr(keyset, "RANKED_OF_MANY", 12)
        # Every article is in the sample.
        monkeypatch.setattr(gathering, "sample_lexeme", lambda rate: ":none:1' | !':none:1")
    return request.param


def query_for(way):
    return {"everywhere": "bridg*", "in a row": '"a bridge"'}.get(way, "bridge")


def pages_forward(results):
    pages = [results]
    while pages[-1].page.next:
        assert len(pages) < 100
        pages.append(open_link(pages[-1].page.next))
    return pages


def shown(pages):
    return [hit.article.pk for results in pages for hit in results.hits]


@pytest.mark.parametrize("copies", ["", "all"])
@pytest.mark.parametrize("sort", SORTS)
def test_paging_on_and_back_shows_every_article_once(archive, way, sort, copies):
    first = found(query_for(way), sort=sort, **({"copies": copies} if copies else {}))
    pages = pages_forward(first)
    every = shown(pages)
    assert len(every) == len(set(every)) == (60 if copies else 48)
    back = [pages[-1]]
    while back[-1].page.previous:
        back.append(open_link(back[-1].page.previous))
    assert shown(back[::-1]) == every
    assert [len(results.hits) for results in pages[:-1]] == [7] * (len(pages) - 1)


@pytest.mark.parametrize("sort", SORTS)
def test_the_order_is_that_of_every_match(archive, way, sort):
    sent = QueryDict(f"q={query_for(way)}&sort={sort}")
    every = matching("/search/", sent)
    assert shown(pages_forward(search("/search/", sent))) == list(every.ids())
    assert every.total() == 48


def test_by_date_dates_fall_or_rise_and_undated_articles_come_last(archive, way):
    for sort, factor in (("newest", -1), ("oldest", 1)):
        pages = pages_forward(found(query_for(way), sort=sort, copies="all"))
        dates = [hit.article.published for results in pages for hit in results.hits]
        known = [factor * date.timestamp() for date in dates if date]
        assert known == sorted(known)
        assert dates[len(known) :] == [None] * (60 - len(known))


@pytest.mark.parametrize("sort", SORTS)
def test_a_page_stays_what_it_was_when_articles_are_added(archive, way, sort):
    second = open_link(found(query_for(way), sort=sort, copies="all").page.next)
    third = second.page.next
    before = shown([open_link(third)])
    number = make_article("New bridge", "A bridge.", published=datetime(2017, 4, 19, tzinfo=UTC)).pk
    if sort == "oldest":
        Article.objects.filter(pk=number).update(published=datetime(1999, 1, 1, tzinfo=UTC))
    from archive.pipeline import searching

    searching.run([number])
    if sort != "best" or way == "few":
        assert [pk for pk in shown([open_link(third)]) if pk != number] == before[: len(before)]


def test_too_many_are_estimated_and_said(archive, way, monkeypatch):
    results = found(query_for(way), copies="all")
    if way == "few":
        assert (results.size.sample, results.total) == (0, 60)
        assert not any(facet.sample for facet in results.facets)
    else:
        monkeypatch.setattr(gathering, "EXACT", 59)
        results = found(query_for(way), copies="all")
        assert (results.size.sample, results.total) == (60, 600)
        assert all(facet.sample == 60 for facet in results.facets)
        assert results.months.sample == 60


def test_samples_too_small_to_tell_are_not_used(archive, monkeypatch):
    monkeypatch.setattr(gathering, "planned", lambda rows: 1_000_000)
    monkeypatch.setattr(keyset, "PAGE", 7)
    results = found("bridge", copies="all")
    assert (results.size.number, results.size.sample) == (60, 0)


def test_a_wrong_guess_of_the_planner_changes_nothing_that_is_said(archive, monkeypatch):
    from archive.search import results as module

    right = found("bridge harbour")
    for guess in (0, 10**9):
        monkeypatch.setattr(module, "planned", lambda rows, guess=guess: guess)
        wrong = found("bridge harbour")
        assert (wrong.size, shown([wrong])) == (right.size, shown([right]))


def test_what_takes_too_long_is_cut_short_and_said(archive, monkeypatch):
    monkeypatch.setattr(settings, "SEARCH_SECONDS", 0)
    results = found("bridge")
    assert results.size.cut
    assert results.page.cut
    assert results.uncounted
    assert results.hits == ()


def test_a_statement_is_ended_in_time_and_the_next_one_runs(archive):
    from django.db import connection

    def sleep():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(60)")

    with pytest.raises(limits.TooLong):
        limits.Clock(0.05).within(sleep)
    assert limits.Clock(60).within(Article.objects.count) == 60
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


def test_a_walk_cut_short_keeps_what_it_found(archive, monkeypatch):
    from archive.models import SearchRow

    class Tired(limits.Clock):
        steps = 0

        def within(self, step, share=1.0):
            self.steps += 1
            if self.steps > 1:
                raise limits.TooLong
            return super().within(step, share)

    rows = SearchRow.objects.all()
    walked = walking.walk(rows, Tired(60), 50, newest=True, after=None, by_month=True)
    assert walked.cut
    assert 0 < len(walked.keys) < 50


@pytest.mark.parametrize(
    "place",
    [
        "x",
        "~",
        "~x",
        "1~2017-04-18T00:00:00Z~1",
        "9e999~~1",
        "nan~~1",
        "~99999999999999999999",
        "2017~1",
        "1~~1",
    ],
)
@pytest.mark.parametrize("name", ["after", "before"])
def test_no_place_in_an_address_is_an_error(archive, way, place, name):
    sent = QueryDict(mutable=True)
    sent.update({"q": query_for(way), name: place})
    search("/search/", sent)
