"""Files to raw articles: what a file is taken for, and what in it could not be read, and why.

Each format is one entry of `FORMATS`: a name, a test and a reader. The first test that holds decides.
A reader accounts for every byte: each article says which bytes it was read from, and what is no article
is a rejection with its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import NamedTuple

from archive.text.decoding import Undecodable, decode
from archive.text.types import RawArticle, RawFile, Reading, Rejection

# The longest of 20,000 real articles (2006-2020) has 77,000 characters. A "text" above this limit is a
# database export, a log or a book, and cleaning it as one article would help nobody.
LONGEST_ARTICLE = 1_000_000  # characters
MOST_LINES = (
    50_000  # the longest of 264 dumps of whole web pages has under a thousand lines that are not blank
)

TEXT_ENDINGS = frozenset({"", ".txt", ".text", ".md", ".markdown"})


class Format(NamedTuple):
    """A kind of file: `recognises` must be quick and never raise, `read` must never raise."""

    name: str
    recognises: Callable[[RawFile], bool]
    read: Callable[[RawFile], Reading]


def read(file: RawFile) -> Reading:
    """Read one file into raw articles and rejections. Never raises: what cannot be read is a rejection."""
    for form in FORMATS:
        if form.recognises(file):
            return form.read(file)
    ending = PurePosixPath(file.path).suffix
    return _rejected(
        "unknown",
        f"Files that end in {ending} cannot be read; save the article's text in a file that ends in .txt.",
    )


def _is_empty(file: RawFile) -> bool:
    return not file.data.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf\xff\xfe\x00")


def _read_empty(file: RawFile) -> Reading:
    what = "holds nothing but white space" if file.data else "is empty"
    return _rejected("empty", f"The file {what}; put the text of an article into it or leave it out.")


def _is_text(file: RawFile) -> bool:
    return PurePosixPath(file.path).suffix.lower() in TEXT_ENDINGS


def _read_text(file: RawFile) -> Reading:
    """One text file is one article."""
    if len(file.data) > 4 * LONGEST_ARTICLE:  # no encoding spends more than 4 bytes on a character
        return _too_long(len(file.data), "bytes")
    try:
        text, encoding = decode(file.data)
    except Undecodable as error:
        return _rejected("text", error.reason, error.byte_offset)
    if not text.strip():
        return _rejected(
            "text", "The file holds nothing but white space; put the text of an article into it."
        )
    if len(text) > LONGEST_ARTICLE:
        return _too_long(len(text), "characters")
    if text.count("\n") > MOST_LINES:
        return _too_many_lines(text.count("\n"))
    article = RawArticle(text, 1, 0, len(file.data), encoding)
    return Reading("text", (article,), ())


def _too_long(size: int, unit: str) -> Reading:
    return _rejected(
        "text",
        f"The text is {size:,} {unit} long, more than the {LONGEST_ARTICLE:,} characters that one article "
        "may have; split it into one file for each article.",
    )


def _too_many_lines(lines: int) -> Reading:
    return _rejected(
        "text",
        f"The text has {lines:,} lines, more than the {MOST_LINES:,} that one article may have; "
        "split it into one file for each article.",
    )


def _rejected(form: str, reason: str, byte_offset: int = 0) -> Reading:
    return Reading(form, (), (Rejection(reason, 1, byte_offset),))


FORMATS: tuple[Format, ...] = (
    Format("empty", _is_empty, _read_empty),
    Format("text", _is_text, _read_text),
)
