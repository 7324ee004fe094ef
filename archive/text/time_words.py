"""Times as printed, brought to keys that meet: "October 16", "last October" and "six months ago".

A key names a month ("d:oct"), a day ("d:oct16") or a year ("d:2014"). Words that count from the day of
writing need that day; without it they are left as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SMALL = {word: number for number, word in enumerate(_COUNTS, 1)}

_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|Mar\.?|April|Apr\.?|May|June|Jun\.?|July|Jul\.?"
    r"|Aug(?:ust|\.)?|Sept(?:ember|\.)?|Sep\.?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DATE = (
    rf"(?:\b(?P<day_before>[0-3]?\d)(?:st|nd|rd|th)? )?\b{_MONTH}(?![\w-])"
    r"(?: (?P<day_after>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:]))?(?:,? (?P<year>(?:19|20)\d\d)\b)?"
    r"|(?<![\d.,$£€-])(?P<lone_year>(?:19|20)\d\d)(?![\d,.]\d|\w|%)"
)
_COUNTED = (
    r"|\b(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\b(?P<ago>\w{1,8}) (?P<unit>month|year)s? (?:ago|earlier)\b"
    r"|\b(?P<near>yesterday|today)\b"
)
# What makes a weekday behind it one to come: "will announce on Wednesday", "until Friday", "next Monday".
_TO_COME = re.compile(
    r"\b(?:will|would|shall|won't|until|till|next|by|coming|due|(?:is|are|was|were|set|plans?|planned|wants?|hopes?|expects?|expected"
    r"|scheduled|going|intends?) to)\b[^.;:\n]{0,60}$"
)
_TO_COME_WITHIN = 90  # characters before a weekday
_TIME = re.compile(_DATE + _COUNTED)
# Without a day to count from only dates have keys; the first letter is looked at before the rest is tried.
_DATE_ALONE = re.compile(rf"(?=[\dJFMASOND])(?:{_DATE})")


class TimeWords(NamedTuple):
    """Printed words of time and their keys, the broader key first."""

    start: int
    end: int
    keys: tuple[str, ...]


def time_words(folded: str, written: date | None) -> list[TimeWords]:
    """The words of time in a folded text, in order.

    `written` is the day that "Monday", "yesterday" and "six months ago" count from.
    """
    found = []
    for match in (_TIME if written else _DATE_ALONE).finditer(folded):
        keys = tuple(_keys(match, written))
        if keys:
            found.append(TimeWords(match.start(), match.end(), keys))
    return found


def _keys(match: re.Match[str], written: date | None) -> Iterator[str]:
    if month := match["month"]:
        day = match["day_before"] or match["day_after"]
        if month == "May" and not (day or match["year"]) and _opens_question(match):
            return
        name = month[:3].lower()
        if match["year"]:
            yield f"d:{match['year']}"
        yield f"d:{name}"
        if day:
            yield f"d:{name}{int(day)}"
    elif match["lone_year"]:
        yield f"d:{match['lone_year']}"
    elif written is not None:
        yield from _counted_from(match, written)


def _counted_from(match: re.Match[str], written: date) -> Iterator[str]:
    if weekday := match["weekday"]:
        back = (written.weekday() - _WEEKDAYS.index(weekday[:3].lower())) % 7
        to_come = back and is_to_come(match.string, match.start())
        yield _day_key(written - timedelta(days=back - 7 if to_come else back))
    elif near := match["near"]:
        yield _day_key(written - timedelta(days=1 if near == "yesterday" else 0))
    elif match["ago"]:
        count = _SMALL.get(match["ago"].lower())
        if count and match["unit"] == "year":
            yield f"d:{written.year - count}"
        elif count:
            yield f"d:{MONTHS[(written.month - 1 - count) % 12]}"


def is_to_come(text: str, place: int) -> bool:
    """Whether the words before a place say that the day there is one to come."""
    return bool(_TO_COME.search(text[max(0, place - _TO_COME_WITHIN) : place]))


def _day_key(day: date) -> str:
    return f"d:{MONTHS[day.month - 1]}{day.day}"


def _opens_question(match: re.Match[str]) -> bool:
    """Whether a bare "May" stands where a sentence begins ("May he rest"), so that it is no month."""
    return match.string[max(0, match.start() - 3) : match.start()].strip()[-1:] in ("", ".", "?", "!", '"')
