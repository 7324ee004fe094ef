"""Articles: what the page of one shows, and its raw text with what cleaning took out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from archive.models import Article, Entity, Figure, Mention, Quotation
from archive.search.copies import Lineage, lineage
from archive.search.events import Covered, covered
from archive.search.shared_passages import SharedPassages, shared_passages
from archive.search.versions import Versions, versions
from archive.text.types import Block, BlockKind, Kind, Removed

MOST_COVERAGE = 20  # other articles of the event beside the text; the event's page lists all


class Passage(NamedTuple):
    """A block of the body. Paragraphs are numbered from 1; `cuts` are what cleaning took out before it."""

    block: Block
    number: int | None
    cuts: tuple[Removed, ...]


class NamedHere(NamedTuple):
    """A person or organisation of the article, and how often the body names it."""

    entity: Entity
    mentions: int


class ArticlePage(NamedTuple):
    """What the page of an article shows."""

    article: Article
    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    quotations: tuple[Quotation, ...]
    figures: tuple[Figure, ...]
    people: tuple[NamedHere, ...]
    organisations: tuple[NamedHere, ...]
    coverage: tuple[Covered, ...]
    lineage: Lineage | None
    shared: SharedPassages | None
    versions: Versions | None
    replaced_by: Article | None
    removed: tuple[Removed, ...]


class RawPiece(NamedTuple):
    """A stretch of the raw text in order; `removed` says what it was taken for, with a number from 1."""

    text: str
    removed: Removed | None
    number: int


def article_with(pk: int) -> Article:
    """The article with this number.

    Raises:
        Article.DoesNotExist: there is none.
    """
    return Article.objects.select_related("outlet", "event").get(pk=pk)


def article_page(article: Article) -> ArticlePage:
    """The text in passages, the names, quotations and figures in it, and what else covers its event."""
    mentions = tuple(article.mentions.select_related("entity"))
    named = _named(mentions)
    others: list[Article] = []
    if article.event:
        newest = article.event.articles.newest_versions().to_read().defer("body", "blocks")
        others = list(newest.in_order_of_publication())
    return ArticlePage(
        article=article,
        passages=passages(article),
        mentions=mentions,
        quotations=tuple(article.quotations.all()),
        figures=tuple(article.figures.all()),
        people=tuple(one for one in named if one.entity.kind == Kind.PERSON),
        organisations=tuple(one for one in named if one.entity.kind == Kind.ORGANISATION),
        coverage=tuple(one for one in covered(others) if one.article.pk != article.pk)[:MOST_COVERAGE],
        lineage=lineage(article),
        shared=shared_passages(article),
        versions=versions(article),
        replaced_by=Article.objects.filter(previous=article).first(),
        removed=tuple(_in_order(article)),
    )


def passages(article: Article) -> tuple[Passage, ...]:
    """The blocks of the body with what cleaning took out between them.

    What stood before the first block or after the last surrounds the article: it is shown with the raw text.
    """
    blocks = article.block_list()
    places = [_raw_place(article, block) for block in blocks]
    found = []
    number = 0
    for index, block in enumerate(blocks):
        number += block.kind is BlockKind.PARAGRAPH
        since, until = (places[index - 1], places[index]) if index else (0, 0)
        cuts = tuple(cut for cut in _in_order(article) if since <= cut.start < until)
        found.append(Passage(block, number if block.kind is BlockKind.PARAGRAPH else None, cuts))
    return tuple(found)


def raw_pieces(article: Article) -> list[RawPiece]:
    """The whole raw text in order, what cleaning took out apart from what it kept. Nothing is left out."""
    pieces: list[RawPiece] = []
    place = 0
    for number, cut in enumerate(_in_order(article), 1):
        start, end = max(cut.start, place), min(cut.end, len(article.raw))
        if start >= end:
            continue
        if start > place:
            pieces.append(RawPiece(article.raw[place:start], None, 0))
        pieces.append(RawPiece(article.raw[start:end], cut, number))
        place = end
    if place < len(article.raw):
        pieces.append(RawPiece(article.raw[place:], None, 0))
    return pieces


def _in_order(article: Article) -> list[Removed]:
    return sorted(article.removed_list(), key=lambda cut: (cut.start, cut.end))


def _raw_place(article: Article, block: Block) -> int:
    """Where a block begins in the raw text; 0 where that is not known."""
    for segment in article.segment_list():
        if segment.body_start <= block.start < segment.body_start + segment.length:
            return segment.raw_start + block.start - segment.body_start
    return 0


def _named(mentions: Sequence[Mention]) -> list[NamedHere]:
    counts: Counter[int] = Counter()
    entities: dict[int, Entity] = {}
    for mention in mentions:
        if mention.entity and not mention.entity.withdrawn:
            entities[mention.entity.pk] = mention.entity
            counts[mention.entity.pk] += 1
    named = [NamedHere(entities[pk], size) for pk, size in counts.items()]
    return sorted(named, key=lambda one: (-one.mentions, one.entity.name, one.entity.pk))
