"""What was typed, cut into words, phrases, fields, operators and brackets with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from archive.text.types import Span

FIELDS = {
    "title": "title",
    "outlet": "outlet",
    "person": "person",
    "org": "organisation",
    "organisation": "organisation",
    "event": "event",
    "by": "by",
    "from": "from",
    "to": "to",
    "lang": "lang",
}

Kind = Literal["word", "phrase", "field", "AND", "OR", "NOT", "(", ")", "open quote"]

_QUOTES = '"“”„‟«»″＂'
_CLOSING = re.compile(f"[{_QUOTES}]")
_AFTER_PHRASE = re.compile(r"(\*)?(?:~(\d*))?")
_TOKEN = re.compile(
    rf"""(?P<sign>(?<![^\s(])[-+−](?=[^\s)]))"""
    rf"""|(?P<field>(?<![^\s(+−-])(?i:{"|".join(sorted(FIELDS, key=len, reverse=True))}):(?=[^\s)]))"""
    rf"""|(?P<quote>[{_QUOTES}])"""
    rf"""|(?P<bracket>[()])"""
    rf"""|(?P<run>[^\s(){_QUOTES}]+)""",
    re.VERBOSE,
)
_SPELLINGS = re.compile(r"~\d*$")
_OPERATORS: dict[str, Kind] = {"AND": "AND", "OR": "OR", "NOT": "NOT"}
_SIGNS: dict[str, Kind] = {"-": "NOT", "−": "NOT"}


class Token(NamedTuple):
    """A piece of a query. Of a phrase `text` is what stands between the marks; `place` is all of it.

    `apart` is the number after ~, "" where ~ stands alone; `prefix` whether * ends it.
    """

    kind: Kind
    text: str
    place: Span
    prefix: bool = False
    apart: str | None = None


def tokens(text: str) -> Iterator[Token]:
    """The pieces of a query in order. + says nothing that is not so without it; - is NOT."""
    place = 0
    while match := _TOKEN.search(text, place):
        place = match.end()
        span = Span(*match.span())
        found = match.group()
        if match.lastgroup == "sign":
            if found in _SIGNS:
                yield Token(_SIGNS[found], found, span)
        elif match.lastgroup == "field":
            yield Token("field", found[:-1].lower(), span)
        elif match.lastgroup == "bracket":
            yield Token("(" if found == "(" else ")", found, span)
        elif match.lastgroup == "quote":
            token, place = _phrase(text, span)
            yield token
        else:
            yield _run(found, span)


def _phrase(text: str, opening: Span) -> tuple[Token, int]:
    """The words up to the closing mark; without one the mark alone, and what follows is read on."""
    closing = _CLOSING.search(text, opening.end)
    if closing is None:
        return Token("open quote", text[slice(*opening)], opening), opening.end
    after = _AFTER_PHRASE.match(text, closing.end())
    assert after  # it may be empty, so it always matches
    inside = text[opening.end : closing.start()]
    prefix = after.group(1) is not None or inside.rstrip().endswith("*")
    return Token("phrase", inside, Span(opening.start, after.end()), prefix, after.group(2)), after.end()


def _run(found: str, span: Span) -> Token:
    if found in _OPERATORS:
        return Token(_OPERATORS[found], found, span)
    spellings = _SPELLINGS.search(found)
    word = found[: spellings.start()] if spellings else found
    return Token("word", word, span, word.endswith("*"), spellings.group()[1:] if spellings else None)
