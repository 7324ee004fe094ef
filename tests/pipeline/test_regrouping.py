"""Grouping a whole archive again: as if imported today, judgements kept, broken off and gone on with."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from archive.curation import acts
from archive.curation.judging import judge
from archive.models import Article, Event, Run, SearchRow, StoryTerm
from archive.pipeline import regrouping, river
from tests.stories import HARBOUR, HARBOUR_ELSEWHERE, ORCHARD, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def outdated(tmp_path):
    """Return an event of an archive whose profiles older rules made: none of them finds anything."""
    put(tmp_path, a=HARBOUR, b=HARBOUR_ELSEWHERE, c=ORCHARD)
    river.import_paths([tmp_path])
    event = Event.objects.get()
    for article in Article.objects.all():
        article.grouping |= {"body": {}, "lead": {}, "title": {}, "names": {}, "matter": {}}
        article.save()
    Article.objects.update(event=None)
    SearchRow.objects.update(event_id=None)
    Event.objects.update(article_count=0)
    StoryTerm.objects.all().delete()
    return event


def article(name):
    return Article.objects.get(path=f"{name}.txt")


def test_it_gives_what_importing_today_gives_and_says_what_changed(outdated, capsys):
    call_command("regroup")
    said = capsys.readouterr().out
    assert "2 taken into an event, 1 as before" in said
    assert "Events: 0 before, 1 now." in said
    assert article("a").event == article("b").event == outdated
    assert article("c").event is None
    assert set(SearchRow.objects.values_list("event_id", flat=True)) == {outdated.pk, None}
    call_command("regroup")
    assert "Grouped again: 3 as before" in capsys.readouterr().out


def test_a_judgement_outlives_it(tmp_path):
    put(tmp_path, a=HARBOUR, b=HARBOUR_ELSEWHERE)
    river.import_paths([tmp_path])
    judge(acts.regroup(article("b"), None), User.objects.create_user("ada"))
    assert regrouping.run().counts == {"as before": 2}
    assert {one.event for one in Article.objects.all()} == {None}


def test_what_was_broken_off_goes_on_behind_the_last_batch(outdated):
    seen = []

    def stop(done, left):
        seen.append((done, left))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        regrouping.run(watch=stop, at_once=1)
    first = Run.objects.get(command="regroup")
    assert (seen, first.ended_at, first.reached) == ([(1, 2)], None, article("a").pk)
    report = regrouping.run(at_once=1)
    assert report.total == 2
    assert "It went on behind article" in str(report)
    assert Run.objects.get(command="regroup").ended_at is not None
    assert article("a").event == article("b").event == outdated
    assert regrouping.run(anew=True).total == 3
