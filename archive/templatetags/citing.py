"""Citations that reference managers find on a page of results."""

from __future__ import annotations

from typing import Any, Protocol
from urllib.parse import quote, urlencode

from django import template

from archive.templatetags.printed import Dated
from archive.text.types import Precision

register = template.Library()

_DATES = {
    Precision.MINUTE: "%Y-%m-%d",
    Precision.DAY: "%Y-%m-%d",
    Precision.MONTH: "%Y-%m",
    Precision.YEAR: "%Y",
}


class Cited(Dated, Protocol):
    """What a citation is made of."""

    headline: str
    authors: list[str]
    url: str
    language: str
    outlet: Any


@register.filter
def coins(article: Cited) -> str:
    """The title of a COinS span: an OpenURL context object (Z39.88-2004) in the Dublin Core format.

    That format has no word for newspaper articles, so its type is Zotero's own name for them. Spaces are
    written as %20 and plus signs as %2B; Zotero reads both as spaces.
    """
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "newspaperArticle"),
        ("rft.title", article.headline),
        ("rft.source", article.outlet.name if article.outlet else ""),
        ("rft.date", _date(article)),
        *(("rft.creator", author) for author in article.authors),
        ("rft.identifier", article.url if article.url.startswith(("http://", "https://")) else ""),
        ("rft.language", article.language),
    ]
    return urlencode([(name, value) for name, value in pairs if value], quote_via=quote, safe="")


@register.filter
def machine_date(article: Cited) -> str:
    """The day, month or year of publication, as exactly as it is known: 2017-04-18, 2017-04, 2017 or ""."""
    return _date(article)


def _date(article: Dated) -> str:
    if article.published is None:
        return ""
    return article.published.strftime(_DATES[Precision(article.published_precision)])
