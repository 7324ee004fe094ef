"""Quotation marks: which stretches of a body stand in marks, whatever marks were typed.

Curly, straight and angle double marks, two apostrophes typed for one double mark, British single marks;
marks inside marks; an opening or a closing mark that is missing; a quotation that goes on over several
paragraphs and opens anew in each. One pass over each paragraph: the time is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from archive.text.types import Span


class Stretch(NamedTuple):
    """Words in marks: `start`/`end` with the marks, `inner` without them.

    `opened` and `closed` say whether that mark is printed; `double` whether the marks are double ones.
    """

    start: int
    end: int
    inner: Span
    opened: bool
    closed: bool
    double: bool


class _Turn(Enum):
    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "either"


class _Mark(NamedTuple):
    start: int
    end: int
    turn: _Turn


_PARAGRAPH = re.compile(r"[^\n]+")
# "''" and "``" are what a typewriter and old wire feeds print for a double mark.
_DOUBLE = re.compile(r"[\"“”„‟«»]|(?<!')''(?!')|``")
# The values of markup that was left in a text stand in marks too, but nobody says them.
_MARKUP = re.compile(r"</?[a-zA-Z][^<>\n]{0,2000}>")
_BEFORE_OPENING = frozenset(" \t\u00a0\u2009\u202f([{-–—/'‘“\"…:*>|")
_AFTER_CLOSING = frozenset(" \t\u00a0\u2009\u202f,.;:?!)]}-–—…'’”\"/*<|")
_SINGLE_OPENING = re.compile(r"(?<![\w'’‘\"”.])['‘](?=[\[A-Za-z$£€…])")
_SINGLE_CLOSING = re.compile(r"(?<=[\w.,?!…%)\]])['’](?![\w'’])")
# Words that begin with an apostrophe of their own.
_CLIPPED = re.compile(r"['‘](?:em|til|tis|twas|cause|bout|round|n)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.?!…][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])")
_ENDS_STATEMENT = frozenset(",.?!…")
# A closing mark that nothing opened is believed after that many letters; before, it is a stray mark.
_SHORTEST_UNOPENED = 12
# Single marks without a comma or full stop before the second one hold a term: no longer than this.
_LONGEST_SINGLE_TERM = 80


def stretches(body: str) -> list[Stretch]:
    """All stretches of `body` that stand in marks, in order, none inside another."""
    found: list[Stretch] = []
    markup = [match.span() for match in _MARKUP.finditer(body)] if "<" in body else []
    for paragraph in _PARAGRAPH.finditer(body):
        carried = bool(found) and not found[-1].closed
        found += _of_paragraph(body, paragraph.start(), paragraph.end(), markup, carried)
    return found


def _of_paragraph(
    body: str, start: int, end: int, markup: list[tuple[int, int]], carried: bool
) -> list[Stretch]:
    doubles = _paired(body, _marks(body, start, end, markup), start, end, carried)
    singles = _singles(body, start, end)
    if not singles:
        return doubles
    return sorted(_outermost(doubles, singles))


def _marks(body: str, start: int, end: int, markup: list[tuple[int, int]]) -> list[_Mark]:
    marks: list[_Mark] = []
    for match in _DOUBLE.finditer(body, start, end):
        at = match.start()
        before = body[at - 1] if at > start else " "
        after = body[match.end()] if match.end() < end else " "
        if markup and _inside(at, markup):
            continue
        if match.group() == '"' and before.isdigit() and after.isspace() and not marks:
            continue  # inches
        marks.append(_Mark(at, match.end(), _turn(match.group(), before, after)))
    return marks


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    index = bisect_left(spans, (at, 0))
    return index > 0 and spans[index - 1][1] > at


def _turn(mark: str, before: str, after: str) -> _Turn:
    may_open = before in _BEFORE_OPENING and not after.isspace()
    may_close = not before.isspace() and after in _AFTER_CLOSING
    if mark in "“„‟«``":
        return _Turn.CLOSES if may_close and not may_open else _Turn.OPENS
    if mark in "”»":
        return _Turn.OPENS if may_open and not may_close else _Turn.CLOSES
    if may_open is may_close:
        return _Turn.EITHER
    return _Turn.OPENS if may_open else _Turn.CLOSES


def _paired(body: str, marks: list[_Mark], start: int, end: int, carried: bool) -> list[Stretch]:
    """Opening marks with their closing ones; what is missing is supplied from the paragraph's edges."""
    found: list[Stretch] = []
    opened: _Mark | None = None
    depth = 0
    for index, mark in enumerate(marks):
        if opened is None:
            if mark.turn is not _Turn.CLOSES:
                opened = mark
            elif not found and mark.start - start > _SHORTEST_UNOPENED:
                begin = start if carried else _sentence_start(body, start, mark.start)
                found.append(Stretch(begin, mark.end, Span(begin, mark.start), False, True, True))
        elif mark.turn is _Turn.OPENS:
            if _closes_twice(marks, index):
                depth += 1
            else:
                found += _unclosed(body, opened, mark.start)
                opened, depth = mark, 0
        elif depth:
            depth -= 1
        else:
            found += _closed(opened, mark)
            opened = None
    return found + (_unclosed(body, opened, end) if opened else [])


