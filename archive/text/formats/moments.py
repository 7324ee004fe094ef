"""Dates as machines write them, in fields and markup: ISO 8601, RFC 2822, seconds since 1970, or printed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from archive.text.dates import DayOrder, find_dates
from archive.text.types import Evidence, Moment, Precision

LONGEST_DATE = 200  # characters
EARLIEST_YEAR = 1600  # no newspaper is older
LATEST_YEAR = 2200
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-?(?P<month>\d\d)(?:-?(?P<day>\d\d)"
    r"(?:[T ]\s?(?P<hour>\d\d):?(?P<minute>\d\d)(?::?\d\d(?:[.,]\d+)?)?"
    r"\s*(?:Z|UTC|GMT|[+-]\d\d:?\d{0,2})?)?)?)?",
    re.IGNORECASE,
)
_SECONDS = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")


def moment_of(value: str, field: str, order: DayOrder | None = None) -> Moment | None:
    """The moment that the value of a field says, in printed wall-clock time; None if it says none.

    A time of midnight is taken for no time: sets of articles write days so. `order` settles 05/04/2017; if it
    is open the day is taken to come first, and the evidence says so.
    """
    value = value.strip()[:LONGEST_DATE]
    if not value:
        return None
    evidence = Evidence(f"field '{field}'", value)
    return (
        _iso(value, evidence)
        or _seconds(value, evidence)
        or _mail(value, evidence)
        or _printed(value, evidence, order)
    )


def _iso(value: str, evidence: Evidence) -> Moment | None:
    match = _ISO.fullmatch(value)
    if match is None:
        return None
    year, month, day, hour, minute = (int(part) if part else None for part in match.groups())
    if not _usual(year or 0):
        return None
    try:
        moment = datetime(year or 0, month or 1, day or 1, hour or 0, minute or 0)
    except ValueError:
        return None
    if day is None:
        return Moment(moment, Precision.YEAR if month is None else Precision.MONTH, evidence)
    return _to_the_minute(moment, evidence)


def _seconds(value: str, evidence: Evidence) -> Moment | None:
    if not _SECONDS.fullmatch(value):
        return None
    number = float(value) / (1000 if len(value) > 11 and "." not in value else 1)
    return _to_the_minute(datetime.fromtimestamp(number, UTC).replace(tzinfo=None), evidence)


def _mail(value: str, evidence: Evidence) -> Moment | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _to_the_minute(moment.replace(tzinfo=None), evidence) if _usual(moment.year) else None


def _printed(value: str, evidence: Evidence, order: DayOrder | None) -> Moment | None:
    found = find_dates(value, order)
    if not found:
        return None
    written = found[0]
    if written.other:
        doubt = f"{value} (or {written.other:%d %B %Y}: day and month are not told apart)"
        evidence = evidence._replace(detail=doubt)
    return written.moment._replace(evidence=evidence)


def _to_the_minute(moment: datetime, evidence: Evidence) -> Moment:
    midnight = (moment.hour, moment.minute) == (0, 0)
    value = moment.replace(second=0, microsecond=0)
    return Moment(value, Precision.DAY if midnight else Precision.MINUTE, evidence)


def _usual(year: int) -> bool:
    return EARLIEST_YEAR <= year <= LATEST_YEAR
