"""From a clean article to what is stored."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from archive.models import Article
from archive.pipeline import river
from tests.stories import HARBOUR, put, put_sources

pytestmark = pytest.mark.django_db


def published(folder, day):
    """Import a text of which sources.csv states this day."""
    put_sources(put(folder, a=HARBOUR), f"a.txt,The Courier,,{day:%Y-%m-%d},the desk")
    river.import_paths([folder])
    return Article.objects.get()


def test_a_day_to_come_is_no_day_of_publication(tmp_path):
    article = published(tmp_path, timezone.now() + timedelta(days=40))
    assert article.published is None
    assert article.published_precision == ""
    assert "still to come" in article.published_evidence


def test_today_is_taken_wherever_on_earth_it_is_today(tmp_path):
    today = timezone.now()
    assert published(tmp_path, today).published.date() == today.date()


def test_a_day_long_ago_is_taken(tmp_path):
    assert published(tmp_path, datetime(1917, 11, 9, tzinfo=UTC)).published.year == 1917
