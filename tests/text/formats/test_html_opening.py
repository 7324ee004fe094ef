"""What stands around the heading of a page: its day, and names without "By"."""

import pytest

from archive.text.formats.html_pages import read_page
from archive.text.types import RawArticle

TEXT = "<p>" + "The harbour of Lodby opened again on Monday after nine years, the mayor said. " * 3 + "</p>"
LATER = '<meta property="article:published_time" content="2017-04-19T02:41:41+00:00">'


def page(around="", head="", below="", address="", title="Harbour opens after nine years"):
    html = (
        f"<html><head><title>{title}</title>{head}</head><body><main><h1>Harbour opens after nine years</h1>"
        f"{around}{TEXT}{TEXT}</main>{below}</body></html>"
    )
    found = read_page(html.encode(), address)
    assert isinstance(found, RawArticle), found
    return found.facts


def day(facts):
    return facts.published and f"{facts.published.value:%Y-%m-%d}"


@pytest.mark.parametrize(
    "line",
    [
        "<p>Updated April 18, 2017</p>",
        "<span>Last updated:</span> <span>April 18, 2017</span>",
        "<p>© April 18, 2017</p>",
        "<p>Event: April 18, 2017</p>",
        "<p>Tickets until 18 April 2017</p>",
        "<p>The harbour had been closed since April 18, 2017, when a storm broke its oldest pier</p>",
        "<aside><p>April 18, 2017</p></aside>",
        "<p>03/04/2017</p>",
    ],
)
def test_a_day_of_something_else_is_not_taken_before_what_the_markup_says(line):
    assert day(page(line, LATER)) == "2017-04-19"


@pytest.mark.parametrize(
    "line",
    [
        "<p>April 18, 2017 - 11 minutes</p>",
        "<span>By Maria Lindgren</span><span>Tuesday 18 April 2017</span>",
        "<p>First published on Apr 18, 2017</p>",
    ],
)
def test_an_earlier_day_at_the_headline_is_the_one_that_readers_saw(line):
    found = page(line, LATER).published
    assert (f"{found.value:%Y-%m-%d}", found.evidence.rule) == ("2017-04-18", "shown at the headline")


def test_a_later_day_at_the_headline_is_that_of_an_update():
    assert day(page("<p>April 25, 2017</p>", LATER)) == "2017-04-19"


def test_the_day_of_the_address_is_local():
    assert day(page(head=LATER, address="https://post.example/2017/04/18/harbour")) == "2017-04-18"


def test_the_day_at_the_headline_comes_before_those_of_other_stories():
    others = "<div><span class='byline__date'>January 31, 2017</span></div>"
    assert day(page("<span>April 18, 2017</span>", below=others)) == "2017-04-18"


@pytest.mark.parametrize(
    ("around", "below"),
    [
        (
            "<a href='/old/harbour-museum'><img alt='Harbour Museum'></a><p>Harbour Museum</p>",
            "",
        ),
        ("<span>Maria Lindgren</span>", ""),
        ("<p>Reviewed by</p><p class='writer'>Maria Lindgren</p>", ""),
        ("<p>Photographer:</p><p class='writer'>Maria Lindgren</p>", ""),
        ("<div class='comments'><span class='writer'>Maria Lindgren</span></div>", ""),
    ],
)
def test_a_name_without_a_sign_of_an_author_is_none(around, below):
    assert page(around, below=below).authors == ()


@pytest.mark.parametrize(
    ("around", "below"),
    [
        ("<p>Maria Lindgren</p>", "<a href='/authors/maria-lindgren'>More</a>"),
        ("<p><img alt='Maria Lindgren, reporter of the Post'></p><p>Maria Lindgren</p>", ""),
        ("<div class='author'><div><p>Maria Lindgren</p></div></div>", ""),
        (
            "<p>Maria Lindgren</p>",
            '<script>{"props": {"author": {"id": 21, "name": "Maria Lindgren"}}}</script>',
        ),
        (r"<p>Maria Lindgren</p>", r'<script>push("{\"authors\":[{\"name\":\"Maria Lindgren\"}]}")</script>'),
        ("<p>The harbour opens to fishing boats and yachts, writes Maria Lindgren</p>", ""),
        ("<p>The harbour opens to fishing boats and yachts, says MARIA LINDGREN.</p>", ""),
    ],
)
def test_a_name_at_the_headline_with_a_sign_of_an_author(around, below):
    assert page(around, below=below).authors == ("Maria Lindgren",)


def test_two_authors_of_one_line():
    one, two = "<a href='/people/maria-lindgren'>Maria Lindgren</a>", "<a href='/people/bo-ek'>Bo Ek</a>"
    assert page(f"<div class='writers'>{one} and {two}</div>").authors == ("Maria Lindgren", "Bo Ek")


def test_a_site_that_bears_the_name_of_its_author():
    head = "<meta property='og:site_name' content='{0}'><meta name='author' content='{0}'>"
    assert page(head=head.format("Maria Lindgren")).authors == ("Maria Lindgren",)
    assert page(head=head.format("Austin Post")).authors == ()


def test_a_site_that_calls_itself_the_author_by_its_address():
    assert (
        page(head="<meta name='author' content='Lodbypost'>", address="https://lodbypost.example/a").authors
        == ()
    )


def test_jobs_beside_names_are_no_authors():
    head = "<meta name='author' content='Analysis by Maria Lindgren, Post Editor-at-large'>"
    assert page(head=head).authors == ("Maria Lindgren",)
