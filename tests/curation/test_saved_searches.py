"""Searches that people keep: every filter, only their own, and what is new since the visit before."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from archive.curation import saved_searches
from archive.curation.saved_searches import NotSaved, look, of, remove, rename, save
from archive.models import SavedSearch
from archive.models.saved_search import LONGEST_NAME, LONGEST_QUERY, VISIT

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
QUERY = "q=bridge&outlet=3&not_person=7&from=2017-04&copies=all"


@pytest.fixture
def ann():
    return User.objects.create_user("ann")


def test_every_filter_is_kept_as_it_was(ann):
    kept = save(ann, "Bridges", QUERY, 10, NOW)
    assert SavedSearch.objects.get(pk=kept.pk).query == QUERY


def test_everybody_has_their_own(ann):
    ben = User.objects.create_user("ben")
    save(ann, "Bridges", QUERY, 10, NOW)
    save(ben, "Bridges", "", 10, NOW)
    assert [one.query for one in of(ann)] == [QUERY]


@pytest.mark.parametrize("name", ["", "   ", "\x00", "a" * (LONGEST_NAME + 1), "Bridges", " Bridges "])
def test_a_name_that_cannot_be_kept_is_refused_in_a_sentence(ann, name):
    save(ann, "Bridges", QUERY, 10, NOW)
    other = save(ann, "Others", QUERY, 10, NOW)
    with pytest.raises(NotSaved, match=r": write .*\."):
        save(ann, name, QUERY, 10, NOW)
    with pytest.raises(NotSaved, match=r": write .*\."):
        rename(other, name)
    assert sorted(of(ann).values_list("name", flat=True)) == ["Bridges", "Others"]


def test_an_address_longer_than_any_server_takes_is_refused(ann):
    with pytest.raises(NotSaved, match="lift a filter"):
        save(ann, "Long", "q=" + "a" * LONGEST_QUERY, 10, NOW)


def test_there_is_room_for_so_many(ann, monkeypatch):
    monkeypatch.setattr(saved_searches, "MOST", 1)
    save(ann, "One", "", 0, NOW)
    with pytest.raises(NotSaved, match="remove one first"):
        save(ann, "Two", "", 0, NOW)


def test_renamed_and_removed(ann):
    kept = save(ann, "Bridges", QUERY, 10, NOW)
    rename(kept, "  All   bridges ")
    assert of(ann).get().name == "All bridges"
    remove(kept)
    assert not of(ann).exists()


def test_what_comes_later_is_new_until_the_visit_after_the_one_that_saw_it(ann):
    kept = save(ann, "Bridges", QUERY, 10, NOW)
    assert kept.unseen(NOW) == (10, NOW)

    tomorrow = NOW + timedelta(days=1)
    assert kept.unseen(tomorrow) == (10, NOW)
    look(kept, 15, tomorrow)
    again = tomorrow + VISIT / 2
    assert kept.unseen(again) == (10, NOW)  # the same visit: what was new a moment ago is still listed
    look(kept, 17, again)

    later = again + VISIT + timedelta(seconds=1)
    assert kept.unseen(later) == (17, again)
    look(kept, 17, later)
    assert kept.unseen(later) == (17, again)


def test_looking_changes_neither_name_nor_query(ann):
    kept = save(ann, "Bridges", QUERY, 10, NOW)
    look(kept, 20, NOW + timedelta(days=1))
    stored = of(ann).get()
    assert (stored.name, stored.query, stored.seen_to) == ("Bridges", QUERY, 20)
