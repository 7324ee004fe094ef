"""What the comparison of some articles of one event shows: columns, rows and the tables below them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from string import ascii_uppercase
from typing import NamedTuple

from django.db.models import Max, Q

from archive.models import Article, Entity, Event, Judgement
from archive.search.columns import Column, Independent, columns_of, folded, outlet_label, text_of, when
from archive.search.compared import compared
from archive.search.veil import Veil
from archive.text.aligning import Alignment
from archive.text.carried import Silence, Unsaid, not_carried, not_named
from archive.text.cited_sources import SourceRow
from archive.text.comparing import FigureRow, Naming
from archive.text.judged_rows import Pair, words_of
from archive.text.printings import Printing
from archive.text.quotations_compared import QuotationRow
from archive.text.untold import surely_unsaid

__all__ = ["FEWEST_COLUMNS", "MOST_COLUMNS", "Column", "Comparison", "comparison", "text_of"]

FEWEST_COLUMNS = 2
_OF_PASSAGES = (Judgement.Verdict.SAME_PASSAGE, Judgement.Verdict.OTHER_PASSAGE)
MOST_COLUMNS = 4  # more do not fit beside each other at a readable width; the page offers to choose


class Offer(NamedTuple):
    """An article that can be chosen for a column, as the chooser calls it."""

    pk: int
    label: str


class Comparison(NamedTuple):
    """Some texts of an event beside each other.

    `entities` are those that keys of names stand for. `copies_folded` says that a column stands for every
    article that prints its text. Under a veil outlets go by letters, in the columns and in the texts.
    """

    event: Event
    title: str
    columns: tuple[Column, ...]
    others: tuple[Article, ...]  # articles of the event that have no column and are no copy of one
    offers: tuple[Offer, ...]
    alignment: Alignment
    quotations: tuple[QuotationRow, ...]
    printings: tuple[tuple[Printing | None, ...], ...]  # of each quotation, by column
    figures: tuple[FigureRow, ...]
    naming: tuple[Naming, ...]
    sources: tuple[SourceRow, ...]
    silences: tuple[Silence, ...]
    unsaid: tuple[tuple[Unsaid, ...], ...]
    entities: dict[str, Entity]
    copies_folded: bool
    judged_at: datetime | None  # when a curator last judged, or took back, something about its rows
    veil: Veil | None = None


def comparison(
    event: Event,
    chosen: Sequence[int] = (),
    *,
    most: int = MOST_COLUMNS,
    fold: bool = True,
    names: bool = True,
    articles: Sequence[Article] | None = None,
) -> Comparison | None:
    """Lay articles of `event` side by side.

    Args:
        event: whose articles to compare.
        chosen: ids of articles in the order of their columns. Ids that are no article of the event and
            repeated ones are passed over; where fewer than two remain, the first published are taken.
        most: columns at most.
        fold: whether copies of one text share a column; an event of copies alone is never folded.
        names: whether outlets are named; else they go by letters.
        articles: what `articles_of` says of the event, if that is known already.

    Returns:
        The comparison, or None where the event has fewer than two articles.
    """
    articles = articles_of(event) if articles is None else articles
    if len(articles) < FEWEST_COLUMNS:
        return None
    texts = folded(articles, chosen)
    fold = fold and len(texts) >= FEWEST_COLUMNS
    if not fold:
        texts = [Independent(article) for article in articles]
    columns = columns_of(_chosen(texts, chosen, most))
    found = _laid_out(event, columns, texts, fold)
    return found if names else _veiled(found, articles, texts)


def independent_texts(articles: Sequence[Article]) -> list[Independent]:
    """The texts of an event, copies folded, in the order of publication: what `comparison` chooses from.

    Args:
        articles: by `articles_of`.
    """
    texts = folded(articles)
    return texts if len(texts) >= FEWEST_COLUMNS else [Independent(article) for article in articles]


def articles_of(event: Event) -> list[Article]:
    """The newest versions of an event's articles with their texts, in the order of publication."""
    newest = Article.objects.newest_versions().filter(event=event)
    return list(newest.to_read().in_order_of_publication())


def _chosen(texts: Sequence[Independent], ids: Sequence[int], most: int) -> list[Independent]:
    by_id = {one.article.pk: one for one in texts}
    shown = [by_id[pk] for pk in dict.fromkeys(ids) if pk in by_id][:most]
    return shown if len(shown) >= FEWEST_COLUMNS else list(texts[:most])


def _laid_out(
    event: Event, columns: tuple[Column, ...], all_texts: Sequence[Independent], fold: bool
) -> Comparison:
    found = compared(tuple(column.text for column in columns), tuple(judged_pairs(columns)))
    shown = {column.article.pk for column in columns}
    published = [when(column.article) for column in columns]
    keys = {row.key for row in found.naming} | {row.key.removeprefix("name:") for row in found.sources}
    return Comparison(
        event=event,
        title=event.title,
        columns=columns,
        others=tuple(one.article for one in all_texts if one.article.pk not in shown),
        offers=tuple(
            Offer(one.article.pk, f"{outlet_label(one.article)}: {one.article.headline}") for one in all_texts
        ),
        **found._asdict(),
        silences=not_named(found.naming, published),
        unsaid=surely_unsaid(
            not_carried(found.alignment, published), found.alignment, [column.text for column in columns]
        ),
        entities={entity.key: entity for entity in Entity.objects.filter(key__in=keys)},
        copies_folded=fold,
        judged_at=_judged_at(columns),
    )


def _veiled(found: Comparison, articles: Sequence[Article], texts: Sequence[Independent]) -> Comparison:
    """The same comparison without the names of outlets: each text keeps its letter in every order."""
    veil = Veil(articles)
    letter = {one.article.pk: _letter(place) for place, one in enumerate(texts)}
    hidden = {key for key, entity in found.entities.items() if veil.hides(entity.name)}
    return found._replace(
        title=veil.over(found.title),
        columns=tuple(column.veiled(veil, f"Text {letter[column.article.pk]}") for column in found.columns),
        offers=tuple(Offer(offer.pk, f"Text {letter[offer.pk]}") for offer in found.offers),
        sources=tuple(row for row in found.sources if row.key.removeprefix("name:") not in hidden),
        entities={key: entity for key, entity in found.entities.items() if key not in hidden},
        veil=veil,
    )


def _letter(place: int) -> str:
    """A, B ... Z, A1, B1 ..."""
    rounds, index = divmod(place, len(ascii_uppercase))
    return ascii_uppercase[index] + (str(rounds) if rounds else "")


def _judged_at(columns: Sequence[Column]) -> datetime | None:
    texts = {column.article.content_key for column in columns}
    about = Q(verdict__in=_OF_PASSAGES) | Q(withdraws__verdict__in=_OF_PASSAGES)
    judged = Judgement.objects.filter(about, left__in=texts, right__in=texts)
    newest: datetime | None = judged.aggregate(newest=Max("made_at"))["newest"]
    return newest


def judged_pairs(columns: Sequence[Column]) -> list[Pair]:
    """What curators judged of passages of these texts, oldest first."""
    ids = {column.article.content_key: column.text.id for column in columns}
    live = (
        Judgement.objects.live().filter(verdict__in=_OF_PASSAGES, left__in=ids, right__in=ids).order_by("pk")
    )
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
