"""The values that flow through the archive, from the bytes of a file to aligned passages.

Every value is frozen. Every position is a character offset into the text it belongs to, counted in
Python characters (code points), `start` included and `end` excluded. "Body" is the clean text of an
article: paragraphs joined by one blank line. "Raw" is the decoded text that the body was taken from.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of text: `text[start:end]`."""

    start: int
    end: int


class Evidence(NamedTuple):
    """Why something is believed, in words that a curator understands.

    `rule` names what found it ("title before the name", "authority file", "judgement 12");
    `detail` gives the words or the comparison; `start`/`end` say where they stand in the body, if anywhere.
    """

    rule: str
    detail: str
    start: int | None = None
    end: int | None = None


# --- reading -----------------------------------------------------------------------------------------


class RawFile(NamedTuple):
    """One file as it came: its path relative to what was imported, and its bytes."""

    path: str
    data: bytes


class Precision(StrEnum):
    """How exactly a moment is known."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Moment(NamedTuple):
    """A date or time as printed (naive wall-clock time), how exactly it is known and from where."""

    value: datetime
    precision: Precision
    evidence: Evidence


class Facts(NamedTuple):
    """What is known of an article from outside its text: `sources.csv`, or fields of its format.

    Empty strings and None mean "not said". `known_from` says who says so, for the evidence shown.
    `extracted` says that the text is the body already, as markup marked it: only what is furniture for
    certain is taken out of it.
    """

    headline: str = ""
    authors: tuple[str, ...] = ()
    outlet: str = ""
    outlet_short: str = ""
    domain: str = ""
    url: str = ""
    published: Moment | None = None
    updated: Moment | None = None
    language: str = ""
    known_from: str = ""
    extracted: bool = False


class RawArticle(NamedTuple):
    """One article's text as found in a file, decoded, with line ends normalised to "\\n"."""

    text: str
    block: int  # 1 for the first article of a file
    byte_start: int
    byte_end: int
    encoding: str
    facts: Facts = Facts()
    note: str = ""  # what a curator should know of how it was read, as a sentence


class Rejection(NamedTuple):
    """A part of a file that could not be read, and the reason in one sentence with the mend."""

    reason: str
    block: int
    byte_offset: int


class Reading(NamedTuple):
    """All that was found in one file, in the order of the file: nothing is left unaccounted for."""

    format: str  # what the file was taken for: "text", "html", "json lines" ...
    articles: tuple[RawArticle, ...]
    rejections: tuple[Rejection, ...]


class Part(NamedTuple):
    """A piece of a file that is kept for itself: the whole of a short file, or some rows of a long one.

    `data` are the bytes from `start` on; the positions in `reading` count from the beginning of the file.
    `alone` says that the file is one article, so that what is known of the file is true of the article.
    """

    data: bytes
    start: int
    reading: Reading
    alone: bool = False


# --- cleaning ----------------------------------------------------------------------------------------


class Segment(NamedTuple):
    """`body[body_start:body_start + length]` is `raw[raw_start:raw_start + length]`, letter for letter."""

    body_start: int
    raw_start: int
    length: int


class RemovedKind(StrEnum):
    """What a stretch of the raw text was taken for when it did not become body."""

    HEADLINE = "headline"
    DUPLICATE_HEADLINE = "duplicate headline"
    DECK = "deck"
    BYLINE = "byline"
    DATE = "date"
    MENU = "menu"
    SHARE_BAR = "share bar"
    ICON_NAMES = "icon names"
    CAPTION = "caption"
    CREDIT = "credit"
    AUTHOR_NOTE = "author note"
    RELATED_LINK = "related link"
    ADVERTISEMENT = "advertisement"
    PROMOTION = "promotion"
    COOKIE_TEXT = "cookie text"
    OTHER = "other"


class Removed(NamedTuple):
    """A stretch of the raw text that is not body: where, what it was taken for, and why (a sentence)."""

    start: int
    end: int
    kind: RemovedKind
    reason: str


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    SUBHEADING = "subheading"


