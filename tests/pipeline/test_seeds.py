"""The seeds, imported as a stranger imports them, are what a careful reader finds (golden/seeds.json)."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction

from archive.models import Article, Entity, Event, Mention
from archive.pipeline import river
from archive.text.folding import words
from archive.text.names import normal_form

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
GOLD = json.loads((ROOT / "tests/golden/seeds.json").read_text("utf-8"))
PATHS = sorted(GOLD["articles"])


@pytest.fixture(scope="module")
def seeds(django_db_setup, django_db_blocker):
    """The seeds imported once for all tests of this module, and taken out again."""
    with django_db_blocker.unblock(), transaction.atomic():
        river.import_paths([SEEDS])
        yield {article.path: article for article in Article.objects.all()}
        transaction.set_rollback(True)


@pytest.fixture(params=PATHS)
def pair(request, seeds):
    """One article as imported, and its gold."""
    return seeds[request.param], GOLD["articles"][request.param]


def said(text: str) -> list[str]:
    """The words of a text, however they are punctuated."""
    return [word.form for word in words(text) if word.length == 1]


def printed(text: str) -> str:
    return " ".join(said(text))


def names(article: Article, kind: str) -> dict[str, set[str]]:
    """Printed forms by the key of whom they are taken for."""
    found: dict[str, set[str]] = {}
    for mention in article.mentions.filter(kind=kind).select_related("entity"):
        key = mention.entity.key.partition("@")[0]
        found.setdefault(key, set()).add(printed(mention.surface))
    return found


def test_nothing_but_the_three_articles_is_imported(seeds):
    assert sorted(seeds) == PATHS


def test_the_raw_text_is_the_file(pair):
    article, _ = pair
    assert bytes(article.source.data) == (SEEDS / article.path).read_bytes()


def test_what_is_known_of_it(pair):
    article, gold = pair
    day = datetime.fromisoformat(gold["published"])
    assert article.headline == gold["headline"]
    assert article.authors == gold["authors"]
    assert set(article.agencies) == set(gold["agencies"])
    assert (article.outlet.name, article.outlet.domain, article.url) == (
        gold["outlet"],
        gold["domain"],
        gold["url"],
    )
    assert article.published.replace(tzinfo=None) == day
    assert article.published_precision == ("minute" if "T" in gold["published"] else "day")


def test_what_is_no_body_is_not_in_the_body(pair):
    article, gold = pair
    for line in gold["not_body"]:
        if (
            line not in gold.get("subheadings", [])
            and "(" not in line
            and line != "the second printing of the headline"
        ):
            assert line not in article.body.split("\n\n")
    assert article.headline not in article.body


def test_subheadings_captions_and_credits_are_kept_apart(pair):
    article, gold = pair
    subheadings = [article.body[start:end] for start, end, kind in article.blocks if kind == "subheading"]
    assert subheadings == gold.get("subheadings", [])
    kept = " ".join([*article.captions, *article.credits])
    for line in gold["not_body"]:
        if "Image:" in line:
            assert line.partition("Image:")[2].strip() in kept


def test_every_character_is_body_or_removed(pair):
    article, _ = pair
    covered = [False] * len(article.raw)
    for body_start, raw_start, length in article.segments:
        assert article.body[body_start : body_start + length] == article.raw[raw_start : raw_start + length]
        covered[raw_start : raw_start + length] = [True] * length
    for start, end, _, _ in article.removed:
        covered[start:end] = [True] * (end - start)
    left = [
        char for char, known in zip(article.raw, covered, strict=True) if not known and not char.isspace()
    ]
    assert left == []


@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_who_is_named(pair, kind):
    article, gold = pair
    found = names(article, kind)
    optional = {printed(name) for name in gold["optional"]}
    expected = gold["persons" if kind == "person" else "organisations"]
    keys = {}
    for name, given in expected.items():
        forms = {printed(_without_title(form)) for form in given}
        holders = [key for key, surfaces in found.items() if surfaces & forms]
        assert len(holders) == 1, f"{name} is {holders}"
        keys[holders[0]] = name
        missing = forms - found[holders[0]]
        assert not missing, f"{name} is not found as {missing}"
    others = {key: surfaces for key, surfaces in found.items() if key not in keys}
    assert all(surfaces <= optional for surfaces in others.values()), others


def _without_title(form: str) -> str:
    return form.removeprefix("Brig Gen ")


def test_what_is_no_organisation(pair):
    article, gold = pair
    surfaces = set(article.mentions.values_list("surface", flat=True))
    assert surfaces.isdisjoint(gold.get("not_organisations", []))


def test_every_mention_stands_where_it_says(pair):
    article, _ = pair
    for mention in article.mentions.all():
        assert article.body[mention.start : mention.end] == mention.surface
        assert mention.evidence
        assert mention.link_evidence


def test_quotations_and_their_speakers(pair):
    article, gold = pair
    found = {
        printed(quotation.text): quotation.speaker and quotation.speaker.entity.name
        for quotation in article.quotations.select_related("speaker__entity")
    }
    for quote in gold["quotes"]:
        if "block quotation" in quote.get("note", ""):
            text = next(text for text in found if text.startswith("and as the coalition we lead wins"))
        else:
            text = printed(quote["text"])
        assert found[text] == quote["speaker"]


def test_no_other_whole_statement_is_taken_for_a_quotation(pair):
    article, gold = pair
    whole = article.quotations.exclude(kind="mixed").count()
    assert whole == len(gold["quotes"])


def test_figures(pair):
    article, gold = pair
    found = set(article.figures.values_list("text", flat=True))
    assert set(gold["figures"]) <= found


def test_one_event(seeds):
    event = Event.objects.live().get()
    assert event.article_count == GOLD["event"]["count"] * 3
    assert sorted(event.articles.values_list("path", flat=True)) == GOLD["event"]["articles"]
    assert event.outlet_count == 3


@pytest.mark.parametrize("one, other", GOLD["must_not_merge"])
def test_who_must_not_be_one(seeds, one, other):
    holders = [
        set(Entity.objects.live().filter(aliases__normal_form=normal_form(name)).values_list("pk", flat=True))
        for name in (one, other)
    ]
    assert all(holders)
    assert holders[0].isdisjoint(holders[1])


def test_everybody_is_one_across_the_articles(seeds):
    for name in (
        "Ayad Allawi",
        "Abu Bakr al-Baghdadi",
        "Ayman al-Zawahiri",
        "Islamic State",
        "al-Qaeda",
        "Reuters",
    ):
        entity = Entity.objects.live().get(key=normal_form(name))
        assert entity.article_count == 3
    assert not Mention.objects.filter(entity=None).exists()
