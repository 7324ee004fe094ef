"""The lines of an article: each with its reason; one put back or taken out outlasts every import."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from archive.models import Article, Judgement
from archive.pipeline import river
from tests.admin.conftest import SEEDS
from tests.admin.test_paste import fields_of


@pytest.fixture
def article(seeds):
    """Return an article with lines that were taken out."""
    return next(one for one in Article.objects.order_by("pk") if len(one.removed) > 3)


def page(article):
    """Return the address of its lines."""
    return reverse("admin:archive_article_lines", args=[article.pk])


def first_cut(article):
    """Return the first line that was taken out and holds words."""
    cuts = sorted(article.removed_list())
    return next(cut for cut in cuts if len(article.raw[cut.start : cut.end].split()) > 1)


def test_every_line_that_was_taken_out_stands_there_with_its_reason(curating, article):
    shown = curating.get(page(article)).content.decode()
    assert shown.count("<del>") > 3
    cut = first_cut(article)
    assert f"<b>{cut.kind.value}</b>" in shown


def test_a_line_put_back_lasts_and_can_be_taken_back(curating, article):
    cut = first_cut(article)
    words = " ".join(article.raw[cut.start : cut.end].split()).split(". ", 1)[-1]  # without a list's number
    before = article.body
    sent = fields_of(curating.get(page(article)))
    sent.setdefault("text-line", []).append(f"{cut.start}-{cut.end}")
    answer = curating.post(page(article), {**sent, "reason": "it belongs there"}, follow=True)
    assert "cleaned again" in answer.content.decode()
    judgement = Judgement.objects.get()
    assert (judgement.verdict, judgement.left, judgement.reason) == (
        "line is",
        article.content_key,
        "it belongs there",
    )
    for again in (False, True):
        river.import_paths([SEEDS], clean_again=again)
        article.refresh_from_db()
        assert words in " ".join(article.body.split())
    curating.post(reverse("admin:archive_judgement_undo", args=[judgement.batch]))
    article.refresh_from_db()
    assert article.body == before


def test_a_line_taken_out_is_gone_from_the_text_and_stays_in_the_raw(curating, article):
    sent = fields_of(curating.get(page(article)))
    start, end = map(int, sent["text-line"].pop().split("-"))
    words = article.raw[start:end]
    curating.post(page(article), {**sent, "reason": ""})
    article.refresh_from_db()
    assert words not in article.body
    assert words in article.raw
    assert "A curator took it out." in curating.get(page(article)).content.decode()


def test_a_form_sent_back_unchanged_judges_nothing(curating, article):
    curating.post(page(article), fields_of(curating.get(page(article))))
    assert not Judgement.objects.exists()


def test_taking_out_everything_is_refused(curating, article):
    sent = fields_of(curating.get(page(article)))
    sent["text-line"] = []
    answer = curating.post(page(article), sent, follow=True)
    assert "leave at least one" in answer.content.decode()
    assert not Judgement.objects.exists()


def test_the_history_says_what_a_line_is(curating, article):
    cut = first_cut(article)
    sent = fields_of(curating.get(page(article)))
    sent.setdefault("text-line", []).append(f"{cut.start}-{cut.end}")
    curating.post(page(article), sent)
    shown = curating.get(reverse("admin:archive_judgement_changelist")).content.decode()
    assert "is text in" in shown


def test_the_articles_form_leads_to_its_lines(curating, article):
    shown = curating.get(reverse("admin:archive_article_change", args=[article.pk])).content.decode()
    assert page(article) in shown


def test_a_reader_reaches_none_of_it(client, article):
    client.force_login(User.objects.create_user("reader", password="reader's password"))
    for answer in (client.get(page(article)), client.post(page(article), {"text-shown": "0-5:1"})):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("admin:login"))
    assert not Judgement.objects.exists()


def test_lines_of_nothing_are_not_found(curating, db):
    assert curating.get(reverse("admin:archive_article_lines", args=[10**9])).status_code == 404
