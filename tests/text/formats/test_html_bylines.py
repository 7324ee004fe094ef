"""Who wrote a page: its markup, its bylines, and what only looks like one."""

import pytest
from lxml.html import document_fromstring

from archive.text.formats.html_bylines import authors_of, person


def authors(body="", head="", structured=(), meta=None, sites=("The Lodby Post",)):
    tree = document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    return authors_of(tree, structured, meta or {}, sites)


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Harbours</h1><nav><span>By Use Case</span></nav>",
        "<h1>Harbours</h1><ul><li><span>By Company Size</span></li></ul>",
        "<p>By Ann Lee</p><h1>Another story's teaser stood above this heading</h1>",
        "<h1>Harbours</h1><p>By the time Ann Lee came, the harbour had been closed for nine long years.</p>",
        "<h1>Harbours</h1><p class='author-name'>Read more of our authors here</p>",
        "<h1>Harbours</h1><p>Reviewed by <a href='/reviewer/ann-lee'>Ann Lee</a></p>",
    ],
)
def test_what_only_looks_like_a_byline_names_nobody(body):
    assert authors(body) == ()


def test_the_site_and_its_tags_are_no_authors():
    tag = "<a href='/tag/personal-finance'>Personal Finance</a>"
    assert authors(tag, structured=["The Lodby Post", "Personal Finance"]) == ()


@pytest.mark.parametrize("name", ["262588213843476", "October", "on December", "admin", "", "a@b.example"])
def test_no_name_is_no_author(name):
    assert person(name) == ""


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<div>By <a href='/author/ann-lee'>Ann Lee</a> and others</div>", ("Ann Lee",)),
        (
            "<span>Written by: <ul><li><a href='/authors/1'>Ann Lee</a></li>"
            "<li><a href='/authors/2'>Bo Ek</a></li></ul></span>",
            ("Ann Lee", "Bo Ek"),
        ),
        ("<span class='article__author__name'>Ann Lee</span><span>Founder at Lodby</span>", ("Ann Lee",)),
        ("<h1>Harbours</h1><p>Written by Ann Lee</p>", ("Ann Lee",)),
        ("<p class='byline'>By Ann Lee | Published 3 May</p>", ("Ann Lee",)),
    ],
)
def test_bylines_that_a_page_shows(body, wanted):
    assert authors(body) == wanted


def test_what_the_markup_says_comes_before_what_the_page_shows():
    meta = {"twitter:label1": "Written by", "twitter:data1": "Ann Lee"}
    assert authors("<p class='byline'>By Bo Ek</p>", meta=meta) == ("Ann Lee",)
    assert authors("<p class='byline'>By Bo Ek</p>", structured=["Cy Dahl"], meta=meta) == ("Cy Dahl",)


def test_every_cited_author_in_the_order_of_reading():
    head = "<meta name='citation_author' content='Lee, Ann'><meta name='citation_author' content='Ek, Bo'>"
    assert authors(head=head) == ("Ann Lee", "Bo Ek")


def test_a_job_behind_a_name_goes():
    assert person("Ann Lee, Extension horticulture educators") == "Ann Lee"
