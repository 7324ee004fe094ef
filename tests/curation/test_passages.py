"""Rows put right by hand: lasting over re-import, undone without a trace, stronger than the machine."""

import json

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from archive.curation.decisions import Decision, Refused
from archive.curation.judging import judge, withdraw
from archive.curation.passages import Chosen, belong_apart, belong_together
from archive.curation.travelling import lines, take
from archive.models import Article, Judgement
from archive.search.comparison import comparison
from tests.stories import HARBOUR, HARBOUR_ELSEWHERE, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return User.objects.create_user("ada", is_staff=True)


@pytest.fixture
def folder(tmp_path):
    put(tmp_path / "in", one=HARBOUR, two=HARBOUR_ELSEWHERE)
    call_command("import_articles", str(tmp_path / "in"), verbosity=0)
    return tmp_path / "in"


def rows():
    first = Article.objects.order_by("path").first()
    return comparison(first.event)


def chosen(said):
    """The passage of each text that holds the words."""
    found = rows()
    return [
        Chosen(column.article, passage.start, passage.end)
        for column, words in zip(found.columns, said, strict=True)
        for row in found.alignment.rows
        for passage in row.cells[column.number - 1]
        if words in column.text.body[passage.start : passage.end]
    ]


def together(said):
    """Whether both texts have these words in one row."""
    found = rows()
    return any(
        all(
            any(words in column.text.body[p.start : p.end] for p in row.cells[column.number - 1])
            for column, words in zip(found.columns, said, strict=True)
        )
        for row in found.alignment.rows
    )


APART = ("Dock workers in Varnholm walked out", "wants talks with Norrsund Ferries")
BESIDE = ("We will not load a single ferry", "We will not load a single ferry")


def test_passages_of_one_text_are_refused(folder, curator):
    (one, _) = chosen(APART)
    with pytest.raises(Refused):
        belong_together([one, one])
    with pytest.raises(Refused):
        belong_together([one, one._replace(start=one.end, end=one.end)])


@pytest.mark.parametrize("value", ["", "[]", '["Not in normal form!", "words"]'])
def test_a_judgement_without_two_passages_is_refused(folder, curator, value):
    (one, other) = (part.article.content_key for part in chosen(APART))
    with pytest.raises(Refused):
        judge(Decision(Judgement.Verdict.SAME_PASSAGE, one, other, value=value), curator)
    assert not Judgement.objects.exists()


def test_linked_by_hand_lasts_over_a_re_import_and_goes_when_taken_back(folder, curator):
    assert not together(APART)
    judged = judge(belong_together(chosen(APART)), curator, "the same walk-out")
    assert together(APART) and len(judged.articles) == 2
    call_command("import_articles", str(folder), verbosity=0)
    assert together(APART)
    withdraw(judged.judgements, curator)
    assert not together(APART)


def test_unlinked_by_hand_outranks_the_machine(folder, curator):
    assert together(BESIDE)
    judge(belong_apart(chosen(BESIDE)), curator)
    assert not together(BESIDE)


def test_the_order_in_which_passages_are_chosen_says_nothing(folder, curator):
    assert belong_apart(chosen(APART)) == belong_apart(chosen(APART)[::-1])


def test_it_travels_to_another_archive(folder, curator):
    judge(belong_together(chosen(APART)), curator)
    exported = list(lines())
    assert json.loads(exported[0])["verdict"] == "same passage"
    Judgement.objects.all().delete()
    assert not together(APART)
    take(exported)
    assert together(APART)
