"""Events: the list of them, and what the page of one shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import F, Q

from archive.models import Article, Entity, Event, Mention
from archive.models.event import EventQuerySet
from archive.search.copies import Folding
from archive.search.successors import Gone, successor
from archive.text.types import Kind

# Names on an event's page; each further one is one click away in the search for the event.
MOST_NAMES = 40


class Covered(NamedTuple):
    """An article of an event, how many days after the first it was published (None: not known), and what
    copies are folded into it.
    """

    article: Article
    days_later: int | None
    copies: tuple[Article, ...] = ()


class Named(NamedTuple):
    """A person or organisation of an event, and which outlets name it in how many of the event's articles.

    `others` have the same name of several words, each in an article where nobody introduced it: texts of one
    event mean the same by it, so that it stands once. They stay entities of their own.
    """

    entity: Entity
    outlets: tuple[tuple[str, int], ...]
    articles: int
    others: tuple[Named, ...] = ()

    @property
    def coverage(self) -> int:
        return self.articles + sum(other.articles for other in self.others)


class EventPage(NamedTuple):
    """What the page of an event shows."""

    event: Event
    articles: tuple[Covered, ...]  # copies of one text as one, if they are folded
    folding: Folding
    people: tuple[Named, ...]
    organisations: tuple[Named, ...]
    agencies: tuple[str, ...]
    follow_ups: tuple[Event, ...]


def event_or_successor(pk: int) -> Event:
    """The event with this number, or the one it was merged into.

    Raises:
        Event.DoesNotExist: there never was such an event.
        Gone: its articles belong to other events now.
    """
    event: Event = successor(Event.objects.select_related("merged_into", "follows").get(pk=pk))
    if not Event.objects.live().filter(pk=event.pk).exists():
        raise Gone(f"The event “{event.title}” has no article any more.")
    return event


def event_page(event: Event, articles: Sequence[Article], *, folded: bool = True) -> EventPage:
    """The articles of an event in order of publication, who is in them, and what it follows.

    Args:
        event: whose page it is.
        articles: by `comparison.articles_of`.
        folded: whether copies of one text stand as one.
    """
    named = _named(articles)
    return EventPage(
        event=event,
        articles=tuple(_folded(list(covered(articles))) if folded else covered(articles)),
        folding=Folding(len(articles), len({one.text_group_id or one.pk for one in articles}), folded),
        people=tuple(one for one in named if one.entity.kind == Kind.PERSON)[:MOST_NAMES],
        organisations=tuple(one for one in named if one.entity.kind == Kind.ORGANISATION)[:MOST_NAMES],
        agencies=tuple(sorted({agency for article in articles for agency in article.agencies})),
        follow_ups=follow_ups(event),
    )


def follow_ups(event: Event) -> tuple[Event, ...]:
    """The later events that follow this one, the first of them first."""
    later = event.followed_by.filter(merged_into=None, article_count__gt=0)
    return tuple(later.order_by("first_published", "pk"))


def covered(articles: Sequence[Article]) -> Iterable[Covered]:
    """The articles with their distance from the first day, where both days are known."""
    days = [article.published.date() for article in articles if _has_a_day(article) and article.published]
    for article in articles:
        later = (
            (article.published.date() - min(days)).days if article.published and _has_a_day(article) else None
        )
        yield Covered(article, later)


def _folded(articles: Sequence[Covered]) -> Iterable[Covered]:
    """Of copies of one text the first, with the others."""
    groups: defaultdict[int, list[Covered]] = defaultdict(list)
    for one in articles:
        groups[one.article.text_group_id or one.article.pk].append(one)
    for first, *others in groups.values():
        yield first._replace(copies=tuple(other.article for other in others))


def newest_events() -> EventQuerySet:
    """Events by their newest article, those of most articles first among equals."""
    return Event.objects.live().order_by(F("last_published").desc(nulls_last=True), "-article_count", "-pk")


def events_like(typed: str) -> Q:
    """The condition that an event's title holds every word typed."""
    condition = Q()
    for word in typed.split()[:10]:
        condition &= Q(title__icontains=word)
    return condition


def _has_a_day(article: Article) -> bool:
    return article.published_precision in (
        Article.PublishedPrecision.DAY,
        Article.PublishedPrecision.MINUTE,
    )


def _named(articles: Sequence[Article]) -> list[Named]:
    """Who is named, in most articles first; an article counts once however often it prints the name."""
    pairs = (
        Mention.objects.filter(article__in=articles, entity__merged_into=None, entity__withdrawn=False)
        .exclude(entity=None)
        .values_list("entity", "article")
        .distinct()
    )
    by_entity: defaultdict[int, set[int]] = defaultdict(set)
    for entity, article in pairs:
        by_entity[entity].add(article)
    entities = Entity.objects.in_bulk(by_entity)
    named = _once_each(_named_in(entities[pk], articles, places) for pk, places in by_entity.items())
    return sorted(named, key=lambda one: (-one.coverage, one.entity.name, one.entity.pk))


def _once_each(named: Iterable[Named]) -> Iterable[Named]:
    """Those known in one article alone beside the first of their kind and name, if it has several words."""
    alike: defaultdict[tuple[str, str, int], list[Named]] = defaultdict(list)
    for one in sorted(named, key=lambda one: one.entity.key):  # known across articles before those of one
        name = one.entity.key.partition("@")[0]
        alike[one.entity.kind, name, 0 if " " in name else one.entity.pk].append(one)
    for first, *others in alike.values():
        yield first._replace(others=tuple(others))


def _named_in(entity: Entity, articles: Sequence[Article], places: set[int]) -> Named:
    outlets: defaultdict[str, int] = defaultdict(int)
    for article in articles:
        if article.pk in places:
            outlets[article.outlet.label if article.outlet else "no outlet"] += 1
    return Named(entity, tuple(outlets.items()), len(places))
