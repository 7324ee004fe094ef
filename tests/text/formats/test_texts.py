"""Text files: what must stay one article, where several are told apart, and front matter."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text.formats.several import split_articles
from archive.text.reading import read
from archive.text.types import RawFile, Reading

HARBOUR = """Harbour opens after nine years

By Ann Lee
April 3, 2017

The harbour of Lodby opened again on Monday after nine years, the mayor said at the old pier in the morning.

Some 1,500 people came to see the first ship, which carried timber and fish from the islands in the far north.

“We had waited for this,” said Bo Chen, whose family has run the ferry across the sound for three generations.

The council wants to spend another two million on the breakwater before the winter storms."""
ORCHARD = """Orchards lose half their apples to late frost

April 5, 2017

Growers around Lodby expect to lose half of their apples this year after three nights of frost in early April.

The trees had begun to flower two weeks before their time, and the small fans in the valleys could not help.

“I have not seen it so bad since my father planted these rows,” said Eva Holm, who grows pears and apples.

The ministry will decide next week whether the growers get any help from the fund."""
MIDDLE = ORCHARD.replace("Orchards lose", "Gardens lose")
THREE = (HARBOUR, MIDDLE, ORCHARD)


def reading(text: str | bytes, path: str = "a.txt") -> Reading:
    return read(RawFile(path, text if isinstance(text, bytes) else text.encode()))


def headlines(text: str) -> list[str]:
    return [article.text.split("\n")[0] for article in reading(text).articles]


@pytest.mark.parametrize(
    "text",
    [
        HARBOUR,
        HARBOUR
        + "\n\nRelated stories\n\nOrchards lose apples\nApril 5, 2017\n\nBridge closed\nApril 4, 2017\n",
        HARBOUR + "\n\n-----\n\nHome\nNews\nSport\nAbout us\nContact the editors\n",
        HARBOUR.replace("\n\nSome", "\n\n* * * * *\n\nSome"),
        HARBOUR.replace("\n\nSome", "\n\n-----\n\nSome"),
        HARBOUR.replace("\n\nSome", "\f\nSome"),
        HARBOUR.replace("\n\nSome", "\n\nWhat comes next\n---------------\n\nSome"),
        HARBOUR + "\n\n“It is open”\n\nMayor (@mayor) April 3, 2017\n\n" + HARBOUR.split("\n\n", 2)[2],
        HARBOUR + "\n\nPage 1 of 2\n",
        "Home\nNews\nSport\n=====\nMore\n=====\n" + HARBOUR,
    ],
)
def test_one_article_stays_one(text):
    assert len(split_articles(text)) == 1
    assert len(reading(text).articles) == 1


@pytest.mark.parametrize(
    "between",
    [
        "\f",
        "\n\f\n",
        "\n\n-----\n\n",
        "\n==========\n",
        "\n\n* * * * * *\n\n",
        "\n\n____________________\n\n",
        "\n\n\n",
        "\n\n",
    ],
)
def test_several_articles_between_signs(between):
    assert headlines(between.join(THREE)) == [text.split("\n")[0] for text in THREE]


@pytest.mark.parametrize(
    "header",
    ["Document {} of 3", "{} of 3 DOCUMENTS", "Article {}", "[Document {} of 3]", "--- Story {} ---"],
)
def test_several_articles_under_headers_that_count(header):
    text = "\n\n".join(f"{header.format(number)}\n\n{article}" for number, article in enumerate(THREE, 1))
    assert headlines(text) == [article.split("\n")[0] for article in THREE]


def test_identifiers_of_a_press_database_end_their_articles():
    text = "".join(
        f"{article}\n\nDocument LODB0000201704{day}ed430002x\n\n" for day, article in enumerate(THREE, 10)
    )
    assert headlines(text) == [article.split("\n")[0] for article in THREE]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_article_says_which_bytes_it_was_read_from(encoding, end):
    data = "\n\n-----\n\n".join(THREE).replace("\n", end).encode(encoding)
    found = reading(data).articles
    assert [article.block for article in found] == [1, 2, 3]
    bare = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    for article in found:
        printed = data[article.byte_start : article.byte_end].decode(bare).replace("\r\n", "\n")
        assert printed.strip("\n") == article.text


def test_front_matter_is_facts_and_no_text():
    matter = '---\ntitle: "Harbour opens"\ndate: 2017-04-03\nauthors:\n  - Ann Lee\n  - Bo Chen\n'
    matter += "source: The Lodby Post\n---\n"
    (article,) = reading(matter + HARBOUR, "a.md").articles
    facts = article.facts
    assert article.text == HARBOUR
    assert (facts.headline, facts.authors, facts.outlet) == (
        "Harbour opens",
        ("Ann Lee", "Bo Chen"),
        "The Lodby Post",
    )
    assert facts.published.value.day == 3


@pytest.mark.parametrize(
    "text", ["---\n" + HARBOUR, f"---\nA sentence, no key\n---\n{HARBOUR}", "---\ntitle: x\n---\n"]
)
def test_what_is_no_front_matter_is_text(text):
    assert reading(text, "a.md").articles[0].text == text


PIECES = st.sampled_from(
    [
        *THREE,
        "\f",
        "\n",
        "\n\n",
        "-----",
        "=====",
        "Document 1 of 3",
        "Document 2 of 3",
        "April 3, 2017",
        "\r\n",
        "é“",
        "---\na: b\n---\n",
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(PIECES, max_size=12), st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_pieces_are_in_order_and_lose_no_word(pieces, encoding):
    text = "".join(pieces)
    found = reading(text.encode(encoding))
    places = [(article.byte_start, article.byte_end) for article in found.articles]
    assert places == sorted(places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    kept = " ".join(article.text for article in found.articles)
    assert kept.count("harbour of Lodby opened") == text.count("harbour of Lodby opened")


@pytest.mark.parametrize(
    "text",
    [
        "-" * 300_000,
        "- " * 200_000,
        "Document 1 of 3\n" * 20_000,
        "\f" * 300_000,
        "Three word headline\n\n" * 20_000,
    ],
)
def test_hostile_texts_end(text):
    found = reading(text)
    assert len(found.articles) + len(found.rejections) >= 1
