"""The review queue: one question at a time, answered once, put off, undone; two curators never trip."""

import html
import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from archive.curation import acts
from archive.curation.judging import judge
from archive.models import Entity, Judgement
from archive.pipeline import river, searching
from tests.archive_factory import make_article, mention_everywhere
from tests.stories import put

REVIEW = "/admin/archive/judgement/review/"


@pytest.fixture
def doubts(db):
    """Two pairs in doubt, one named more often than the other."""
    for name, times in (
        ("Karim Okoro", 2),
        ("Kareem Okoro", 1),
        ("Iyad Lundqvist", 1),
        ("Ayad Lundqvist", 1),
    ):
        article = make_article(body=f"{name} spoke. " * times)
        mention_everywhere(article, name)
        searching.run([article.pk])


def text_of(answer):
    """Return the words of a page without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def answer(client, verdict, page=None):
    """Press a button of the page that is open, and return the page that follows."""
    page = page or client.get(REVIEW)
    sent = {"item": page.context["asked"].proposal.name, "seen": page.context["seen"], "verdict": verdict}
    return client.post(REVIEW, sent, follow=True)


def test_an_empty_queue_says_so(curating):
    assert "No name is in doubt" in text_of(curating.get(REVIEW))


def test_a_question_shows_names_words_evidence_and_what_would_change(curating, doubts):
    shown = curating.get(REVIEW)
    words = text_of(shown)
    assert "2 questions left" in words
    assert "Same person?" in words
    assert shown.content.decode().count("<mark>Kar") >= 2
    assert "“kareem” is like “karim”" in words.lower()
    assert (
        "“Same” will change 1 article and 1 mention; Kareem Okoro’s address will lead to Karim Okoro" in words
    )
    assert "Iyad Lundqvist · Ayad Lundqvist" in words or "Ayad Lundqvist · Iyad Lundqvist" in words


def test_same_merges_into_the_one_named_more_and_goes_on(curating, doubts):
    after = answer(curating, "same")
    merged = Entity.objects.get(name="Kareem Okoro")
    assert merged.merged_into == Entity.objects.get(name="Karim Okoro")
    assert "1 question left · 1 answered" in text_of(after)
    assert "Judged: " in text_of(after)


def test_different_keeps_them_apart_for_good(curating, doubts):
    answer(curating, "different")
    assert Judgement.objects.get().verdict == "different"
    assert "1 question left" in text_of(curating.get(REVIEW))


def test_unsure_judges_nothing_and_comes_back_when_asked(curating, doubts):
    answer(curating, "unsure")
    last = answer(curating, "unsure")
    assert not Judgement.objects.exists()
    assert "but for those that you put off" in text_of(last)
    assert "2 questions left" in text_of(curating.post(REVIEW, {"again": "1"}, follow=True))


def test_the_last_answer_can_be_undone_first_thing(curating, doubts):
    after = answer(curating, "same")
    undo = reverse("admin:archive_judgement_undo", args=[Judgement.objects.get().batch])
    assert undo in after.content.decode()
    back = curating.post(undo, {"next": REVIEW}, follow=True)
    assert back.redirect_chain[-1][0] == REVIEW
    assert "2 questions left" in text_of(back)
    assert undo not in back.content.decode()


def test_the_second_of_two_curators_sees_what_the_first_did(curating, client, doubts):
    page = curating.get(REVIEW)
    other = type(client)()
    other.force_login(User.objects.create_user("ben", is_staff=True))
    answer(other, "different")
    told = text_of(answer(curating, "same", page))
    assert "Meanwhile ben judged: " in told
    assert "Nothing was added" in told
    assert Judgement.objects.count() == 1


@pytest.fixture
def lone_names(db, tmp_path):
    """Import articles that print a surname alone, and one that prints the full name."""
    alone = "Strike talks go on in Varnholm\n\n{day} March 2019\n\n{words}\n"
    words = "Mr Lindqvist said on {day} March that the ferries would sail. Mr Lindqvist left at noon."
    put(
        tmp_path,
        a=alone.format(day=3, words=words.format(day=3)),
        b=alone.format(day=4, words=words.format(day=4)),
        c=alone.format(day=5, words="Marta Lindqvist, who leads the union, said that talks would go on."),
    )
    river.import_paths([tmp_path])
    assert Entity.objects.filter(local=True, name="Lindqvist").count() == 2


def test_a_lone_name_is_asked_about_with_those_that_it_may_mean(curating, lone_names):
    page = curating.get(REVIEW)
    words = text_of(page)
    assert "Who is “Lindqvist”?" in words
    assert "4 mentions in 2 articles" in words
    lindqvist = Entity.objects.get(name="Marta Lindqvist")
    sent = {"item": page.context["asked"].proposal.name, "seen": page.context["seen"]}
    sent |= {"shown": ",".join(map(str, page.context["asked"].shown)), "verdict": f"is-{lindqvist.pk}"}
    curating.post(REVIEW, sent)
    lindqvist.refresh_from_db()
    assert (lindqvist.article_count, Judgement.objects.count()) == (3, 2)
    assert "No name is in doubt" in text_of(curating.get(REVIEW))


@pytest.mark.parametrize(("verdict", "said"), [("no name", "not a name"), ("organisation", "kind is")])
def test_a_lone_name_is_judged_for_all_articles(curating, lone_names, verdict, said):
    answer(curating, verdict)
    assert Judgement.objects.values_list("verdict", "left").get() == (said, "lindqvist@")
    assert "No name is in doubt" in text_of(curating.get(REVIEW))


def test_only_somebody_who_was_offered_can_be_meant(curating, lone_names):
    page = curating.get(REVIEW)
    asked = page.context["asked"]
    for verdict, shown in ((f"is-{asked.proposal.entity}", asked.shown), ("is-x", asked.shown), ("is-1", ())):
        sent = {"item": asked.proposal.name, "verdict": verdict, "shown": ",".join(map(str, shown))}
        assert "no answer" in text_of(curating.post(REVIEW, sent, follow=True))
    assert not Judgement.objects.exists()


def test_a_question_that_is_still_open_is_shown_again_after_another_decision_about_it(
    curating, client, doubts
):
    page = curating.get(REVIEW)
    karim = Entity.objects.get(name="Karim Okoro")
    judge(acts.rename(karim, "Karim of Tellen"), User.objects.create_user("ben", is_staff=True))
    told = text_of(answer(curating, "same", page))
    assert "Meanwhile ben judged: 'karim okoro' is shown as 'Karim of Tellen'" in html.unescape(told)
    assert "2 questions left" in told
    assert Judgement.objects.count() == 1
    answer(curating, "same")
    assert Judgement.objects.count() == 2


@pytest.mark.parametrize("verdict", ["", "delete", "person"])
def test_what_is_no_answer_judges_nothing(curating, doubts, verdict):
    assert "no answer" in text_of(answer(curating, verdict))
    assert not Judgement.objects.exists()


@pytest.mark.parametrize("item", ["", "1-2", "x", "9" * 30 + "-1", "kind-1"])
def test_a_question_that_was_never_asked_is_settled(curating, doubts, item):
    told = curating.post(REVIEW, {"item": item, "verdict": "same", "seen": "9" * 40}, follow=True)
    assert "settled already" in text_of(told)
    assert not Judgement.objects.exists()


def test_a_reader_has_no_queue(client, doubts):
    client.force_login(User.objects.create_user("reader"))
    assert client.get(REVIEW).status_code == 302
    assert client.post(REVIEW, {"item": "1-2", "verdict": "same"}).status_code == 302
