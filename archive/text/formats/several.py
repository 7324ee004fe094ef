"""Where one text file holds several articles: form feeds, rules, "Document 3 of 40", headlines with dates.

A cut needs a sign and, on both sides, what an article has: a page with menus, related headlines and dates
must stay one piece, for half an article helps nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from archive.text.bylines import begins_like_byline
from archive.text.dates import find_dates
from archive.text.types import Span

LEAST_WORDS = 40  # of a piece between rules or form feeds; a headline and its first paragraph have more
LEAST_WORDS_NUMBERED = 15  # of a piece under a header that counts the documents
LEAST_WORDS_UNMARKED = 55  # of a piece that only its headline and date set apart
LEAST_PROSE_LINES = 2  # in such a piece: lines of at least PROSE words
PROSE = 12  # words
LONGEST_HEADLINE, SHORTEST_HEADLINE = 20, 3  # words
LONGEST_DATE_LINE, MOST_WORDS_BESIDE_A_DATE = 100, 12  # "By Ann Lee, Staff Writer | April 3, 2017 9:49 pm"
MOST_LINES_TO_DATE = 4  # below a headline, in which its date or byline stands
MOST_LINES_OF_MENU = 12  # of a page between form feeds, before its headline
LEAST_RULE = 5  # marks; three make a Markdown rule inside an article
_MARKDOWN_RULES = frozenset({"---", "***", "___", "* * *", "- - -"})
_TOP_HEADING = re.compile(r"#[ \t]+\S")
_DAY = re.compile(
    r"(?:.{2,40}, ?)?(?:\d{1,2}\.? (?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december)|(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?) \d{1,2})",
    re.IGNORECASE,
)
_RULE_MARKS = frozenset("-=_*#~+—–")
_NUMBERED = re.compile(
    r"\W{0,5}(?:(?:document|doc\.?|article|story|item|record|result)\s{1,3}#?\d{1,6}(?:\s{0,3}(?:of|/)\s{0,3}\d{1,6})?"
    r"|#?\d{1,6}\s{1,3}of\s{1,3}\d{1,6}\s{1,3}(?:documents?|articles?|stories|results?|records?))\W{0,5}",
    re.IGNORECASE,
)
# Lines that end, and lines that begin, a document of a press database.
_LAST_LINE = re.compile(r"Document [A-Z]{3,8}0\d{5,}[0-9a-z]{5,20}|End of Document", re.IGNORECASE)
_FIRST_LINE = re.compile(r"HD(?:\s{1,20}\S.{0,300})?")
_ADDRESS_LINE = re.compile(r"(?:(?:url|source|link|address)\s?:\s?)?https?://\S{4,2000}", re.IGNORECASE)
_POSTED = re.compile(r"@\w|https?:|pic\.twitter|\bt\.co/")  # embedded posts have dates of their own
_ENDS = re.compile(r"[.!?:;,…][\"”’')\]]?$")


class _Line(NamedTuple):
    start: int
    end: int
    text: str  # without spaces around it


def split_articles(text: str) -> list[Span]:
    """The articles of a text in order, without the signs between them; one span if it is a single one."""
    lines = list(_lines(text))
    numbered = _numbered(lines)
    pieces = _pieces(text, numbered, LEAST_WORDS_NUMBERED) if len(numbered) > 1 else []
    if len(pieces) < 2:
        pieces = _pieces(text, _marked(text, lines), LEAST_WORDS)
    if len(pieces) < 2:
        pieces = _pieces(text, _unmarked(lines), LEAST_WORDS_UNMARKED)
    return pieces if len(pieces) > 1 else [Span(0, len(text))]


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        yield _Line(start, start + len(line), line.strip())
        start += len(line) + 1


def _numbered(lines: Sequence[_Line]) -> list[Span]:
    """Headers that count documents, and lines that end or begin them."""
    headers = [
        Span(line.start, line.end) for line in lines if len(line.text) < 60 and _NUMBERED.fullmatch(line.text)
    ]
    if len(headers) > 1:
        return headers
    ends = [Span(line.start, line.end) for line in lines if _LAST_LINE.fullmatch(line.text)]
    return ends or [Span(line.start, line.start) for line in lines if _FIRST_LINE.fullmatch(line.text)]


def _marked(text: str, lines: Sequence[_Line]) -> list[Span]:
    """Form feeds and rules behind which an article begins."""
    found: list[Span] = []
    filled = [index for index, line in enumerate(lines) if line.text and not _is_rule(line.text)]
    if filled and _TOP_HEADING.match(lines[filled[0]].text):
        found += _ruled_headings(lines, filled[0])
    if filled and _ADDRESS_LINE.fullmatch(lines[filled[0]].text):
        found += _addresses(lines, filled[0])
    if not filled or not (_opens(lines[filled[0] : filled[0] + 8]) or _opens_page(lines[filled[0] :])):
        return sorted(found)
    for index, line in enumerate(lines):
        if "\f" in text[line.start : line.end]:
            place = text.rindex("\f", line.start, line.end)
            rest = text[place + 1 : line.end].strip()
            below = [_Line(place + 1, line.end, rest), *lines[index + 1 : index + 8]]
            sign = Span(place, place + 1)
        elif _is_rule(line.text) and not _underlines(lines, index):
            below = list(lines[index + 1 : index + 8])
            sign = Span(line.start, line.end)
        else:
            continue
        page = text[sign.start] == "\f" and _opens_page([below[0], *lines[index + 1 :]])
        if (_opens(below) or page) and _prose_follows(lines, index):
            found.append(sign)
    return sorted(found)


def _opens_page(lines: Sequence[_Line]) -> bool:
    """Whether a page with some lines of menu before its headline begins here: a date stands below that."""
    return any(
        _opens(lines[at : at + 8], with_date=True) for at in range(min(MOST_LINES_OF_MENU, len(lines)))
    )


def _addresses(lines: Sequence[_Line], first: int) -> list[Span]:
    """Addresses alone in their lines, each above a headline, in a file that begins with one."""
    return [
        Span(line.start, line.start)
        for index, line in enumerate(lines)
        if index > first
        and _ADDRESS_LINE.fullmatch(line.text)
        and _headline_below(lines, index)
        and _prose_follows(lines, index)
    ]


def _headline_below(lines: Sequence[_Line], index: int) -> bool:
    below = next((line.text for line in lines[index + 1 : index + 4] if line.text), "")
    return _is_headline(below)


def _ruled_headings(lines: Sequence[_Line], first: int) -> list[Span]:
    """Markdown rules before a heading of the first rank, in a file that begins with such a heading."""
    found = []
    for index in range(first + 1, len(lines)):
        if lines[index].text not in _MARKDOWN_RULES:
            continue
        below = next((line.text for line in lines[index + 1 : index + 4] if line.text), "")
        if _TOP_HEADING.match(below) and _prose_follows(lines, index):
            found.append(Span(lines[index].start, lines[index].end))
    return found


def _unmarked(lines: Sequence[_Line]) -> list[Span]:
    """Headlines with a date below them, behind a blank line and prose; the file must begin with one, too."""
    filled = [index for index, line in enumerate(lines) if line.text]
    if not filled or not _opens(lines[filled[0] : filled[0] + 8], with_date=True):
        return []
    found = []
    prose = 0  # lines of prose since the last headline
    for before, index in pairwise(filled):
        line = lines[index]
        prose += len(lines[before].text.split()) >= PROSE
        if index - before < 2 or prose < LEAST_PROSE_LINES:
            continue
        below = lines[index : index + 8]
        if _opens(below, with_date=True) and _prose_follows(lines, index):
            found.append(Span(line.start, line.start))
            prose = 0
    return found


def _opens(below: Sequence[_Line], with_date: bool = False) -> bool:
    """Whether an article begins here: a headline, alone in its paragraph or with a date or byline below."""
    filled = [line.text for line in below if line.text and not _is_rule(line.text)]
    if not filled or not _is_headline(filled[0]):
        return False
    credited = any(_is_date(line) for line in filled[1 : 1 + MOST_LINES_TO_DATE])
    if with_date:
        return credited
    signed = any(begins_like_byline(line) for line in filled[1 : 1 + MOST_LINES_TO_DATE])
    signed |= any(len(line) < LONGEST_DATE_LINE and _DAY.fullmatch(line) for line in filled[1:2])
    first = next(index for index, line in enumerate(below) if line.text and not _is_rule(line.text))
    alone = first + 1 >= len(below) or not below[first + 1].text or _is_rule(below[first + 1].text)
    return alone or credited or signed


def _prose_follows(lines: Sequence[_Line], index: int) -> bool:
    following = [line.text for line in lines[index + 1 : index + 20] if line.text]
    prose = [len(text.split()) for text in following[:8]]
    return sum(words >= PROSE for words in prose) >= LEAST_PROSE_LINES or max(prose, default=0) >= LEAST_WORDS


def _is_headline(text: str) -> bool:
    words = text.lstrip("# ").split()
    if not SHORTEST_HEADLINE <= len(words) <= LONGEST_HEADLINE or text[:1].islower():
        return False
    if _POSTED.search(text) or text.startswith(("* ", "- ", "[", "|", ">")):
        return False
    return not _ENDS.search(text.rstrip("*_# ")) and not _is_date(text)


def _is_date(text: str) -> bool:
    short = len(text) < LONGEST_DATE_LINE and len(text.split()) <= MOST_WORDS_BESIDE_A_DATE
    return short and not _POSTED.search(text) and bool(find_dates(text))


def _is_rule(text: str) -> bool:
    marks = set(text) - {" "}
    return len(marks) == 1 and marks <= _RULE_MARKS and len(text.replace(" ", "")) >= LEAST_RULE


def _underlines(lines: Sequence[_Line], index: int) -> bool:
    """Whether a rule stands right below a headline, as Markdown has it."""
    above = lines[index - 1].text if index else ""
    free = index < 2 or not lines[index - 2].text or _is_rule(lines[index - 2].text)
    return bool(above) and free and _is_headline(above)


def _pieces(text: str, signs: Sequence[Span], least_words: int) -> list[Span]:
    """The stretches between signs; what has too few words belongs to the piece before, or to the next."""
    starts = [0, *(sign.end for sign in signs)]
    ends = [*(sign.start for sign in signs), len(text)]
    pieces: list[Span] = []
    waiting: int | None = None  # where a first piece with too few words begins
    for start, end in zip(starts, ends, strict=True):
        enough = len(text[start:end].split()) >= least_words
        if pieces and not enough:
            pieces[-1] = Span(pieces[-1].start, end)
        elif not enough:
            begun = waiting is not None or text[start:end].strip("-=_*#~+ \n\f")
            waiting = (start if waiting is None else waiting) if begun else None
        else:
            pieces.append(Span(start if waiting is None else waiting, end))
            waiting = None
    return pieces
