"""Written dates: every form that news prints, with how exactly it is known and the doubt that remains.

`05/04/2017` has two readings: it keeps the second one until another date of the same text, the outlet's
other dates or the address settles it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from archive.text.types import Evidence, Moment, Precision

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MONTH = (
    r"(?P<month_name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_CLOCK = (
    r"(?:[ \t,|•·–-]{0,4}(?:at |on )?(?P<hour>2[0-3]|[01]?\d)(?!\d)(?:[:.h](?P<minute>[0-5]\d)(?::[0-5]\d)?)?"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?)?"
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_YEAR}-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?:[T ](?P<hour>[0-2]\d):(?P<minute>[0-5]\d))?",
        rf"\b{_MONTH}[ \t]{{1,3}}{_DAY},?[ \t]{{1,3}}{_YEAR}\b{_CLOCK}",
        rf"\b{_DAY}(?: of)?[ \t-]{{1,3}}{_MONTH},?[ \t-]{{1,3}}{_YEAR}\b{_CLOCK}",
        rf"\b{_YEAR}[/.](?P<month>[01]?\d)[/.](?P<day>[0-3]?\d)\b{_CLOCK}",
        rf"\b(?P<first>[0-3]?\d)[/.](?P<second>[0-3]?\d)[/.](?P<year>(?:19|20)\d\d|\d\d)\b{_CLOCK}",
        rf"\b{_MONTH}[ \t]{{1,3}}{_YEAR}\b",
    )
)
# "9:49 p.m. EST, Monday, " before a date
_CLOCK_BEFORE = re.compile(
    r"\b(?P<hour>2[0-3]|[01]?\d)[:.](?P<minute>[0-5]\d) ?(?:(?P<half>[ap])\.?m\.?)? ?\(?(?:[A-Z]{2,4})?\)?"
    r"[ ,|•·–-]{0,4}(?:on )?(?:[a-z]{2,6}day,? )?$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?P<updated>updated|modified|edited|revised)\b|\b(?:published|posted|issued|created|filed)\b",
    re.IGNORECASE,
)
_LOOK_BACK_FOR_CLOCK = 40  # characters; "11:45 p.m. (EST), on Wednesday, " has 32
_LOOK_BACK_FOR_LABEL = 32

_IN_ADDRESS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)"
    r"(?:[/_-](?P<month>1[0-2]|0?[1-9]|[a-z]{3})[/_-](?P<day>3[01]|[12]\d|0?[1-9])"
    r"|[/_-]?(?P<tight_month>1[0-2]|0[1-9])(?P<tight_day>3[01]|[12]\d|0[1-9]))(?!\d)",
    re.IGNORECASE,
)
_TWO_READINGS = re.compile(r"\b([0-3]?\d)[/.]([0-3]?\d)[/.](?:20)?\d\d\b")


class DayOrder(StrEnum):
    """Which of the numbers in "05/04/2017" is the day."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


class Label(StrEnum):
    """What the words before a date say that it is."""

    PUBLISHED = "published"
    UPDATED = "updated"
    NONE = ""


class WrittenDate(NamedTuple):
    """A date as written at `text[start:end]`; `other` is its second reading where the order is open."""

    start: int
    end: int
    moment: Moment
    label: Label
    other: date | None = None


def find_dates(text: str, order: DayOrder | None = None) -> list[WrittenDate]:
    """All dates that are written out in `text` with a year, in order of place, none overlapping another."""
    found: list[WrittenDate] = []
    taken = bytearray(len(text))
    for form in _FORMS:
        for match in form.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            written = _written_date(text, match, order)
            if written is not None:
                found.append(written)
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return sorted(found)


def day_order(text: str) -> DayOrder | None:
    """What the numeric dates of a text say about their order, if they agree."""
    orders = set()
    for match in _TWO_READINGS.finditer(text):
        first_is_day, second_is_day = int(match[1]) > 12, int(match[2]) > 12
        if first_is_day != second_is_day:
            orders.add(DayOrder.DAY_FIRST if first_is_day else DayOrder.MONTH_FIRST)
    return orders.pop() if len(orders) == 1 else None


