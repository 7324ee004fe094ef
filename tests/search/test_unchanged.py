"""Answers kept while the database is the same: never one from before a change."""

import pytest
from django.db import transaction

from archive.models import Outlet
from archive.search import unchanged
from archive.search.unchanged import MOST_KEPT, while_unchanged


@pytest.fixture
def names():
    """A function that is kept, and the list of how often it was asked."""
    asked = []

    @while_unchanged
    def known(beginning: str) -> list[str]:
        asked.append(beginning)
        return list(
            Outlet.objects.filter(name__startswith=beginning).order_by("name").values_list("name", flat=True)
        )

    return known, asked


@pytest.fixture
def still(monkeypatch):
    """A database in which nobody writes, whatever other tests do beside."""
    monkeypatch.setattr(unchanged, "snapshot", lambda: "1:1:")


@pytest.mark.django_db(transaction=True)
def test_it_is_asked_once_while_nothing_is_written(names, still):
    known, asked = names
    Outlet.objects.create(name="The Courier")
    assert known("The") == known("The") == ["The Courier"]
    assert asked == ["The"]
    assert known("A") == []


@pytest.mark.django_db(transaction=True)
def test_it_is_asked_anew_when_something_is_written(names):
    known, _ = names
    Outlet.objects.create(name="The Courier")
    assert known("The") == ["The Courier"]
    Outlet.objects.create(name="The Gazette")
    assert known("The") == ["The Courier", "The Gazette"]
    Outlet.objects.all().delete()
    assert known("The") == []


@pytest.mark.django_db(transaction=True)
def test_what_is_written_and_taken_back_is_never_shown(names):
    known, _ = names
    assert known("The") == []
    with transaction.atomic():
        Outlet.objects.create(name="The Courier")
        assert known("The") == ["The Courier"]
        Outlet.objects.create(name="The Gazette")
        assert known("The") == ["The Courier", "The Gazette"]
        transaction.set_rollback(True)
    assert known("The") == []


@pytest.mark.django_db(transaction=True)
def test_few_answers_are_kept(names, still):
    known, asked = names
    for number in range(MOST_KEPT + 1):
        known(str(number))
    known("1")
    assert len(asked) == MOST_KEPT + 1
    known("0")
    assert len(asked) == MOST_KEPT + 2
