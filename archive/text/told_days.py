"""The day of which an article tells, by the date in its dateline or headline or beside a weekday.

Where the day of publication is not known this is the next best: two articles that tell of days further apart
tell of two events.
"""

from __future__ import annotations

import re

from archive.text.time_words import MONTHS, is_to_come

NEAR = 4  # days; what is told of one event may be dated by its day or by that of the report
_YEAR = 365
_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_OPENING = 250  # characters in which "On May 5" is the day of the event

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DATE = (
    rf"(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})"
    rf"|(?P<month_first>{_MONTH}) (?P<day_last>[0-3]?\d)(?:st|nd|rd|th)?)(?![\d:]|[,.]\d)"
)
_DATELINE = re.compile(
    rf"[^a-z\n]{{0,40}}\b{_DATE}(?:,? \d{{4}})?(?: ?\([^)\n]{{0,30}}\))?(?: ?(?:--|-|:)| [A-Z])"
)
_BESIDE_WEEKDAY = re.compile(
    rf"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?(?: the)?|[Tt]oday) \(?{_DATE}"
)
_ANY = re.compile(rf"\b{_DATE}")
_ON = re.compile(rf"\b[Oo]n {_DATE}")


def told_day(title: str, lead: str) -> int:
    """The day of the year that headline and beginning, both folded, tell of; 0 where they print none."""
    dateline = _DATELINE.match(lead)
    if dateline:
        return _of_year(dateline)
    for pattern, text in ((_BESIDE_WEEKDAY, lead), (_ANY, title), (_ON, lead[:_OPENING])):
        for match in pattern.finditer(text):
            if not is_to_come(text, match.start()):
                return _of_year(match)
    return 0


def _of_year(match: re.Match[str]) -> int:
    month = (match["month"] or match["month_first"])[:3].lower()
    day = int(match["day"] or match["day_last"])
    return _BEFORE_MONTH[MONTHS.index(month)] + day if 1 <= day <= 31 else 0


def far_apart(one: int, other: int) -> bool:
    """Whether two days of a year are told, and lie further apart than reports of one event do."""
    days = abs(one - other)
    return bool(one and other) and min(days, _YEAR - days) > NEAR
