"""Cleaning: what must never be taken out or left in, and the map back to the raw text."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text.cleaning import body_offset, clean, raw_offset
from archive.text.types import BlockKind, CleanArticle, Facts, RemovedKind

PARAGRAPHS = [
    "The council of the harbour town of Norby voted on Tuesday to close the old fish market, after a debate "
    "that went on until midnight, its chairwoman said.",
    "The market has stood on the quay for more than a hundred years and was once the largest there, but "
    "only four of its thirty stalls were still let in the spring.",
    "“We have looked for a tenant for three years and have not found one,” chairwoman Ida Holm said. "
    "“Nobody can say that we did not try.”",
    "The traders, who heard of the vote from the radio, said that they would go to court, and the town had "
    "promised them new contracts only last year.",
    "A decision of the court is expected in June, when the lease of the last stalls runs out.",
]
STORY = "\n\n".join(PARAGRAPHS)
PAGE = f"""Skip to content
Home
News
Sport
Norby closes its fish market after a hundred years

By Nils Berg and Eva Lund, AP

Updated 4 May 2021 10:15
Published: 3 May 2021, 21:40

Facebook Twitter Email
{PARAGRAPHS[0]}

{PARAGRAPHS[1]}

The fish market on the quay of Norby
Photo: Nils Berg/AP

A promise of last year

{PARAGRAPHS[2]}

READ MORE: The last fisherman of Norby

{PARAGRAPHS[3]}

{PARAGRAPHS[4]}

Nils Berg is a reporter covering the coast.

© 2021 Norby Gazette. All rights reserved.
"""


def assert_whole(raw: str, article: CleanArticle) -> None:
    """The invariants of every cleaned article."""
    covered = bytearray(len(raw))
    end = 0
    for segment in article.segments:
        words = raw[segment.raw_start : segment.raw_start + segment.length]
        assert article.body[segment.body_start : segment.body_start + segment.length] == words
        assert article.body[end : segment.body_start] in ("", " ", "\n\n")
        end = segment.body_start + segment.length
        for place in range(segment.raw_start, segment.raw_start + segment.length):
            covered[place] += 1
    assert end == len(article.body)
    for part in article.removed:
        assert part.reason
        for place in range(part.start, part.end):
            covered[place] += 1
    assert all(count == 1 or (count == 0 and raw[i].isspace()) for i, count in enumerate(covered))
    assert "\n\n".join(article.body[b.start : b.end] for b in article.blocks) == article.body


def removed_as(raw: str, article: CleanArticle, kind: RemovedKind) -> list[str]:
    return [raw[part.start : part.end] for part in article.removed if part.kind is kind]


def test_plain_text_keeps_every_paragraph() -> None:
    article = clean(STORY)
    assert article.body == STORY
    assert article.removed == ()
    assert article.headline == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister said that readers should not follow him on his way to the subscription of debt, "
        "and that nobody would sign up for it.",
        "Norby's newspaper has filed for bankruptcy, for subscribers and advertising have gone to the web.",
        "By the time that the police came to the house, the three men had left it through the garden.",
        "Images of the dam, taken on the day after the storm, show that the water was two metres below it.",
        "The bank, which had asked its clients to accept the new terms, said on Monday that most had.",
    ],
)
def test_paragraphs_with_the_words_of_furniture_stay(sentence: str) -> None:
    raw = "\n\n".join([*PARAGRAPHS[:3], sentence, *PARAGRAPHS[3:]])
    assert sentence in clean(raw).body


def test_the_page_gives_exactly_its_article() -> None:
    article = clean(PAGE)
    assert article.body == "\n\n".join([*PARAGRAPHS[:2], "A promise of last year", *PARAGRAPHS[2:]])
    assert article.headline == "Norby closes its fish market after a hundred years"
    assert article.subheadings == ("A promise of last year",)
    assert article.authors == ("Nils Berg", "Eva Lund")
    assert article.agencies == ("AP",)
    assert article.captions == ("The fish market on the quay of Norby",)
    assert article.credits == ("Photo: Nils Berg/AP",)
    assert article.language == "en"
    assert_whole(PAGE, article)


def test_every_removed_line_says_what_it_was() -> None:
    article = clean(PAGE)
    assert removed_as(PAGE, article, RemovedKind.MENU) == ["Skip to content", "Home", "News", "Sport"]
    assert removed_as(PAGE, article, RemovedKind.SHARE_BAR) == ["Facebook Twitter Email"]
    assert removed_as(PAGE, article, RemovedKind.RELATED_LINK) == ["READ MORE: The last fisherman of Norby"]
    assert removed_as(PAGE, article, RemovedKind.AUTHOR_NOTE) == [
        "Nils Berg is a reporter covering the coast."
    ]
    assert len(removed_as(PAGE, article, RemovedKind.DATE)) == 2


def test_updated_is_not_published() -> None:
    article = clean(PAGE)
    assert article.published is not None and article.updated is not None
    assert article.published.value.isoformat() == "2021-05-03T21:40:00"
    assert article.updated.value.isoformat() == "2021-05-04T10:15:00"


def test_what_the_facts_say_outranks_the_page() -> None:
    article = clean(PAGE, Facts(headline="Another headline", authors=("Somebody Else",), language="de"))
    assert (article.headline, article.authors, article.language) == (
        "Another headline",
        ("Somebody Else",),
        "de",
    )


def test_a_line_that_is_the_known_headline_is_not_body() -> None:
    raw = "The market\n\n" + STORY
    assert clean(raw, Facts(headline="The market")).body == STORY


def test_hard_wrapped_lines_become_paragraphs_again() -> None:
    raw = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS)
    article = clean(raw)
    assert article.body == STORY
    assert_whole(raw, article)


def test_a_page_on_one_line_keeps_its_sentences() -> None:
    raw = "Home News Sport Contact " + " ".join(
        PARAGRAPHS + PARAGRAPHS[::-1][1:4] + ["The end of it all came."] * 3
    )
    article = clean(raw)
    assert PARAGRAPHS[2] in article.body
    assert_whole(raw, article)


def test_an_agency_text_on_one_line_loses_neither_its_first_sentence_nor_parts_of_others() -> None:
    first = "NORBY (Reuters) - The council voted on Tuesday to close the old fish market on the quay."
    second = "With Holm's Harbour Fund, Berg's Quay Partners and others backing away, nobody paid for it."
    more = " ".join(PARAGRAPHS)
    for old, new in (
        ("fish", "fruit"),
        ("quay", "square"),
        ("three", "four"),
        ("radio", "paper"),
        ("June", "May"),
    ):
        more = more.replace(old, new)
    raw = " ".join([first, second, *PARAGRAPHS, more])
    assert len(raw.split()) > 220
    article = clean(raw)
    assert article.body == raw
    assert (article.dateline, article.agencies) == ("NORBY (Reuters)", ("Reuters",))


def test_lines_broken_inside_sentences_are_joined_whatever_their_widths() -> None:
    raw = """The council of Norby voted on Tuesday to close the old
