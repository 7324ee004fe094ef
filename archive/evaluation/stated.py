"""What a labelled page states: a label that stands nowhere on it says nothing about how it is read."""

from __future__ import annotations

import calendar
import re
from datetime import date

from archive.text.formats.fragments import text_of

_MONTHS = [calendar.month_name[number].lower() for number in range(1, 13)]
# In the markup or the words before a day: what it is the day of; the last of them counts.
_LABEL = re.compile(
    r"(?P<updated>updat|modif|revis|edited|review)|publish|posted|issued|created", re.IGNORECASE
)
_LABEL_BEFORE = 60  # characters
_NOT_LETTERS = re.compile(r"[\W_]+")


def states_day(page: str, day: date) -> bool:
    """Whether a page writes a day in its markup or in words.

    A day that it calls one of an update somewhere, and nowhere one of publication, is an update's wherever it
    stands.
    """
    month = _MONTHS[day.month - 1]
    named = rf"(?:{month}|{month[:3]}|sept?)\.?" if day.month == 9 else rf"(?:{month}|{month[:3]})\.?"
    number = rf"0?{day.day}(?:st|nd|rd|th)?"
    forms = (
        rf"{day:%Y-%m-%d}",
        rf"{day:%Y/%m/%d}",
        rf"{named}\s+{number},?\s+{day.year}",
        rf"{number},?\s+{named},?\s+{day.year}",
        rf"0?{day.month}/0?{day.day}/(?:{day.year}|{day:%y})",
        rf"0?{day.day}[/.]0?{day.month}[/.]{day.year}",
    )
    places = (
        match.start() for form in forms for match in re.finditer(rf"(?<!\d){form}(?!\d)", page, re.IGNORECASE)
    )
    labels = [_label(page[max(0, place - _LABEL_BEFORE) : place]) for place in places]
    return "published" in labels or ("" in labels and "updated" not in labels)


def _label(before: str) -> str:
    labels = list(_LABEL.finditer(before))
    if not labels:
        return ""
    return "updated" if labels[-1]["updated"] else "published"


def states_author(page: str, author: str, outlet: str) -> bool:
    """Whether a page shows the name of an author who is not merely the site itself.

    Args:
        page: its HTML.
        author: the labelled name.
        outlet: the name of the site.
    """
    wanted = _folded(author)
    site = _folded(outlet) + _folded(" ".join(re.findall(r"<title[^>]*>([^<]*)", page, re.IGNORECASE)))
    return wanted in _folded(text_of(page)) and wanted not in site


def _folded(text: str) -> str:
    return _NOT_LETTERS.sub("", text).lower()
