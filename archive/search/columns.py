"""The columns of a comparison: articles with what is needed of their texts, copies folded into one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Prefetch, prefetch_related_objects

from archive.models import Article, Mention
from archive.search.veil import Veil
from archive.text import cuts
from archive.text.carried import When
from archive.text.office_names import keyed_by_office
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

_MENTIONS = Prefetch("mentions", Mention.objects.select_related("entity"))


class Independent(NamedTuple):
    """An independent text: the article that shows it, and the others that print it."""

    article: Article
    copies: tuple[Article, ...] = ()


class Column(NamedTuple):
    """One text in the place it was given. `number` counts from 1; `copies` are articles that print the same.

    Under a veil it goes by `alias`, and what it prints of outlets' names is covered.
    """

    number: int
    article: Article
    text: Text
    days_later: int | None  # after the first published of the columns; None if either day is unknown
    copies: tuple[Article, ...] = ()
    ordinal: int = 0  # of several columns of one outlet: the first published is 1; 0 where it has one only
    alias: str = ""
    veil: Veil | None = None

    @property
    def label(self) -> str:
        """The outlet's short name, or the file's where no outlet is known."""
        return self.alias or self._numbered(outlet_label(self.article))

    @property
    def name(self) -> str:
        """The outlet's full name."""
        outlet = self.article.outlet
        return self.alias or (self._numbered(outlet.name) if outlet else self.label)

    def _numbered(self, name: str) -> str:
        return f"{name} {self.ordinal}" if self.ordinal else name

    @property
    def headline(self) -> str:
        """The headline as the page may show it."""
        return self.shown(self.article.headline)

    @property
    def authors(self) -> list[str]:
        """Who wrote it; under a veil nobody: a byline tells the outlet."""
        return [] if self.veil else self.article.authors

    @property
    def agencies(self) -> list[str]:
        """The agencies that it credits."""
        return [agency for agency in self.article.agencies if not (self.veil and self.veil.hides(agency))]

    @property
    def address(self) -> str:
        """The article's page; "" under a veil, since that page names the outlet."""
        return "" if self.veil else self.article.get_absolute_url()

    @property
    def printed_by(self) -> int:
        """How many articles print this text."""
        return 1 + len(self.copies)

    def shown(self, words: str) -> str:
        """Words of the text as the page may show them."""
        return self.veil.over(words) if self.veil else words

    def veiled(self, veil: Veil, alias: str) -> Column:
        """The same text without the names of outlets; every place in it stays true."""
        return self._replace(veil=veil, alias=alias, text=self.text._replace(body=veil.over(self.text.body)))


def outlet_label(article: Article) -> str:
    """What a column is called: the outlet's short name, or the file's where no outlet is known."""
    return article.outlet.label if article.outlet else article.path.rsplit("/", 1)[-1]


def folded(articles: Sequence[Article], chosen: Iterable[int] = ()) -> list[Independent]:
    """Articles with copies folded: each independent text once, in the order of its first article.

    Args:
        articles: in the order of publication.
        chosen: ids of articles that stand for their texts; else the first of each does.
    """
    groups: defaultdict[int, list[Article]] = defaultdict(list)
    for article in articles:
        groups[article.text_group_id or article.pk].append(article)
    wanted = set(chosen)
    found = []
    for group in groups.values():
        face = next((article for article in group if article.pk in wanted), group[0])
        found.append(Independent(face, tuple(article for article in group if article is not face)))
    return found


def columns_of(texts: Sequence[Independent]) -> tuple[Column, ...]:
    """Texts as columns in this order."""
    first = min(filter(None, (_day(one.article) for one in texts)), default=None)
    ordinals = _ordinals([one.article for one in texts])
    prefetch_related_objects([one.article for one in texts], _MENTIONS, "quotations", "figures", "cut")
    printed = keyed_by_office(one_key_each([text_of(one.article) for one in texts]))
    return tuple(
        Column(
            number,
            one.article,
            printed[number - 1],
            _days_after(first, one.article),
            one.copies,
            ordinals[one.article.pk],
        )
        for number, one in enumerate(texts, 1)
    )


def one_key_each(texts: Sequence[Text]) -> list[Text]:
    """The texts with one key for a name of several words that more than one of them prints.

    A name that the archive knows in one article alone has a key of that article ("name@article"). Texts of
    one event that print it in full mean the same by it; on a surname alone nothing is joined.
    """
    keys = sorted({key for text in texts for _, key in text.mention_keys if " " in key.partition("@")[0]})
    shared: dict[str, str] = {}
    for key in keys:  # a key that is known across articles sorts before those of single articles
        shared.setdefault(key.partition("@")[0], key)
    return [
        text._replace(
            mention_keys=tuple(
                (span, shared.get(key.partition("@")[0], key)) for span, key in text.mention_keys
            )
        )
        for text in texts
    ]


def _ordinals(articles: Sequence[Article]) -> dict[int, int]:
    """For each article its number among those of its outlet, first published first; 0 for a lone one."""
    of_outlet: defaultdict[str, list[Article]] = defaultdict(list)
    for article in sorted(articles, key=_published):
        of_outlet[outlet_label(article)].append(article)
    return {
        article.pk: place if len(same) > 1 else 0
        for same in of_outlet.values()
        for place, article in enumerate(same, 1)
    }


def _published(article: Article) -> tuple[bool, float, int]:
    """Sorts articles by publication, undated ones last."""
    moment = article.published
    return moment is None, moment.timestamp() if moment else 0.0, article.pk


def _days_after(first: date | None, article: Article) -> int | None:
    day = _day(article)
    return (day - first).days if day and first else None


def when(article: Article) -> When:
    """When an article was published, as exactly as its order among others needs it."""
    to_the_minute = article.published_precision == Precision.MINUTE
    return When(_day(article), article.published if to_the_minute else None)


def _day(article: Article) -> date | None:
    """The day of publication; a month or year alone is no day to count from."""
    exact = article.published_precision in (Precision.MINUTE, Precision.DAY)
    return article.published.date() if article.published and exact else None


def text_of(article: Article) -> Text:
    """What aligning needs of a stored article: its body with its names, quotations and figures."""
    mentions = list(article.mentions.all())
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
        cuts=_cuts(article),
    )


def _cuts(article: Article) -> tuple[int, ...]:
    """Where its units begin, as far as it was cut by the rules of today; else they are found anew."""
    cut = getattr(article, "cut", None)
    return tuple(cut.starts) if cut and cut.rules == cuts.rules() else ()


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)
