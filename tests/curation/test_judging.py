"""Judging and taking back: nothing is lost, nothing of it is undone by an import, undoing gives what was."""

import pytest
from django.contrib.auth.models import User

from archive.curation import acts, history
from archive.curation.decisions import Decision, Refused
from archive.curation.judging import judge, withdraw, withdraw_batch
from archive.models import Article, Entity, Event, Judgement, Mention, SearchRow
from archive.pipeline import river
from archive.text.types import Kind
from tests.stories import HARBOUR, HARBOUR_ELSEWHERE, ORCHARD, put, put_sources

pytestmark = pytest.mark.django_db

Verdict = Judgement.Verdict


@pytest.fixture
def folder(tmp_path):
    """Three invented articles, imported."""
    put(tmp_path, a=HARBOUR, b=HARBOUR_ELSEWHERE, c=ORCHARD)
    put_sources(tmp_path, "a.txt,The Varnholm Post,https://post.example/ferry,2019-03-12,its site")
    river.import_paths([tmp_path])
    return tmp_path


@pytest.fixture
def curator():
    return User.objects.create_user("ada")


def named(name: str) -> Entity:
    return Entity.objects.get(name=name)


def links() -> list:
    return sorted(Mention.objects.values_list("article__path", "start", "entity__key"), key=str)


def shown() -> list:
    """What readers see of names, events and articles; row numbers of mentions aside."""
    entities = Entity.objects.order_by("pk").values_list(
        "key", "kind", "name", "merged_into", "withdrawn", "article_count", "mention_count"
    )
    aliases = Entity.objects.exclude(aliases=None).values_list(
        "key", "aliases__form", "aliases__origin", "aliases__mention_count"
    )
    rows = SearchRow.objects.order_by("pk").values_list("pk", "entity_ids", "event_id", "vector")
    events = Event.objects.order_by("pk").values_list("title", "article_count", "title_judged")
    articles = Article.objects.order_by("pk").values_list("headline", "event", "outlet", "locked")
    return [links(), list(entities), sorted(aliases), list(rows), list(events), list(articles)]


def decisions(entity_names=("Marta Lindqvist", "Jonas Okoro")):
    """One of each kind of decision about names, on the three articles."""
    one, other = (named(name) for name in entity_names)
    article = Article.objects.get(path="c.txt")
    return {
        "merge": acts.merge(one, [other]),
        "reject": acts.reject(other),
        "reject here": [Decision(Verdict.NOT_A_NAME, other.key, article=article.content_key)],
        "move": [Decision(Verdict.MENTION_IS, "okoro", one.key, article.content_key)],
        "kind": acts.change_kind(other, Kind.ORGANISATION.value),
        "rename": acts.rename(other, "J. Okoro"),
        "alias": acts.add_alias(other, "Tellen"),
        "different": [Decision(Verdict.DIFFERENT, one.key, other.key)],
        "title": acts.title(Event.objects.get(), "The ferry strike"),
        "apart": acts.regroup(Article.objects.get(path="b.txt"), None),
        "field": acts.correct(article, {"headline": "Frost in the valley"}),
    }


KINDS = (
    *("merge", "reject", "reject here", "move", "kind", "rename"),
    *("alias", "different", "title", "apart", "field"),
)


@pytest.mark.parametrize("kind", KINDS)
def test_taking_back_gives_what_was(folder, curator, kind):
    before = shown()
    judged = judge(decisions()[kind], curator, "a try")
    if kind != "different":
        assert shown() != before
        assert judged.articles or kind in ("kind", "rename", "title")
    withdraw(judged.judgements, curator)
    assert shown() == before


@pytest.mark.parametrize("kind", KINDS)
def test_an_import_changes_nothing_that_was_judged(folder, curator, kind):
    judge(decisions()[kind], curator)
    before = shown()
    river.import_paths([folder])
    river.import_paths([folder], clean_again=True)
    assert shown() == before


@pytest.mark.parametrize("kind", KINDS)
def test_no_decision_loses_a_mention(folder, curator, kind):
    places = set(Mention.objects.values_list("article", "start", "surface"))
    judge(decisions()[kind], curator)
    assert places <= set(Mention.objects.values_list("article", "start", "surface"))


def test_a_merged_entity_redirects_and_has_no_names_of_its_own(folder, curator):
    okoro, lindqvist = named("Jonas Okoro"), named("Marta Lindqvist")
    judge(acts.merge(lindqvist, [okoro]), curator)
    okoro.refresh_from_db()
    lindqvist.refresh_from_db()
    assert okoro.merged_into == lindqvist
    assert lindqvist.article_count == 3
    assert not okoro.aliases.exists()
    assert lindqvist.aliases.filter(form="Okoro").exists()
    assert SearchRow.objects.get(article__path="c.txt").entity_ids.count(lindqvist.pk) == 1


