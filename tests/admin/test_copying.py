"""Copies in the admin: first who may not, then both acts with their preview."""

import pytest
from django.urls import reverse

from archive.models import Article, Judgement
from archive.pipeline import river
from tests.wire_stories import put_pages


@pytest.fixture
def printings(db, tmp_path):
    """Three printings of one report, and one report of its own."""
    put_pages(tmp_path, "wire", "post", "strait", "market")
    river.import_paths([tmp_path])
    return {article.path.removesuffix(".txt"): article for article in Article.objects.all()}


def address(act, article):
    return reverse(f"admin:archive_article_{act}", args=[article.pk])


def size(article):
    article.refresh_from_db()
    return Article.objects.filter(text_group=article.text_group_id).count() if article.text_group_id else 1


@pytest.mark.parametrize("act", ["copy_of", "own_text"])
def test_readers_cannot(client, printings, act):
    answer = client.post(address(act, printings["strait"]), {"decide": "1", "to": printings["market"].pk})
    assert answer.status_code == 302 and "login" in answer["Location"]
    assert not Judgement.objects.exists()


@pytest.mark.parametrize("act", ["copy_of", "own_text"])
def test_there_is_no_page_for_what_is_not_there(curating, printings, act):
    assert curating.get(reverse(f"admin:archive_article_{act}", args=[10**12])).status_code == 404


def test_what_is_a_text_of_its_own_already_is_told(curating, printings):
    shown = curating.post(address("own_text", printings["market"]), {"decide": "1"}, follow=True)
    assert "not taken for a copy of any other article" in shown.content.decode()
    assert not Judgement.objects.exists()


def test_no_copy_is_shown_first_and_then_judged(curating, printings):
    strait = printings["strait"]
    form = curating.get(reverse("admin:archive_article_change", args=[strait.pk])).content.decode()
    assert address("own_text", strait) in form
    shown = curating.get(address("own_text", strait)).content.decode()
    assert "printed: alone, a text of its own" in shown and size(strait) == 3
    curating.post(address("own_text", strait), {"decide": "1", "reason": "own desk"}, follow=True)
    assert size(strait) == 1 and size(printings["post"]) == 2
    assert set(Judgement.objects.values_list("verdict", "reason")) == {("not a copy", "own desk")}


def test_a_copy_is_shown_first_and_then_judged(curating, printings):
    market = printings["market"]
    sent = {"to": printings["post"].pk, "reason": ""}
    shown = curating.post(address("copy_of", market), {**sent, "preview": "1"}).content.decode()
    assert "printed: with 3 others" in shown and size(market) == 1
    curating.post(address("copy_of", market), {**sent, "decide": "1"}, follow=True)
    assert size(market) == 4