def date_in_address(url: str) -> Moment | None:
    """The day that an address carries (/2017/04/19/, /2017/apr/19/, -20170419), if it carries one."""
    match = _IN_ADDRESS.search(url)
    if match is None:
        return None
    month = (match["month"] or match["tight_month"]).lower()
    number = int(month) if month.isdigit() else MONTHS.index(month) + 1 if month in MONTHS else 0
    day = _day(int(match["year"]), number, int(match["day"] or match["tight_day"]))
    if day is None:
        return None
    evidence = Evidence("the address", match.group())
    return Moment(datetime(day.year, day.month, day.day), Precision.DAY, evidence)


def settle(written: WrittenDate, known_days: Iterable[date]) -> WrittenDate:
    """Take the second reading of an open date if one of `known_days` is exactly that."""
    if written.other is None or written.other not in set(known_days):
        return written
    value = datetime.combine(written.other, written.moment.value.time())
    return written._replace(moment=written.moment._replace(value=value), other=None)


def _written_date(text: str, match: re.Match[str], order: DayOrder | None) -> WrittenDate | None:
    parts = match.groupdict()
    year = _full_year(int(parts["year"]))
    month, day, other = _month_and_day(parts, year, order)
    if _day(year, month, day or 1) is None:
        return None
    hour, minute = _clock(text, match) if day else (None, 0)
    precision = Precision.MONTH if not day else Precision.DAY if hour is None else Precision.MINUTE
    value = datetime(year, month, day or 1, hour or 0, minute)
    start = max(0, match.start() - _LOOK_BACK_FOR_LABEL)
    label = _label(text[start : match.start()])
    evidence = Evidence("written in the text", _printed(text, match, label))
    return WrittenDate(match.start(), match.end(), Moment(value, precision, evidence), label, other)


def _month_and_day(
    parts: dict[str, str | None], year: int, order: DayOrder | None
) -> tuple[int, int, date | None]:
    """Month, day (0: not said) and the second reading of a date in numbers."""
    name, day = parts.get("month_name"), int(parts.get("day") or 0)
    if name:
        return MONTHS.index(name[:3].lower()) + 1, day, None
    if parts.get("month"):
        return int(parts["month"] or 0), day, None
    first, second = int(parts["first"] or 0), int(parts["second"] or 0)
    if first > 12 or second > 12:
        return (second, first, None) if first > 12 else (first, second, None)
    if order is DayOrder.MONTH_FIRST:
        return first, second, None
    open_to = order is None and first != second
    return second, first, _day(year, first, second) if open_to else None


def _clock(text: str, match: re.Match[str]) -> tuple[int | None, int]:
    """Hour (None: not said) and minute printed behind or before the date."""
    said = match.groupdict()
    if not (said.get("minute") or said.get("half")):  # a bare number behind a date is no clock
        before = _CLOCK_BEFORE.search(text[max(0, match.start() - _LOOK_BACK_FOR_CLOCK) : match.start()])
        if before is None:
            return None, 0
        said = before.groupdict()
    hour, half = int(said["hour"] or 0), (said.get("half") or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return (hour, int(said.get("minute") or 0)) if hour < 24 else (None, 0)


def _label(before: str) -> Label:
    labels = list(_LABEL.finditer(before))
    if not labels:
        return Label.NONE
    return Label.UPDATED if labels[-1]["updated"] else Label.PUBLISHED


def _printed(text: str, match: re.Match[str], label: Label) -> str:
    printed = text[match.start() : match.end()].strip(" ,|•·–-")
    return f"{label.value}: {printed}" if label else printed


def _full_year(year: int) -> int:
    """Two-digit years: newspapers that print them on the web are of this century, archives of the last."""
    if year >= 100:
        return year
    return year + (2000 if year < 70 else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
