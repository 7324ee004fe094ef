"""A page's text cut into blocks: paragraphs, headings, menu entries, each with its place in the raw text.

Hard-wrapped lines are joined again, layout marks (list marks, Markdown) are cut off, and a page that came
as one endless line is cut at its sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from archive.text.furniture import is_gallery
from archive.text.languages import FUNCTION_WORDS
from archive.text.sentences import sentences, trim
from archive.text.types import Span

# Everything that ends a line in some format: \n, vertical tab, form feed, NEL, line and paragraph separator.
_LINE = re.compile(r"[^\n\v\f\x85\u2028\u2029]+")
_LINE_END = re.compile(r"[\n\v\f\x85\u2028\u2029]")
_BULLET = re.compile(r"(?:(?:[*+•·▪◦‣●■o»>|-]|\d{1,2}[.)])[ \t]+)+")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_LINK = re.compile(
    r"!?\[(?P<words>[^\[\]\n]{0,300})\]\((?:https?:|/|#|mailto:)[^()\s]{0,2000}(?: \"[^\"\n]{0,300}\")?\)"
)
_EMPHASIS = re.compile(
    r"(?<!\w)(?P<mark>\*\*|__|\*|_)(?=[^\s*_])(?P<words>[^*_\n]{1,500})(?<=[^\s*_])(?P=mark)(?!\w)"
)
# Zero-width spaces, soft hyphens and marks that turn the direction of writing: a reader does not see them,
# and they split words for a search or spoof what is shown. The joiners that Persian and emoji need stay.
INVISIBLE = "\u200b\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_ODD_SPACE = re.compile(rf"[\s{INVISIBLE}]{{2,}}|[^\S ]|[{INVISIBLE}]")
_WORD = re.compile(r"\S+")

# A line of a wrapped page has between 40 and 130 letters; shorter ones are menus, longer ones are whole
# paragraphs. 14 letters is the longest word that plain English news breaks a line for.
SHORTEST_FULL_LINE, LONGEST_FULL_LINE, WRAP_SLACK = 40, 130, 14
LEAST_FULL_LINES = 4
# Where more lines than this share begin small, lines were broken inside sentences, whatever their widths.
LEAST_SMALL_STARTS = 0.4
# No paragraph of the developed-on news pages is longer than 220 words; a line above it is a flattened page.
LONGEST_PARAGRAPH = 220  # words
# A text with this share of prose has no furniture worth the name: 94 of 100 articles as agencies deliver them
# reach it, and 7 of 100 dumps of web pages.
CLEAN_SHARE = 0.88
# A sentence of a flat page with more words may have a menu glued to its front.
LONGEST_CLEAN_SENTENCE = 14  # words


class TextBlock(NamedTuple):
    """One block: its text, the raw spans that the text is made of, and how it stood on the page.

    `text` is the raw text of `pieces` joined by single spaces (by nothing where no space stood between).
    `start`/`end` include layout marks that `pieces` leave out.
    """

    start: int
    end: int
    pieces: tuple[Span, ...]
    text: str
    line: int
    last_line: int
    blank_before: int
    bulleted: bool
    heading: bool
    flat: bool


class _Line(NamedTuple):
    start: int  # of the text without the space around it
    end: int
    number: int
    indent: int

    @property
    def width(self) -> int:
        return self.indent + self.end - self.start


def cut_blocks(raw: str) -> list[TextBlock]:
    """All blocks of `raw` in order; every character of it that is no white space lies in exactly one."""
    lines = list(_lines(raw))
    wrap = _wrap_of(raw, lines)
    blocks: list[TextBlock] = []
    previous_end = 0
    for group in _paragraphs(raw, lines, wrap):
        blank = max(0, group[0].number - previous_end - 1)
        blocks.extend(_blocks_of(raw, group, blank))
        previous_end = group[-1].number
    return blocks


def join(raw: str, pieces: tuple[Span, ...] | list[Span]) -> str:
    """The text that pieces of `raw` make: a single space where white space stood between them."""
    if len(pieces) == 1:
        return raw[pieces[0].start : pieces[0].end]
    parts: list[str] = []
    for number, piece in enumerate(pieces):
        if number and not glued(raw, pieces[number - 1], piece):
            parts.append(" ")
        parts.append(raw[piece.start : piece.end])
    return "".join(parts)


def glued(raw: str, before: Span, after: Span) -> bool:
    """Whether two pieces belong together without a space: cut-off marks, or a word broken at its hyphen."""
    spaced = raw[before.end : before.end + 1].isspace() or raw[after.start - 1 : after.start].isspace()
    if not spaced:
        return True
    broken_word = raw[before.end - 1] == "-" and raw[before.end - 2 : before.end - 1].isalpha()
    return broken_word and raw[after.start].isalpha() and "\n" in raw[before.end : after.start]


def _lines(raw: str) -> Iterator[_Line]:
    ends = [match.start() for match in _LINE_END.finditer(raw)]
    for match in _LINE.finditer(raw):
        text = match.group()
        stripped = text.strip()
        if stripped:
            indent = len(text) - len(text.lstrip())
            start = match.start() + indent
            yield _Line(start, start + len(stripped), bisect_left(ends, match.start()) + 1, indent)


class _Wrap(NamedTuple):
    """How a page's lines were broken: at a width (0: at none), or somewhere inside their sentences."""

    width: int
    inside_sentences: bool