def test_a_pair_judged_different_is_never_merged_even_over_others(folder, curator):
    one, two, three = named("Jonas Okoro"), named("Marta Lindqvist"), named("Varnholm Dock Workers Union")
    judge([Decision(Verdict.DIFFERENT, one.key, three.key)], curator)
    judge(acts.merge(two, [one]), curator)
    before = shown()
    with pytest.raises(Refused) as refusal:
        judge(acts.merge(three, [two]), curator)
    assert refusal.value.chain == ("Jonas Okoro", "Marta Lindqvist", "Varnholm Dock Workers Union")
    assert shown() == before


def test_rejected_stays_rejected_through_a_merge_and_its_undoing(folder, curator):
    okoro, lindqvist = named("Jonas Okoro"), named("Marta Lindqvist")
    judge(acts.reject(okoro), curator)
    merged = judge([Decision(Verdict.SAME, okoro.key, lindqvist.key)], curator)
    assert not Mention.objects.filter(article__path="c.txt", entity=lindqvist).exists()
    withdraw_batch(merged.judgements[0].batch, curator)
    okoro.refresh_from_db()
    assert okoro.withdrawn
    assert not Mention.objects.filter(entity=okoro).exists()


def test_an_alias_brings_the_articles_that_print_it(folder, curator):
    growers = named("Tellen Growers Association")
    assert not growers.mentions.filter(surface="Lower Tellen").exists()
    judged = judge(acts.add_alias(growers, "Lower Tellen"), curator)
    assert judged.articles == {Article.objects.get(path="c.txt").pk}
    assert growers.mentions.filter(surface="Lower Tellen").exists()
    assert growers.aliases.get(form="Lower Tellen").origin == "curator"


def test_an_alias_is_known_to_the_next_import(folder, curator, tmp_path):
    judge(acts.add_alias(named("Varnholm Dock Workers Union"), "Strait Company"), curator)
    text = HARBOUR.replace("Norrsund Ferries, puts", "Strait Company, puts").replace("340", "350")
    river.import_paths([put(tmp_path / "later", later=text)])
    article = Article.objects.get(path="later.txt")
    assert article.mentions.filter(entity=named("Varnholm Dock Workers Union")).exists()


def test_a_decision_refused_leaves_nothing_of_its_batch(folder, curator):
    okoro = named("Jonas Okoro")
    with pytest.raises(Refused):
        judge([*acts.rename(okoro, "J. Okoro"), Decision(Verdict.SAME, okoro.key, okoro.key)], curator)
    assert not Judgement.objects.exists()
    assert named("Jonas Okoro") == okoro


def test_nothing_is_taken_back_twice(folder, curator):
    judged = judge(acts.rename(named("Jonas Okoro"), "J. Okoro"), curator)
    withdraw(judged.judgements, curator)
    with pytest.raises(Refused):
        withdraw(judged.judgements, curator)


def test_the_history_tells_who_what_and_why(folder, curator):
    okoro = named("Jonas Okoro")
    judged = judge(acts.rename(okoro, "J. Okoro"), curator, "as he signs")
    withdraw(judged.judgements, curator, "a slip")
    told = [(history.sentence(row), row.made_by_name, row.reason) for row in history.of_entity(okoro)]
    assert told == [
        ("taken back: 'jonas okoro' is shown as 'J. Okoro'", "ada", "a slip"),
        ("'jonas okoro' is shown as 'J. Okoro'", "ada", "as he signs"),
    ]


def test_rows_of_judgements_are_never_changed(folder, curator):
    judged = judge(acts.rename(named("Jonas Okoro"), "J. Okoro"), curator)
    before = Judgement.objects.filter(pk=judged.judgements[0].pk).values().get()
    withdraw(judged.judgements, curator)
    assert Judgement.objects.filter(pk=judged.judgements[0].pk).values().get() == before
    assert Judgement.objects.count() == 2


def test_a_corrected_field_survives_in_an_archive_made_anew(folder, curator):
    article = Article.objects.get(path="c.txt")
    judge(acts.correct(article, {"headline": "Frost in the valley"}), curator)
    Article.objects.filter(path="c.txt").delete()
    river.import_paths([folder])
    assert Article.objects.get(path="c.txt").headline == "Frost in the valley"
