"""Figures: first what is none, then value, unit, hedge and what is counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.figures import figures
from archive.text.types import FigureKind, Hedge

ROOT = Path(__file__).parents[2]
GOLD = json.loads((ROOT / "tests/golden/seeds.json").read_text(encoding="utf-8"))["articles"]


def printed(body: str) -> list[str]:
    return [body[figure.start : figure.end] for figure in figures(body)]


def quantities(body: str) -> list[str]:
    return [body[f.start : f.end] for f in figures(body) if f.kind is not FigureKind.DATE]


# --- what is no figure -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "",
        "One of the two groups left, and no one minded.",
        "Flight 302 left gate 12 for Lowport.",
        "The F-16 and the MH370 were seen near Interstate 95.",
        "Article 50 and Resolution 2254 were named, as in No. 10.",
        "Version 1.2.3 is at 10.0.0.1 now.",
        "The home side won 3-1 and the court ruled 5-4.",
        "Call #5 or see page 7.",
        "A third man was seen in the second half.",
        "A few left.",
        "The firm 3PAR and 3M Co wrote for a century and a half.",
    ],
)
def test_labels_scores_and_small_words_are_no_figures(body: str) -> None:
    assert printed(body) == []


@pytest.mark.parametrize(
    ("body", "value", "unit"),
    [
        ("on April 18, 2017, they left", 20170418, "day"),
        ("on 18 April 2017 they left", 20170418, "day"),
        ("on Sept. 11 they left", 911, "day"),
        ("the 4th of July came", 704, "day"),
        ("since October 2016 they left", 201610, "month"),
        ("in 2014, they left", 2014, "year"),
        ("the 1990s were long", 1990, "decade"),
        ("at 6 p.m. they left", 1800, "time"),
        ("at 09:49 they left", 949, "time"),
        ("at 7:30 am they left", 730, "time"),
        ("written 2017-04-18 by hand", 20170418, "day"),
        ("written 18/04/2017 by hand", 20170418, "day"),
    ],
)
def test_dates_and_times_are_told_apart_from_counts(body: str, value: float, unit: str) -> None:
    (figure,) = figures(body)
    assert (figure.kind, figure.low, figure.high, figure.unit) == (FigureKind.DATE, value, value, unit)


def test_a_month_is_no_verb() -> None:
    assert [f.kind for f in figures("They may 20 times march 30 miles.")] != [
        FigureKind.DATE,
        FigureKind.DATE,
    ]


# --- value, unit, hedge ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "low", "high", "unit", "hedge"),
    [
        ("38 countries", FigureKind.COUNT, 38, 38, "", Hedge.EXACT),
        ("twenty-five boats", FigureKind.COUNT, 25, 25, "", Hedge.EXACT),
        ("two hundred and ten boats", FigureKind.COUNT, 210, 210, "", Hedge.EXACT),
        ("a dozen boats", FigureKind.COUNT, 12, 12, "", Hedge.EXACT),
        ("about 1.5 million", FigureKind.COUNT, 1.5e6, 1.5e6, "", Hedge.ABOUT),
        ("half a million", FigureKind.COUNT, 5e5, 5e5, "", Hedge.EXACT),
        ("two and a half million", FigureKind.COUNT, 2.5e6, 2.5e6, "", Hedge.EXACT),
        ("hundreds of thousands", FigureKind.COUNT, 2e5, 1e6, "", Hedge.ABOUT),
        ("at least 39 people", FigureKind.COUNT, 39, 39, "", Hedge.AT_LEAST),
        ("10 to 20 boats", FigureKind.COUNT, 10, 20, "", Hedge.EXACT),
        ("10-15 boats", FigureKind.COUNT, 10, 15, "", Hedge.EXACT),
        ("6.8 percent", FigureKind.PERCENT, 6.8, 6.8, "percent", Hedge.EXACT),
        ("less than seven per cent", FigureKind.PERCENT, 7, 7, "percent", Hedge.LESS),
        ("5-10%", FigureKind.PERCENT, 5, 10, "percent", Hedge.EXACT),
        ("more than three-fourths", FigureKind.PERCENT, 75, 75, "percent", Hedge.MORE),
        ("nearly two-thirds", FigureKind.PERCENT, 200 / 3, 200 / 3, "percent", Hedge.ABOUT),
        ("one in five", FigureKind.PERCENT, 20, 20, "percent", Hedge.EXACT),
        ("$3.5bn", FigureKind.MONEY, 3.5e9, 3.5e9, "dollar", Hedge.EXACT),
        ("more than US$20 million", FigureKind.MONEY, 2e7, 2e7, "dollar", Hedge.MORE),
        ("$5 to $10 million", FigureKind.MONEY, 5e6, 1e7, "dollar", Hedge.EXACT),
        ("20 million pounds", FigureKind.MONEY, 2e7, 2e7, "pound sterling", Hedge.EXACT),
        ("20 pounds", FigureKind.MEASURE, 20, 20, "pound", Hedge.EXACT),
        ("half a dozen", FigureKind.COUNT, 6, 6, "", Hedge.EXACT),
        ("a half-dozen", FigureKind.COUNT, 6, 6, "", Hedge.EXACT),
        ("20 million euros", FigureKind.MONEY, 2e7, 2e7, "euro", Hedge.EXACT),
        ("less than 30,000 square kilometres", FigureKind.MEASURE, 3e4, 3e4, "square kilometre", Hedge.LESS),
        ("about 8km", FigureKind.MEASURE, 8, 8, "kilometre", Hedge.ABOUT),
        ("magnitude-7.8", FigureKind.MEASURE, 7.8, 7.8, "magnitude", Hedge.EXACT),
        ("7.8-magnitude", FigureKind.MEASURE, 7.8, 7.8, "magnitude", Hedge.EXACT),
        ("up to 90 days", FigureKind.MEASURE, 90, 90, "day", Hedge.AT_MOST),
        ("half an hour", FigureKind.MEASURE, 0.5, 0.5, "hour", Hedge.EXACT),
        ("10-day", FigureKind.MEASURE, 10, 10, "day", Hedge.EXACT),
        ("40-year-old", FigureKind.AGE, 40, 40, "year", Hedge.EXACT),
        ("14th", FigureKind.RANK, 14, 14, "", Hedge.EXACT),
        ("300 boats or more", FigureKind.COUNT, 300, 300, "", Hedge.AT_LEAST),
    ],
)
def test_value_unit_and_hedge(
    text: str, kind: FigureKind, low: float, high: float, unit: str, hedge: Hedge
) -> None:
    body = f"They saw {text}, and went home."
    (figure,) = figures(body)
    assert body[figure.start : figure.end] == text
    assert (figure.kind, figure.unit, figure.hedge) == (kind, unit, hedge)
    assert (figure.low, figure.high) == pytest.approx((low, high))


def test_an_age_between_commas() -> None:
    (figure,) = figures("Ann Dunmore, 36, built the pier.")
    assert (figure.kind, figure.low) == (FigureKind.AGE, 36)


def test_a_year_before_a_plural_is_no_count_of_it() -> None:
    body = "The 2015 sales fell when 1885 letters and 78.0 points came."
    kinds = [(body[f.start : f.end], f.kind) for f in figures(body)]
    assert kinds == [
        ("2015", FigureKind.DATE),
        ("1885 letters", FigureKind.COUNT),
        ("78.0 points", FigureKind.COUNT),
    ]


@pytest.mark.parametrize(
    ("body", "counted"),
    [
        ("The bodies of some 4,000 victims of the flood were found.", "victims"),
        ("They sent 20 small fishing boats there.", "small fishing boats"),
        ("Thousands of tired people came.", "tired people"),
        ("At least 12 dead were counted.", "dead"),
        ("Some 70 were injured.", "injured"),
        ("It rose to 157 on Monday.", ""),
    ],
)
def test_what_is_counted(body: str, counted: str) -> None:
    (figure,) = figures(body)
    assert figure.counted == counted
    assert (figure.counted_span is None) == (counted == "")
    assert figure.counted_span is None or body[slice(*figure.counted_span)] == counted


# --- the seeds, properties, hostile text ---------------------------------------------------------------


@pytest.mark.parametrize("file", sorted(GOLD))
def test_the_seeds_figures_are_found_as_printed(file: str) -> None:
    body = (ROOT / "seeds" / file).read_text(encoding="utf-8").replace("\u00a0", " ")
    assert set(GOLD[file]["figures"]) <= set(quantities(body))


PRINTED = """1 20 78.0 points 2,000 2017 3.5 half a third million percent % $ km of in to - – April
more than people year old and one hundreds : / ½ ² ٣ magnitude st . p.m. 's"""
PIECES = st.sampled_from([*PRINTED.split(), " ", "\n\n"])


