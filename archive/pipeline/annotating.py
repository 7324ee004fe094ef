"""Bodies to mentions, quotations and figures, each a span of its body with its evidence, and to units."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from archive.models import Article, Cut, Figure, Mention, Quotation
from archive.pipeline import bulk
from archive.pipeline.filling import clip
from archive.pipeline.report import Report
from archive.text import cuts, figures, mentions, quotes, recognisers, resolving
from archive.text.authority import Authority
from archive.text.profiles import Amount
from archive.text.spacy_recogniser import ModelMissing
from archive.text.types import Block, BlockKind, Evidence, Link, Span
from archive.text.types import Figure as FoundFigure
from archive.text.types import Mention as FoundMention
from archive.text.types import Quote as FoundQuote

_AT_ONCE = 200  # articles whose rows are held in memory together
Row = tuple[Any, ...]
Meant = Callable[[Collection[str]], Mapping[str, int]]


class Rows(NamedTuple):
    """What is stored of one body, as rows without the article's number; JSON stands as its text.

    A quotation's speaker counts in `mentions`; `cuts` is where the units begin. `failure` says in words why
    there is nothing.
    """

    mentions: tuple[Row, ...] = ()
    quotations: tuple[Row, ...] = ()
    figures: tuple[Row, ...] = ()
    cuts: tuple[int, ...] = ()
    failure: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """The keys that are known across articles."""
        return frozenset(key for key in (row[_KEY] for row in self.mentions) if key and "@" not in key)

    @property
    def quoted(self) -> tuple[str, ...]:
        """The words of the quotations."""
        return tuple(row[_TEXT] for row in self.quotations)

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The figures as grouping reads them."""
        return tuple(Amount(*(row[place] for place in _AMOUNT)) for row in self.figures)


_MENTION = (
    *("start", "end", "surface", "kind", "score", "evidence", "recogniser", "key", "name", "link_evidence"),
)
_QUOTATION = ("start", "end", "kind", "spoken", "text", "speaker_start", "speaker_end", "evidence")
_FIGURE = (*("start", "end", "text", "kind", "low", "high", "unit", "hedge", "counted", "evidence"),)
_AMOUNT = tuple(_FIGURE.index(name) for name in Amount._fields)
_KEY, _TEXT, _SPEAKER = _MENTION.index("key"), _QUOTATION.index("text"), len(_QUOTATION)


class Annotations(NamedTuple):
    """What one body holds, in the order of the body; a quotation's speaker counts in `mentions`."""

    mentions: tuple[FoundMention, ...]
    links: tuple[Link, ...]
    quotations: tuple[FoundQuote, ...]
    figures: tuple[FoundFigure, ...]


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


def read(body: str, blocks: Sequence[Block], content_key: str, authority: Authority) -> Rows:
    """The rows of one body; a rule that fails leaves none, and its failure in words."""
    try:
        return rows_of(body, blocks, content_key, annotate(body, blocks, authority, chosen_recogniser()))
    except ImproperlyConfigured:
        raise
    except Exception as error:
        return Rows(failure=f"{type(error).__name__}: {error}")


def run(
    article_ids: Sequence[int],
    authority: Authority,
    ready: Mapping[int, Rows] | None = None,
    meant: Meant = lambda keys: {},
) -> Report:
    """Annotate articles anew; their earlier mentions, quotations, figures and cuts are replaced.

    `ready` has the rows that are known already, by article. `meant` tells which entities keys mean, as far as
    that is known before they are resolved: what is right already need not be written twice. An article that
    cannot be annotated has no rows, and its line in the report says why.
    """
    lines: list[str] = []
    for first in range(0, len(article_ids), _AT_ONCE):
        part = article_ids[first : first + _AT_ONCE]
        found = {pk: rows for pk, rows in (ready or {}).items() if pk in set(part)}
        left = Article.objects.filter(pk__in=[pk for pk in part if pk not in found])
        for article in left.only("pk", "body", "blocks", "content_key"):
            found[article.pk] = read(article.body, blocks_of(article), article.content_key, authority)
        _write(found, meant({row[_KEY] for rows in found.values() for row in rows.mentions} - {""}))
        lines += _failures({pk: rows.failure for pk, rows in found.items() if rows.failure})
    count = len(article_ids) - len(lines)
    return Report("Annotated", {"annotated": count, "failed": len(lines)}, tuple(lines))


def blocks_of(article: Article) -> tuple[Block, ...]:
    """The stored blocks as values."""
    return tuple(Block(start, end, BlockKind(kind)) for start, end, kind in article.blocks)