def _closes_twice(marks: list[_Mark], index: int) -> bool:
    """Whether the mark at `index` opens words inside quoted words: two closing marks follow it."""
    return len(marks) > index + 2 and all(m.turn is not _Turn.OPENS for m in marks[index + 1 : index + 3])


def _closed(opened: _Mark, mark: _Mark) -> list[Stretch]:
    if mark.start <= opened.end:
        return []
    return [Stretch(opened.start, mark.end, Span(opened.end, mark.start), True, True, True)]


def _unclosed(body: str, opened: _Mark, limit: int) -> list[Stretch]:
    end = limit
    while end > opened.end and body[end - 1].isspace():
        end -= 1
    if end == opened.end:
        return []
    return [Stretch(opened.start, end, Span(opened.end, end), True, False, True)]


def _sentence_start(body: str, start: int, before: int) -> int:
    last = start
    for match in _SENTENCE_END.finditer(body, start, before):
        last = match.end()
    while last < before and body[last].isspace():
        last += 1
    return last


# --- single marks --------------------------------------------------------------------------------


def _singles(body: str, start: int, end: int) -> list[Stretch]:
    """Stretches in single marks. An apostrophe looks like a closing mark, so a comma, full stop or the
    like must stand before it unless the words are few."""
    openings = [
        m.start() for m in _SINGLE_OPENING.finditer(body, start, end) if not _CLIPPED.match(body, m.start())
    ]
    if not openings:
        return []
    closings = [m.start() for m in _SINGLE_CLOSING.finditer(body, start, end)]
    found: list[Stretch] = []
    for opening, following in pairwise([*openings, end]):
        if found and opening < found[-1].end:
            continue
        reach = slice(bisect_left(closings, opening), bisect_left(closings, following))
        closing = _closing(body, closings[reach], opening)
        if closing is not None:
            found.append(Stretch(opening, closing + 1, Span(opening + 1, closing), True, True, False))
    return found


def _closing(body: str, closings: list[int], opening: int) -> int | None:
    for closing in closings:
        if body[closing - 1] in _ENDS_STATEMENT:
            return closing
    if closings and closings[0] - opening <= _LONGEST_SINGLE_TERM:
        return closings[0]
    return None


def _outermost(doubles: list[Stretch], singles: list[Stretch]) -> list[Stretch]:
    """Both kinds without what stands inside, or across the edge of, an earlier and longer one."""
    kept: list[Stretch] = []
    for stretch in sorted([*doubles, *singles], key=lambda s: (s.start, -s.end)):
        if not kept or stretch.start >= kept[-1].end:
            kept.append(stretch)
        elif stretch.double and stretch.end > kept[-1].end:
            kept[-1] = stretch
    return kept
