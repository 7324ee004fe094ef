"""Judgements out of one archive and into another give the same entities and addresses."""

import json
import uuid

import pytest
from django.contrib.auth.models import User
from django.db import connection

from archive.curation import acts
from archive.curation.judging import judge, withdraw_batch
from archive.curation.travelling import lines, take
from archive.exports import entities, events, organisations, people
from archive.exports.formats import json_lines
from archive.models import Article, Entity, Event, Judgement, Run
from archive.pipeline import river
from tests.stories import HARBOUR, HARBOUR_ELSEWHERE, ORCHARD, put, put_sources

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """Three invented articles, imported into an archive whose numbers begin at one."""
    empty()
    put(tmp_path, a=HARBOUR, b=HARBOUR_ELSEWHERE, c=ORCHARD)
    put_sources(tmp_path, "a.txt,The Varnholm Post,https://post.example/ferry,2019-03-12,its site")
    river.import_paths([tmp_path])
    return tmp_path


def named(name):
    """Return the entity that is shown under a name."""
    return Entity.objects.get(name=name)


@pytest.fixture
def judged(folder):
    """Judge of every kind, and take one back; return the curator."""
    ada = User.objects.create_user("ada")
    lindqvist, okoro, ferries = map(named, ("Marta Lindqvist", "Jonas Okoro", "Norrsund Ferries"))
    article = Article.objects.get(path="c.txt")
    judge(acts.rename(ferries, "Norrsund"), ada, "as “they” write it")
    judge(acts.change_kind(ferries, "person"), ada)
    judge(acts.add_alias(okoro, "apple crop"), ada)
    judge(acts.correct(article, {"headline": "Frost – a year's crop is lost"}), ada)
    withdraw_batch(judge(acts.merge(lindqvist, [okoro]), ada).judgements[0].batch, ada)
    return ada


def shown():
    """Return everything that readers see of names and events, as bytes of an export."""
    rows = [
        *entities.rows(people.every()),
        *entities.rows(organisations.every()),
        *events.rows(events.every()),
    ]
    headlines = list(Article.objects.order_by("pk").values_list("headline", "locked"))
    return "".join(json_lines(rows)), headlines


def empty():
    """Empty the archive as a new one is empty, its numbers beginning at one."""
    tables = ["source", "article", "outlet", "entity", "event", "judgement", "run", "mention"]
    names = ", ".join(f"archive_{table}" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")


def forget():
    """Delete every judgement, as only a test can."""
    Judgement.objects.exclude(withdraws=None).delete()
    Judgement.objects.all().delete()


def test_a_round_trip_into_an_empty_archive_gives_the_same_entities_and_addresses(folder, judged):
    exported, before = list(lines()), shown()
    empty()
    assert not Entity.objects.exists()
    river.import_paths([folder])
    assert shown() != before
    report = take(exported)
    assert (report.counts, report.lines) == ({"added": 6, "known": 0, "rejected": 0}, ())
    assert shown() == before
    assert list(lines()) == exported


def test_judgements_may_come_before_the_articles(folder, judged):
    exported, before = list(lines()), shown()
    empty()
    take(exported)
    river.import_paths([folder])
    after = shown()
    assert [json.loads(row).get("name") for row in after[0].splitlines()].count("Norrsund") == 1
    assert after[1] == before[1]


def test_the_same_file_twice_changes_nothing(judged):
    exported, before = list(lines()), shown()
    report = take(exported)
    assert report.counts == {"added": 0, "known": 6, "rejected": 0}
    assert (list(lines()), shown()) == (exported, before)


def test_a_withdrawal_travels_after_what_it_takes_back(judged):
    exported = [json.loads(line) for line in lines()]
    merge, withdrawal = exported[-2:]
    assert (merge["verdict"], withdrawal["verdict"]) == ("same", "withdrawn")
    assert withdrawal["withdraws"] == merge["uid"]


def test_nobody_here_is_held_to_have_judged_what_came_from_elsewhere(judged):
    exported = list(lines())
    forget()
    take(exported)
    assert set(Judgement.objects.values_list("made_by", "made_by_name")) == {(None, "ada")}


def line(**changed):
    """Return a line that is right but for `changed`."""
    said = {
        "uid": str(uuid.uuid4()),
        "verdict": "same",
        "left": "one name",
        "right": "another name",
        "article": "",
        "value": "",
        "reason": "",
        "made_by_name": "ben",
        "tool_version": "test",
        "made_at": "2026-01-02T03:04:05+00:00",
        "batch": str(uuid.uuid4()),
        "withdraws": None,
    }
    return json.dumps({**said, **changed})


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("{", "no line of an export"),
        ("[]", "no line of an export"),
        ("7", "no line of an export"),
        ('{"uid": "x"}', "no line of an export"),
        ("{}", "'uid' is missing"),
        (line(uid=7), "no line of an export"),
        (line(verdict="perhaps"), "There is no verdict 'perhaps'"),
        (line(left=""), "Nothing was named"),
        (line(right=""), "needs two"),
        (line(left="same", right="same"), "already"),
        (line(left="x" * 401), "longer than 400 characters"),
        (line(reason=None), "'reason' is not a text"),
        (line(value="a\0b"), "'value' is not a text"),
        (line(made_at="2026-01-02T03:04:05"), "time zone"),
        (line(made_at="yesterday"), "no line of an export"),
        (line(verdict="kind is", right="", value="ship"), "no kind 'ship'"),
        (line(verdict="field is", right="body", value='""'), "cannot be corrected"),
        (line(verdict="field is", right="headline", value="{"), "not JSON"),
        (line(verdict="withdrawn", withdraws=str(uuid.uuid4())), "not here"),
        (line(verdict="withdrawn", withdraws=None), "no line of an export"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_stops_no_other(bad, why):
    report = take([line(), "\n", bad, line(left="a third name")])
    assert report.counts == {"added": 2, "known": 0, "rejected": 1}
    assert report.lines[0].startswith("Line 3: ")
    assert why in report.lines[0]


def test_a_withdrawal_cannot_be_taken_back_nor_a_judgement_twice():
    first = json.loads(line())
    back = json.loads(line(verdict="withdrawn", withdraws=first["uid"]))
    twice = line(verdict="withdrawn", withdraws=first["uid"])
    again = line(verdict="withdrawn", withdraws=back["uid"])
    report = take([json.dumps(first), json.dumps(back), twice, again])
    assert report.counts == {"added": 2, "known": 0, "rejected": 2}


def test_a_join_of_two_judged_different_is_passed_over_not_made(folder):
    one, other = named("Marta Lindqvist"), named("Jonas Okoro")
    take([line(verdict="different", left=one.key, right=other.key), line(left=one.key, right=other.key)])
    assert not Entity.objects.exclude(merged_into=None).exists()


def test_an_import_of_judgements_leaves_the_articles_alone(folder, judged):
    articles = list(Article.objects.order_by("pk").values_list("pk", "body", "raw"))
    exported = list(lines())
    forget()
    take(exported)
    assert list(Article.objects.order_by("pk").values_list("pk", "body", "raw")) == articles
    assert Event.objects.live().count() == 1
    assert Run.objects.count() == 1
