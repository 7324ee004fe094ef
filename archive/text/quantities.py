"""Quantities as printed: a number with its unit, currency or share, an age, a rank."""

from __future__ import annotations

from typing import NamedTuple

from archive.text.counted import context, counted, fate
from archive.text.numerals import Numeral, Token, after_hyphen, numeral, starts_number, touches, word_at
from archive.text.printed_dates import printed_date
from archive.text.types import FigureKind, Hedge
from archive.text.units import Unit, currency_before, hedge_before, unit_at

_DASHES = frozenset("-–—‑")
_WIDEST = 10
_OLDEST = 120  # years
_MOST_PARTS = 1000  # "one in 500": more parts are never printed so


class Printed(NamedTuple):
    """A quantity as printed: its number (of a range, both), unit, and the tokens that it takes up."""

    low: float
    high: float
    number: Numeral
    unit: str
    kind: FigureKind
    first: int
    last: int


def age(line: list[Token], number: Numeral) -> Printed | None:
    """ "40-year-old", "20 years old", "aged 20", "a man, 36,"."""
    if number.high > _OLDEST or number.share:
        return None
    unit = after_hyphen(line, number.last + 1)
    if word_at(line, unit) in {"year", "years", "month", "months", "week", "weeks", "day", "days"}:
        old = after_hyphen(line, unit + 1)
        if word_at(line, old) in {"old", "olds"}:
            return _printed(number, word_at(line, unit).removesuffix("s"), FigureKind.AGE, number.first, old)
    before = number.first - 1
    before -= word_at(line, before) == "of"
    if word_at(line, before) in {"aged", "age", "ages"}:
        low, high, upper = _range(line, number, number.first)
        return Printed(low, high, number, "year", FigureKind.AGE, number.first, upper.last)
    return _bare_age(line, number)


def _bare_age(line: list[Token], number: Numeral) -> Printed | None:
    """An age without its unit: "a man, 36,", "she was 26."."""
    before = number.first - 1
    ends = word_at(line, number.last + 1) in {",", "."}
    if before < 1 or not (ends and number.digits and number.low >= 1 and number.low.is_integer()):
        return None
    who = line[before - 1]
    named = line[before].low == "," and (who.capital or who.low in context().people)
    if not named and not (line[before].low in {"was", "is", "turned"} and who.low in {"he", "she", "who"}):
        return None
    return _printed(number, "year", FigureKind.AGE, number.first, number.last)


def ordinal(line: list[Token], number: Numeral) -> Printed | None:
    """ "14th": a rank."""
    if not number.digits or not touches(line, number.last + 1):
        return None
    if word_at(line, number.last + 1) not in {"st", "nd", "rd", "th"}:
        return None
    return _printed(number, "", FigureKind.RANK, number.first, number.last + 1)


def quantity(line: list[Token], number: Numeral) -> Printed | None:
    """The number with its unit, currency or share; None where it counts nothing."""
    currency = currency_before(line, number.first)
    first = currency[1] if currency else number.first
    parts = _parts_of(line, number) or _magnitude(line, number)
    if parts:
        return parts
    low, high, upper = _range(line, number, first)
    unit = _unit_behind(line, upper)
    if currency:
        cents = _printed(upper, currency[0], FigureKind.MONEY, first, upper.last)
        return cents._replace(low=low, high=high)
    if unit and not (number.share and unit.kind is FigureKind.PERCENT):
        unit = _sterling(line, unit, upper)
        values = _shared_unit(number, unit, low, high)
        return Printed(*values, number, unit.name, unit.kind, first, unit.last) if values else None
    if number.share:
        return _share(line, number)
    if not _is_quantity(line, number, upper):
        return None
    return Printed(low, high, number, "", FigureKind.COUNT, first, upper.last)


def _printed(number: Numeral, unit: str, kind: FigureKind, first: int, last: int) -> Printed:
    return Printed(number.low, number.high, number, unit, kind, first, last)


def _parts_of(line: list[Token], number: Numeral) -> Printed | None:
    """ "one in five", "three out of 10": a share."""
    behind = number.last + 1
    if word_at(line, behind) == "out" and word_at(line, behind + 1) == "of":
        behind += 2
    elif word_at(line, behind) == "in":
        behind += 1
    else:
        return None
    whole = numeral(line, behind) if behind < len(line) and starts_number(line[behind]) else None
    if whole is None or whole.vague or whole.share or not 1 <= number.low < whole.low <= _MOST_PARTS:
        return None
    if number.low > 99 or printed_date(line, behind, True) is not None or unit_at(line, whole.last + 1):
        return None
    share = 100.0 * number.low / whole.low
    return Printed(share, share, number, "percent", FigureKind.PERCENT, number.first, whole.last)


def _magnitude(line: list[Token], number: Numeral) -> Printed | None:
    """ "magnitude-7.8", "a magnitude of 7.8": the unit stands in front."""
    before = number.first - 1
    before -= word_at(line, before) in _DASHES | {"of"}
    if word_at(line, before) != "magnitude" or number.low > 10:
        return None
    return _printed(number, "magnitude", FigureKind.MEASURE, before, number.last)


