"""What follows from texts side by side: names, figures, quotations, and what is not mentioned."""

from datetime import date

import pytest

from archive.text import comparing, quotations_compared
from archive.text.aligning import align
from archive.text.comparing import figure_rows, naming
from archive.text.figures import figures
from archive.text.figures_compared import Verdict, setting
from archive.text.passages import Text
from archive.text.quotations_compared import quotation_rows
from archive.text.quotes import quotations
from archive.text.types import Span

STRIKE = "The union in Varnholm says that 340 dock workers have stopped work at the ferry harbour."
STRIKE_TOO = "Some 340 dock workers in Varnholm stopped work at the ferry harbour, the union says."
FEWER = "At the ferry harbour in Varnholm 210 dock workers have stopped work, the company says."
FROST = "Growers in the Tellen valley lost 40 hectares of apple trees to three nights of frost."


def text(number, body, named=(), published=None):
    keys = tuple(
        (Span(body.index(surface), body.index(surface) + len(surface)), key) for surface, key in named
    )
    return Text(str(number), body, (), tuple(quotations(body)), tuple(figures(body)), keys, published)


def shared_figures(*bodies, published=(None, None)):
    texts = [
        text(number, body, (), day) for number, (body, day) in enumerate(zip(bodies, published, strict=True))
    ]
    return [row for row in figure_rows(texts, align(texts)) if row.texts > 1]


def test_figures_of_other_things_are_never_laid_beside_each_other():
    assert shared_figures(STRIKE, FROST) == []


def test_two_figures_that_part_get_no_verdict():
    assert [row.verdict for row in shared_figures(STRIKE, FEWER)] in ([], [None])


@pytest.mark.parametrize(
    "bodies",
    [
        (
            "More than half of the precincts of Lowport reported.",
            "Less than half of the precincts of Lowport reported.",
        ),
        ("Some 41 percent like Mayor Ida Brook.", "Schools were what counted, 41 percent said."),
    ],
)
def test_what_the_words_do_not_carry_gets_no_verdict(bodies):
    assert [row.verdict for row in shared_figures(*bodies)] in ([], [None])


def test_a_tally_that_the_later_text_says_has_grown_is_an_update():
    said = shared_figures(
        "Twelve people were treated in the hospital of Lowport after the fire.",
        "The number of people hurt in the fire has risen to nineteen, the hospital of Lowport said.",
        published=(date(2020, 5, 1), date(2020, 5, 2)),
    )
    assert [row.verdict for row in said] == [Verdict.UPDATE]


def test_a_figure_agrees_with_its_equal_and_not_with_a_nearer_one():
    bodies = (
        "Some 3,000 people were brought to schools in Lowport.",
        "Thousands of people have left Lowport.\n\nAbout 3,000 people had been taken to schools in Lowport.",
    )
    (row,) = shared_figures(*bodies)
    assert [bodies[1][f.start : f.end] for f in row.cells[1]] == ["About 3,000 people"]


def test_figures_that_agree():
    (row,) = shared_figures(STRIKE, STRIKE_TOO)
    assert row.verdict is Verdict.AGREE


SHARES = (
    "Of the dock workers of Varnholm 83 percent voted for the offer of the harbour board.",
    "The offer of the harbour board was taken by 83 per cent in a ballot of Varnholm's dock workers.",
    "Dock workers of Varnholm said yes to the harbour board's offer: 83 percent of them.",
)


@pytest.mark.parametrize(
    ("bodies", "agrees"),
    [
        (SHARES, True),
        ([body.replace("83", "80") for body in SHARES], False),
        ([*SHARES[:2], SHARES[2].replace(".", ", and 17 percent said no.")], False),
    ],
)
def test_the_one_share_that_three_texts_of_a_sure_row_give_agrees(bodies, agrees, monkeypatch):
    monkeypatch.setattr(comparing, "agree_enough", lambda *_, **__: False)
    texts = [text(number, body) for number, body in enumerate(bodies)]
    alignment = align(texts)
    assert any(row.sure and all(row.cells) for row in alignment.rows)
    said = [row.verdict for row in figure_rows(texts, alignment) if row.texts == 3]
    assert (Verdict.AGREE in said) is agrees


def test_of_a_list_of_quotations_only_the_first_of_each_text_are_compared(monkeypatch):
    asked = []
    monkeypatch.setattr(quotations_compared, "MOST", 20)
    monkeypatch.setattr(quotations_compared, "same_quotation", lambda *pair: asked.append(pair))
    line = "“We sail at noon from the harbour,” said Ida Brook. "
    rows = quotation_rows([text(1, line * 60), text(2, line * 60)])
    assert len(asked) == 10 * 10
    assert sum(len(cell) for row in rows for cell in row.cells) == 120


def test_of_a_table_of_figures_only_those_that_are_compared_are_read_in_their_words(monkeypatch):
    read = []
    monkeypatch.setattr(
        comparing, "setting", lambda body, figure: read.append(figure) or setting(body, figure)
    )
    texts = [text(number, "9,000 tons, " * 400, ()) for number in range(2)]
    rows = figure_rows(texts, align(texts))
    assert sum(len(row.cells[0]) for row in rows) == 400
    assert len(read) <= 300


def test_every_figure_stands_in_exactly_one_row():
    texts = [text(number, body) for number, body in enumerate((STRIKE, STRIKE_TOO, FROST))]
    rows = figure_rows(texts, align(texts))
    for column, one in enumerate(texts):
        placed = [figure for row in rows for figure in row.cells[column]]
        assert sorted(placed) == sorted(one.figures)


def test_forms_of_a_name_are_counted_and_quoted_ones_told_apart():
    body = "“Lund must go,” said the clerk. Ada Lund stayed."
    one = text(1, body, [("Lund", "ada lund"), ("Ada Lund", "ada lund")])
    (row,) = naming([one])
    assert [(form.surface, form.times, form.quoted) for form in row.forms[0]] == [
        ("Ada Lund", 1, 0),
        ("Lund", 1, 1),
    ]


def test_a_name_without_key_is_nobodys():
    assert naming([text(1, "Mahe stayed.", [("Mahe", "")])]) == ()


def test_one_text_may_split_what_another_prints_whole():
    whole = text(1, "“We will not load a single ferry. The talks begin on Monday,” said the chairwoman.")
    split = text(
        2,
        "“We will not load a single ferry,” said the chairwoman. “The talks begin on Monday,” she added.",
    )
    (row,) = quotation_rows([whole, split])
    assert [len(cell) for cell in row.cells] == [1, 2]
    assert row.variants == ("cut",)


def test_a_few_words_without_speaker_are_nobodys_statement():
    assert quotation_rows([text(1, "It was a “full-on disaster” for the town.")]) == ()
