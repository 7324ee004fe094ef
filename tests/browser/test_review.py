"""An afternoon at the review queue: ten questions by keyboard, a split, undoing, reading the history."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from archive.curation.proposals import queue
from archive.models import Article, Entity, Judgement, Mention
from archive.pipeline import searching
from tests.archive_factory import make_article, mention_everywhere, recount
from tests.browser.conftest import Visitor
from tests.browser.looking import follow
from tests.browser.test_admin import curator, serious, sign_in

__all__ = ["curator"]

REVIEW = "/admin/archive/judgement/review/"
FAMILIES = ("Alfvegren", "Bergendal", "Cederholm", "Dahlqvist", "Ekerwald")
FAMILIES += ("Forsgren", "Granfelt", "Hedlund", "Isacsson", "Jernberg")


@pytest.fixture
def doubts(site) -> Iterator[None]:
    """Ten pairs in doubt: Karim and Kareem of ten families."""
    articles = []
    for number, family in enumerate(FAMILIES):
        for name, times in ((f"Karim {family}", 12 - number), (f"Kareem {family}", 1)):
            articles.append(make_article(body=f"{name} spoke. " * times))
            mention_everywhere(articles[-1], name)
    searching.run([article.pk for article in articles])
    yield
    Mention.objects.filter(article__in=articles).delete()
    Article.objects.filter(pk__in=[article.pk for article in articles]).delete()
    Entity.objects.filter(merged_into__name__contains="Kar").update(merged_into=None)
    Entity.objects.filter(name__regex="^Kar(im|eem) ").delete()


@pytest.fixture
def alone(site) -> Iterator[str]:
    """A surname that three articles print and introduce nobody for; one more article has a full name."""
    texts = [f"On day {day} Ekhqvist spoke. " + "Ekhqvist left. " * 30 for day in range(3)]
    articles = [make_article(body=text) for text in texts]
    for article in articles:
        (entity,) = Entity.objects.bulk_create(
            [
                Entity(
                    key=f"ekhqvist@{article.content_key}",
                    kind="person",
                    name="Ekhqvist",
                    local=True,
                )
            ]
        )
        for mention in mention_everywhere(article, "Ekhqvist"):
            Mention.objects.filter(pk=mention.pk).update(key=entity.key, entity=entity)
        recount(entity)
    Entity.objects.filter(key="ekhqvist").delete()
    articles.append(make_article(body="Marta Ekhqvist spoke.", people=["Marta Ekhqvist"]))
    searching.run([article.pk for article in articles])
    yield "Ekhqvist"
    Mention.objects.filter(article__in=articles).delete()
    Article.objects.filter(pk__in=[article.pk for article in articles]).delete()
    Entity.objects.filter(key__contains="ekhqvist").update(merged_into=None)
    Entity.objects.filter(key__contains="ekhqvist").delete()


def press(page: Page, key: str, left: int) -> None:
    """Press a key and wait until so many questions are left."""
    with page.expect_navigation():
        page.keyboard.press(key)
    expect(page.locator("#content")).to_contain_text(f"{left} question")


def test_ten_questions_by_keyboard_then_undo_split_and_history(visitor: Visitor, curator, doubts):
    page = visitor.page()
    sign_in(page)
    page.goto(REVIEW)
    others = len(queue()) - len(FAMILIES)
    expect(page.locator("#content")).to_contain_text(f"{others + 10} questions left")
    expect(page.get_by_role("heading", name="Karim Alfvegren")).to_be_visible()
    for number, key in enumerate("yynyuynyny"):
        press(page, key, others + 9 - number)
    kinds = list(Judgement.objects.values_list("verdict", flat=True))
    assert (kinds.count("same"), kinds.count("different")) == (6, 3)
    press(page, "z", others + 1)
    assert Judgement.objects.live().filter(verdict="same").count() == 5
    follow(page.get_by_role("link", name="People").first)
    page.locator("#searchbar").fill("Karim Alfvegren")
    follow(page.locator("#searchbar"), "Enter")
    follow(page.get_by_role("link", name="Karim Alfvegren"))
    follow(page.get_by_role("link", name="Split…"))
    page.get_by_label("kareem alfvegren").check()
    follow(page.get_by_role("button", name="See what will change"))
    follow(page.get_by_role("button", name="Decide"))
    expect(page.locator(".messagelist")).to_contain_text("Judged.")
    assert Entity.objects.get(name="Kareem Alfvegren").merged_into is None
    follow(page.get_by_role("link", name="History").first)
    history = page.get_by_role("main")
    expect(history).to_contain_text("are different")
    expect(history).to_contain_text("taken back")
    follow(page.get_by_role("button", name=re.compile("^Undo")).first)
    assert Entity.objects.get(name="Kareem Alfvegren").merged_into.name == "Karim Alfvegren"


def test_a_name_that_nobody_introduced_is_somebody_on_record_by_one_key(visitor: Visitor, curator, alone):
    page = visitor.page()
    sign_in(page)
    page.goto(REVIEW)
    expect(page.get_by_role("heading", name=f"Who is “{alone}”?")).to_be_visible()
    expect(page.get_by_role("button", name=f"Is Marta {alone}")).to_be_visible()
    assert page.locator("blockquote mark").count() == 3
    assert serious(visitor, page) == []
    with page.expect_navigation():
        page.keyboard.press("1")
    expect(page.get_by_role("status")).to_contain_text("3 articles changed")
    marta = Entity.objects.get(name=f"Marta {alone}")
    assert marta.article_count == 4
    follow(page.get_by_role("link", name="History").first)
    history = page.get_by_role("main")
    expect(history).to_contain_text("Changed 93 mentions in 3 articles")
    expect(history).to_contain_text(f"merged into Marta {alone}: its address leads there")
    follow(page.get_by_role("button", name=re.compile("^Undo")).first)
    expect(history).to_contain_text("taken back by")
    marta.refresh_from_db()
    assert marta.article_count == 1


def test_two_curators_answer_one_question_and_the_second_is_told(visitor: Visitor, curator, doubts):
    pages = [visitor.page() for _ in range(2)]
    for page in pages:
        sign_in(page)
        page.goto(REVIEW)
    with pages[0].expect_navigation():
        pages[0].keyboard.press("n")
    with pages[1].expect_navigation():
        pages[1].keyboard.press("y")
    expect(pages[1].locator(".messagelist")).to_contain_text("Meanwhile")
    assert Judgement.objects.values_list("verdict", flat=True).get() == "different"


def test_keys_do_nothing_once_they_are_switched_off(visitor: Visitor, curator, doubts):
    page = visitor.page()
    sign_in(page)
    page.goto(REVIEW)
    page.get_by_label("Answer with single keys").uncheck()
    page.keyboard.press("y")
    page.keyboard.press("n")
    page.reload()
    expect(page.get_by_label("Answer with single keys")).not_to_be_checked()
    page.keyboard.press("y")
    page.get_by_role("heading", name="Same person?").wait_for()
    assert not Judgement.objects.exists()
    page.get_by_label("Answer with single keys").check()


def test_the_queue_works_without_script_and_is_accessible(visitor: Visitor, curator, doubts):
    page = visitor.page(script=False)
    sign_in(page)
    page.goto(REVIEW)
    follow(page.get_by_role("button", name="Different"))
    expect(page.get_by_role("status")).to_contain_text("Judged: ")
    assert Judgement.objects.get().verdict == "different"
    for theme in ("light", "dark"):
        page = visitor.page(theme=theme)
        sign_in(page)
        page.goto(REVIEW)
        assert serious(visitor, page) == []
