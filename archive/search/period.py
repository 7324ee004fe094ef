"""Days, months and years as a visitor writes them: 2017-04-18, 2017-04, 2017."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")


class Period(NamedTuple):
    """From the first moment on, to before the end (which may be past what a date can hold: then None)."""

    start: datetime
    end: datetime | None


def period(written: str) -> Period:
    """The day, month or year that was written.

    Raises:
        ValueError: if it is none; the message says how to write one.
    """
    found = _WRITTEN.fullmatch(written.strip())
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        start = datetime(year, month or 1, day or 1, tzinfo=UTC)
    except ValueError:
        mend = "write a day as 2017-04-18, a month as 2017-04 or a year as 2017"
        raise ValueError(f"“{written.strip()[:40]}” is no date: {mend}.") from None
    if day:
        length = 1
    elif month:
        length = calendar.monthrange(year, month)[1]
    else:
        length = 366 if calendar.isleap(year) else 365
    return Period(start, _after(start, length))


def _after(start: datetime, days: int) -> datetime | None:
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def months_between(first: datetime, last: datetime, most: int) -> list[datetime]:
    """The beginnings of the months from that of `first` to that of `last`, at most so many."""
    begin = first.year * 12 + first.month - 1
    count = last.year * 12 + last.month - begin
    return [
        datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)
        for number in range(begin, begin + min(max(count, 0), most))
    ]
