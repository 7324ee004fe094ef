"""Printings and versions on the pages of articles: first what must not be said, then what is."""

import html
import re

import pytest

from archive.models import Article, Entity, Event
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


# --- counts that can be switched --------------------------------------------------------------------


def links(answer):
    """The addresses of a page's links that count articles or texts, by what they say."""
    found = re.findall(r'<a href="([^"]+)"[^>]*>([\d,]+ (?:articles?|independent texts?))</a>', answer)
    return {said: html.unescape(address) for address, said in found}


def told(client, address):
    return client.get(address).content.decode()


def rows(client, address):
    """How many articles a search lists, copies folded into them aside."""
    return told(client, address).count('<article class="hit"')


@pytest.fixture
def vandermark(printings):
    """The minister whom all four articles speak of, three of them by name."""
    return Entity.objects.get(name="Ilse Vandermark")


@pytest.mark.parametrize("page", ["entity", "event"])
def test_each_number_opens_as_many_rows_as_it_says(client, vandermark, page):
    shown = vandermark if page == "entity" else Event.objects.live().get()
    for said, address in links(told(client, shown.get_absolute_url())).items():
        assert rows(client, address) == int(said.split()[0]), (said, address)


def test_the_page_of_a_name_folds_copies_and_lists_each_on_request(client, vandermark):
    page = vandermark.get_absolute_url()
    folded, each = told(client, page), told(client, f"{page}?copies=all")
    assert "3 articles</a>, <a" in folded and "1 independent text</a>" in folded
    assert folded.count('class="story"') == 1 and "2 copies of this text" in folded
    assert each.count('class="story"') == 3 and "copies of this text" not in each
    for one in ("wire", "post", "strait"):
        assert article(one).get_absolute_url() in folded


def test_the_page_of_an_event_folds_copies_and_lists_each_on_request(client, printings):
    event = Event.objects.live().get()
    size, texts = event.article_count, event.article_count - 2
    page = event.get_absolute_url()
    folded, each = told(client, page), told(client, f"{page}?copies=all")
    assert folded.count('class="story"') == texts and each.count('class="story"') == size
    assert f"{size} articles</a>, <a" in folded and "2 copies of this text" in folded


def test_there_is_no_switch_where_nothing_is_a_copy(client, tmp_path):
    river.import_paths([put_pages(tmp_path, "wire")])
    page = told(client, Entity.objects.get(name="Ilse Vandermark").get_absolute_url())
    assert "Copies" not in page and "independent" not in page


def test_a_text_without_shared_passages_says_nothing_of_them_and_a_copy_is_called_none(client, tmp_path):
    river.import_paths([put_pages(tmp_path, "wire", "post", "market", "review")])
    assert "Shares passages" not in words(client, article("market"))
    assert "Shares passages with Merran Review, 14 Mar 2019 (" in words(client, article("wire"))
    page = words(client, article("review"))
    assert re.search(r"Shares passages with Calder Press, 11 Mar 2019 \(\d+ of \d+ words\)", page)
