"""The seeds and five invented events, imported as any other: the comparison beside what a reader found."""

from pathlib import Path

import pytest
from django.core.management import call_command

from archive.models import Article
from archive.search.comparison import comparison
from tests.search.golden_comparisons import EVENTS, Gold, folder_of, load, shortfalls

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", EVENTS)
def test_the_comparison_is_what_a_careful_reader_finds(name):
    call_command("import_articles", str(folder_of(name)), verbosity=0)
    articles = Article.objects.newest_versions()
    assert len({article.event_id for article in articles}) == 1, "one event"
    gold = Gold(load(name), comparison(articles[0].event, most=8))
    folded = [
        {Path(one.path).stem for one in (column.article, *column.copies)}
        for column in gold.found.columns
        if column.copies
    ]
    assert folded == [set(copies) for copies in gold.said["copies"]]
    assert set(shortfalls(gold)) <= set(gold.said["not yet"])


def test_there_are_five_of_them_and_most_of_what_they_hold_is_found():
    said = [load(name) for name in EVENTS if name != "seeds"]
    claims = sum(len(one[kind]) for one in said for kind in ("together", "quotations", "figures"))
    assert len(said) == 5
    assert sum(len(one["not yet"]) for one in said) < claims / 2
