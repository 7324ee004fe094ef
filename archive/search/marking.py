"""What of an article a query found: for the page of the article that a search opened."""

from __future__ import annotations

from typing import NamedTuple

from archive.models import Article
from archive.search.highlights import matches
from archive.search.query import parse, terms
from archive.text.types import Span


class Marked(NamedTuple):
    """The words of a query in an article's headline and text, in order."""

    query: str
    headline: tuple[Span, ...] = ()
    body: tuple[Span, ...] = ()


def marked_words(article: Article, typed: str) -> Marked:
    """What matches in the article; of fields those that are about words."""
    query = parse(typed)
    wanted = terms(query.expression)
    return Marked(
        query=query.text,
        headline=matches(article.headline, [term for term in wanted if term.where != "by"]),
        body=matches(article.body, [term for term in wanted if not term.where]),
    )
