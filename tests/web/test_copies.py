"""Printings and versions on the pages of articles: first what must not be said, then what is."""

import html
import re

import pytest

from archive.models import Article
from archive.pipeline import river
from tests.stories import put, put_sources
from tests.wire_stories import CUT, WHOLE, put_pages

pytestmark = pytest.mark.django_db


def words(client, article):
    """The page as a reader sees it: without tags, spaces as one."""
    answer = client.get(article.get_absolute_url())
    assert answer.status_code == 200
    return html.unescape(" ".join(re.sub(r"<[^>]+>", "", answer.content.decode()).split()))


def article(name):
    return Article.objects.get(path=f"{name}.txt", newest=True)


@pytest.fixture
def printings(tmp_path):
    river.import_paths([put_pages(tmp_path, "wire", "post", "strait", "market")])


def test_a_text_that_is_printed_once_has_no_lineage_and_no_versions(client, printings):
    page = words(client, article("market"))
    assert "Printed by this article alone" in page.replace("Printed bythis", "Printed by this")
    assert "Printings of this text" not in page and "Versions" not in page


def test_the_page_says_who_had_it_first_who_prints_it_and_whom_it_credits(client, printings):
    page = words(client, article("strait"))
    assert "First published here by Calder Press, 11 Mar 2019; 3 articles of 3 outlets print it" in page
    assert "100% of its words" in page
    assert "First published here by this outlet; 3 articles" in words(client, article("wire"))


def test_nobody_is_called_first_on_one_day_without_times(client, tmp_path):
    river.import_paths([put_pages(tmp_path, "post", "strait")])
    assert "Which of its printings was the first is not known; 2 articles" in words(client, article("post"))


def test_every_printing_is_linked(client, printings):
    answer = client.get(article("wire").get_absolute_url()).content.decode()
    section = answer[answer.index('id="printings"') :]
    assert article("post").get_absolute_url() in section
    assert article("strait").get_absolute_url() in section


def versions(folder, *bodies):
    for body in bodies:
        put(folder, a=f"Halvik tunnel to close for eleven weeks\n\n{body}\n")
        put_sources(folder, "a.txt,The Varnholm Post,https://post.example/tunnel,2019-03-12,its site")
        river.import_paths([folder])
    return list(Article.objects.order_by("pk"))


def test_the_newest_version_shows_what_changed_word_by_word(client, tmp_path):
    old, new = versions(tmp_path, WHOLE, WHOLE.replace("62 million", "68 million"))
    answer = client.get(new.get_absolute_url()).content.decode()
    assert "cost <del>62</del> <ins>68</ins> million" in answer
    assert answer.count("<ins>") == 2 and answer.count("<del>") == 2  # the other two explain the marks
    page = words(client, new)
    assert "1 word new, 1 word gone" in page and "5 paragraphs unchanged" in page
    assert old.get_absolute_url() in answer


def test_an_old_version_leads_to_the_newest_and_says_that_search_does_not_find_it(client, tmp_path):
    old, new = versions(tmp_path, WHOLE, CUT)
    page = words(client, old)
    assert "A search finds the newest, not this one" in page
    assert "What version" not in page
    assert "What version 2 changed" in words(client, new)


def test_hostile_words_of_a_version_stay_text(client, tmp_path):
    evil = '<script>alert("tunnel")</script> & <ins>closed</ins>'
    _, new = versions(tmp_path, WHOLE, WHOLE.replace("Nobody was hurt", evil))
    answer = client.get(new.get_absolute_url()).content.decode()
    assert "<script>alert" not in answer and "<ins>closed" not in answer
    assert "&lt;script&gt;alert" in answer
