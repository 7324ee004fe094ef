"""What a feed links to: the address of each article, and what the feed says of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from archive.text.addresses import joined
from archive.text.blocks import INVISIBLE
from archive.text.formats.feeds import LARGEST_FEED, LEAST_WORDS, parsed, plain_words, recognises
from archive.text.formats.fields import LONGEST_ARTICLE, facts_of
from archive.text.types import Facts, RawFile

MOST_ENTRIES = 1_000  # of one feed; the longest of usual feeds have some hundreds
LONGEST_SUMMARY = 2_000  # characters of a teaser that are compared
_FEED_LINK = re.compile(r"application/(?:rss|atom|feed)\+(?:xml|json)", re.IGNORECASE)
_LINK = re.compile(r"<link\b[^>]{0,1000}>", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s>]{1,2000})", re.IGNORECASE)


class Linked(NamedTuple):
    """An article that a feed links to. `seen` changes when the feed says something else of it.

    `text` is the article's text where the feed has more of it than a teaser.
    """

    address: str
    facts: Facts
    seen: str
    text: str = ""


class Listing(NamedTuple):
    """A feed: its title, what it links to in its order, and a sentence on what was left out."""

    title: str
    linked: tuple[Linked, ...]
    note: str = ""


def listing_of(data: bytes, address: str) -> Listing | str:
    """What the feed at `address` links to, or in one sentence why it is none. Never raises."""
    if len(data) > LARGEST_FEED:
        return f"The feed has {len(data):,} bytes, more than the {LARGEST_FEED:,} that are read."
    try:
        if recognises(RawFile("", data)):
            return _of_markup(data, address)
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            return _of_json(data, address)
    except Exception as error:  # the parser raises whatever its parts raise
        return f"The feed cannot be read ({type(error).__name__}); look at it in a browser."
    found = _feeds_of_page(data, address)
    if found:
        return f"This is a page and no feed; it names these feeds: {', '.join(found)}."
    return "This is no feed; give the address of an RSS, Atom or JSON feed."


def _of_markup(data: bytes, address: str) -> Listing | str:
    feed = parsed(data)
    if not feed.entries:
        return "The feed has no entries." if not feed.get("bozo") else "The feed is not well-formed."
    language = feed.feed.get("language")
    rows = []
    for entry in feed.entries:
        authors = [one.get("name") for one in entry.get("authors") or () if one.get("name")]
        rows.append(
            {
                "headline": plain_words(entry.get("title")),
                "authors": authors or entry.get("author"),
                "url": entry.get("link"),
                "published": entry.get("published"),
                "updated": entry.get("updated") if "updated" in entry else None,
                "language": entry.get("language") or language,
                "summary": entry.get("summary"),
                "texts": [str(one.get("value") or "") for one in entry.get("content") or ()],
            }
        )
    return _listing(plain_words(feed.feed.get("title")), rows, address)


def _of_json(data: bytes, address: str) -> Listing | str:
    feed = json.loads(data)
    if "jsonfeed.org/version" not in str(feed.get("version")) or not isinstance(feed.get("items"), list):
        return "This is JSON, but no JSON feed; give the address of an RSS, Atom or JSON feed."
    rows = [
        {
            "headline": item.get("title"),
            "authors": [one.get("name") for one in _mappings(item.get("authors") or [item.get("author")])],
            "url": item.get("url"),
            "published": item.get("date_published"),
            "updated": item.get("date_modified"),
            "language": item.get("language") or feed.get("language"),
            "summary": item.get("summary") or item.get("content_text") or item.get("content_html"),
            "texts": [str(item.get("content_text") or ""), str(item.get("content_html") or "")],
        }
        for item in _mappings(feed["items"])
    ]
    return _listing(str(feed.get("title") or ""), rows, address)


def _listing(title: str, rows: Sequence[Mapping[str, Any]], address: str) -> Listing:
    linked: dict[str, Linked] = {}
    unusable = 0
    for row in rows[:MOST_ENTRIES]:
        link = joined(address, str(row["url"] or ""))
        if not link or not row["url"]:
            unusable += 1
        elif link not in linked:
            linked[link] = Linked(link, _facts(row), _seen(row), _text(row))
    notes = []
    if len(rows) > MOST_ENTRIES:
        notes.append(f"of its {len(rows):,} entries the first {MOST_ENTRIES:,} are followed")
    if unusable:
        notes.append(f"{unusable:,} entries have no address that can be followed")
    title = "".join(char for char in title if char not in INVISIBLE and char != "\x00")
    return Listing(" ".join(title.split())[:300], tuple(linked.values()), "; ".join(notes))


def _facts(row: Mapping[str, Any]) -> Facts:
    said = {name: row[name] for name in ("headline", "authors", "published", "updated", "language")}
    return facts_of({name: value for name, value in said.items() if value})


def _text(row: Mapping[str, Any]) -> str:
    """The longest text that the feed has of an article; nothing where it is a teaser."""
    text = plain_words(max([*row["texts"], str(row["summary"] or "")], key=len))
    text = "".join(char for char in text if char != "\x00")
    return text if len(text.split()) >= LEAST_WORDS and len(text) <= LONGEST_ARTICLE else ""


def _seen(row: Mapping[str, Any]) -> str:
    """A digest of what the feed says of an article."""
    said = [str(row[name] or "") for name in ("headline", "published", "updated")]
    said.append(" ".join(plain_words(row["summary"]).split())[:LONGEST_SUMMARY])
    return hashlib.sha256("\x00".join(said).encode("utf-8", "replace")).hexdigest()


def _mappings(values: Any) -> Iterator[Mapping[str, Any]]:
    yield from (one for one in values if isinstance(one, Mapping))


def _feeds_of_page(data: bytes, address: str) -> list[str]:
    """The feeds that a page names in its head."""
    head = data[:200_000].decode("utf-8", "replace")
    links = (match.group() for match in _LINK.finditer(head) if _FEED_LINK.search(match.group()))
    found = (joined(address, href[1]) for link in links if (href := _HREF.search(link)))
    return [one for one in dict.fromkeys(found) if one][:5]
