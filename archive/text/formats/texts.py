"""Plain text and Markdown: one article, or several where the text says so; front matter as facts."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from archive.text.decoding import Undecodable, decode
from archive.text.formats.fields import LONGEST_ARTICLE, Columns, facts_of
from archive.text.formats.several import split_articles
from archive.text.types import Facts, RawArticle, RawFile, Reading, Rejection, Span

ENDINGS = frozenset({"", ".txt", ".text", ".md", ".markdown"})
# A file of many articles; one article has at most LONGEST_ARTICLE characters.
LARGEST_TEXT = 20_000_000  # bytes
MOST_LINES = (
    50_000  # the longest of 264 dumps of whole web pages has under a thousand lines that are not blank
)
MOST_FRONT_MATTER = 60  # lines
_LINE_END = re.compile(r"\r\n|\r|\n")
_KEY = re.compile(r"([A-Za-z][\w .-]{0,40})\s?:(?:\s+(.*)|$)")


def recognises(head: RawFile) -> bool:
    """By the name: any bytes may be meant as text."""
    return PurePosixPath(head.path).suffix.lower() in ENDINGS


def read(file: RawFile, columns: Columns) -> Reading:
    """Read the articles of a text file."""
    if len(file.data) > LARGEST_TEXT:
        return _rejected(_too_long(len(file.data), "bytes"))
    try:
        text, encoding = decode(file.data)
    except Undecodable as error:
        return _rejected(error.reason, error.byte_offset)
    if not text.strip():
        return _rejected("The file holds nothing but white space; put the text of an article into it.")
    spans = split_articles(text)
    places = _bytes_of(file.data, text, encoding, spans)
    found = [
        _article(text[span.start : span.end], block, place, encoding, len(spans) == 1)
        for block, (span, place) in enumerate(zip(spans, places, strict=True), 1)
    ]
    return Reading(
        "text" if len(spans) == 1 else "texts",
        tuple(one for one in found if isinstance(one, RawArticle)),
        tuple(one for one in found if isinstance(one, Rejection)),
    )


def _article(text: str, block: int, place: Span, encoding: str, alone: bool) -> RawArticle | Rejection:
    if len(text) > LONGEST_ARTICLE:
        return Rejection(_too_long(len(text), "characters"), block, place.start)
    if text.count("\n") > MOST_LINES:
        return Rejection(_too_many_lines(text.count("\n")), block, place.start)
    text, facts = _front_matter(text if alone else text.strip("\n\f"))
    return RawArticle(text, block, place.start, place.end, encoding, facts)


def _front_matter(text: str) -> tuple[str, Facts]:
    """A Markdown text without the keys and values between two rules at its beginning, and what they say."""
    if not text.startswith("---\n"):
        return text, Facts()
    lines = text.split("\n", MOST_FRONT_MATTER)
    closing = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), 0)
    values: dict[str, list[str]] = {}
    key = ""
    for line in lines[1:closing]:
        match = _KEY.fullmatch(line.rstrip())
        if match:
            key = match[1]
            values[key] = [_unquoted(match[2])] if match[2] else []
        elif key and line.startswith((" ", "-")):
            values[key].append(_unquoted(line.strip(" -")))
        elif line.strip():
            return text, Facts()
    rest = "\n".join(lines[closing + 1 :])
    if not values or not rest.strip():
        return text, Facts()
    return rest, facts_of(values)._replace(known_from="the front matter of the text")


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _bytes_of(data: bytes, text: str, encoding: str, spans: list[Span]) -> list[Span]:
    """The bytes that stretches of the decoded text were read from, line ends as they were counted in."""
    if len(spans) == 1:
        return [Span(0, len(data))]
    name = encoding.split(",")[0]
    before = data.decode(name, "surrogateescape" if name.startswith("utf-8") else "replace")
    line_starts = [0, *(match.end() for match in _LINE_END.finditer(before))]
    mark = len(data) - len(before.encode(_bare(name), "surrogateescape"))

    def place(position: int) -> int:
        line = text.count("\n", 0, position)
        column = position - (text.rfind("\n", 0, position) + 1)
        return mark + len(before[: line_starts[line] + column].encode(_bare(name), "surrogateescape"))

    return [Span(place(span.start), place(span.end)) for span in spans]


def _bare(encoding: str) -> str:
    """The encoding without the mark that it writes at the beginning."""
    return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(encoding, encoding)


def _too_long(size: int, unit: str) -> str:
    return (
        f"The text is {size:,} {unit} long, more than the {LONGEST_ARTICLE:,} characters that one article "
        "may have; split it into one file for each article."
    )


def _too_many_lines(lines: int) -> str:
    return (
        f"The text has {lines:,} lines, more than the {MOST_LINES:,} that one article may have; "
        "split it into one file for each article."
    )


def _rejected(reason: str, byte_offset: int = 0) -> Reading:
    return Reading("text", (), (Rejection(reason, 1, byte_offset),))
