"""Side by side: no false counterpart, nothing lost, and the order of the texts never matters.

The places and people here are invented.
"""

import re
from datetime import date
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text import words
from archive.text.aligning import RowKind, Text, align
from archive.text.sentences import paragraphs
from archive.text.types import Block, BlockKind, Evidence, Figure, FigureKind, Hedge, Quote, QuoteKind, Span

EVIDENCE = Evidence("by hand", "")

HERALD = """\
A ferry carrying 214 passengers caught fire on Lake Orrin on Tuesday, killing at least seven people.

“We jumped because the deck was burning under our feet,” said Mira Voss, a teacher rescued by a boat.

The Calder Line, which operates the ferry, said the blaze began in the engine room.

It was the third accident on the lake since 2014. Inspectors found broken pumps on the vessel last October.

The harbour café gave out soup and blankets to survivors until midnight.
"""
COURIER = """\
At least seven people died when a passenger ferry burst into flames on Lake Orrin.

The fire started in the engine room, according to the Calder Line, the ship's operator.

Teacher Mira Voss told reporters: “We jumped because the deck was burning under our feet.”

Opposition leader Tam Reece demanded that the transport minister resign over the safety record of the lake.
"""
GAZETTE = """\
Seven dead as ferry burns on Lake Orrin, with 214 people aboard.

“We jumped because the deck was burning,” one survivor, Mira Voss, recalled.

Broken pumps were discovered on the ship by inspectors in October 2018.

Ticket prices for the crossing doubled this spring, angering commuters in the southern villages.
"""


def text_of(name, body, **known):
    quotes = []
    for match in re.finditer(r'"([^"\n]+)"', words.fold(body)):
        spoken = (Span(*match.span(1)),)
        quotes.append(Quote(*match.span(), QuoteKind.DIRECT, spoken, None, None, None, EVIDENCE))
    return Text(name, body.strip(), quotes=tuple(quotes), published=date(2019, 5, 8), **known)


HERALD_TEXT, COURIER_TEXT, GAZETTE_TEXT = (
    text_of("herald", HERALD),
    text_of("courier", COURIER),
    text_of("gazette", GAZETTE),
)
THREE = (HERALD_TEXT, COURIER_TEXT, GAZETTE_TEXT)


def printed(texts, row):
    return [
        " … ".join(text.body[p.start : p.end] for p in cell)
        for text, cell in zip(texts, row.cells, strict=True)
    ]


def row_with(texts, rows, words_inside):
    found = [row for row in rows if any(words_inside in passage for passage in printed(texts, row))]
    assert len(found) == 1, f"{len(found)} rows hold {words_inside!r}"
    return found[0]


@pytest.mark.parametrize("alone", ["soup and blankets", "Tam Reece", "Ticket prices"])
def test_what_one_text_tells_alone_has_no_counterpart(alone):
    row = row_with(THREE, align(THREE).rows, alone)
    assert row.kinds == (RowKind.ONLY,)
    assert not row.shared


def test_unrelated_texts_share_no_row():
    other = text_of(
        "other",
        "The council of Port Hallow approved its budget.\n\nSchools will get a fifth of it.",
    )
    assert not any(row.shared for row in align([HERALD_TEXT, other]).rows)


def test_a_text_by_itself_is_said_to_lack_nothing():
    rows = align([HERALD_TEXT]).rows
    assert rows
    assert all(row.kinds == () for row in rows)


def test_fragments_get_no_mark():
    row = (
        row_with(THREE, align([*THREE[:2], text_of("short", "So it goes.")]).rows, "So it goes")
        if False
        else None
    )
    texts = [HERALD_TEXT, text_of("short", "So it goes.")]
    row = row_with(texts, align(texts).rows, "So it goes")
    assert row.kinds == ()


def test_a_quotation_stands_in_one_row_with_the_words_around_it():
    row = row_with(THREE, align(THREE).rows, "said Mira Voss")
    assert "told reporters" in printed(THREE, row)[1]
    assert row.kinds[0] is RowKind.QUOTATION
    assert all(row.cells)


def test_reworded_statements_stand_in_one_row():
    row = row_with(THREE, align(THREE).rows, "the blaze began in the engine room")
    assert "The fire started in the engine room" in printed(THREE, row)[1]
    assert row.kinds[0] is RowKind.REWORDED
    assert 0 < row.common < 1


def test_a_month_counted_from_the_day_of_writing_meets_the_printed_one():
    row = row_with(THREE, align(THREE).rows, "last October")
    assert "October 2018" in printed(THREE, row)[2]


def test_copies_are_the_same_words():
    texts = [HERALD_TEXT, HERALD_TEXT._replace(id="copy")]
    rows = align(texts).rows
    assert all(row.shared and row.kinds[0] is RowKind.SAME and row.sure for row in rows)
    assert all(not passage.differing for row in rows for cell in row.cells for passage in cell)


def test_only_words_that_no_counterpart_has_are_marked():
    texts = [
        text_of("one", "The minister opened the new bridge over the river Selk in heavy rain."),
        text_of("two", "The minister opened the new bridge over the river Selk in the morning."),
    ]
    (row,) = align(texts).rows
    marked = [
        [text.body[a:b] for p in cell for a, b in p.differing]
        for text, cell in zip(texts, row.cells, strict=True)
    ]
    assert marked == [["heavy rain"], ["morning"]]


