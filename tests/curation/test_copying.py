"""Judgements about copies: first what is refused, then that they outrank the rules, last and are undone."""

import pytest
from django.contrib.auth.models import User

from archive.curation import history
from archive.curation.copying import copy_of, own_text
from archive.curation.decisions import Decision, Refused
from archive.curation.judging import judge, withdraw_batch
from archive.curation.previewing import preview
from archive.curation.travelling import lines, take
from archive.models import Article, Judgement, SearchRow
from archive.pipeline import river
from tests.wire_stories import put_pages

pytestmark = pytest.mark.django_db

Verdict = Judgement.Verdict


@pytest.fixture
def curator():
    return User.objects.create_user("ada")


@pytest.fixture
def folder(tmp_path):
    """Three printings of one report, and one report of its own, imported."""
    put_pages(tmp_path, "wire", "post", "strait", "market")
    river.import_paths([tmp_path])
    return tmp_path


def article(name):
    return Article.objects.get(path=f"{name}.txt", newest=True)


def texts():
    """The files of each independent text, the same in the articles and in the rows that search reads."""
    found = {}
    for one in Article.objects.newest_versions():
        found.setdefault(one.text_group_id or one.pk, set()).add(one.path.removesuffix(".txt"))
    rows = dict(SearchRow.objects.values_list("pk", "text_id"))
    assert rows == dict(Article.objects.newest_versions().values_list("pk", "text_group"))
    return sorted(map(sorted, found.values()))


FOUND = [["market"], ["post", "strait", "wire"]]


def test_what_makes_no_sense_is_refused(folder, curator):
    post, market, strait = map(article, ("post", "market", "strait"))
    with pytest.raises(Refused, match="already"):
        copy_of(post, strait)
    with pytest.raises(Refused, match="not taken for a copy"):
        own_text(market)
    for verdict in (Verdict.COPY_OF, Verdict.NOT_A_COPY):
        with pytest.raises(Refused, match="to the letter"):
            judge(Decision(verdict, post.content_key, post.content_key), curator)
        with pytest.raises(Refused, match="two"):
            judge(Decision(verdict, post.content_key), curator)
    assert texts() == FOUND


def test_not_a_copy_outranks_the_words_and_lasts(folder, curator):
    judged = judge(own_text(article("strait")), curator, "its own correspondent")
    assert texts() == [["market"], ["post", "wire"], ["strait"]]
    assert {one.pk for one in Article.objects.filter(pk__in=judged.articles)} == {article("strait").pk}
    river.import_paths([folder], clean_again=True)
    assert texts() == [["market"], ["post", "wire"], ["strait"]]


def test_copy_of_outranks_the_words_and_lasts(folder, curator):
    judge(copy_of(article("market"), article("post")), curator)
    assert texts() == [["market", "post", "strait", "wire"]]
    river.import_paths([folder], clean_again=True)
    assert texts() == [["market", "post", "strait", "wire"]]


def test_the_newest_judgement_about_two_texts_has_the_last_word(folder, curator):
    market, wire = article("market"), article("wire")
    judge(copy_of(market, wire), curator)
    judge(Decision(Verdict.NOT_A_COPY, wire.content_key, market.content_key), curator)
    assert texts() == FOUND


def test_taking_back_gives_what_was(folder, curator):
    one = judge(own_text(article("strait")), curator)
    two = judge(copy_of(article("market"), article("strait")), curator)
    assert texts() == [["market", "strait"], ["post", "wire"]]
    withdraw_batch(one.judgements[0].batch, curator)
    assert texts() == [["market", "post", "strait", "wire"]]
    withdraw_batch(two.judgements[0].batch, curator)
    assert texts() == FOUND


def test_judgements_travel_and_hold_for_articles_that_come_later(folder, curator):
    judge(own_text(article("strait")), curator)
    judge(copy_of(article("market"), article("strait")), curator)
    before, told = texts(), list(lines())
    Judgement.objects.all().delete()
    river.copy_again(Article.objects.values_list("pk", flat=True))
    assert texts() == FOUND
    assert take(told).counts["added"] == len(told)
    assert texts() == before
    Judgement.objects.all().delete()
    Article.objects.update(text_group=None)
    SearchRow.objects.all().delete()
    Article.objects.all().delete()
    take(told)
    river.import_paths([folder])
    assert texts() == before


def test_a_preview_tells_who_is_printed_with_whom_and_changes_nothing(folder, curator):
    shown = preview(own_text(article("strait")), curator)
    assert texts() == FOUND
    told = {line.called: (line.before, line.after) for line in shown.changes.lines}
    assert told["Cracks close the Halvik tunnel"] == (
        "printed: with 2 others, first: Calder Press, “Osterlund closes Halvik tunnel”",
        "printed: alone, a text of its own",
    )
    assert told["Tunnel shut for eleven weeks"][1].startswith("printed: with 1 other,")


def test_the_history_says_it_in_words(folder, curator):
    judge(own_text(article("strait")), curator)
    judge(copy_of(article("strait"), article("post")), curator)
    rows = list(history.of_article(article("post")))
    assert [history.sentence(row, history.names_in(rows)) for row in rows] == [
        "“Cracks close the Halvik tunnel” and “Tunnel shut for eleven weeks” are printings of one text",
        "“Cracks close the Halvik tunnel” is no copy of “Tunnel shut for eleven weeks”",
    ]
