"""Events: who belongs together never depends on the way there, and addresses outlive regrouping."""

from copy import deepcopy
from itertools import combinations

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from archive.curation import acts
from archive.curation.decisions import Decision
from archive.curation.judging import judge, withdraw
from archive.models import Article, Event, Judgement, SearchRow, StoryTerm
from archive.pipeline import grouping, river
from archive.pipeline.compared import Comparisons, memory
from archive.pipeline.crowds import Levels
from archive.pipeline.nearness import candidate_pairs
from archive.text.nearness import candidates
from archive.text.profiles import Profile
from tests.stories import HARBOUR, HARBOUR_ELSEWHERE, ORCHARD, put

pytestmark = pytest.mark.django_db

Verdict = Judgement.Verdict


@pytest.fixture
def folder(tmp_path):
    put(tmp_path, a=HARBOUR, b=HARBOUR_ELSEWHERE, c=ORCHARD)
    river.import_paths([tmp_path])
    return tmp_path


@pytest.fixture
def curator():
    return User.objects.create_user("ada")


def article(name: str) -> Article:
    return Article.objects.get(path=f"{name}.txt", newest=True)


def test_another_story_is_not_grouped(folder):
    assert article("c").event is None
    assert article("a").event == article("b").event
    event = Event.objects.get()
    assert event.article_count == 2
    assert event.reasons


def test_the_index_proposes_just_the_pairs_that_the_rule_would(folder, tmp_path):
    river.import_paths(
        [put(tmp_path / "more", d=ORCHARD.replace("apple", "cherry"), e=HARBOUR.replace("340", "90"))]
    )
    profiles = {one.pk: Profile.from_json(one.grouping) for one in Article.objects.newest_versions()}
    by_rule = {
        (one, other)
        for one, other in combinations(sorted(profiles), 2)
        if candidates(profiles[one], profiles[other])
    }
    assert by_rule
    assert candidate_pairs(profiles, Levels()) == by_rule


@pytest.mark.django_db(transaction=True)
def test_what_another_process_stored_meanwhile_is_compared(folder, tmp_path):
    assert memory.whole
    remembered = deepcopy(memory.__dict__)
    river.import_paths([put(tmp_path / "more", d=HARBOUR.replace("340", "350"))])
    memory.__dict__.update(remembered)  # as in a process that did not see this import
    assert article("d").pk not in memory.beside(article("a").pk)
    river.import_paths([put(tmp_path / "later", e=HARBOUR.replace("340", "360"))])
    assert article("a").event == article("d").event == article("e").event
    assert {article("d").pk, article("e").pk} <= memory.beside(article("a").pk).keys()


@pytest.mark.django_db(transaction=True)
def test_what_was_not_stored_in_the_end_is_not_remembered(folder, tmp_path):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        river.import_paths([put(tmp_path / "more", d=HARBOUR.replace("340", "350"))])
        gone = article("d").pk
        assert gone in memory.beside(article("a").pk)
        raise ZeroDivisionError
    river.import_paths([put(tmp_path / "later", e=HARBOUR.replace("340", "360"))])
    assert article("a").event == article("e").event
    assert gone not in memory.beside(article("a").pk)


def test_an_event_that_nothing_touches_is_left_as_it_is(folder, tmp_path):
    event = article("a").event
    Event.objects.filter(pk=event.pk).update(title="Nobody wrote this again")
    river.import_paths([put(tmp_path / "more", d=ORCHARD.replace("apple", "cherry"))])
    event.refresh_from_db()
    assert event.title == "Nobody wrote this again"


def test_what_changed_is_compared_anew(folder):
    """A memory of comparisons must not outlive what was compared."""
    one, other = article("a"), article("b")
    assert Comparisons({}).beside([one.pk])
    one.headline, one.body = "Skates", "The library of Tellen lends skates to children in winter."
    one.save()
    grouping.run([one.pk])
    assert not Comparisons({}).beside([one.pk])
    assert not Comparisons({}).beside([other.pk])


def test_a_judgement_splits_and_its_undoing_brings_the_address_back(folder, curator):
    event = Event.objects.get()
    judged = judge(acts.regroup(article("b"), None), curator)
    event.refresh_from_db()
    assert event.article_count == 0
    assert article("a").event is None
    assert all(row.event_id is None for row in SearchRow.objects.all())
    withdraw(judged.judgements, curator)
    assert article("a").event == article("b").event == event


def test_a_judgement_joins_what_no_rule_would(folder, curator):
    event = Event.objects.get()
    key = article("c").content_key
    judge([Decision(Verdict.SAME_EVENT, key, article("a").content_key)], curator)
    assert article("c").event == event
    assert "a curator judged them to be one event" in Event.objects.get().reasons
    river.import_paths([folder], clean_again=True)
    assert article("c").event == event


def test_a_title_that_a_curator_gave_stays(folder, curator):
    judge(acts.title(Event.objects.get(), "The ferry strike"), curator)
    river.import_paths([folder], clean_again=True)
    event = Event.objects.get()
    assert (event.title, event.title_judged) == ("The ferry strike", True)


def test_an_event_goes_on_with_most_of_its_articles(folder, tmp_path, curator):
    event = Event.objects.get()
    river.import_paths([put(tmp_path / "more", d=HARBOUR_ELSEWHERE.replace("Some 1,500", "About 1,600"))])
    assert article("d").event == event
    judge(acts.regroup(article("a"), None), curator)
    assert article("b").event == article("d").event == event
    assert article("a").event is None


def test_a_replaced_version_has_neither_event_nor_terms(tmp_path):
    put(tmp_path, a=HARBOUR, b=HARBOUR_ELSEWHERE)
    river.import_paths([tmp_path])
    put(tmp_path, a=HARBOUR.replace("340 workers", "360 workers"))
    river.import_paths([tmp_path])
    old = Article.objects.get(newest=False)
    assert old.event is None
    assert not StoryTerm.objects.filter(article=old).exists()
    assert article("a").event == article("b").event
    assert Event.objects.get().article_count == 2


@pytest.mark.parametrize("order", ["abcd", "dcba", "cadb"])
def test_articles_that_come_one_by_one_in_any_order_give_the_same_events(tmp_path, order):
    later = HARBOUR_ELSEWHERE.replace("Some 1,500", "About 1,600")
    texts = {"a": HARBOUR, "b": HARBOUR_ELSEWHERE, "c": ORCHARD, "d": later}
    for name in order:
        river.import_paths([put(tmp_path / name, **{name: texts[name]})])
    event = Event.objects.live().get()
    assert {one.path for one in event.articles.all()} == {"a.txt", "b.txt", "d.txt"}
    assert (event.article_count, event.first_published.day, event.last_published.day) == (3, 12, 13)