fish market, after a debate that went on until
midnight.  The market has stood on the quay for more than a hundred years and was
once the largest there, but only four of its thirty
stalls were still let in the spring, and the rent of
those did not pay for the light, the town said, when it
was asked."""
    article = clean(raw)
    assert article.body == " ".join(raw.split())
    assert_whole(raw, article)


@pytest.mark.parametrize(
    "credit",
    [
        "(Additional reporting by Jane Roe in Rome; Editing by Ali Khan)",
        "(Reporting By Jane Roe; Editing by Ali Khan)",
        "Editing by Jane Roe and Ali Khan",
    ],
)
def test_credits_of_the_desk_are_notes_about_the_authors(credit: str) -> None:
    raw = STORY + "\n\n" + credit
    assert removed_as(raw, clean(raw), RemovedKind.AUTHOR_NOTE) == [credit]


def test_markdown_marks_are_cut_off_and_accounted_for() -> None:
    marked = (
        "The [town council](https://norby.example/c), **once** rich, owes the traders money, as its "
        "own books have shown for years."
    )
    raw = "\n\n".join(["# Norby closes its fish market", PARAGRAPHS[0], marked, *PARAGRAPHS[1:3]])
    article = clean(raw)
    assert article.headline == "Norby closes its fish market"
    assert "The town council, once rich, owes the traders" in article.body
    assert_whole(raw, article)


def test_a_gallery_run_together_is_one_caption() -> None:
    gallery = " ".join(
        f"Hide Caption {number} of 8 Photos: The market The market as it was in {1900 + number}, when it "
        "had thirty stalls and a clock, and when the whole town came on Saturdays to buy and to talk."
        for number in range(1, 9)
    )
    others = [paragraph.replace("the", word) for word in ("that", "this") for paragraph in PARAGRAPHS]
    raw = "\n\n".join([*PARAGRAPHS, gallery, *others])
    article = clean(raw)
    assert removed_as(raw, article, RemovedKind.CAPTION) == [gallery]
    assert PARAGRAPHS[2] in article.body


def test_a_paragraph_that_comes_back_stays_and_a_second_printing_goes() -> None:
    assert clean(STORY + "\n\n" + PARAGRAPHS[0]).body.count(PARAGRAPHS[0]) == 2
    assert clean(STORY + "\n\n" + STORY).body == STORY


def test_characters_that_nobody_sees_are_not_in_the_body() -> None:
    hidden = STORY.replace("fish market", "fi\u00adsh\u200b mar\u202eket").replace("council", "\ufeffcouncil")
    article = clean(hidden)
    assert article.body == STORY
    assert_whole(hidden, article)


@pytest.mark.parametrize("rule", ["* * *", "\u200b", "———", "•"])
def test_lines_without_words_are_no_body(rule: str) -> None:
    assert clean("\n\n".join([*PARAGRAPHS[:3], rule, *PARAGRAPHS[3:]])).body == STORY


def test_odd_spaces_become_one() -> None:
    raw = STORY.replace("fish market", "fish\u00a0 market")
    assert clean(raw).body == STORY


def test_offsets_go_both_ways() -> None:
    article = clean(PAGE)
    for place in range(len(article.body)):
        raw_place = raw_offset(article, place)
        if not article.body[place].isspace():
            assert PAGE[raw_place] == article.body[place]
            assert body_offset(article, raw_place) == place
    assert body_offset(article, 0) is None
    with pytest.raises(IndexError):
        raw_offset(article, len(article.body) + 1)


@pytest.mark.parametrize("raw", ["", "   \n\n", "One", "One line only, and no more."])
def test_pages_of_next_to_nothing(raw: str) -> None:
    assert_whole(raw, clean(raw))


LINES = st.sampled_from(
    [
        *PAGE.splitlines(),
        *PARAGRAPHS,
        "",
        "",
        "* a list",
        "## A part",
        "[a](http://b.example/c d",
        "x" * 300,
        "05/04/2017",
    ]
)


@settings(max_examples=30, deadline=None)
@given(st.lists(LINES, max_size=40).map("\n".join))
def test_nothing_is_lost_of_any_page(raw: str) -> None:
    assert_whole(raw, clean(raw))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aB .,\n\t\u00a0\u200b\u202e\u2028\f*_[](#)-“”'1|©", max_size=300))
def test_nothing_is_lost_of_any_text(raw: str) -> None:
    assert_whole(raw, clean(raw))


@pytest.mark.parametrize("raw", [STORY, PAGE])
def test_cleaning_a_body_again_changes_nothing(raw: str) -> None:
    body = clean(raw).body
    assert clean(body).body == body


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a ",
        "A. ",
        "“",
        "By ",
        "1 ",
        "01/02/2003 ",
        "[a](",
        "**a ",
        "Image: ",
        "read more ",
        "(",
        "https://a.b ",
        "\n",
    ],
)
def test_hostile_pages_end_quickly(piece: str) -> None:
    raw = piece * (100_000 // len(piece))
    clean(raw)


def test_a_page_of_ten_thousand_lines_ends_quickly() -> None:
    raw = "a\n" * 10_001
    assert_whole(raw, clean(raw))


def test_blocks_are_paragraphs_or_subheadings() -> None:
    kinds = [block.kind for block in clean(PAGE).blocks]
    assert kinds.count(BlockKind.SUBHEADING) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Choose the right pier and use several of them where the water is shallow",
        "The 10 best harbours for finding an affordable berth in autumn",
    ],
)
def test_lines_of_an_extracted_body_are_not_doubted_by_their_length(line):
    paragraph = (
        "The harbour of Lodby opened again on Monday after nine years, the mayor said on the old pier."
    )
    text = "\n".join(
        [paragraph, paragraph.replace("nine", "ten"), line, paragraph.replace("old", "new"), line[::-1]]
    )
    assert line in clean(text, Facts(extracted=True)).body


def test_paragraphs_without_spaces_are_no_short_lines():
    paragraph = (
        "港は九年ぶりに月曜日に再び開かれたと市長は古い桟橋で述べた。町の人々は朝から船を見に集まった。"
    )
    text = f"{paragraph}\n{paragraph[::-1]}\n{paragraph.replace('月', '火')}を見て"
    assert clean(text, Facts(extracted=True)).removed == ()


@pytest.mark.parametrize(
    "line",
    [
        "From April the ferry leaves at eight in the morning and at five in the afternoon every day.",
        "By June the council wants to know how many of the boats can be repaired.",
    ],
)
def test_a_sentence_that_begins_like_a_byline_stays(line):
    before = "The ferry from Varnholm sailed again on Monday, the harbour master said at the pier."
    top = "Ferry of Varnholm sails again\n\nBy Maria Lindgren"
    assert line in clean(f"{top}\n\n{before}\n\n{before[::-1]}\n\n{line}\n\n© The Post").body


@pytest.mark.parametrize(
    "way", ["Home > News > Harbour", "Home / Harbour", "Local › Coast › Quillhaven harbour"]
)
def test_the_way_through_the_sections_is_no_headline(way):
    headline = "Harbour of Quillhaven closed after crane falls"
    body = "The harbour of Quillhaven was closed to ferries on Monday after a crane fell over its pier."
    page = clean(f"{way}\n{headline}\nBy Maren Oldacre\n{body}\n{body[::-1]}\n© The Post")
    assert page.headline == headline
    assert page.removed[0].kind is RemovedKind.MENU
