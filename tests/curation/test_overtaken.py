"""Two curators at once: the second sees what the first did, and nothing is added behind their back."""

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from archive.curation import acts
from archive.curation.decisions import Decision
from archive.curation.judging import judge
from archive.curation.overtaken import Overtaken, newest_judgement
from archive.curation.proposals import queue
from archive.models import Entity, Judgement
from tests.archive_factory import make_article, mention_everywhere

Verdict = Judgement.Verdict

REVIEW = "/admin/archive/judgement/review/"


def people(*names):
    """Store an article for each name and return the entities."""
    for name in names:
        mention_everywhere(make_article(body=f"{name} spoke."), name)
    return [Entity.objects.get(name=name) for name in names]


def curator(name):
    """Return an account that may judge."""
    return User.objects.create_user(name, is_staff=True)


@pytest.mark.django_db
def test_what_somebody_decided_about_a_name_joined_to_it_meanwhile_is_told():
    a, b, c = people("Ada Alpha", "Bo Beta", "Cy Gamma")
    ada, ben = curator("ada"), curator("ben")
    seen = newest_judgement()
    judge(acts.merge(a, [b]), ada)
    judge(acts.merge(c, [b]), ada)
    with pytest.raises(Overtaken, match="Meanwhile ada judged: "):
        judge(acts.reject(a), ben, seen=seen)
    assert Judgement.objects.count() == 2
    judge(acts.reject(a), ben, seen=newest_judgement())


@pytest.mark.django_db
def test_a_decision_about_others_is_nobodys_business():
    a, b, c = people("Ada Alpha", "Bo Beta", "Cy Gamma")
    seen = newest_judgement()
    judge(acts.rename(c, "Cyrus Gamma"), curator("ada"))
    judge(acts.merge(a, [b]), curator("ben"), seen=seen)
    assert Judgement.objects.count() == 2


@pytest.mark.django_db
def test_a_form_that_was_opened_before_a_new_name_does_not_put_the_old_one_back():
    (alpha,) = people("Ada Alpha")
    second = Client()
    second.force_login(curator("ben"))
    address = reverse("admin:archive_person_change", args=[alpha.pk])
    opened = second.get(address)
    judge(acts.rename(alpha, "Ada A."), curator("ada"))
    sent = {"name": "Ada Alpha", "kind": "person", "new_alias": "", "seen": opened.context["seen"]}
    answer = second.post(address, sent, follow=True)
    assert "Meanwhile ada judged" in answer.content.decode()
    alpha.refresh_from_db()
    assert alpha.name == "Ada A."


@pytest.mark.django_db
def test_a_preview_that_is_out_of_date_is_shown_again_and_can_then_be_decided():
    a, b, c = people("Ada Alpha", "Bo Beta", "Cy Gamma")
    second = Client()
    second.force_login(curator("ben"))
    address = reverse("admin:archive_person_merge", args=[a.pk])
    shown = second.post(address, {"others": [b.pk], "preview": "1"})
    judge(acts.merge(b, [c]), curator("ada"))
    sent = {"others": [b.pk], "decide": "1", "seen": shown.context["seen"]}
    again = second.post(address, sent)
    assert "Meanwhile ada judged" in again.content.decode()
    assert "Cy Gamma" in again.content.decode()
    assert Judgement.objects.count() == 1
    second.post(address, {**sent, "seen": again.context["seen"]})
    assert Judgement.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_to_one_question_at_the_same_moment_one_counts_and_the_other_is_told():
    people("Karim Okoro", "Kareem Okoro")
    (asked,) = queue()
    sessions = []
    for name in ("ada", "ben"):
        session = Client()
        session.force_login(curator(name))
        sessions.append(session)
    seen = sessions[0].get(REVIEW).context["seen"]
    ready, pages = threading.Barrier(2), []

    def answer(session, verdict):
        ready.wait(timeout=60)
        sent = {"item": asked.name, "seen": seen, "verdict": verdict}
        pages.append(session.post(REVIEW, sent, follow=True).content.decode())
        connection.close()

    threads = [
        threading.Thread(target=answer, args=pair)
        for pair in zip(sessions, ("same", "different"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert Judgement.objects.count() == 1
    assert sorted("Meanwhile" in page for page in pages) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_of_two_transactions_with_one_view_of_things_the_second_is_refused():
    a, b = people("Ada Alpha", "Bo Beta")
    curators = [curator("ada"), curator("ben")]
    seen, ready, told = newest_judgement(), threading.Barrier(2), []

    def decide(by, verdict):
        ready.wait(timeout=60)
        try:
            judge(Decision(verdict, a.key, b.key), by, seen=seen)
        except Overtaken as overtaken:
            told.append(overtaken.reason)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=decide, args=pair)
        for pair in zip(curators, (Verdict.SAME, Verdict.DIFFERENT), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    (made,) = Judgement.objects.all()
    assert [f"Meanwhile {made.made_by_name} judged" in reason for reason in told] == [True]
