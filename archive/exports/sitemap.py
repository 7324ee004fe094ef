"""The sitemap: the addresses of all pages, at most 50,000 a file, streamed (sitemaps.org, protocol 0.9).

A file holds the rows of one range of numbers, so that none has to be counted or skipped to find where it
begins, and a row never moves to another file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.html import escape

from archive.models import Article, Event, Organisation, Outlet, Person

A_FILE = 50_000  # addresses: the most that the protocol allows
AT_ONCE = 2_000

_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n'

KINDS: dict[str, Callable[[], QuerySet[Any]]] = {
    "articles": lambda: Article.objects.newest_versions().only("headline", "imported_at"),
    "people": lambda: Person.objects.live().filter(article_count__gt=0).only("name", "kind"),
    "organisations": lambda: Organisation.objects.live().filter(article_count__gt=0).only("name", "kind"),
    "outlets": lambda: Outlet.objects.only("name"),
    "events": lambda: Event.objects.live().only("title"),
}


def sitemap_index(address_of: Callable[[str, int], str]) -> Iterator[str]:
    """Yield the index of all files that hold an address. `address_of` makes the address of one."""
    yield f"{_OPENING}<sitemapindex {_NAMESPACE}>\n"
    for kind in KINDS:
        for number in numbers(kind):
            yield f"<sitemap><loc>{escape(address_of(kind, number))}</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def numbers(kind: str) -> list[int]:
    """The numbers of the files of a kind, from 1; those without a row are left out."""
    last = KINDS[kind]().order_by().aggregate(last=Max("pk"))["last"] or 0
    return [number for number in range(1, last // A_FILE + 2) if _rows(kind, number).exists()]


def sitemap(kind: str, number: int, absolute: Callable[[str], str]) -> Iterator[str]:
    """Yield one file. `absolute` puts scheme and host before a path."""
    yield f"{_OPENING}<urlset {_NAMESPACE}>\n"
    for row in _rows(kind, number).order_by("pk").iterator(chunk_size=AT_ONCE):
        changed = f"<lastmod>{row.imported_at:%Y-%m-%d}</lastmod>" if kind == "articles" else ""
        yield f"<url><loc>{escape(absolute(row.get_absolute_url()))}</loc>{changed}</url>\n"
    yield "</urlset>\n"


def _rows(kind: str, number: int) -> QuerySet[Any]:
    return KINDS[kind]().filter(pk__gte=(number - 1) * A_FILE, pk__lt=number * A_FILE)