def _failures(reasons: Mapping[int, str]) -> list[str]:
    paths = Article.objects.filter(pk__in=reasons).order_by("pk").values_list("pk", "path")
    return [
        f"{path}: names and quotations could not be found ({reasons[pk]}); please report this with the file."
        for pk, path in paths
    ]


def _write(found: Mapping[int, Rows], entities: Mapping[str, int]) -> None:
    for model in (Cut, Quotation, Figure, Mention):
        model.objects.filter(article__any_of=found).delete()
    ids = iter(bulk.next_ids(Mention, sum(len(rows.mentions) for rows in found.values())))
    numbered = {pk: [next(ids) for _ in rows.mentions] for pk, rows in found.items()}
    bulk.copy(
        Mention,
        ("id", "article_id", "entity_id", *_MENTION),
        (
            (number, pk, entities.get(row[_KEY]), *row)
            for pk, rows in found.items()
            for number, row in zip(numbered[pk], rows.mentions, strict=True)
        ),
    )
    bulk.copy(
        Quotation,
        ("article_id", *_QUOTATION, "speaker_id"),
        (
            (pk, *row[:_SPEAKER], None if row[_SPEAKER] is None else numbered[pk][row[_SPEAKER]])
            for pk, rows in found.items()
            for row in rows.quotations
        ),
    )
    bulk.copy(
        Figure, ("article_id", *_FIGURE), ((pk, *row) for pk, rows in found.items() for row in rows.figures)
    )
    bulk.copy(
        Cut,
        ("article_id", "rules", "starts"),
        ((pk, cuts.rules(), list(rows.cuts)) for pk, rows in found.items() if rows.cuts),
    )


def rows_of(body: str, blocks: Sequence[Block], content_key: str, found: Annotations) -> Rows:
    """What is stored of the annotations of a body; of two at one place the first counts."""
    by_start = {link.mention.start: link for link in reversed(found.links)}
    links = [link for link in found.links if by_start[link.mention.start] is link]
    places = {link.mention.start: place for place, link in enumerate(links)}
    names = [Span(link.mention.start, link.mention.end) for link in links]
    return Rows(
        tuple(_mention_row(body, content_key, link) for link in links),
        tuple(_quotation_rows(body, found, places)),
        tuple(_figure_rows(body, found.figures)),
        cuts.starts(body, blocks, found.quotations, names),
    )


def _mention_row(body: str, content_key: str, link: Link) -> Row:
    start, end, kind, score, evidence, recogniser = link.mention
    return (
        start,
        end,
        clip(body[start:end], 300),
        kind.value,
        score,
        bulk.as_json_text(evidence),
        recogniser,
        mention_key(link, content_key),
        clip(" ".join(link.name.split()), 300),
        bulk.as_json_text(_link_evidence(link)),
    )


def _link_evidence(link: Link) -> tuple[Evidence, ...]:
    if len(link.candidates) < 2:
        return (link.evidence,)
    return (link.evidence, Evidence("several it could be", ", ".join(link.candidates)))


def mention_key(link: Link, content_key: str) -> str:
    """The key across articles, or for a lone name its key inside this text; "" for a name without letters."""
    if link.key:
        return clip(link.key, 300)
    return f"{clip(link.local, 300)}@{content_key}" if link.local else ""


def _quotation_rows(body: str, found: Annotations, places: Mapping[int, int]) -> Iterable[Row]:
    by_start: dict[int, Row] = {}
    for quote in found.quotations:
        speaker = quote.speaker_mention
        by_start.setdefault(
            quote.start,
            (
                quote.start,
                quote.end,
                quote.kind.value,
                bulk.as_json_text(quote.spoken),
                " ".join(body[start:end] for start, end in quote.spoken),
                quote.speaker.start if quote.speaker else None,
                quote.speaker.end if quote.speaker else None,
                bulk.as_json_text([quote.evidence]),
                None if speaker is None else places.get(found.mentions[speaker].start),
            ),
        )
    return by_start.values()


def _figure_rows(body: str, found: Iterable[FoundFigure]) -> Iterable[Row]:
    by_start: dict[int, Row] = {}
    for figure in found:
        if math.isfinite(figure.low) and math.isfinite(figure.high):
            by_start.setdefault(
                figure.start,
                (
                    figure.start,
                    figure.end,
                    clip(body[figure.start : figure.end], 300),
                    figure.kind.value,
                    figure.low,
                    figure.high,
                    clip(figure.unit, 60),
                    figure.hedge.value,
                    clip(figure.counted, 200),
                    bulk.as_json_text([figure.evidence]),
                ),
            )
    return by_start.values()
