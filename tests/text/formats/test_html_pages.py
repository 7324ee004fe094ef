"""Saved pages: what must not be taken for an article, a headline, an author or a date, and what is read."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text.cleaning import clean
from archive.text.formats.html_pages import DEEPEST, MOST_ELEMENTS, read_page
from archive.text.reading import form_of, read
from archive.text.types import Precision, RawArticle, RawFile, Rejection

PARAGRAPHS = (
    "The harbour of Lodby opened again on Monday after nine years, the mayor said at the old pier.",
    "Some 1,500 people came to see the first ship, which carried timber from the islands in the north.",
    "“We had waited for this,” said Ann Lee, whose family has run the ferry for three generations.",
    "The council wants to spend another two million on the breakwater before the winter storms begin.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
HEADINGS = "<h1>The Lodby Post</h1><h1>Harbour opens after nine years</h1>"
MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"


def page(head: str = "", top: str = "", body: str = BODY) -> str:
    body = f"{MENU}{top}<article>{body}</article>"
    return f"<!DOCTYPE html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>"


def article(head: str = "", top: str = "", body: str = BODY, address: str = "") -> RawArticle:
    found = read_page(page(head, top, body).encode(), address)
    assert isinstance(found, RawArticle), found
    return found


def reason(markup: str) -> str:
    found = read_page(markup.encode())
    assert isinstance(found, Rejection), found
    return found.reason


def ld(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


def meta(**values: str) -> str:
    return "".join(f'<meta name="{name}" content="{value}">' for name, value in values.items())


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>We use cookies and similar methods to show you this site. Accept all cookies or manage your "
         "privacy settings here before you go on to our pages.</p>", "accept cookies"),
        ("<p>You've reached your limit of free articles this month. Subscribe to continue reading the news "
         "of the town and of the islands every day.</p>", "request to subscribe"),
        ("<p>Checking your browser before you go on. This happens without your doing and your page will be "
         "shown to you soon, please wait for a moment.</p>", "check for robots"),
        ("<p>Sorry, the page you are looking for is no longer available. It may have been moved, or the "
         "address may have been typed in a wrong way.</p>", "missing"),
        ("<p>Two words</p>", "No text of an article"),
        ("", "No text of an article"),
    ],
)  # fmt: skip
def test_what_stands_instead_of_an_article_is_named(body, words):
    assert words in reason(page(body=body))


def test_an_article_about_cookies_is_an_article():
    body = BODY * 2 + "<p>The site will ask readers to accept all cookies, the council said.</p>"
    assert article(body=body).note == ""


def test_what_stands_before_a_paywall_is_kept_and_said():
    assert "paywall" in article(ld(isAccessibleForFree=False)).note
    assert "paywall" in article(body=BODY + "<p>Subscribe to continue reading.</p>").note


def test_menus_scripts_and_styles_are_no_text():
    found = article("<style>p {color: red}</style>", "<script>var a = 'harbour';</script>")
    assert found.text == "\n".join(PARAGRAPHS)


def test_script_in_every_field_stays_words():
    hostile = "<script>alert(1)</script> &lt;img src=x onerror=alert(2)&gt;"
    found = article(
        ld(headline=hostile, author=hostile, publisher=hostile, url="javascript:alert(3)").replace(
            "</script> ", "<\\/script> "
        )
    )
    assert found.facts.url == ""
    assert "alert(3)" not in repr(found.facts)


def test_updated_is_not_taken_for_published():
    facts = article(ld(dateModified="2017-04-20T10:00:00Z")).facts
    assert facts.updated.value.isoformat() == "2017-04-20T10:00:00"
    assert facts.published is None
    facts = article(
        top="<div class='date'>Updated 20 April 2017</div><div class='date'>Published 18 April 2017</div>"
    ).facts
    assert facts.published.value.day == 18


@pytest.mark.parametrize(
    "head",
    [
        ld(datePublished="2017-04-18T09:49:00+02:00"),
        '<script type="application/ld+json">{"@graph": [{"@type": ["Article"],'
        ' "datePublished": "2017-04-18T09:49"}]};</script>',
        meta(pubdate="2017-04-18T09:49:00Z"),
        '<meta property="article:published_time" content="2017-04-18 09:49">',
        '<meta itemprop="datePublished" content="2017-04-18T09:49:00">',
    ],
)
def test_the_date_as_markup_states_it(head):
    published = article(head).facts.published
    assert (published.value.isoformat(), published.precision) == ("2017-04-18T09:49:00", Precision.MINUTE)


def test_the_date_in_the_address_where_the_markup_states_none():
    published = article(address="https://post.example/2017/04/18/harbour").facts.published
    assert (published.value.day, published.evidence.rule) == (18, "the address")


@pytest.mark.parametrize(
    ("head", "top"),
    [
        (ld(headline="Harbour opens after nine years"), ""),
        ('<meta property="og:title" content="Harbour opens after nine years | The Lodby Post">', ""),
        ("<title>Harbour opens after nine years - The Lodby Post</title>", ""),
        (ld(headline="SEO words: harbour, Lodby, ship"), "<h1>Harbour opens after nine years</h1>"),
        ("<title>Harbour opens after nine years | Post</title>", HEADINGS),
    ],
)  # fmt: skip
def test_the_headline_is_what_the_page_shows(head, top):
    title = "<title>Harbour opens after nine years | Post</title>" if top and "title" not in head else ""
    assert article(title + head, top).facts.headline == "Harbour opens after nine years"


@pytest.mark.parametrize(
    ("head", "top", "authors"),
    [
        (ld(author={"@type": "Person", "name": "Ann Lee"}), "", ("Ann Lee",)),
        (ld(author=[{"name": "By Ann Lee"}, {"name": "Bo Chen"}]), "", ("Ann Lee", "Bo Chen")),
        (ld(author="The Lodby Post", publisher={"name": "The Lodby Post"}), "", ()),
        (meta(author="Ann Lee and Bo Chen"), "", ("Ann Lee", "Bo Chen")),
        (meta(author="https://social.example/lodby"), "", ()),
        ("", "<a rel='author' href='/lee'>Ann Lee</a>", ("Ann Lee",)),
        ("", "<div class='byline'>By Ann Lee, Harbour Editor | 18 April 2017</div>", ("Ann Lee",)),
    ],
)
def test_authors_are_people_and_not_the_outlet(head, top, authors):
    assert article(head, top).facts.authors == authors


def test_outlet_language_and_address():
    head = '<meta property="og:site_name" content="The Lodby Post"><link rel="canonical" href="https://post.example/a">'
    facts = article(head).facts
    assert (facts.outlet, facts.language, facts.url) == ("The Lodby Post", "en", "https://post.example/a")
    saved = read_page(f"<!-- saved from url=(0022)https://post.example/b -->{page()}".encode())
    assert saved.facts.url == "https://post.example/b"


def test_an_extracted_body_is_kept_whole_by_cleaning():
    found = article(ld(headline="Harbour opens"))
    cleaned = clean(found.text, found.facts)
    assert cleaned.headline == "Harbour opens"
    assert cleaned.body.split("\n\n") == list(PARAGRAPHS)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "iso-8859-2", "utf-16", "windows-1251"])
def test_pages_in_the_encoding_that_they_name(encoding):
    letters = {"windows-1251": "Гавань", "iso-8859-2": "Łódź"}.get(encoding, "Café")
    markup = page(f'<meta charset="{encoding}">', body=f"<p>{letters} opened.</p>{BODY}")
    assert letters in read_page(markup.encode(encoding, "xmlcharrefreplace")).text


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 10_000 + BODY,
        "<html><body>" + "<table><tr><td>" * 10_000 + BODY,
        "<html><body>" + "<b><i>" * 20_000 + BODY,
        "<html><body>" + "<" * 100_000 + BODY,
        "<html><body>" + "&#x;&amp" * 20_000,
        "<html><body>" + "\x00<p>" * 10_000,
        '<html><script type="application/ld+json">' + "[" * 100_000 + "</script>" + BODY,
        '<html><script type="application/ld+json">' + '{"a":' * 50_000 + "</script>" + BODY,
        "<html><body><ul>" + "<li>a" * 20_000,
        "<html><body><p " + "a=b " * 50_000 + ">" + BODY,
        "<html><body>" + "<!-- x" * 20_000,
        "<html><head><title>" + "a - b | " * 20_000 + "</title>" + BODY,
    ],
    ids=range(12),
)
def test_hostile_pages_end_under_a_name(markup):
    found = read_page(markup.encode())
    assert isinstance(found, RawArticle | Rejection)


def test_what_is_cut_off_is_said():
    assert "too deeply" in article(body=BODY + "<div>" * (DEEPEST + 5) + "<p>deep</p>").note
    assert "too long" in article(body=BODY + "<i></i>" * MOST_ELEMENTS).note


@pytest.mark.parametrize(
    ("data", "path", "form"),
    [
        (page(), "a", "html"),
        ("\ufeff\n<!-- saved -->\n<HTML><body>", "a.txt", "html"),
        ('<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html>', "a.xhtml", "html"),
        ("<div>words</div>", "a.html", "html"),
        ("5 < 6 and a <b> is no page, said the author of <Harbour>.", "a.txt", "text"),
        ("Harbour opens\n\nThe <p> element is explained by the mayor.", "a.txt", "text"),
    ],
)
def test_pages_are_told_by_their_content(data, path, form):
    assert form_of(RawFile(path, data.encode())).name == form


PIECES = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", "<div class='byline'>", "<h1>", "<title>", "<script>", "<!--", "-->", "'>"),
            *("<script type='application/ld+json'>", '{"@type":"Article","headline":', "[", '"x"', "}"),
            *(
                "<meta name='date' content='",
                "<time datetime='",
                "2017-04-18",
                "Updated ",
                "words and words ",
            ),
            *("\x00", "\udcff", "\u202e", "<![CDATA[", "&#0;"),
        ]
    ),
    max_size=60,
)


@settings(deadline=None, max_examples=50)
@given(PIECES)
def test_any_markup_ends_under_a_name(pieces):
    found = read(RawFile("a.html", ("<html>" + "".join(pieces)).encode("utf-8", "surrogateescape")))
    assert len(found.articles) + len(found.rejections) == 1
    for one in found.articles:
        (one.text + repr(one.facts)).encode()
        assert "\x00" not in one.text + one.facts.headline
