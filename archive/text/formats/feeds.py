"""Feeds as files: every dialect of RSS and Atom, an article an entry where the feed has its text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

import feedparser

from archive.text.formats.fields import Columns, Place, article_of
from archive.text.formats.fragments import is_markup, text_of
from archive.text.types import RawArticle, RawFile, Reading, Rejection

LARGEST_FEED = 20_000_000  # bytes; the parser takes half a minute for it
LEAST_WORDS = 60  # of an entry; shorter ones are the teaser of an article that stands elsewhere
_ELEMENT = re.compile(rb"<(?P<feed>(?:rss|feed|rdf:RDF|channel)\b)|<(?!!|\?)[a-z]", re.IGNORECASE)


def recognises(head: RawFile) -> bool:
    """The first element is that of a feed; a declaration, document type and comments may stand before."""
    data = head.data.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip()[:20_000]
    first = _ELEMENT.search(data) if data.startswith(b"<") else None
    return first is not None and first["feed"] is not None


def read(file: RawFile, columns: Columns) -> Reading:
    """Read the entries of a feed. Its places are those of the whole file: the parser does not tell them."""
    if len(file.data) > LARGEST_FEED:
        reason = (
            f"The feed has {len(file.data):,} bytes, more than the {LARGEST_FEED:,} that are read; split it."
        )
        return Reading("feed", (), (Rejection(reason, 1, 0),))
    feed = parsed(file.data)
    frame = {"outlet": plain_words(feed.feed.get("title")), "language": feed.feed.get("language")}
    place = Place(1, 0, len(file.data), str(feed.get("encoding") or "utf-8"))
    found = [
        _article(entry, frame, place._replace(block=block), columns)
        for block, entry in enumerate(feed.entries, 1)
    ]
    if not found:
        reason = f"The feed has no entries{_why(feed)}; save it again."
        found = [Rejection(reason, 1, 0)]
    return Reading("feed", tuple(_only(found, RawArticle)), tuple(_only(found, Rejection)))


def parsed(data: bytes) -> Any:
    """A feed as the parser sees it; nothing is fetched, and its document type declares nothing."""
    # As a stream: a text could be taken for an address to fetch. No doctype, and so no entities of its own.
    stream = io.BytesIO(_without_doctype(data))
    return feedparser.parse(stream, resolve_relative_uris=False, sanitize_html=False)


def plain_words(markup: Any) -> str:
    """The words of what may be markup."""
    text = str(markup or "")
    return text_of(text) if is_markup(text) else unescape(text)


def _words(text: str) -> str:
    number = len(text.split())
    return f"{number} word{'' if number == 1 else 's'}"


def _article(
    entry: Mapping[str, Any], frame: Mapping[str, Any], place: Place, columns: Columns
) -> RawArticle | Rejection:
    contents = [str(one.get("value") or "") for one in entry.get("content") or ()]
    text = plain_words(max([*contents, str(entry.get("summary") or "")], key=len))
    if len(text.split()) < LEAST_WORDS:
        reason = (
            f"The feed holds only the beginning of this article ({_words(text)}); fetch the "
            f"article itself from {str(entry.get('link') or 'its address')[:500]}."
        )
        return Rejection(reason.replace("\x00", "\ufffd"), place.block, place.start)
    authors = [one.get("name") for one in entry.get("authors") or () if one.get("name")]
    values = {
        **frame,
        "headline": plain_words(entry.get("title")),
        "text": text,
        "authors": authors or entry.get("author"),
        "url": entry.get("link"),
        "published": entry.get("published"),
        # Asked so, since feedparser would give the date of publication where none of an update is stated.
        "updated": entry.get("updated") if "updated" in entry else None,
        "language": entry.get("language") or frame.get("language"),
    }
    return article_of(values, place, columns)


def _only(found: Iterable[Any], kind: type) -> list[Any]:
    return [one for one in found if isinstance(one, kind)]


def _why(feed: Mapping[str, Any]) -> str:
    error = feed.get("bozo_exception")
    return f" (it is not well-formed: {str(error)[:100]})" if error else ""


def _without_doctype(data: bytes) -> bytes:
    """The feed without its document type, which may declare entities that grow without end."""
    start = data[:10_000].upper().find(b"<!DOCTYPE")
    if start < 0:
        return data
    end = data.find(b">", start)
    inner = data.find(b"[", start, end if end >= 0 else len(data))
    if inner >= 0:
        end = data.find(b">", max(data.find(b"]", inner), inner))
    return data[:start] + data[end + 1 :] if end >= 0 else data[:start]
