"""Figures of two articles: first what must not be said of them."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.text.figures import figures
from archive.text.figures_compared import Verdict, compare, count_other_things, may_replace, setting
from archive.text.types import Figure, FigureKind

EARLY, LATE = datetime(2020, 5, 1), datetime(2020, 5, 2)


def verdict(one: str, other: str, dated: tuple[datetime, datetime] | None = None) -> Verdict:
    sides = []
    for body in (one, other):
        (figure,) = (f for f in figures(body) if f.kind is not FigureKind.DATE)
        sides += [figure, setting(body, figure)]
    forwards = compare(*sides, *(dated or ()))
    backwards = compare(*sides[2:], *sides[:2], *(dated or ())[::-1])
    assert forwards is backwards
    return forwards


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The group controls 40 percent of the coast.", "The mayor won 40 percent of the vote."),
        ("The flood killed 120 people in Lowport.", "The flood injured 120 people in Lowport."),
        ("The margin of error is 3 points.", "The sampling margin of error was 3 points."),
        ("The harbour sold 20 boats in Lowport.", "The harbour sold 20 crates in Lowport."),
        ("The harbour is 20 miles from Lowport.", "The harbour paid 20 percent to Lowport."),
        ("The council gives $100 billion to schools.", "The council gives $150 billion to schools."),
        ("At least 39 people died in the flood.", "At least 37 people died in the flood."),
        ("The rate rose to 83 deaths per patient.", "The rate rose to 95 deaths per patient."),
    ],
)
def test_nothing_is_said_of_different_quantities(one: str, other: str) -> None:
    assert verdict(one, other) is Verdict.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The group controls 6.8 percent of the island.",
            "The group controls less than seven percent of the island.",
        ),
        ("The flood killed 157 people in Lowport.", "In Lowport, 157 victims died in the flood."),
        (
            "The pier is 5 miles from the harbour of Lowport.",
            "The pier is about 8km from the harbour of Lowport.",
        ),
        (
            "The storm destroyed 4,218 houses on the coast.",
            "The storm destroyed some 4,200 houses on the coast.",
        ),
    ],
)
def test_the_same_quantity_agrees(one: str, other: str) -> None:
    assert verdict(one, other) is Verdict.AGREE


FLOOD = "The flood in Lowport killed 37 people on Monday."


@pytest.mark.parametrize(
    "later",
    [
        "The number of people killed in the Lowport flood has risen to 41.",
        "Divers found bodies, raising the death toll of the Lowport flood to 41.",
        "Death toll reaches 41 in Lowport flood",
        "The flood in Lowport killed 41 people so far.",
    ],
)
def test_a_tally_that_the_later_article_says_has_grown_is_an_update(later: str) -> None:
    assert verdict(FLOOD, later, (EARLY, LATE)) is Verdict.UPDATE
    assert verdict(FLOOD, later, (LATE, EARLY)) is Verdict.DIFFERENT
    assert verdict(FLOOD, later) is Verdict.DIFFERENT
    assert verdict(FLOOD, later, (EARLY, datetime(2020, 5, 20))) is Verdict.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FLOOD, "The flood in Lowport killed 41 people on Monday."),
        (FLOOD, "The death toll of the Lowport flood has risen to 90."),
        (FLOOD, "The death toll of the Lowport flood has risen to thousands."),
        (FLOOD, "The death toll of the Lowport flood could have reached 41 by Monday."),
        (FLOOD, "The number of people killed in the flood of Lowport was lowered, and stands at 41."),
        (FLOOD, "The number of people killed in the Lowport flood today has risen to another 41."),
        (FLOOD, "The number of people missing in the Lowport flood has risen to 41."),
        ("Police held a woman of 60-years in Lowport.", "The number of arrests in Lowport rose to 61 years."),
        (
            "The flood of 2011 in Lowport killed 37 people.",
            "The death toll of the 2011 flood in Lowport rose to 41.",
        ),
        (
            "With 61 percent of the votes counted in Lowport, Ida Brook led.",
            "With 94 percent of the votes counted in Lowport, Ida Brook led.",
        ),
    ],
)
def test_what_may_count_something_else_is_no_update(one: str, other: str) -> None:
    assert verdict(one, other, (EARLY, LATE)) is Verdict.DIFFERENT


def test_who_was_killed_and_who_was_hurt_is_told_by_the_nearest_word() -> None:
    body = "A gunman opened fire in Lowport, killing five people and injuring eight others."
    tallies = [setting(body, figure).tally for figure in figures(body)]
    assert tallies == ["dead", "injured"]


def test_a_text_that_prints_both_values_counts_two_things() -> None:
    body = "The fire killed 33 people in Lowport, 30 people died on Friday."
    found = {(figure.low, setting(body, figure).tally) for figure in figures(body)}
    assert not may_replace(30, "dead", found)
    assert may_replace(31, "dead", found)


def test_a_rate_is_no_tally() -> None:
    one = "The flood in Lowport killed 37 per street on Monday."
    other = "The flood in Lowport killed 41 per street on Monday."
    assert verdict(one, other, (EARLY, LATE)) is Verdict.DIFFERENT


def test_employees_and_storms_are_other_things_however_many():
    body = "The firm had two employees. The island was hit by two storms."
    first, second = (figure_of(body, word) for word in ("employees", "storms"))
    assert count_other_things(first, setting(body, first), second, setting(body, second))
    assert not count_other_things(first, setting(body, first), first, setting(body, first))


def figure_of(body: str, counted: str) -> Figure:
    return next(figure for figure in figures(body) if figure.counted == counted)
