"""The versions of an article: when each came, and what it changed."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from archive.models import Article
from archive.text.versions import Count, Paragraph, changes, counted

MOST_VERSIONS = 50  # the newest; an article that is changed more often is a live page


class Version(NamedTuple):
    """One version, numbered from 1 for the oldest; `words` are those that it brought and took away."""

    number: int
    article: Article
    words: Count | None  # None for the first
    other_headline: bool  # than the version before it


class Versions(NamedTuple):
    """All versions, the newest first, and what the one that is read changed of the one before it."""

    rows: tuple[Version, ...]
    headline: tuple[Paragraph, ...]
    paragraphs: tuple[Paragraph, ...]
    current: Version

    @property
    def before(self) -> Version | None:
        """The version before the one that is read."""
        return next((row for row in self.rows if row.number == self.current.number - 1), None)


def versions(article: Article) -> Versions | None:
    """The versions of an article; None where there is only one."""
    chain = _chain(article)
    if len(chain) < 2:
        return None
    rows = [_version(number, chain) for number in range(1, len(chain) + 1)]
    current = next(row for row in rows if row.article.pk == article.pk)
    before = chain[current.number - 2] if current.number > 1 else None
    return Versions(
        rows=tuple(reversed(rows)),
        headline=_changed(before.headline, article.headline) if before else (),
        paragraphs=_changed(before.body, article.body) if before else (),
        current=current,
    )


def _version(number: int, chain: list[Article]) -> Version:
    article = chain[number - 1]
    if number == 1:
        return Version(number, article, None, False)
    before = chain[number - 2]
    count = counted(_changed(before.body, article.body))
    return Version(number, article, count, before.headline != article.headline)


def _chain(article: Article) -> list[Article]:
    """All versions in order, the oldest first."""
    chain = [article]
    readable = Article.objects.to_read()
    while len(chain) < MOST_VERSIONS and chain[0].previous_id:
        chain.insert(0, readable.get(pk=chain[0].previous_id))
    while len(chain) < MOST_VERSIONS and (later := readable.filter(previous=chain[-1]).first()):
        chain.append(later)
    return chain


@lru_cache(2 * MOST_VERSIONS)
def _changed(old: str, new: str) -> tuple[Paragraph, ...]:
    return changes(old, new)
