"""A preview tells what a decision does, and does nothing."""

import pytest
from django.contrib.auth.models import User

from archive.curation import acts
from archive.curation.decisions import Decision
from archive.curation.judging import judge
from archive.curation.previewing import preview
from archive.models import Article, Entity, Judgement, Mention
from archive.pipeline import river
from tests.stories import HARBOUR, HARBOUR_ELSEWHERE, ORCHARD, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator(tmp_path):
    put(tmp_path, a=HARBOUR, b=HARBOUR_ELSEWHERE, c=ORCHARD)
    river.import_paths([tmp_path])
    return User.objects.create_user("ada")


def test_a_preview_changes_nothing(curator):
    okoro, lindqvist = Entity.objects.get(name="Jonas Okoro"), Entity.objects.get(name="Marta Lindqvist")
    before = list(Entity.objects.values()), list(Mention.objects.values()), list(Article.objects.values())
    preview(acts.merge(lindqvist, [okoro]), curator)
    after = list(Entity.objects.values()), list(Mention.objects.values()), list(Article.objects.values())
    assert after == before
    assert not Judgement.objects.exists()


def test_a_preview_tells_what_a_merge_then_does(curator):
    okoro, lindqvist = Entity.objects.get(name="Jonas Okoro"), Entity.objects.get(name="Marta Lindqvist")
    found = preview(acts.merge(lindqvist, [okoro]), curator)
    lines = {line.key: line for line in found.changes.lines}
    assert lines.keys() == {okoro.key, lindqvist.key}
    assert lines[okoro.key].after == "merged into Marta Lindqvist: its address leads there"
    assert (found.changes.mentions, found.changes.articles) == (okoro.mention_count, 1)
    assert judge(acts.merge(lindqvist, [okoro]), curator).changes == found.changes
    lindqvist.refresh_from_db()
    told = f"Marta Lindqvist, person, {lindqvist.article_count} articles, {lindqvist.mention_count} mentions"
    assert lines[lindqvist.key].after == told


def test_a_preview_of_an_alias_counts_the_places_it_brings(curator):
    growers = Entity.objects.get(name="Tellen Growers Association")
    found = preview(acts.add_alias(growers, "Lower Tellen"), curator)
    assert (found.changes.articles, found.changes.mentions) == (1, 1)


def test_a_preview_of_what_would_be_refused_gives_the_reason(curator):
    okoro, lindqvist = Entity.objects.get(name="Jonas Okoro"), Entity.objects.get(name="Marta Lindqvist")
    judge([Decision(Judgement.Verdict.DIFFERENT, okoro.key, lindqvist.key)], curator)
    found = preview(acts.merge(lindqvist, [okoro]), curator)
    assert "judged different" in found.refused
    assert found.chain == ("Jonas Okoro", "Marta Lindqvist")
    assert found.changes.lines == ()
