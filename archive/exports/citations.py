"""Citations of articles: RIS (type NEWS) and CSL-JSON (type article-newspaper) for reference managers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from archive.models import Article

_PARTS_KNOWN = {"year": 1, "month": 2, "day": 3, "minute": 3}  # of year, month and day


def ris(articles: Iterable[Article]) -> Iterator[str]:
    """Yield the lines of one RIS record after the other, with line ends CR LF as the format asks.

    Source of the tags: the RIS specification of Research Information Systems; a line break inside a value
    would begin a new tag, so values are kept on one line.
    """
    for article in articles:
        for tag, value in _ris_fields(article):
            yield f"{tag}  - {' '.join(value.split())}\r\n"
        yield "ER  - \r\n"


def _ris_fields(article: Article) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield "TI", article.headline
    for author in article.authors:
        yield "AU", author
    if article.outlet:
        yield "T2", article.outlet.name
    if parts := date_parts(article):
        yield "PY", f"{parts[0]:04}"
        yield "DA", "/".join(f"{part:02}" for part in parts)
    if article.url:
        yield "UR", article.url
    if article.language:
        yield "LA", article.language


def csl(articles: Iterable[Article]) -> str:
    """The articles as one CSL-JSON document (citeproc's input format), the same bytes for the same rows."""
    return json.dumps([_csl_item(article) for article in articles], ensure_ascii=False, indent=1) + "\n"


def _csl_item(article: Article) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": f"parallax-{article.content_key[:16]}",
        "type": "article-newspaper",
        "title": article.headline,
        "author": [{"literal": author} for author in article.authors],
        "container-title": article.outlet.name if article.outlet else "",
        "URL": article.url,
        "language": article.language,
    }
    if parts := date_parts(article):
        item["issued"] = {"date-parts": [parts]}
    return {name: value for name, value in item.items() if value}


def date_parts(article: Article) -> list[int]:
    """Year, month and day of publication, as many as are known."""
    if article.published is None:
        return []
    known = _PARTS_KNOWN[article.published_precision]
    return [article.published.year, article.published.month, article.published.day][:known]
