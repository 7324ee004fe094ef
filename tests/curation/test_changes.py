"""What decisions changed is kept beside them, and is told truly."""

import pytest
from django.contrib.auth.models import User

from archive.curation import acts, history
from archive.curation.changes import GONE
from archive.curation.judging import judge, withdraw_batch
from archive.models import Article, Effect, Entity, Event
from archive.pipeline import river
from tests.stories import HARBOUR, HARBOUR_ELSEWHERE, ORCHARD, put, put_sources

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(tmp_path):
    """Import three invented articles, and return a curator."""
    put(tmp_path, a=HARBOUR, b=HARBOUR_ELSEWHERE, c=ORCHARD)
    put_sources(tmp_path, "a.txt,The Varnholm Post,https://post.example/ferry,2019-03-12,its site")
    river.import_paths([tmp_path])
    return User.objects.create_user("ada")


def named(name):
    """Return the entity of this name."""
    return Entity.objects.get(name=name)


def told(judged):
    """Return what the batch of some judgements is told to have changed, by what is called so."""
    effect = Effect.objects.get(batch=judged.judgements[0].batch)
    return effect, {line["called"]: (line["before"], line["after"]) for line in effect.lines}


def test_a_merge_says_which_address_leads_where_and_its_undoing_says_the_same_backwards(ada):
    one, other = named("Marta Lindqvist"), named("Jonas Okoro")
    merge = judge(acts.merge(one, [other]), ada)
    effect, lines = told(merge)
    assert (effect.articles, effect.mentions) == (1, other.mention_count)
    merged = "merged into Marta Lindqvist: its address leads there"
    assert lines["Jonas Okoro"] == ("Jonas Okoro, person, 1 article, 2 mentions", merged)
    assert lines["Marta Lindqvist"][0].startswith("Marta Lindqvist, person, 2 articles")
    assert lines["Marta Lindqvist"][1].startswith("Marta Lindqvist, person, 3 articles")
    undone, back = told(withdraw_batch(merge.judgements[0].batch, ada))
    assert {name: (after, before) for name, (before, after) in back.items()} == lines
    assert (undone.articles, undone.mentions) == (effect.articles, effect.mentions)


def test_a_rejected_name_says_that_its_address_is_gone(ada):
    _, lines = told(judge(acts.reject(named("Jonas Okoro")), ada))
    assert lines["Jonas Okoro"][1] == GONE


@pytest.mark.parametrize(
    ("decide", "after"),
    [
        (lambda one: acts.rename(one, "M. Lindqvist"), "M. Lindqvist, person"),
        (lambda one: acts.change_kind(one, "organisation"), "Marta Lindqvist, organisation"),
    ],
)
def test_a_new_name_or_kind_moves_no_mention(ada, decide, after):
    effect, lines = told(judge(decide(named("Marta Lindqvist")), ada))
    assert (effect.articles, effect.mentions) == (0, 0)
    assert lines["Marta Lindqvist"][1].startswith(after)


def test_an_alias_says_how_many_places_it_brings(ada):
    effect, lines = told(judge(acts.add_alias(named("Tellen Growers Association"), "Lower Tellen"), ada))
    assert (effect.articles, effect.mentions) == (1, 1)
    assert lines["Tellen Growers Association"][1].endswith("1 article, 2 mentions")


def test_a_corrected_headline_says_what_it_was(ada):
    article = Article.objects.get(path="a.txt")
    effect, lines = told(judge(acts.correct(article, {"headline": "Ferries stay in port"}), ada))
    assert effect.articles == 1
    assert lines["Ferries stay in port"] == (
        f"headline: {article.headline}",
        "headline: Ferries stay in port",
    )


def test_an_article_taken_out_of_its_event_says_so(ada):
    article, event = Article.objects.get(path="b.txt"), Event.objects.live().get()
    effect, lines = told(judge(acts.regroup(article, None), ada))
    assert effect.articles == 2
    assert lines[article.headline] == (f"event: {event.title}", "event: –")


def test_the_history_keeps_what_was_even_after_everything_changed_again(ada):
    lindqvist = named("Marta Lindqvist")
    judge(acts.rename(lindqvist, "M. Lindqvist"), ada)
    first = list(Effect.objects.values())
    judge(acts.rename(lindqvist, "Marta L."), ada)
    judge(acts.reject(lindqvist), ada)
    assert list(Effect.objects.order_by("pk").values())[:1] == first
    batches = list(history.batches(history.of_entity(lindqvist)))
    assert len(batches) == Effect.objects.count() == 3
