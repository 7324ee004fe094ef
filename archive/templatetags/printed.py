"""Dates as exactly as they are known, and counts that say what they count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django import template
from django.utils.dateformat import format as format_date

from archive.text.types import Precision

register = template.Library()

_SHORT = {
    Precision.MINUTE: "j M Y, H:i",
    Precision.DAY: "j M Y",
    Precision.MONTH: "M Y",
    Precision.YEAR: "Y",
}
_LONG = {
    Precision.MINUTE: "j F Y, H:i",
    Precision.DAY: "j F Y",
    Precision.MONTH: "F Y",
    Precision.YEAR: "Y",
}
_NO_DATE = "no date known"


class Dated(Protocol):
    """Something with a date of publication and how exactly it is known."""

    published: datetime | None
    published_precision: str


class Sized(Protocol):
    """A number that may be estimated from a sample, or not known."""

    number: int
    sample: int
    cut: bool


@register.filter
def when(article: Dated) -> str:
    """The date as exactly as it is known: "18 Apr 2017, 09:49", "Apr 2017"."""
    return _written(article, _SHORT)


@register.filter
def when_in_full(article: Dated) -> str:
    """The same with the month written out: "18 April 2017, 09:49"."""
    return _written(article, _LONG)


@register.filter
def counted(number: int, noun: str) -> str:
    """A number with what it counts: "1 article", "1,204 articles"; "person,people" gives both forms."""
    one, _, many = noun.partition(",")
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@register.filter
def sized(size: Sized, noun: str) -> str:
    """How many there are: "162 articles", "about 21,000 articles" (estimated), "some articles" (unknown)."""
    if size.cut:
        return counted(2, noun).replace("2", "some", 1)
    return f"about {counted(rounded(size.number), noun)}" if size.sample else counted(size.number, noun)


@register.filter
def number(count: int, sample: int) -> str:
    """A number; with the sign of an estimate if it was made from a sample."""
    return f"≈ {rounded(count):,}" if sample else f"{count:,}"


@register.filter
def rounded(count: int) -> int:
    """An estimate as exactly as it can be trusted: two digits."""
    unit = 10 ** max(0, len(str(count)) - 2)
    return round(count / unit) * unit


@register.filter
def nth(row: Sequence[object], place: int) -> object:
    """What stands at a place of a row, counted from 0."""
    return row[place]


@register.simple_tag
def days(first: datetime | None, last: datetime | None) -> str:
    """From the first to the last day, what they share said once: "18–19 April 2017"."""
    if first is None or last is None:
        return _NO_DATE
    end = format_date(last, "j F Y")
    if first.date() == last.date():
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    begin = format_date(first, "j F" if first.year == last.year else "j F Y")
    return f"{begin} – {end}"


def _written(article: Dated, forms: dict[Precision, str]) -> str:
    if article.published is None or not article.published_precision:
        return _NO_DATE
    return format_date(article.published, forms[Precision(article.published_precision)])
