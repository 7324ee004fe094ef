"""Versions in a search: the newest alone unless the address asks for all; first what must not be found."""

import pytest
from django.http import QueryDict

from archive.models import SearchRow
from archive.pipeline import river
from archive.search.results import search
from tests.stories import put, put_sources
from tests.wire_stories import WHOLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(tmp_path):
    """An article of which only the first version speaks of 62 million."""
    for body in (WHOLE, WHOLE.replace("62 million", "68 million")):
        put(tmp_path, a=f"Halvik tunnel to close for eleven weeks\n\n{body}\n")
        put_sources(tmp_path, "a.txt,The Varnholm Post,https://post.example/tunnel,2019-03-12,its site")
        river.import_paths([tmp_path])


def found(query):
    return [(hit.article.newest, bool(hit.snippets)) for hit in search("/search/", QueryDict(query)).hits]


def test_what_a_later_version_took_out_is_not_found(archive):
    assert found("q=%2262+million%22") == []
    assert found("q=tunnel") == [(True, True)]
    assert found("") == [(True, False)]
    assert SearchRow.objects.count() == 1


def test_all_versions_are_found_on_request_and_the_number_is_theirs(archive):
    assert found("q=%2262+million%22&versions=all") == [(False, True)]
    assert sorted(found("q=tunnel&versions=all")) == [(False, True), (True, True)]
    assert len(found("versions=all")) == 2
    assert search("/search/", QueryDict("versions=all")).total == 2


def test_the_state_stands_in_the_address_of_every_link(archive):
    results = search("/search/", QueryDict("q=tunnel&versions=all"))
    assert results.versions == (
        ("newest", "/search/?q=tunnel", False),
        ("all", "/search/?q=tunnel&versions=all", True),
    )
    assert all("versions=all" in choice.href for facet in results.facets for choice in facet.choices)
