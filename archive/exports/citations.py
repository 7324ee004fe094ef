"""Citations of articles: RIS (type NEWS) and CSL-JSON (type article-newspaper) for reference managers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from archive.models import Article

# What a citation is made of; a text's body is not read.
FIELDS = ("headline", "authors", "url", "language", "published", "published_precision", "outlet__name")

_PARTS_KNOWN = {"year": 1, "month": 2, "day": 3, "minute": 3}  # of year, month and day
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_NO_ASTERISK = ("AU", "T2")  # the specification forbids it in names of people and periodicals


def ris(articles: Iterable[Article]) -> Iterator[str]:
    """Yield the lines of one RIS record after the other, with line ends CR LF as the format asks.

    Source of the tags: the RIS specification of Research Information Systems; a line break inside a value
    would begin a new tag, so values are kept on one line.
    """
    for article in articles:
        for tag, value in _ris_fields(article):
            allowed = value.replace("*", " ") if tag in _NO_ASTERISK else value
            if line := one_line(allowed):
                yield f"{tag}  - {line}\r\n"
        yield "ER  - \r\n"


def _ris_fields(article: Article) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield "ID", identifier(article)
    yield "TI", article.headline
    for author in article.authors:
        yield "AU", author
    if article.outlet:
        yield "T2", article.outlet.name
    if parts := date_parts(article):
        yield "PY", f"{parts[0]:04}"
        # Year, month, day and a remark: any may be empty, but none of the three slashes may be left out.
        month, day = [*(f"{part:02}" for part in parts[1:]), "", ""][:2]
        yield "DA", f"{parts[0]:04}/{month}/{day}/"
    yield "UR", article.url
    yield "LA", article.language


def csl(articles: Iterable[Article]) -> str:
    """The articles as one CSL-JSON document (citeproc's input format), the same bytes for the same rows."""
    return json.dumps([csl_item(article) for article in articles], ensure_ascii=False, indent=1) + "\n"


def csl_lines(articles: Iterable[Article], custom: Mapping[str, Any]) -> Iterator[str]:
    """Yield the same document item by item, one a line.

    Args:
        articles: what to cite.
        custom: said in the first item under the name that the schema keeps for additions; {} for nothing.
    """
    opening = "[\n"
    for article in articles:
        item = csl_item(article)
        if opening.startswith("[") and custom:
            item["custom"] = dict(custom)
        yield opening + json.dumps(item, ensure_ascii=False)
        opening = ",\n"
    yield "[]\n" if opening.startswith("[") else "\n]\n"


def csl_item(article: Article) -> dict[str, Any]:
    """An article as an item of CSL-JSON. Bylines are kept as printed: they name desks as well as people."""
    item: dict[str, Any] = {
        "id": identifier(article),
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


def identifier(article: Article) -> str:
    """What a citation is called: an article's number never changes and is never used again."""
    return f"parallax-{article.pk}"


def one_line(text: str) -> str:
    """Text without line ends and other control characters."""
    return " ".join(_CONTROL.sub(" ", text).split())


def date_parts(article: Article) -> list[int]:
    """Year, month and day of publication, as many as are known."""
    if article.published is None:
        return []
    known = _PARTS_KNOWN[article.published_precision]
    return [article.published.year, article.published.month, article.published.day][:known]
