"""Articles in the admin: corrections are judgements, lock their field and survive every import."""

import json
import re

import pytest
from django.urls import reverse

from archive.models import Article, Event, Judgement, Outlet
from archive.pipeline import river
from tests.admin.conftest import SEEDS


@pytest.fixture
def article(seeds):
    """Return the article of the agency-credited outlet."""
    return Article.objects.get(outlet__name="Breitbart")


def page(article):
    """Return the address of an article's form."""
    return reverse("admin:archive_article_change", args=[article.pk])


def save(client, article, **changed):
    """Send the form as a browser does, with `changed` filled in, and return the page that follows."""
    sent = {
        "headline": article.headline,
        "deck": article.deck,
        "authors": "\r\n".join(article.authors),
        "agencies": "\r\n".join(article.agencies),
        "dateline": article.dateline,
        "language": article.language,
        "outlet": article.outlet_id or "",
        "url": article.url,
        "published_0": article.published.strftime("%Y-%m-%d"),
        "published_1": article.published.strftime("%H:%M:%S"),
        "published_precision": article.published_precision,
        "event": article.event_id or "",
        "reason": "",
    }
    return client.post(page(article), {**sent, **changed}, follow=True)


def test_a_form_sent_back_unchanged_judges_nothing(curating, article):
    assert "Nothing was changed" in save(curating, article).content.decode()
    assert not Judgement.objects.exists()


@pytest.mark.parametrize(
    ("sent", "field", "value"),
    [
        ({"headline": "Talks, says vice president"}, "headline", "Talks, says vice president"),
        ({"authors": "Bo Ek, Jr.\r\nAda Lund\r\n"}, "authors", ["Bo Ek, Jr.", "Ada Lund"]),
        ({"agencies": ""}, "agencies", []),
        ({"url": "https://example.org/x"}, "url", "https://example.org/x"),
        ({"deck": "What he said"}, "deck", "What he said"),
        ({"language": "de"}, "language", "de"),
    ],
)
def test_what_is_corrected_is_locked_and_survives_every_import(curating, article, sent, field, value):
    save(curating, article, **sent)
    judgement = Judgement.objects.get()
    assert (judgement.verdict, judgement.right, json.loads(judgement.value)) == ("field is", field, value)
    for again in (False, True):
        river.import_paths([SEEDS], clean_again=again)
        article.refresh_from_db()
        assert getattr(article, field) == value
        assert article.locked == [field]


def test_a_date_is_corrected_with_its_precision(curating, article):
    save(curating, article, published_0="2017-04-20", published_1="08:15", published_precision="minute")
    river.import_paths([SEEDS], clean_again=True)
    article.refresh_from_db()
    assert article.published.isoformat() == "2017-04-20T08:15:00+00:00"
    assert (article.published_precision, article.locked) == ("minute", ["published"])


def test_a_date_can_be_taken_away(curating, article):
    save(curating, article, published_0="", published_1="", published_precision="")
    article.refresh_from_db()
    assert (article.published, article.published_precision) == (None, "")


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"url": "javascript:alert(1)"}, "opens with http"),
        ({"url": "data:text/html,x"}, "opens with http"),
        ({"published_precision": ""}, "how exactly"),
        ({"published_0": "", "published_1": ""}, "Give the date"),
    ],
)
def test_what_cannot_be_is_refused_on_the_form(curating, article, sent, why):
    assert why in save(curating, article, **sent).content.decode()
    assert not Judgement.objects.exists()


def test_another_outlet_is_taken_by_name(curating, article):
    other = Outlet.objects.get(name="RT")
    save(curating, article, outlet=other.pk)
    river.import_paths([SEEDS], clean_again=True)
    article.refresh_from_db()
    assert article.outlet == other


def test_a_correction_taken_back_gives_what_was_read(curating, article):
    before = article.headline
    save(curating, article, headline="Something else")
    curating.post(reverse("admin:archive_judgement_undo", args=[Judgement.objects.get().batch]))
    article.refresh_from_db()
    assert (article.headline, article.locked) == (before, [])


def test_the_text_is_shown_and_cannot_be_sent(curating, article):
    body = article.body
    shown = curating.get(page(article)).content.decode()
    assert re.search(r"<p>[^<]*vice president", shown)
    save(curating, article, body="Nothing of it is true.", content_key="0" * 64)
    article.refresh_from_db()
    assert article.body == body


def test_an_article_is_found_by_words_of_its_body_and_by_its_file(curating, article):
    listing = reverse("admin:archive_article_changelist")
    for typed in ("covertly sleeping", "SLEEPING cells", article.path[:6]):
        assert page(article) in curating.get(listing, {"q": typed}).content.decode()
    assert page(article) not in curating.get(listing, {"q": "wordthatnobodyprinted"}).content.decode()


def test_an_article_taken_out_of_its_event_stays_out(curating, article):
    event = article.event
    save(curating, article, event="")
    river.import_paths([SEEDS], clean_again=True)
    article.refresh_from_db()
    assert article.event is None
    assert Event.objects.get(pk=event.pk).article_count == 2


def test_an_event_takes_an_article_and_a_title_that_last(curating, article):
    event = article.event
    save(curating, article, event="")
    address = reverse("admin:archive_event_change", args=[event.pk])
    curating.post(address, {"title": "Talks in Mosul", "add_article": article.pk, "reason": ""})
    river.import_paths([SEEDS], clean_again=True)
    article.refresh_from_db()
    event.refresh_from_db()
    assert article.event == event
    assert (event.title, event.article_count) == ("Talks in Mosul", 3)


def test_an_outlet_that_an_administrator_named_keeps_its_name(admin_client, article):
    outlet = article.outlet
    address = reverse("admin:archive_outlet_change", args=[outlet.pk])
    sent = {"name": "The Bart", "short_name": "TB", "domain": "https://www.breitbart.com/x"}
    admin_client.post(address, sent)
    river.import_paths([SEEDS], clean_again=True)
    outlet.refresh_from_db()
    assert (outlet.name, outlet.short_name, outlet.domain) == ("The Bart", "TB", "breitbart.com")
    assert outlet.locked
    assert Outlet.objects.count() == 3


def test_articles_are_filtered_by_year(curating, article):
    listing = reverse("admin:archive_article_changelist")
    assert page(article) in curating.get(listing, {"year": "2017"}).content.decode()
    for wrong in ("2016", "x", "9" * 30):
        assert page(article) not in curating.get(listing, {"year": wrong}, follow=True).content.decode()
