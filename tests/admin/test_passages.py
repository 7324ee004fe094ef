"""Curators join and part rows of a comparison; nobody else does."""

import pytest
from django.urls import reverse

from archive.models import Judgement
from archive.search.comparison import comparison
from tests.archive_factory import make_article, make_event

pytestmark = pytest.mark.django_db

ONE = "The ferry company cancelled every evening crossing. Rain fell on the terminal roof."
TWO = "No boat left the island after dark. <b>Anglers</b> sold mackerel beside the lighthouse."


@pytest.fixture
def event():
    return make_event("Ferries", make_article(body=ONE), make_article(body=TWO, outlet="Herald"))


@pytest.fixture
def address(event):
    return reverse("admin:archive_event_rows", args=[event.pk])


def boxes(event):
    """What the boxes of the first passages of both columns send."""
    found = comparison(event)
    sent = []
    for place, column in enumerate(found.columns):
        first = min(passage for row in found.alignment.rows for passage in row.cells[place])
        sent.append(f"{column.article.pk}:{first.start}:{first.end}")
    return sent


def shared(event):
    return [row for row in comparison(event).alignment.rows if row.shared]


def test_a_reader_cannot_judge(client, event, address):
    assert client.get(address).status_code == 302
    assert client.post(address, {"verdict": "same", "passage": boxes(event)}).status_code == 302
    assert not Judgement.objects.exists()


def test_text_of_files_stays_text(curating, event, address):
    html = curating.get(address).content.decode()
    assert "<b>Anglers" not in html and "&lt;b&gt;Anglers" in html


@pytest.mark.parametrize("sent", [[], ["x"], ["1:2"], ["0:0:5", "9:9:9"], ["1:5:2", "1:0:99999"]])
def test_what_names_no_passages_judges_nothing(curating, event, address, sent):
    assert curating.post(address, {"verdict": "same", "passage": sent}).status_code == 302
    assert curating.post(address, {"verdict": "?", "passage": boxes(event)}).status_code == 302
    assert not Judgement.objects.exists()


def test_ticked_passages_are_joined_told_and_taken_back(curating, event, address):
    assert shared(event) == []
    curating.post(address, {"verdict": "same", "passage": boxes(event), "reason": "both say it"})
    assert len(shared(event)) == 1
    html = curating.get(address).content.decode()
    assert "both say it" in html and "by hand" in html
    batch = Judgement.objects.get().batch
    assert reverse("admin:archive_judgement_undo", args=[batch]) in html
    curating.post(reverse("admin:archive_judgement_undo", args=[batch]))
    assert shared(event) == []


def test_an_event_of_one_article_has_no_rows(curating):
    alone = make_event("Alone", make_article())
    assert curating.get(reverse("admin:archive_event_rows", args=[alone.pk])).status_code == 404
