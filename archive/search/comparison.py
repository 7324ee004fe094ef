"""What the comparison of some articles of one event shows: columns, rows and the tables below them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from archive.models import Article, Entity, Event, Judgement
from archive.text.aligning import Alignment, align
from archive.text.comparing import (
    FigureRow,
    Naming,
    QuotationRow,
    Silence,
    figure_rows,
    naming,
    not_mentioned,
    quotation_rows,
)
from archive.text.judged_rows import Pair, put_right, words_of
from archive.text.passages import Text
from archive.text.types import (
    Block,
    BlockKind,
    Evidence,
    Figure,
    FigureKind,
    Hedge,
    Precision,
    Quote,
    QuoteKind,
    Span,
)

FEWEST_COLUMNS = 2
MOST_COLUMNS = 4  # more do not fit beside each other at a readable width; the page offers to choose


class Column(NamedTuple):
    """One article in the place it was given. `number` counts from 1."""

    number: int
    article: Article
    text: Text
    days_later: int | None  # after the first published of the columns; None if either day is unknown

    @property
    def label(self) -> str:
        """The outlet's short name, or the file's where no outlet is known."""
        return self.article.outlet.label if self.article.outlet else self.article.path.rsplit("/", 1)[-1]

    @property
    def name(self) -> str:
        """The outlet's full name."""
        return self.article.outlet.name if self.article.outlet else self.label


class Comparison(NamedTuple):
    """Some articles of an event beside each other. `entities` are those that `mention_keys` name, by key."""

    event: Event
    columns: tuple[Column, ...]
    others: tuple[Article, ...]  # articles of the event that have no column
    alignment: Alignment
    quotations: tuple[QuotationRow, ...]
    figures: tuple[FigureRow, ...]
    naming: tuple[Naming, ...]
    silences: tuple[Silence, ...]
    entities: dict[str, Entity]


def comparison(event: Event, chosen: Sequence[int] = ()) -> Comparison | None:
    """Lay articles of `event` side by side.

    Args:
        event: whose articles to compare.
        chosen: ids of articles in the order of their columns. Ids that are no article of the event and
            repeated ones are passed over; where fewer than two remain, the first published are taken.

    Returns:
        The comparison, or None where the event has fewer than two articles.
    """
    articles = list(
        Article.objects.newest_versions()
        .filter(event=event)
        .select_related("outlet")
        .in_order_of_publication()
    )
    if len(articles) < FEWEST_COLUMNS:
        return None
    shown = _chosen(articles, chosen)
    columns = _columns(shown)
    texts = tuple(column.text for column in columns)
    names = naming(texts)
    alignment = put_right(texts, _aligned(texts), judged_pairs(columns))
    return Comparison(
        event=event,
        columns=columns,
        others=tuple(article for article in articles if article not in shown),
        alignment=alignment,
        quotations=quotation_rows(texts),
        figures=figure_rows(texts, alignment),
        naming=names,
        silences=not_mentioned(texts, names),
        entities={entity.key: entity for entity in Entity.objects.filter(key__in=[n.key for n in names])},
    )


def _chosen(articles: Sequence[Article], ids: Iterable[int]) -> list[Article]:
    by_id = {article.pk: article for article in articles}
    shown = [by_id[pk] for pk in dict.fromkeys(ids) if pk in by_id][:MOST_COLUMNS]
    return shown if len(shown) >= FEWEST_COLUMNS else list(articles[:MOST_COLUMNS])


def _columns(articles: Sequence[Article]) -> tuple[Column, ...]:
    first = min(filter(None, map(_day, articles)), default=None)
    return tuple(
        Column(number, article, text_of(article), _days_after(first, article))
        for number, article in enumerate(articles, 1)
    )


def _days_after(first: date | None, article: Article) -> int | None:
    day = _day(article)
    return (day - first).days if day and first else None


def _day(article: Article) -> date | None:
    """The day of publication; a month or year alone is no day to count from."""
    exact = article.published_precision in (Precision.MINUTE, Precision.DAY)
    return article.published.date() if article.published and exact else None


@lru_cache(64)
def _aligned(texts: tuple[Text, ...]) -> Alignment:
    return align(texts)


def judged_pairs(columns: Sequence[Column]) -> list[Pair]:
    """What curators judged of passages of these texts, oldest first."""
    ids = {column.article.content_key: column.text.id for column in columns}
    verdicts = (Judgement.Verdict.SAME_PASSAGE, Judgement.Verdict.OTHER_PASSAGE)
    live = Judgement.objects.live().filter(verdict__in=verdicts, left__in=ids, right__in=ids).order_by("pk")
    return [
        Pair(
            ids[one.left],
            words_of(one.value)[0],
            ids[one.right],
            words_of(one.value)[1],
            one.verdict == Judgement.Verdict.SAME_PASSAGE,
        )
        for one in live
    ]


def text_of(article: Article) -> Text:
    """What aligning needs of a stored article: its body with its names, quotations and figures."""
    mentions = list(article.mentions.select_related("entity"))
    place = {mention.pk: number for number, mention in enumerate(mentions)}
    return Text(
        id=str(article.pk),
        body=article.body,
        blocks=tuple(Block(start, end, BlockKind(kind)) for start, end, kind in article.blocks),
        quotes=tuple(
            Quote(
                start=quotation.start,
                end=quotation.end,
                kind=QuoteKind(quotation.kind),
                spoken=tuple(Span(*span) for span in quotation.spoken),
                speaker=_span(quotation.speaker_start, quotation.speaker_end),
                speaker_mention=place.get(quotation.speaker_id) if quotation.speaker_id else None,
                verb=None,
                evidence=Evidence("stored", ""),
            )
            for quotation in article.quotations.all()
        ),
        figures=tuple(
            Figure(
                start=figure.start,
                end=figure.end,
                kind=FigureKind(figure.kind),
                low=figure.low,
                high=figure.high,
                unit=figure.unit,
                hedge=Hedge(figure.hedge),
                counted=figure.counted,
                counted_span=None,
                evidence=Evidence("stored", ""),
            )
            for figure in article.figures.all()
        ),
        mention_keys=tuple(
            (Span(mention.start, mention.end), mention.entity.key if mention.entity else "")
            for mention in mentions
        ),
        published=_day(article),
    )


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)