def _range(line: list[Token], number: Numeral, first: int) -> tuple[float, float, Numeral]:
    """The lower and upper value, and the number printed last: "10 to 20", "$5 to $10 million"."""
    at = number.last + 1
    between = word_at(line, first - 1) == "between"
    unit = unit_at(line, at)
    if unit and between:
        at = unit.last + 1
    word = word_at(line, at)
    joined = word in _DASHES or word == "to"
    joined = joined or (word == "and" and between)
    joined = joined or (word == "or" and not number.digits)
    if not joined or word_at(line, first - 1) == "from":
        return number.low, number.high, number
    at += 1
    while word_at(line, at) in {"$", "£", "€", "us"}:
        at += 1
    upper = numeral(line, at) if at < len(line) and starts_number(line[at]) else None
    if upper is None or upper.share or upper.vague or number.share:
        return number.low, number.high, number
    low = number.low * (upper.factor if number.factor == 1 and number.low < upper.low / upper.factor else 1)
    # "fell 700,000 to 18 million" is no range: a real one seldom spans more than its tenfold.
    if word == "to" and upper.high > _WIDEST * low:
        return number.low, number.high, number
    return (low, upper.high, upper) if low < upper.high else (number.low, number.high, number)


def _unit_behind(line: list[Token], number: Numeral) -> Unit | None:
    """The unit behind a number: "8km", "10-day", "three more weeks", "millions of dollars"."""
    behind = after_hyphen(line, number.last + 1)
    unit = unit_at(line, behind)
    if unit is None and word_at(line, behind) in context().between:
        unit = unit_at(line, behind + 1)
    if unit is None and word_at(line, behind) == "of":
        article = word_at(line, behind + 1) in {"a", "an"}
        unit = unit_at(line, behind + 1 + article) if article or number.vague else None
    if (
        unit
        and len(word_at(line, unit.last)) <= 2
        and not touches(line, behind)
        and unit.name in context().letters
    ):
        return None
    return unit


def _sterling(line: list[Token], unit: Unit, number: Numeral) -> Unit:
    """Millions of pounds, British pounds and pounds and pence are money; other pounds are a weight."""
    british = word_at(line, unit.last - 1) == "british" or word_at(line, unit.last + 1) == "sterling"
    if unit.name == "pound" and (british or number.factor >= 1_000_000):
        return Unit("pound sterling", FigureKind.MONEY, unit.last)
    return unit


def _shared_unit(number: Numeral, unit: Unit, low: float, high: float) -> tuple[float, float] | None:
    """Values in a unit: half of it is 0.5 of it."""
    if not number.share:
        return low, high
    return (low / 100, high / 100) if unit.kind is not FigureKind.PERCENT else None


def _share(line: list[Token], number: Numeral) -> Printed | None:
    """ "three-fourths of", "a third of", "half of": parts in per cent; "half a million" is a count."""
    behind = after_hyphen(line, number.last + 1)
    if number.low == 50 and word_at(line, behind) in {"a", "an", "dozen"}:
        return _half_a(line, number, behind)
    before = word_at(line, number.first - 1)
    if number.last > number.first and word_at(line, number.first) not in {"a", "an", "one"}:
        return _printed(number, "percent", FigureKind.PERCENT, number.first, number.last)
    whole = word_at(line, behind) in context().shared
    if before in context().ordinal | {"and"} or not (
        whole or hedge_before(line, number.first) or before in {"by", "than"}
    ):
        return None
    return _printed(number, "percent", FigureKind.PERCENT, number.first, number.last)


def _half_a(line: list[Token], number: Numeral, behind: int) -> Printed | None:
    whole = numeral(line, behind) if word_at(line, behind) != "dozen" else _dozen(behind)
    if whole and whole.low > 1:
        return Printed(whole.low / 2, whole.low / 2, whole, "", FigureKind.COUNT, number.first, whole.last)
    unit = unit_at(line, behind + 1)
    if unit is None:
        return None
    return Printed(0.5, 0.5, number, unit.name, unit.kind, number.first, unit.last)


def _dozen(index: int) -> Numeral:
    return Numeral(index, index, 12.0, 12.0, False)


def _is_quantity(line: list[Token], number: Numeral, upper: Numeral) -> bool:
    """Whether a number without unit counts something."""
    if number.vague or number.factor > 1:
        return True
    hedge = hedge_before(line, number.first)
    if hedge:
        return number.low > 1 or hedge.hedge is not Hedge.ABOUT
    things = counted(line, upper.last + 1) or fate(line, upper.last + 1)
    before = word_at(line, number.first - 1)
    if number.digits:
        return things is not None or number.step >= 1 or before in context().stating
    if number.low <= 1 or before in context().definite:
        return False
    behind = upper.last + 1
    behind += word_at(line, behind) in {"more", "others"}
    ends = word_at(line, behind) in {"", ".", ",", ";", "!", "?"}
    return things is not None or number.low > 12 or (ends and before in context().rising)