@given(
    st.lists(PIECES, max_size=40).map(" ".join)
    | st.lists(PIECES, max_size=40).map("".join)
    | st.text(max_size=60)
)
def test_spans_are_true_sorted_and_apart(body: str) -> None:
    end = 0
    for figure in figures(body):
        assert end <= figure.start < figure.end <= len(body)
        assert figure.low <= figure.high
        assert figure.counted_span is None or body[slice(*figure.counted_span)].strip()
        end = figure.end


@pytest.mark.parametrize(
    "body",
    [
        "1" * 1_000_000,
        "1 " * 50_000,
        "1," * 100_000,
        "1-" * 100_000,
        "one " * 50_000,
        "one hundred " * 30_000,
        "hundreds of " * 30_000,
        "1 to " * 30_000,
        "more than " * 30_000 + "1",
        "$" * 200_000 + "1",
        "April 1, " * 30_000,
    ],
    ids=lambda body: body[:12],
)
def test_hostile_text_ends_quickly(body: str) -> None:
    figures(body)


def test_of_a_table_no_more_figures_are_read_than_prose_can_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.text.figures._MOST", 50)
    body = "7 tons. " * 40 + "\n" + "7 tons. " * 40
    assert len(figures(body)) == 50
    assert figures(body)[:40] == figures(body.split("\n")[0])
