"""Calendar dates, years and clock times among the numbers of a text, told apart from quantities."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from archive.text.numerals import Token, rules, touches, word_at

_YEARS = range(1500, 2101)  # four digits outside are hardly ever a year in news
_DASHES = frozenset("-–—‑")


class PrintedDate(NamedTuple):
    """A date in tokens `first` to `last`. `value` is the year, or year and month, or year, month and day
    written as one number (20170418); a missing year is 0. `unit` names the smallest part: "year",
    "month", "day", "time" (hours and minutes as hhmm), "decade"."""

    first: int
    last: int
    value: float
    unit: str


class _Words(NamedTuple):
    months: dict[str, int]
    before_year: frozenset[str]
    clock: frozenset[str]


@cache
def _words() -> _Words:
    table = rules()["dates"]
    names = table["months"].split()
    months = {name: number for number, name in enumerate(names, 1)}
    months |= {
        short: next(n for name, n in months.items() if name.startswith(short[:3]))
        for short in table["short"].split()
    }
    return _Words(months, frozenset(table["before_year"].split()), frozenset(table["clock"].split()))


def printed_date(line: list[Token], index: int, counts: bool) -> PrintedDate | None:
    """The date that the digits at `index` belong to. `counts` says that what follows them can be counted."""
    low = line[index].low
    if not _whole(low) or len(low) > 4:
        return _clock(line, index)
    return (
        _clock(line, index)
        or _numeric(line, index)
        or _behind_month(line, index)
        or _before_month(line, index)
        or _decade(line, index)
        or _year(line, index, counts)
    )


def _month(line: list[Token], index: int) -> int | None:
    """The month named at `index`; "may" and "march" only with a capital."""
    if not 0 <= index < len(line) or not line[index].capital:
        return None
    return _words().months.get(line[index].low)


def _whole(low: str) -> bool:
    return low.isdecimal() and low.isascii()


def _is_year(low: str) -> bool:
    return len(low) == 4 and _whole(low) and int(low) in _YEARS


def _is_day(low: str) -> bool:
    return _whole(low) and len(low) <= 2 and 1 <= int(low) <= 31


def _clock(line: list[Token], index: int) -> PrintedDate | None:
    """ "09:49", "6 p.m.", "6pm", "0900 GMT"."""
    low, last = line[index].low, index
    if not _whole(low.replace(".", "")) or len(low) > 5:
        return None
    hours, _, minutes = low.partition(".")
    minutes = minutes or "0"
    colon = word_at(line, index + 1) == ":" and touches(line, index + 1) and touches(line, index + 2)
    if colon and len(word_at(line, index + 2)) == 2 and _whole(word_at(line, index + 2)) and len(low) <= 2:
        minutes, last = line[index + 2].low, index + 2
    half, end = _half_of_day(line, last + 1)
    if not half and not (colon and last > index):
        return None
    if len(hours) == 4 and half:
        hours, minutes = hours[:2], hours[2:]
    hour = int(hours) % 12 + 12 if half.startswith("p") and int(hours) <= 12 else int(hours)
    if hour > 24 or int(minutes) > 59:
        return None
    return PrintedDate(index, max(last, end), float(hour * 100 + int(minutes)), "time")


def _half_of_day(line: list[Token], index: int) -> tuple[str, int]:
    """ "a.m.", "pm", "GMT" at `index`, and its last token; "" where none stands."""
    low = word_at(line, index)
    if low in ("a", "p") and word_at(line, index + 1) == "." and word_at(line, index + 2) == "m":
        dotted = word_at(line, index + 3) == "." and touches(line, index + 3)
        return low + "m", index + 2 + dotted
    return (low, index) if low in _words().clock else ("", 0)


def _numeric(line: list[Token], index: int) -> PrintedDate | None:
    """ "2017-04-18", "18/04/2017"."""
    parts = [word_at(line, index + n) for n in range(5)]
    joined = all(touches(line, index + n) for n in range(1, 5))
    if not joined or parts[1] != parts[3] or parts[1] not in {"-", "/", "."}:
        return None
    if _is_year(parts[0]) and _is_day(parts[2]) and _is_day(parts[4]):
        return PrintedDate(index, index + 4, _day(int(parts[0]), int(parts[2]), int(parts[4])), "day")
    if _is_day(parts[0]) and _is_day(parts[2]) and _whole(parts[4]) and len(parts[4]) in (2, 4):
        first, second = sorted((int(parts[0]), int(parts[2])))
        return PrintedDate(index, index + 4, _day(int(parts[4]), first, second), "day")
    return None


def _behind_month(line: list[Token], index: int) -> PrintedDate | None:
    """ "April 18, 2017", "Sept. 11", "April 2017"."""
    before = index - 1 - (word_at(line, index - 1) == ".")
    month = _month(line, before)
    if month is None:
        return None
    low = line[index].low
    if _is_year(low):
        return PrintedDate(before, index, float(int(low) * 100 + month), "month")
    if not _is_day(low):
        return None
    last = _until(line, _ordinal_end(line, index))
    year = last + 1 + (word_at(line, last + 1) == ",")
    if _is_year(word_at(line, year)):
        return PrintedDate(before, year, _day(int(line[year].low), month, int(low)), "day")
    return PrintedDate(before, last, _day(0, month, int(low)), "day")


def _until(line: list[Token], last: int) -> int:
    """Where "July 13-17", "July 13 to 17" ends, from the place of the first day."""
    joined = word_at(line, last + 1) in _DASHES or word_at(line, last + 1) == "to"
    if not joined or not _is_day(word_at(line, last + 2)):
        return last
    behind = word_at(line, last + 3)
    return last + 2 if not behind[:1].isalpha() or behind in {"of", "in", "at", "and"} else last


def _before_month(line: list[Token], index: int) -> PrintedDate | None:
    """ "18 April 2017", "the 18th of April"."""
    low = line[index].low
    if not _is_day(low):
        return None
    at = _ordinal_end(line, index) + 1
    at += word_at(line, at) == "of"
    month = _month(line, at)
    if month is None:
        return None
    year = at + 1 + (word_at(line, at + 1) in {",", "."})
    if _is_year(word_at(line, year)):
        return PrintedDate(index, year, _day(int(line[year].low), month, int(low)), "day")
    return PrintedDate(index, at, _day(0, month, int(low)), "day")


def _ordinal_end(line: list[Token], index: int) -> int:
    return index + (touches(line, index + 1) and word_at(line, index + 1) in {"st", "nd", "rd", "th"})


def _day(year: int, month: int, day: int) -> float:
    return float(year * 10_000 + month * 100 + day)


def _decade(line: list[Token], index: int) -> PrintedDate | None:
    """ "the 1990s", "the '90s"."""
    low = line[index].low
    if not touches(line, index + 1) or word_at(line, index + 1) != "s" or not low.endswith("0"):
        return None
    if _is_year(low) or (len(low) == 2 and word_at(line, index - 1) in {"'", "’", "‘"}):
        return PrintedDate(index, index + 1, float(low), "decade")
    return None


def _year(line: list[Token], index: int, counts: bool) -> PrintedDate | None:
    """ "in 2014", "2014-16"."""
    low = line[index].low
    if not _is_year(low) or (counts and word_at(line, index - 1) not in _words().before_year):
        return None
    dash = word_at(line, index + 1) in _DASHES and touches(line, index + 2)
    until = word_at(line, index + 2)
    if dash and (_is_year(until) or (len(until) == 2 and _whole(until))):
        return PrintedDate(index, index + 2, float(low), "year")
    return PrintedDate(index, index, float(low), "year")
