"""People and organisations: what the page of one shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from django.db.models import F

from archive.models import Alias, Article, Entity, Event, Mention, SearchRow
from archive.models.article import ArticleQuerySet
from archive.models.mention import MentionQuerySet
from archive.models.search_row import SearchRowQuerySet
from archive.search.copies import Folding, Story, folding, stories
from archive.search.gathering import Gathered, Key, gathered, in_order, planned
from archive.search.limits import Clock
from archive.search.named import Named, most_named
from archive.search.printed_forms import Forms, printed_forms
from archive.search.successors import Gone, successor
from archive.search.text_counts import with_counts
from archive.search.walking import likely_end, walk
from archive.text.descriptions import description_after, description_before
from archive.text.types import Kind, Span

MOST_ARTICLES = 20  # on the page of a name; the search for the name opens all
MOST_COMPANIONS = 12
MOST_DESCRIPTIONS = 30
MOST_EVENTS = 10
# What is gathered from the texts themselves is, for names in more articles, gathered from the newest of them.
NEWEST = 500
_DESCRIBED = 60  # mentions that are read for descriptions: the newest


class Description(NamedTuple):
    """Words beside the name in one outlet, and where they stand."""

    outlet: str
    words: str
    places: tuple[tuple[Article, int | None], ...]  # with the number of the paragraph


class EntityPage(NamedTuple):
    """What the page of a person or organisation shows."""

    entity: Entity
    first: datetime | None
    last: datetime | None
    outlets: int  # at least, as the events are, where only a sample was counted (`folding.sample`)
    read: tuple[int, ...]  # the newest articles, which forms, descriptions and quotations are gathered from
    newest: int  # how many these are, if not all; else 0
    stories: tuple[Story, ...]
    folding: Folding
    events: tuple[Event, ...]
    event_total: int
    forms: Forms
    other_names: tuple[Alias, ...]
    merged: tuple[Entity, ...]
    descriptions: tuple[Description, ...]
    described: int  # how many of the newest mentions these were read from, if not from all; else 0
    companions: tuple[Named, ...]


def entity_or_successor(pk: int) -> Entity:
    """The person or organisation with this number, or the one it was merged into.

    Raises:
        Entity.DoesNotExist: there never was one.
        Gone: it was withdrawn.
    """
    entity: Entity = successor(Entity.objects.get(pk=pk))
    if entity.withdrawn:
        raise Gone(f"“{entity.name}” is no {Kind(entity.kind).value} any more.")
    return entity


def mentions_of(entity: Entity) -> MentionQuerySet:
    """The places where newest versions of articles print the name, newest articles first."""
    of_newest = Mention.objects.filter(entity=entity, article__newest=True)
    return of_newest.order_by(F("article__published").desc(nulls_last=True), "-article", "start")


def newest_naming(entity: Entity) -> list[int]:
    """The numbers of the newest articles that name it, NEWEST at most, newest first."""
    rows = SearchRow.objects.naming(entity.pk)
    return [key.pk for key in _newest(rows, gathered(rows, Clock(), planned(rows)))]


def articles_naming(entity: Entity) -> ArticleQuerySet:
    """The newest versions of the articles that name it, newest first."""
    pks = SearchRow.objects.naming(entity.pk).values("pk")
    return Article.objects.to_read().filter(pk__in=pks)


def entity_page(entity: Entity, *, folded: bool = True) -> EntityPage:
    """The names it goes by, its articles and events, how it is described, who stands beside it.

    Args: `folded`: whether copies of one text stand as one among the articles.
    """
    rows = SearchRow.objects.naming(entity.pk)
    found = gathered(rows, Clock(), planned(rows))
    keys = _newest(rows, found)
    newest = [key.pk for key in keys]
    all_read = found.exact and len(found.keys) == len(keys)
    mentions = mentions_of(entity) if all_read else mentions_of(entity).filter(article__any_of=newest)
    forms = printed_forms(mentions, {} if all_read else {"newest": "yes"})
    return EntityPage(
        entity=entity,
        first=_published(found, min) if found.exact else _oldest(rows),
        last=_published(found, max) if found.exact else _published(Gathered(keys), max),
        outlets=len({key.outlet for key in found.keys} - {None}),
        read=tuple(newest),
        newest=0 if all_read else len(newest),
        stories=stories(keys, MOST_ARTICLES, folded=folded),
        folding=folding(found, folded=folded),
        events=_events(found if found.exact else Gathered(keys)),
        event_total=len({key.event for key in found.keys} - {None}),
        forms=forms,
        other_names=tuple(entity.aliases.binding().exclude(form__in=[row.form for row in forms.rows])),
        merged=tuple(entity.merged.all()),
        descriptions=tuple(_descriptions(entity, newest)),
        described=_DESCRIBED if forms.total.size > _DESCRIBED else 0,
        companions=tuple(_companions(entity, rows, newest, exact=found.exact)),
    )


def _newest(rows: SearchRowQuerySet, found: Gathered) -> tuple[Key, ...]:
    """The newest rows, NEWEST at most: in memory, or walked to where only a sample is."""
    if found.exact:
        return tuple(in_order(found.keys, newest=True)[:NEWEST])
    sample = in_order((key for key in found.keys if key.moment is not None), newest=True)
    likely = likely_end(sample, found.rate, NEWEST)
    return walk(rows, Clock(), NEWEST, newest=True, after=None, by_month=True, likely=likely).keys


def _oldest(rows: SearchRowQuerySet) -> datetime | None:
    first = walk(rows, Clock(), 1, newest=False, after=None, by_month=True).keys
    return first[0].published if first else None


def _published(found: Gathered, of: Callable[..., Key]) -> datetime | None:
    """The first or the last date."""
    dated = [key for key in found.keys if key.moment is not None]
    return of(dated, key=attrgetter("moment")).published if dated else None


def _events(found: Gathered) -> tuple[Event, ...]:
    """The newest events of some articles."""
    numbers = {key.event for key in found.keys} - {None}
    return with_counts(Event.objects.live().filter(pk__any_of=numbers)[:MOST_EVENTS])


def _companions(
    entity: Entity, rows: SearchRowQuerySet, newest: Sequence[int], *, exact: bool
) -> list[Named]:
    """Who is named in the same articles, and in how many; 0 where only the newest were looked at."""
    among = rows if exact else SearchRow.objects.filter(pk__any_of=newest)
    found = most_named(among, MOST_COMPANIONS, leaving_out=[entity.pk])
    together = [named for most in found.values() for named in most]
    most_first = sorted(together, key=lambda named: (-named.articles, named.entity.name))[:MOST_COMPANIONS]
    return most_first if exact else [named._replace(articles=0) for named in most_first]


# --- descriptions ------------------------------------------------------------------------------------


def _descriptions(entity: Entity, newest: Sequence[int]) -> list[Description]:
    """The words beside the name by outlet, those printed most first."""
    found: defaultdict[tuple[str, str], list[tuple[Article, int | None]]] = defaultdict(list)
    among = mentions_of(entity).filter(article__any_of=newest[:_DESCRIBED])
    places = among.values_list("article", "start", "end")[:_DESCRIBED]
    articles = Article.objects.to_name("body", "blocks").in_bulk({article for article, _, _ in places})
    for pk, start, end in places:
        article = articles[pk]
        for span in described(article, Span(start, end)):
            words = " ".join(article.body[slice(*span)].split())
            where = (article, article.paragraph_number(start))
            found[article.outlet.label if article.outlet else "no outlet", words].append(where)
    most_first = sorted(found.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1]))
    return [Description(*key, tuple(dict.fromkeys(where))) for key, where in most_first[:MOST_DESCRIPTIONS]]


def described(article: Article, name: Span) -> list[Span]:
    """The spans of the words that describe the name at one place of the article's body."""
    sentence = article.sentence_at(name.start)
    if sentence is None:
        return []
    beside = (
        description_before(article.body, sentence.start, name.start),
        description_after(article.body, name.end),
    )
    return [span for span in beside if span]
