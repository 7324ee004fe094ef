"""Versions of an article: first what is no new one, then what is."""

import pytest

from archive.models import Article, Run, SearchRow
from archive.pipeline import river
from tests.stories import put, put_sources
from tests.wire_stories import CUT, OWN_LEAD, WHOLE

pytestmark = pytest.mark.django_db

ROW = "a.txt,The Varnholm Post,https://post.example/tunnel,2019-03-12,its site"
HEADLINE = "Halvik tunnel to close for eleven weeks"


def dump(body, shares="Share 14 Tweet", headline=HEADLINE):
    return f"{headline}\n\n{shares}\n\n{body}\n"


def imported(folder, text):
    """Import the page as it stands today; returns what the ledger says."""
    put_sources(put(folder, a=text), ROW)
    river.import_paths([folder])
    return Run.objects.latest("pk").entries.get().outcome


@pytest.mark.parametrize(
    "again",
    [
        dump(WHOLE, "Share 2,950 Tweet"),
        dump(WHOLE.replace("\n\n", "\n\n\n")),
        dump(WHOLE.replace(" ", "  ", 3)),
        dump(WHOLE.replace('"', "”")),
        dump(WHOLE, headline=HEADLINE.replace(" ", "\u00a0")),
    ],
)
def test_white_space_and_share_counts_are_no_change(tmp_path, again):
    assert imported(tmp_path, dump(WHOLE)) == "created"
    assert imported(tmp_path, again) == "unchanged"
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    "again",
    [
        dump(WHOLE.replace("62 million", "68 million")),
        dump(CUT),
        dump(WHOLE, headline="Halvik tunnel closes"),
    ],
)
def test_other_words_are_a_new_version(tmp_path, again):
    imported(tmp_path, dump(WHOLE))
    assert imported(tmp_path, again) == "new version"
    old, new = Article.objects.order_by("pk")
    assert (new.previous, new.newest, old.newest) == (old, True, False)
    assert [row.pk for row in SearchRow.objects.all()] == [new.pk]


def test_going_back_to_the_old_words_is_a_version_too_and_versions_are_no_copies(tmp_path):
    imported(tmp_path, dump(WHOLE))
    assert imported(tmp_path, dump(OWN_LEAD)) == "new version"
    assert not Article.objects.exclude(text_group=None).exists()