def _wrap_of(raw: str, lines: list[_Line]) -> _Wrap:
    """Tell from the lines that another follows at once whether the page was hard-wrapped."""
    followed = [
        (line, after)
        for line, after in pairwise(lines)
        if after.number == line.number + 1
        and SHORTEST_FULL_LINE < line.width <= LONGEST_FULL_LINE
        and not _BULLET.match(raw, after.start)
    ]
    if len(followed) < LEAST_FULL_LINES:
        return _Wrap(0, inside_sentences=False)
    width = sorted(line.width for line, _ in followed)[int(0.95 * (len(followed) - 1))]
    full = [raw[line.end - 1] for line, _ in followed if line.width > width - WRAP_SLACK]
    enough = len(full) >= LEAST_FULL_LINES and len(full) > 0.55 * len(followed)
    broken_inside = sum(last not in '.!?"”:' for last in full)
    small = sum(raw[after.start].islower() for _, after in followed)
    return _Wrap(
        width if enough and broken_inside > 0.5 * len(full) else 0,
        inside_sentences=small > LEAST_SMALL_STARTS * len(followed),
    )


def _paragraphs(raw: str, lines: list[_Line], wrap: _Wrap) -> Iterator[list[_Line]]:
    """Lines grouped into paragraphs."""
    group: list[_Line] = []
    for line in lines:
        if group and not _goes_on(raw, group[-1], line, wrap):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _goes_on(raw: str, before: _Line, line: _Line, wrap: _Wrap) -> bool:
    """Whether a paragraph goes on in the next line.

    On a page wrapped at a width it does where the next line's first word would not have fitted; on one
    whose lines break inside sentences, where a long line ends without an end mark.
    """
    if not (wrap.width or wrap.inside_sentences) or line.number != before.number + 1:
        return False
    if any(_BULLET.match(raw, line.start) or _HEADING.match(raw, at) for at in (line.start, before.start)):
        return False
    first_word = _WORD.match(raw, line.start, line.end)
    assert first_word is not None
    if wrap.width and before.width + 1 + first_word.end() - first_word.start() > wrap.width - 2:
        return True
    return wrap.inside_sentences and before.width > SHORTEST_FULL_LINE and raw[before.end - 1] not in '.!?:"”'


def _blocks_of(raw: str, group: list[_Line], blank: int) -> Iterator[TextBlock]:
    start, end = group[0].start, group[-1].end
    words_start, bulleted, heading = _without_marks(raw, start, group[0].end)
    pieces = _pieces(raw, words_start, end)
    block = TextBlock(
        start,
        end,
        pieces,
        join(raw, pieces),
        group[0].number,
        group[-1].number,
        blank,
        bulleted,
        heading,
        flat=False,
    )
    long = len(block.text) > LONGEST_PARAGRAPH and len(block.text.split()) > LONGEST_PARAGRAPH
    if long and not (len(block.text) < len(raw) / 2 and is_gallery(block.text)):
        yield from _cut_flat(raw, block)
    else:
        yield block


