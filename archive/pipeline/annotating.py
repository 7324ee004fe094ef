"""Bodies to mentions, quotations and figures, each a span of its body with its evidence."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from archive.models import Article, Figure, Mention, Quotation
from archive.pipeline.filling import clip
from archive.pipeline.ledger import as_json
from archive.pipeline.report import Report
from archive.text import figures, mentions, quotes, recognisers, resolving
from archive.text.authority import Authority
from archive.text.spacy_recogniser import ModelMissing
from archive.text.types import Block, BlockKind, Evidence, Link
from archive.text.types import Figure as FoundFigure
from archive.text.types import Mention as FoundMention
from archive.text.types import Quote as FoundQuote

_AT_ONCE = 200  # articles whose rows are held in memory together


class Annotations(NamedTuple):
    """What one body holds, in the order of the body; a quotation's speaker counts in `mentions`."""

    mentions: tuple[FoundMention, ...]
    links: tuple[Link, ...]
    quotations: tuple[FoundQuote, ...]
    figures: tuple[FoundFigure, ...]


_NOTHING = Annotations((), (), (), ())


def chosen_recogniser() -> mentions.Recogniser | None:
    """The recogniser that the settings name; None for the rules.

    Raises ImproperlyConfigured, in one sentence with the mend, if it is not installed or lacks its model.
    """
    try:
        recogniser = recognisers.named(settings.RECOGNISER)
        if recogniser:
            recogniser("")
    except (recognisers.NoSuchRecogniser, ModelMissing) as problem:
        raise ImproperlyConfigured(str(problem)) from problem
    return recogniser


def annotate(
    body: str,
    blocks: Sequence[Block],
    authority: Authority,
    recogniser: mentions.Recogniser | None = None,
) -> Annotations:
    """Names with whom they refer to, quotations with their speakers, and figures of one body."""
    found = mentions.recognise(body, blocks=blocks, authority=authority, recogniser=recogniser)
    return Annotations(
        mentions=tuple(found),
        links=tuple(resolving.resolve(body, found, authority)),
        quotations=tuple(quotes.quotations(body, found)),
        figures=tuple(figures.figures(body)),
    )


def run(article_ids: Sequence[int], authority: Authority) -> Report:
    """Annotate articles anew; their earlier mentions, quotations and figures are replaced.

    An article that cannot be annotated has none, and its line in the report says why.
    """
    count = 0
    lines: list[str] = []
    recogniser = chosen_recogniser() if article_ids else None
    for first in range(0, len(article_ids), _AT_ONCE):
        articles = Article.objects.filter(pk__in=article_ids[first : first + _AT_ONCE])
        done: dict[Article, Annotations] = {}
        for article in articles.only("pk", "path", "body", "blocks", "content_key"):
            try:
                done[article] = annotate(article.body, blocks_of(article), authority, recogniser)
            except Exception as error:
                done[article] = _NOTHING
                lines.append(
                    f"{article.path}: names and quotations could not be found "
                    f"({type(error).__name__}: {error}); please report this with the file."
                )
        _write(done)
        count += len(done)
    return Report("Annotated", {"annotated": count - len(lines), "failed": len(lines)}, tuple(lines))


def blocks_of(article: Article) -> tuple[Block, ...]:
    """The stored blocks as values."""
    return tuple(Block(start, end, BlockKind(kind)) for start, end, kind in article.blocks)


def _write(annotated: Mapping[Article, Annotations]) -> None:
    Quotation.objects.filter(article__in=annotated).delete()
    Figure.objects.filter(article__in=annotated).delete()
    Mention.objects.filter(article__in=annotated).delete()
    rows = {article: _mention_rows(article, found.links) for article, found in annotated.items()}
    Mention.objects.bulk_create(
        (row for by_start in rows.values() for row in by_start.values()), batch_size=1000
    )
    Quotation.objects.bulk_create(
        (
            row
            for article, found in annotated.items()
            for row in _quotation_rows(article, found, rows[article])
        ),
        batch_size=1000,
    )
    Figure.objects.bulk_create(
        (row for article, found in annotated.items() for row in _figure_rows(article, found.figures)),
        batch_size=1000,
    )


def _mention_rows(article: Article, links: Iterable[Link]) -> dict[int, Mention]:
    rows: dict[int, Mention] = {}
    for link in links:
        start, end, kind, score, evidence, recogniser = link.mention
        rows.setdefault(
            start,
            Mention(
                article=article,
                start=start,
                end=end,
                surface=clip(article.body[start:end], 300),
                kind=kind.value,
                score=score,
                evidence=as_json(evidence),
                recogniser=recogniser,
                key=mention_key(link, article.content_key),
                name=clip(" ".join(link.name.split()), 300),
                link_evidence=as_json(_link_evidence(link)),
            ),
        )
    return rows


def _link_evidence(link: Link) -> tuple[Evidence, ...]:
    if len(link.candidates) < 2:
        return (link.evidence,)
    return (link.evidence, Evidence("several it could be", ", ".join(link.candidates)))


def mention_key(link: Link, content_key: str) -> str:
    """The key across articles, or for a lone name its key inside this text; "" for a name without letters."""
    if link.key:
        return clip(link.key, 300)
    return f"{clip(link.local, 300)}@{content_key}" if link.local else ""


def _quotation_rows(article: Article, found: Annotations, rows: Mapping[int, Mention]) -> Iterable[Quotation]:
    by_start: dict[int, Quotation] = {}
    for quote in found.quotations:
        speaker = quote.speaker_mention
        by_start.setdefault(
            quote.start,
            Quotation(
                article=article,
                start=quote.start,
                end=quote.end,
                kind=quote.kind.value,
                spoken=as_json(quote.spoken),
                text=" ".join(article.body[start:end] for start, end in quote.spoken),
                speaker=None if speaker is None else rows.get(found.mentions[speaker].start),
                speaker_start=quote.speaker.start if quote.speaker else None,
                speaker_end=quote.speaker.end if quote.speaker else None,
                evidence=[as_json(quote.evidence)],
            ),
        )
    return by_start.values()


def _figure_rows(article: Article, found: Iterable[FoundFigure]) -> Iterable[Figure]:
    by_start: dict[int, Figure] = {}
    for figure in found:
        if math.isfinite(figure.low) and math.isfinite(figure.high):
            by_start.setdefault(
                figure.start,
                Figure(
                    article=article,
                    start=figure.start,
                    end=figure.end,
                    text=clip(article.body[figure.start : figure.end], 300),
                    kind=figure.kind.value,
                    low=figure.low,
                    high=figure.high,
                    unit=clip(figure.unit, 60),
                    hedge=figure.hedge.value,
                    counted=clip(figure.counted, 200),
                    evidence=[as_json(figure.evidence)],
                ),
            )
    return by_start.values()