class Block(NamedTuple):
    """A paragraph or subheading of the body. Blocks are in order and joined by one blank line."""

    start: int
    end: int
    kind: BlockKind


class CleanArticle(NamedTuple):
    """An article as a reader wants it, every part traceable to the raw text.

    `captions` and `credits` are the texts of removed captions and photo credits, kept apart.
    `agencies` are the agencies credited in the byline or named as the report's source, by their
    full or usual name ("Reuters", "AP").
    """

    headline: str
    deck: str
    body: str
    blocks: tuple[Block, ...]
    segments: tuple[Segment, ...]
    removed: tuple[Removed, ...]
    captions: tuple[str, ...]
    credits: tuple[str, ...]
    authors: tuple[str, ...]
    agencies: tuple[str, ...]
    dateline: str
    published: Moment | None
    updated: Moment | None
    language: str

    @property
    def subheadings(self) -> tuple[str, ...]:
        return tuple(self.body[b.start : b.end] for b in self.blocks if b.kind is BlockKind.SUBHEADING)


# --- names -------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """What a name names."""

    PERSON = "person"
    ORGANISATION = "organisation"


class Mention(NamedTuple):
    """A name as printed at one place of the body. `score` is between 0 and 1; under .5 nothing is emitted."""

    start: int
    end: int
    kind: Kind
    score: float
    evidence: tuple[Evidence, ...]
    recogniser: str


class Link(NamedTuple):
    """To whom a mention refers, inside its own article.

    `key` is the normal form under which the name is known across articles ("ayad allawi",
    "islamic state"), or None where nothing but a lone, never introduced name is known: silence beats
    a wrong link. `local` is the folded lone name then ("mahmoud"): it names somebody inside this
    article only. `name` is the fullest printed or authority form, for display.
    """

    mention: Mention
    key: str | None
    local: str
    name: str
    evidence: Evidence
    candidates: tuple[str, ...] = ()


# --- quotations and figures --------------------------------------------------------------------------


class QuoteKind(StrEnum):
    DIRECT = "direct"  # a whole statement in marks
    MIXED = "mixed"  # some words in marks inside a reported statement
    BLOCK = "block"  # a paragraph announced by "Kelly said:", often without marks


class Quote(NamedTuple):
    """Quoted words: one stretch, marks included, with who says them as printed beside it.

    `spoken` are the spans of the words themselves, without marks. `speaker` is the span of the printed
    source ("Allawi", "he"), `speaker_mention` the index of the mention it refers to in the list that was
    given, both None where it is unsure. `verb` is the span of the verb or cue.
    """

    start: int
    end: int
    kind: QuoteKind
    spoken: tuple[Span, ...]
    speaker: Span | None
    speaker_mention: int | None
    verb: Span | None
    evidence: Evidence


class FigureKind(StrEnum):
    COUNT = "count"
    PERCENT = "percent"
    MONEY = "money"
    MEASURE = "measure"  # with a physical unit: length, area, weight, time span
    AGE = "age"
    DATE = "date"
    RANK = "rank"  # first, 14th
    OTHER = "other"


class Hedge(StrEnum):
    EXACT = ""
    ABOUT = "about"
    MORE = "more than"
    LESS = "less than"
    AT_LEAST = "at least"
    AT_MOST = "at most"


class Figure(NamedTuple):
    """A number as printed, hedge and unit included ("less than 30,000 square kilometres").

    `low` and `high` are equal unless a range is printed. `unit` is the singular normal form
    ("percent", "square kilometre", "dollar", ""). `counted` are the words that say what is counted
    ("victims"), with their span.
    """

    start: int
    end: int
    kind: FigureKind
    low: float
    high: float
    unit: str
    hedge: Hedge
    counted: str
    counted_span: Span | None
    evidence: Evidence