def _without_marks(raw: str, start: int, end: int) -> tuple[int, bool, bool]:
    """Where the words begin behind list and heading marks, and which of the two there were."""
    bullet = _BULLET.match(raw, start, end)
    after = bullet.end() if bullet and bullet.end() < end else start
    heading = _HEADING.match(raw, after, end)
    if heading and heading.end() < end:
        after = heading.end()
    return after, bullet is not None, heading is not None


def _pieces(raw: str, start: int, end: int) -> tuple[Span, ...]:
    """The words of a block: without Markdown marks, and cut where the space between them is no plain one."""
    text = raw[start:end]
    plain = text.isprintable() and "  " not in text  # odd spaces and what is invisible are not printable
    cuts = [] if plain else [match.span() for match in _ODD_SPACE.finditer(raw, start, end)]
    for form, printed in ((_LINK, "](" in text), (_EMPHASIS, "*" in text or "_" in text)):
        for match in form.finditer(raw, start, end) if printed else ():
            if match["words"].strip():
                cuts += [(match.start(), match.start("words")), (match.end("words"), match.end())]
    if not cuts:
        return (Span(start, end),)
    pieces, position = [], start
    for cut_start, cut_end in [*sorted(cuts), (end, end)]:
        if cut_start > position:
            pieces.append(trim(raw, position, cut_start))
        position = max(position, cut_end)
    return tuple(piece for piece in pieces if piece.end > piece.start) or (Span(start, end),)


def _cut_flat(raw: str, block: TextBlock) -> Iterator[TextBlock]:
    """One endless line as blocks of one sentence each, menus that run into a sentence cut off before it."""
    cuts: list[int] = []
    spans = sentences(raw, block.start, block.end)
    clean = prose_share([raw[start:end] for start, end in spans]) >= CLEAN_SHARE
    for start, end in spans:
        words = [] if clean else list(_WORD.finditer(raw, start, end))
        begin = _prose_begins(words, end) if len(words) > LONGEST_CLEAN_SENTENCE else start
        cuts += [start, begin] if start < begin < end else [start]
    for cut, next_cut in zip(cuts, [*cuts[1:], block.end], strict=True):
        start, end = trim(raw, cut, next_cut)
        pieces = _pieces(raw, start, end)
        yield block._replace(start=start, end=end, pieces=pieces, text=join(raw, pieces), flat=True)


def prose_share(texts: Iterable[str]) -> float:
    """The share of words that stand in running prose: six words or more, function words, few capitals."""
    prose = total = 0
    for text in texts:
        words = text.split()
        total += len(words)
        if len(words) < 6:
            continue
        functions = sum(map(FUNCTION_WORDS.__contains__, text.lower().split()))
        capitals = sum(map(str.isupper, [word[0] for word in words]))
        if functions >= 0.2 * len(words) and capitals < 0.5 * len(words):
            prose += len(words)
    return prose / total if total else 0.0


# How much a word speaks for running prose (found by trying on flattened pages, November 2026).
_FUNCTION_WORD, _SMALL_WORD, _CAPITAL_WORD, _OTHER_WORD, _MARGIN = 0.9, 0.35, -0.45, -0.25, 0.2


def _prose_begins(words: list[re.Match[str]], end: int) -> int:
    """Where running prose begins in a sentence that a menu was glued to; `end` if nowhere."""
    best, total, begin = 0.0, 0.0, end
    for match in reversed(words):
        word = match.group()
        bare = word.strip("\"“”'‘’(),.:;")
        if bare in FUNCTION_WORDS:
            total += _FUNCTION_WORD
        elif bare[:1].islower():
            total += _SMALL_WORD
        else:
            total += _CAPITAL_WORD if bare[:1].isupper() else _OTHER_WORD
        if (bare[:1].isupper() or word[0] in '"“‘(') and total > best + _MARGIN:
            best, begin = total, match.start()
    return begin
