"""Articles as rows: the text as read, what is known of it, and what was found in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from archive.exports.streams import AT_ONCE, batched
from archive.models import Article, Figure, Mention, Quotation
from archive.models.article import ArticleQuerySet
from archive.text.types import BlockKind, Kind, Precision

COLUMNS = (
    *("id", "path", "file", "outlet", "domain", "url", "published", "headline", "authors", "agencies"),
    *("body", "captions", "subheadings", "people", "organisations", "quotations", "figures"),
    *("event", "event_title", "person_ids", "organisation_ids", "newest", "whole"),
)

_PUBLISHED = {
    Precision.MINUTE: "%Y-%m-%dT%H:%M",
    Precision.DAY: "%Y-%m-%d",
    Precision.MONTH: "%Y-%m",
    Precision.YEAR: "%Y",
}
_FROM_THE_TEXT = ("captions", "subheadings", "quotations", "figures")
_NOT_NEEDED = ("raw", "segments", "removed", "grouping", "stated", "credits")


def live() -> ArticleQuerySet:
    """The articles that the site counts: each in its newest version, in the order of their ids."""
    return every().newest_versions()


def every() -> ArticleQuerySet:
    """Earlier versions too."""
    return Article.objects.order_by("pk")


def rows(articles: ArticleQuerySet) -> Iterator[dict[str, Any]]:
    """Yield a row of COLUMNS for each article, in the order of the query; memory stays flat."""
    for article in _with_all(articles).iterator(chunk_size=AT_ONCE):
        yield row(article)
        # What was fetched with it refers back to it: whole texts would wait for the garbage collector.
        article._prefetched_objects_cache.clear()  # type: ignore[attr-defined]


def rows_numbered(numbers: Iterable[int], *, whole: bool = True) -> Iterator[dict[str, Any]]:
    """Yield a row of COLUMNS for each of the articles with these numbers, in this order; memory stays flat.

    Args:
        numbers: of articles; one that is none has no row.
        whole: with the whole text; otherwise `excerpt` says what is left of each.
    """
    for some in batched(numbers, AT_ONCE):
        found = _with_all(Article.objects.all()).in_bulk(some)
        for number in some:
            if article := found.pop(number, None):
                yield row(article) if whole else excerpt(row(article), article)
                article._prefetched_objects_cache.clear()  # type: ignore[attr-defined]


def summaries(numbers: Sequence[int]) -> list[dict[str, Any]]:
    """What a list says of some articles, in this order: enough to choose and to cite, not their texts."""
    found = Article.objects.to_read().in_bulk(numbers)
    return [_summary(found[number]) for number in numbers if number in found]


def _summary(article: Article) -> dict[str, Any]:
    return {
        "id": article.pk,
        "path": article.get_absolute_url(),
        "headline": article.headline,
        "outlet": article.outlet.name if article.outlet else None,
        "outlet_id": article.outlet_id,
        "url": article.url,
        "published": as_known(article.published, article.published_precision),
        "authors": article.authors,
        "agencies": article.agencies,
        "language": article.language,
        "event": article.event_id,
        "excerpt": article.excerpt,
    }


def _with_all(articles: ArticleQuerySet) -> ArticleQuerySet:
    mentions = Mention.objects.select_related("entity").only("article", "start", "name", "entity")
    quotations = Quotation.objects.statements().select_related("speaker__entity").defer("evidence")
    figures = Figure.objects.defer("evidence")
    return (
        articles.select_related("outlet", "event")
        .defer(*_NOT_NEEDED, "event__reasons")
        .prefetch_related(
            Prefetch("mentions", mentions.order_by("start")),
            Prefetch("quotations", quotations.order_by("start")),
            Prefetch("figures", figures.order_by("start")),
        )
    )


def row(article: Article) -> dict[str, Any]:
    """One article as a row. `path` is its address on the site, `file` the file that it came from."""
    outlet, event = article.outlet, article.event
    people = _named(article, Kind.PERSON)
    organisations = _named(article, Kind.ORGANISATION)
    return {
        "id": article.pk,
        "path": article.get_absolute_url(),
        "file": article.path,
        "outlet": outlet.name if outlet else None,
        "domain": outlet.domain if outlet else None,
        "url": article.url,
        "published": as_known(article.published, article.published_precision),
        "headline": article.headline,
        "authors": article.authors,
        "agencies": article.agencies,
        "body": article.body,
        "captions": article.captions,
        "subheadings": subheadings(article),
        "people": list(people.values()),
        "organisations": list(organisations.values()),
        "quotations": [_quotation(quotation) for quotation in article.quotations.all()],
        "figures": [_figure(figure) for figure in article.figures.all()],
        "event": event.pk if event else None,
        "event_title": event.title if event else None,
        "person_ids": list(people),
        "organisation_ids": list(organisations),
        "newest": article.newest,
        "whole": True,
    }


def excerpt(row: dict[str, Any], article: Article) -> dict[str, Any]:
    """The row where whole texts are not public: an excerpt for the body, and nothing quoted from the rest."""
    nothing = dict.fromkeys(_FROM_THE_TEXT, ())
    return {**row, **nothing, "body": article.excerpt, "whole": False}


def as_known(moment: datetime | None, precision: str) -> str | None:
    """A date as exactly as it is known: "2017-04-18T09:49", "2017-04-18", "2017-04", "2017" or None."""
    return moment.strftime(_PUBLISHED[Precision(precision)]) if moment and precision else None


def subheadings(article: Article) -> list[str]:
    """The subheadings of the body, in order."""
    return [article.body[start:end] for start, end, kind in article.blocks if kind == BlockKind.SUBHEADING]


def _named(article: Article, kind: Kind) -> dict[int, str]:
    """Who is named, by id, in the order of first mention."""
    entities: Iterable[Any] = (mention.entity for mention in article.mentions.all())
    return {entity.pk: entity.name for entity in entities if entity and entity.kind == kind}


def _quotation(quotation: Quotation) -> dict[str, str | None]:
    speaker = quotation.speaker
    name = (speaker.entity.name if speaker.entity else speaker.name) if speaker else None
    return {"text": quotation.text, "speaker": name}


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        name: getattr(figure, name) for name in ("text", "kind", "low", "high", "unit", "hedge", "counted")
    }
