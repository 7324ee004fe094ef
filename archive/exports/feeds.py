"""Atom feeds of articles, those that came into the archive last first.

Ids are tag: addresses (RFC 4151) made of the archive's name and a row's number, so they stay when a page's
address, a headline or the protocol changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from archive.models import Article

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # when a feed without an entry was changed last
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Feed(Atom1Feed):
    """Changed when its newest entry was: the same entries give the same bytes."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=_LONG_AGO)


def permanent_id(authority: str, name: str) -> str:
    """The id of something in this archive, for ever. `authority` is the host name of the archive."""
    return f"tag:{authority},2026:{name}"


def feed(title: str, page: str, here: str, name: str, articles: Iterable[Article], *, authority: str) -> str:
    """The feed as XML.

    Args:
        title: what is followed.
        page: the address of the page with the same articles.
        here: the feed's own address; both with scheme and host.
        name: what the feed is called in permanent ids, such as "names/12".
        articles: its entries.
        authority: the host name in permanent ids.
    """
    made = _Feed(
        title=as_xml(title),
        link=page,
        description="",
        subtitle="The articles that came into the archive last, with excerpts.",
        feed_url=here,
        feed_guid=permanent_id(authority, name),
        author_name="Parallax",
    )
    absolute = _from(page)
    for article in articles:
        made.add_item(**_entry(article, absolute, authority))
    return made.writeString("utf-8")


def as_xml(text: str) -> str:
    """Text without the characters that XML cannot hold, however they are written."""
    return _NOT_XML.sub("\ufffd", text)


def _entry(article: Article, absolute: Callable[[str], str], authority: str) -> dict[str, Any]:
    outlet = [article.outlet.name] if article.outlet else []
    return {
        "title": as_xml(str(article)),
        "link": absolute(article.get_absolute_url()),
        "description": escape(as_xml(article.excerpt)),  # a summary is HTML
        "unique_id": permanent_id(authority, f"articles/{article.pk}"),
        "pubdate": article.published,
        "updateddate": article.imported_at,
        "author_name": as_xml(", ".join(article.authors)) or None,
        "categories": [as_xml(name) for name in (*outlet, *article.agencies)],
    }


def _from(page: str) -> Callable[[str], str]:
    origin = "/".join(page.split("/", 3)[:3])
    return lambda path: f"{origin}{path}"
