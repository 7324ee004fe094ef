"""One mention: it means somebody else, or it is no name here."""

import pytest
from django.urls import reverse

from archive.models import Entity, Judgement, Mention


@pytest.fixture
def mention(seeds):
    """Return a mention of Allawi by his surname."""
    return Mention.objects.filter(surface="Allawi").order_by("pk").first()


def test_a_mention_is_moved_in_its_article_only(curating, mention):
    kelly = Entity.objects.get(key="john kelly")
    address = reverse("admin:archive_mention_move", args=[mention.pk])
    assert "<mark>Allawi</mark>" in curating.get(address).content.decode()
    curating.post(address, {"to": kelly.pk, "decide": "1"})
    here = Mention.objects.filter(article=mention.article, surface="Allawi")
    elsewhere = Mention.objects.filter(surface="Allawi").exclude(article=mention.article)
    assert set(here.values_list("entity__key", flat=True)) == {"john kelly"}
    assert set(elsewhere.values_list("entity__key", flat=True)) == {"ayad allawi"}


def test_a_mention_cannot_be_moved_where_it_is(curating, mention):
    address = reverse("admin:archive_mention_move", args=[mention.pk])
    answer = curating.post(address, {"to": mention.entity_id, "decide": "1"})
    assert "in this article already" in answer.content.decode()
    assert not Judgement.objects.exists()


def test_words_that_are_no_name_here_stay_printed(curating, mention):
    body = mention.article.body
    curating.post(reverse("admin:archive_mention_reject", args=[mention.pk]), {"decide": "1"})
    mention.refresh_from_db()
    assert mention.entity is None
    assert mention.surface == "Allawi"
    mention.article.refresh_from_db()
    assert mention.article.body == body


def test_a_mention_that_is_not_there_is_not_found(curating, seeds):
    assert curating.get(reverse("admin:archive_mention_move", args=[10**9])).status_code == 404
