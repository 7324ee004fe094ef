"""The history: every decision in words, with the words around, undone by one press of a button."""

import uuid

import pytest
from django.urls import reverse

from archive.curation.decisions import Decision
from archive.curation.judging import judge
from archive.models import Article, Judgement

HISTORY = "/admin/archive/judgement/"


@pytest.fixture
def judged(allawi, curator):
    """Judge one thing and return its row."""
    decision = Decision(Judgement.Verdict.NAME_IS, allawi.key, value="Iyad Allawi")
    return judge(decision, curator, "as he <b>writes</b> it").judgements[0]


def test_a_decision_is_told_with_who_why_and_the_words_around(curating, judged):
    shown = curating.get(HISTORY).content.decode()
    assert "Iyad Allawi" in shown
    assert "as he &lt;b&gt;writes&lt;/b&gt; it" in shown
    assert "ann" in shown
    assert "<mark>" in shown


def test_undo_takes_back_and_says_so(curating, judged, allawi):
    answer = curating.post(reverse("admin:archive_judgement_undo", args=[judged.batch]), follow=True)
    assert "taken back by ann" in answer.content.decode()
    allawi.refresh_from_db()
    assert allawi.name == "Ayad Allawi"
    again = curating.post(reverse("admin:archive_judgement_undo", args=[judged.batch]), follow=True)
    assert "taken back already" in again.content.decode()
    assert Judgement.objects.count() == 2


def test_the_history_of_one_entity_and_of_one_article(curating, judged, allawi):
    other = Article.objects.first()
    assert "Iyad" in curating.get(HISTORY, {"about": allawi.pk}).content.decode()
    assert "Iyad" not in curating.get(HISTORY, {"article": other.pk}).content.decode()
    assert curating.get(HISTORY, {"about": 10**9}).status_code == 404
    history = curating.get(reverse("admin:archive_person_history", args=[allawi.pk]))
    assert history["Location"] == f"{HISTORY}?about={allawi.pk}"


def test_looking_never_undoes(curating, judged):
    shown = curating.get(reverse("admin:archive_judgement_undo", args=[judged.batch])).content.decode()
    assert "Take back?" in shown
    assert "<td>Iyad Allawi, person, 3 articles" in shown
    assert "<td>Ayad Allawi, person, 3 articles" in shown
    assert Judgement.objects.live().count() == 1


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/admin/", "/admin/../x", ""])
def test_undo_leads_nowhere_else(curating, seeds, elsewhere):
    undo = reverse("admin:archive_judgement_undo", args=[uuid.uuid4()])
    answer = curating.post(undo, {"next": elsewhere})
    assert answer["Location"].startswith("/admin/")


def test_a_judgement_can_be_neither_added_nor_changed_by_hand(admin_client, judged):
    assert admin_client.get(reverse("admin:archive_judgement_add")).status_code == 403
    address = reverse("admin:archive_judgement_change", args=[judged.pk])
    assert admin_client.post(address, {"value": "x"}).status_code == 403
