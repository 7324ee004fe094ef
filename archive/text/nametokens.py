"""Tokens for finding names: every word, mark and line end of a body, with what its spelling says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from archive.text.lexicon import Lexicon, lexicon
from archive.text.names import plain
from archive.text.types import Block, BlockKind
from archive.text.words import fold

# A heading is a line of more than this many words ...
_SHORTEST_HEADING = 3
# ... of which at least this share have a capital (small words of titles are not counted).
_HEADING_CAPITALS = 0.75


_OPENING_MARKS = frozenset({"\n", ":", "!", "?", "\u2026", "\u2022", "*", '"', "'"})
# Long dashes divide words, hyphens join them: one letter for one, so that places stay true.
_LONG_DASHES, _DASH = ("—", "―"), "⸺"
_LEAVES_OPEN = frozenset({"(", "[", "-", _DASH})
_ARTICLES = "[AaEeUu]l|[Aa][sdnrtz]|[Aa]sh"
_ARTICLE_AND_CAPITAL = re.compile(rf"(?:{_ARTICLES})-[A-Z]")


class Token(NamedTuple):
    """One word or mark. `low` is folded to small letters without accents; `opens` stands first in its
    sentence.
    """

    text: str
    start: int
    end: int
    low: str
    capital: bool
    opens: bool


class Words(NamedTuple):
    """A body taken apart, with what its own usage says of its words.

    `capitals` are the places of words with a capital. `small` are the words that it prints without a
    capital somewhere; `inside` counts words printed with a capital where no sentence opens; `heading` says
    for each token whether it stands in a heading or title- case line.
    """

    body: str
    tokens: tuple[Token, ...]
    capitals: tuple[int, ...]
    heading: tuple[bool, ...]
    small: frozenset[str]
    inside: Counter[str]
    lexicon: Lexicon

    def printed(self, first: int, last: int) -> str:
        """The text from token `first` up to, not including, token `last`, as printed."""
        return self.body[self.tokens[first].start : self.tokens[last - 1].end]


@cache
def _pattern() -> re.Pattern[str]:
    """What a token is. Every repetition consumes a fixed first letter, so matching takes linear time."""
    ends = "|".join(sorted(lexicon().compound_ends))
    return re.compile(
        r"([A-Za-z]{2,}+(?=[ ,\n])"  # most words, without a look at the rest
        r"|[^\W\d_]\.(?:[^\W\d_]\.)+"  # U.S.
        rf"|(?:{_ARTICLES})-[^\W\d_]\w*(?:'(?![sS]\b)\w+)*(?:-(?!(?:{ends})\b)\w+)*"  # al-Sham
        r"|[A-ZÀ-Þ]\.(?=\s?[^\W\d_])"  # J.
        rf"|[^\W_]\w*(?:[-&'](?![sS]\b)(?!(?:{ends})\b)\w+|\.(?:com|org|net|co|uk|tv)\b)*)"
        r"|'[sS]\b|\n|[^\s]"
    )


def words_of(body: str, blocks: Sequence[Block] = ()) -> Words:
    """The words of a body; subheadings among the `blocks` and lines in title case count as headings."""
    known = lexicon()
    tokens = _tokens(body, known)
    heading = _headings(tokens, blocks, known)
    capitals = tuple(place for place, token in enumerate(tokens) if token.capital)
    small = frozenset([token.low for token in tokens if not token.capital and token.text[0].isalpha()])
    inside = Counter([tokens[place].low for place in capitals if not (tokens[place].opens or heading[place])])
    return Words(body, tokens, capitals, heading, small, inside, known)


def _tokens(body: str, known: Lexicon) -> tuple[Token, ...]:
    for dash in _LONG_DASHES:
        body = body.replace(dash, _DASH)
    folded = fold(body)
    small = str.lower if folded.isascii() else _small
    found: list[Token] = []
    add, new = found.append, tuple.__new__  # a named tuple's own constructor takes twice as long
    opens, before = True, ""
    for match in _pattern().finditer(folded):
        text = match.group()
        start, end = match.span()
        low = small(text)
        if match.lastindex:
            if text[-1] == "." and len(text) > 2:
                low = low[:-1]  # "U.S." and "U.S" are one
            capital = text[0].isupper() or ("-" in text and bool(_ARTICLE_AND_CAPITAL.match(text)))
            add(new(Token, (text, start, end, low, capital, opens)))
            opens = False
        else:
            add(new(Token, (text, start, end, low, False, opens)))
            opens = _opens_after(text, before, opens, known)
        before = text
    return tuple(found)


def _small(text: str) -> str:
    return text.lower() if text.isascii() else plain(text)


def _opens_after(mark: str, before: str, opens: bool, known: Lexicon) -> bool:
    """Whether a sentence, a quotation or a line opens after this mark, which follows the token `before`."""
    if mark == ".":
        return not (before.lower() in known.abbreviations or (len(before) == 1 and before.isupper()))
    if mark in _OPENING_MARKS:
        return True
    return opens and mark in _LEAVES_OPEN


def _headings(tokens: Sequence[Token], blocks: Sequence[Block], known: Lexicon) -> tuple[bool, ...]:
    subheadings = {block.start for block in blocks if block.kind is BlockKind.SUBHEADING}
    heading: list[bool] = []
    line: list[Token] = []
    for token in tokens:
        if token.text != "\n":
            line.append(token)
            continue
        heading.extend([_is_heading(line, subheadings, known)] * (len(line) + 1))
        line = []
    heading.extend([_is_heading(line, subheadings, known)] * len(line))
    return tuple(heading)


def _is_heading(line: Sequence[Token], subheadings: set[int], known: Lexicon) -> bool:
    if not line:
        return False
    if line[0].start in subheadings:
        return True
    if line[-1].text == ".":
        return False
    words = [token for token in line if token.text[0].isalpha() and token.low not in known.connectors]
    if len(words) <= _SHORTEST_HEADING:
        return False
    return sum(token.capital for token in words) >= _HEADING_CAPITALS * len(words)
