import pytest
from django.http import QueryDict

from archive.search.matching import matching
from tests.archive_factory import make_article
from tests.search.search_archive import index

pytestmark = pytest.mark.django_db


@pytest.fixture
def bridges():
    for number in range(7):
        make_article(f"Bridge {number}", "A bridge" + " and a bridge" * number)
    make_article("Harbour", "No more than ships.")
    index()


@pytest.mark.parametrize(
    "sent", ["q=bridge", "q=bridge&sort=oldest", "", "q=-bridge", "outlet=99&from=x", "q=zebra"]
)
def test_all_articles_of_a_search_in_the_order_of_its_pages(bridges, sent):
    every = matching("/search/", QueryDict(sent))
    shown = [hit.article.pk for hit in found_at(sent).hits]
    assert list(every.ids()) == shown
    assert every.total() == len(shown) == found_at(sent).total


def found_at(sent):
    from archive.search.results import search

    return search("/search/", QueryDict(sent))


def test_it_says_what_was_asked():
    every = matching("/search/", QueryDict("q=bridge -harbour&from=2017&outlet=99&page=2&format=csv"))
    assert every.text == "bridge -harbour"
    assert every.filters == ("from: 2017",)
    assert "There is no outlet with the number “99”." in " ".join(every.notes)
    assert "page" not in str(every.here)
