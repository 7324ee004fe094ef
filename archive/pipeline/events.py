"""Which row, and so which address, an event has; its title, dates and counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from archive.models import Article, Event, Judgement
from archive.pipeline import bulk
from archive.pipeline.filling import clip
from archive.text import grouping
from archive.text.profiles import Story

FEWEST = 2  # articles; one alone is no event to compare
_UNTITLED = "Event without a headline"


class Group(NamedTuple):
    """Articles of one event, and why they are taken for one."""

    articles: tuple[Article, ...]
    reasons: tuple[str, ...]


class Member(NamedTuple):
    """An article as far as it counts which event it has."""

    pk: int
    content_key: str
    event_id: int | None
    text_group_id: int | None


def not_as_before(groups: Sequence[Sequence[Member]], concerned: Collection[int]) -> list[Sequence[Member]]:
    """The groups that something may have to be done for.

    Not so those without `concerned` articles that are all there is of one event, or have none at all.
    """
    untouched = [
        len({member.event_id for member in group}) == 1
        and not any(member.pk in concerned for member in group)
        for group in groups
    ]
    asked = [group[0].event_id for group, same in zip(groups, untouched, strict=True) if same]
    sizes: dict[int | None, int] = {None: 1}
    sizes |= dict(
        Event.objects.filter(pk__in={event for event in asked if event}).values_list("pk", "article_count")
    )
    return [
        group
        for group, same in zip(groups, untouched, strict=True)
        if not (same and sizes[group[0].event_id] == len(group))
    ]


def assign(groups: Sequence[Group], touched: Collection[int] = ()) -> set[int]:
    """Give each group its event; returns the articles whose event changed.

    `touched` are events that may have lost articles to no group at all.
    An event goes on in the group that has most of its articles. What was split off gets a new event, and an
    event that lost all its articles redirects to where most of them went.
    """
    before = {article.pk: article.event_id for group in groups for article in group.articles}
    shown = [group for group in groups if len(group.articles) >= FEWEST]
    events = _events_of(shown)
    after = {
        article.pk: event.pk for group, event in zip(shown, events, strict=True) for article in group.articles
    }
    changed = {pk for pk, event in before.items() if after.get(pk) != event}
    bulk.set_numbers(Article, "event_id", {pk: after.get(pk) for pk in changed})
    for group, event in zip(shown, events, strict=True):
        _describe(event, group)
    lost = {*touched, *(event for event in before.values() if event)} - {event.pk for event in events}
    _follow_up(lost, before, after)
    return changed


def _events_of(groups: Sequence[Group]) -> list[Event]:
    """The event of each group: the one that most of its articles have, if no other group has more of it.

    Articles that have none get the one that they had together before it was split, so that undoing a
    judgement brings the old address back.
    """
    former = _former(groups)
    claims = [
        (not alive, -times, event, place)
        for place, group in enumerate(groups)
        for alive, times, event in [*_present(group), *former[place]]
    ]
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, event, place in sorted(claims):
        if place not in chosen and event not in taken:
            chosen[place] = event
            taken.add(event)
    known = Event.objects.in_bulk(chosen.values())
    return [
        known[chosen[place]] if place in chosen else Event.objects.create(title=_UNTITLED)
        for place in range(len(groups))
    ]


def _present(group: Group) -> list[tuple[bool, int, int]]:
    """The events that a group's articles have, each with how many have it."""
    counts = Counter(article.event_id for article in group.articles)
    return [(True, times, event) for event, times in counts.items() if event is not None]


def _former(groups: Sequence[Group]) -> list[list[tuple[bool, int, int]]]:
    """For each group the events without articles that had at least two of its texts, with how many."""
    texts = [{article.content_key for article in group.articles} for group in groups]
    ended = Event.objects.filter(article_count=0, texts__overlap=sorted(set().union(*texts)))
    had = ended.values_list("pk", "texts") if groups else ()
    by_text: defaultdict[str, list[int]] = defaultdict(list)
    for event, keys in had:
        for key in set(keys):
            by_text[key].append(event)
    shared = [Counter(event for key in own for event in by_text[key]) for own in texts]
    return [
        [(False, times, event) for event, times in counts.items() if times >= FEWEST] for counts in shared
    ]


def _describe(event: Event, group: Group) -> None:
    articles = sorted(group.articles, key=lambda article: (article.content_key, article.url))
    judged = _judged_title(articles)
    days = sorted(article.published for article in articles if article.published)
    stories = [Story(article.content_key, article.headline, article.body) for article in articles]
    event.title = clip(judged or grouping.title(stories) or _UNTITLED, 500)
    event.title_judged = bool(judged)
    event.first_published, event.last_published = (days[0], days[-1]) if days else (None, None)
    event.article_count = len(articles)
    event.outlet_count = len({article.outlet_id for article in articles if article.outlet_id})
    event.texts = [article.content_key for article in articles]
    event.reasons = list(group.reasons)
    event.merged_into = None
    event.save()


def _judged_title(articles: Iterable[Article]) -> str:
    keys = [article.content_key for article in articles]
    judgements = Judgement.objects.live().filter(verdict=Judgement.Verdict.TITLE_IS, left__in=keys)
    newest = judgements.order_by("-made_at", "-pk").first()
    return newest.value if newest else ""


def _follow_up(lost: Collection[int], before: dict[int, int | None], after: dict[int, int]) -> None:
    """Events that no group has any more: they redirect to where most of their articles are, else are gone."""
    went: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for article, event in before.items():
        if event is not None and event in lost and article in after:
            went[event][after[article]] += 1
    for event in lost:
        goal = min(went[event].items(), key=lambda pair: (-pair[1], pair[0]), default=(None, 0))[0]
        Event.objects.filter(pk=event).update(article_count=0, outlet_count=0, merged_into=goal)
        Event.objects.filter(merged_into=event).update(merged_into=goal)
