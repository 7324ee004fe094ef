"""The review queue: one question at a time, answered once, put off, undone; two curators never trip."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from archive.models import Entity, Judgement
from archive.pipeline import searching
from tests.archive_factory import make_article, mention_everywhere

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