def test_function_words_joined_by_hyphens_belong_to_the_run():
    texts = [
        text_of("one", "The so-called Northern Watch seized the river town of Selk at dawn."),
        text_of("two", "The Northern Watch seized the river town of Selk at dawn."),
    ]
    (row,) = align(texts).rows
    assert [texts[0].body[a:b] for p in row.cells[0] for a, b in p.differing] == ["so-called"]


def figure(body, printed_words, low, hedge):
    start = body.index(printed_words)
    return Figure(
        start, start + len(printed_words), FigureKind.PERCENT, low, low, "percent", hedge, "", None, EVIDENCE
    )


def test_figures_that_can_be_equal_join_a_row_and_stay_calm():
    one = "General Pell said the rebels hold 6.8 percent of the Selk valley, down from 40 percent."
    two = "The rebels are said to control less than seven percent of the valley."
    texts = [
        Text(
            "one",
            one,
            figures=(
                figure(one, "6.8 percent", 6.8, Hedge.EXACT),
                figure(one, "40 percent", 40, Hedge.EXACT),
            ),
        ),
        Text("two", two, figures=(figure(two, "less than seven percent", 7, Hedge.LESS),)),
    ]
    (row,) = align(texts).rows
    assert RowKind.FIGURES in row.kinds
    marked = [one[a:b] for p in row.cells[0] for a, b in p.differing]
    assert any("40 percent" in run for run in marked)
    assert not any("6.8" in run for run in marked)


def test_a_name_meets_the_other_names_of_its_bearer():
    one, two = "The Northern Watch took the town of Selk on Friday.", "On Friday, NW fighters took Selk."
    texts = [
        Text("one", one, mention_keys=((Span(4, 18), "northern watch"),)),
        Text("two", two, mention_keys=((Span(11, 13), "northern watch"),)),
    ]
    (row,) = align(texts).rows
    assert row.shared


def test_subheadings_are_left_out():
    body = "A bridge fell in Selk.\n\nOn the brink\n\nNobody was hurt."
    blocks = (
        Block(0, 22, BlockKind.PARAGRAPH),
        Block(24, 36, BlockKind.SUBHEADING),
        Block(38, 54, BlockKind.PARAGRAPH),
    )
    passages = [p for row in align([Text("one", body, blocks)]).rows for cell in row.cells for p in cell]
    assert [(body[p.start : p.end], p.paragraph) for p in passages] == [
        ("A bridge fell in Selk.", 1),
        ("Nobody was hurt.", 2),
    ]


def test_a_split_sentence_says_where_it_goes_on():
    texts = [
        text_of(
            "one",
            "“The dam will hold all winter,” Ida told Radio Orrin, adding nobody knows why pumps stopped.",
        ),
        text_of(
            "two",
            "Nobody knows why the pumps stopped, Marsh said.\n\n“The dam will hold all winter,” she said.",
        ),
    ]
    rows = align(texts).rows
    first, second = row_with(texts, rows, "told Radio Orrin"), row_with(texts, rows, "adding nobody")
    assert first.cells[0][0].continued_after and not first.cells[0][0].continued_before
    assert second.cells[0][0].continued_before and not second.cells[0][0].continued_after


# --- nothing is lost, nothing depends on order ------------------------------------------------------

STATEMENTS = [paragraph for body in (HERALD, COURIER, GAZETTE) for paragraph in body.strip().split("\n\n")]
BODIES = st.lists(st.sampled_from(STATEMENTS), min_size=0, max_size=6).map("\n\n".join)


@settings(max_examples=40, deadline=None)
@given(st.lists(BODIES, min_size=1, max_size=4))
def test_every_word_of_every_text_stands_in_exactly_one_passage(bodies):
    texts = [text_of(str(number), body) for number, body in enumerate(bodies)]
    for column, text in enumerate(texts):
        spans = sorted((p.start, p.end) for row in align(texts).rows for p in row.cells[column])
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
        kept = "".join(text.body[start:end] for start, end in spans)
        assert "".join(kept.split()) == "".join(text.body.split())


@settings(max_examples=25, deadline=None)
@given(st.lists(BODIES, min_size=2, max_size=3))
def test_the_order_of_the_texts_does_not_matter(bodies):
    texts = [text_of(str(number), body) for number, body in enumerate(bodies)]
    expected = align(texts).rows
    for order in permutations(range(len(texts))):
        found = align([texts[place] for place in order]).rows
        back = [order.index(place) for place in range(len(texts))]
        assert tuple(row._replace(cells=tuple(row.cells[b] for b in back)) for row in found) == expected


@pytest.mark.parametrize("unit", ["a ", ". ", '"', "1,2 ", "Fire on Lake Orrin killed seven. "])
def test_a_megabyte_in_one_line_ends(unit):
    long = Text("long", unit * (1_000_000 // len(unit)))
    assert len(paragraphs(long.body)) == 1
    assert align([long, HERALD_TEXT]).rows


def test_short_statements_are_the_same_words_or_in_doubt():
    told = "The council of Port Hallow closed the old swimming pool on Tuesday after a debate."
    texts = [
        text_of("a", f"{told} The pier burned down. Quill v. Marlow."),
        text_of("b", f"{told} The pier burned down. In Quill v. Marlow."),
    ]
    for row in align(texts).rows:
        if row.shared and RowKind.SAME not in row.kinds:
            assert not row.sure
    assert RowKind.SAME in row_with(texts, align(texts).rows, "The pier burned down").kinds
