"""What stands around the heading of a page: where readers look for its author and its day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from archive.text.dates import find_dates
from archive.text.types import Evidence, Moment, Precision

_BEFORE = 4  # pieces of text before the heading
_BEHIND = 60  # and behind it, unless the body begins sooner
_MOST_PIECES = 4_000  # of a page that are looked at for its heading
_LONG = 25  # words; a piece with more is a deck or a paragraph
_MOST_LONG = 2
_MOST_CHILDREN = 4  # elements in one that shows a headline
_LONGEST_DATE_LINE = 100  # characters
_MOST_OTHER_WORDS = 4  # in a line beside its date
_SPACES = re.compile(r"\s+")
_NOT_LETTERS = re.compile(r"[\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_UNREAD = frozenset(["script", "style", "noscript", "template", "svg", "iframe", "select", "button", "title"])
_BESIDE = frozenset(["nav", "aside", "footer"])
# In the words before or behind a date: it is the day of an update, or of something else than the page.
_OTHER_DATE = re.compile(
    r"\b(?:updated?|modified|revised|edited|reviewed|checked|verified|releas\w*|events?|due|deadline|born|died"
    r"|copyright|expires?|valid|until|through|since|season|opens?|starts?|begins?|ends?|tickets?|effective"
    r"|accessed|retrieved|register|next|comments?)\b|©",
    re.IGNORECASE,
)
# Words that stand beside a date without making its line a sentence.
_BESIDE_DATE = frozenset(
    [
        *("published", "posted", "on", "by", "at", "in", "the", "date", "time", "first", "original"),
        *("originally", "min", "mins", "minute", "minutes", "read", "reading", "am", "pm", "a", "p", "m"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"),
        *("gmt", "utc", "est", "edt", "pst", "pdt", "cet", "cest", "bst", "ist"),
    ]
)


class Piece(NamedTuple):
    """A run of text directly in an element, its spaces made one, and the run before it (no headline)."""

    element: HtmlElement
    text: str
    before: str


def opening_of(tree: HtmlElement, headline: str) -> tuple[Piece, ...]:
    """The pieces of text around the heading, in order, without it; none where the page shows no heading."""
    heading = _heading(tree, headline)
    if heading is None:
        return ()
    inside = set(heading.iter())
    pieces = list(_pieces(tree))
    places = [at for at, piece in enumerate(pieces) if piece.element in inside]
    if not places:
        return ()
    before = pieces[max(0, places[0] - _BEFORE) : places[0]]
    behind = pieces[places[-1] + 1 : places[-1] + 1 + _BEHIND]
    behind[:1] = [piece._replace(before="") for piece in behind[:1]]
    return (*before, *_until_body(behind))


def day_shown(pieces: Sequence[Piece]) -> Moment | None:
    """The first day that stands alone in a line around the heading and is that of nothing else."""
    for piece in pieces:
        if len(piece.text) > _LONGEST_DATE_LINE:
            continue
        written = find_dates(piece.text)
        if len(written) != 1 or written[0].other or not _names_day(written[0].moment):
            continue
        rest = f"{piece.text[: written[0].start]} {piece.text[written[0].end :]}"
        others = [word for word in _LETTERS.findall(rest.lower()) if word not in _BESIDE_DATE]
        if len(others) <= _MOST_OTHER_WORDS and not _OTHER_DATE.search(f"{piece.before[-30:]} {rest}"):
            moment = written[0].moment
            return moment._replace(evidence=Evidence("shown at the headline", moment.evidence.detail))
    return None


def _names_day(moment: Moment) -> bool:
    return moment.precision in (Precision.DAY, Precision.MINUTE)


def _heading(tree: HtmlElement, headline: str) -> HtmlElement | None:
    """The first heading that shows the headline; else the first element that holds it and nothing else."""
    wanted = _NOT_LETTERS.sub("", headline).lower()
    headings = list(tree.iter("h1"))
    shown = [one for one in headings if wanted and _folded(one.itertext()) == wanted]
    if shown or not wanted:
        return (shown or [None])[0]
    for element in tree.iter("h2", "h3", "legend", "strong", "p", "div"):
        if len(element) < _MOST_CHILDREN and _folded(_beginning(element, 3 * len(headline) + 20)) == wanted:
            return element
    return headings[0] if len(headings) == 1 else None


def _beginning(element: HtmlElement, most: int) -> Iterator[str]:
    """The text of an element; of a long one not much more than the beginning, which is no headline."""
    length = 0
    for text in element.itertext():
        yield text
        length += len(text)
        if length > most:
            return


def _folded(texts: Iterable[str]) -> str:
    return _NOT_LETTERS.sub("", "".join(texts)).lower()


def _pieces(tree: HtmlElement) -> Iterator[Piece]:
    """Runs of text in the order of reading, without what is not shown and what stands beside the article."""
    skipped = count = 0
    before = ""
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        unread = element.tag in _UNREAD or element.tag in _BESIDE
        skipped += (1 if event == "start" else -1) if unread else 0
        if skipped:
            continue
        holder = element if event == "start" else element.getparent()
        text = _line((element.text if event == "start" else element.tail) or "")
        if not text or holder is None:
            continue
        count += 1
        if count > _MOST_PIECES:
            return
        yield Piece(holder, text, before)
        before = text


def _until_body(pieces: Sequence[Piece]) -> Iterator[Piece]:
    long = 0
    for piece in pieces:
        long += len(piece.text.split()) >= _LONG
        if long == _MOST_LONG:
            return
        yield piece


def _line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
