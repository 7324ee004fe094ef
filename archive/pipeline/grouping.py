"""Articles to events. Which articles belong together depends on the articles and the judgements alone; which
row an event has, and so its address, is kept by the majority of its articles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations, product
from types import MappingProxyType
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from archive.models import Article, Figure, Judgement, Mention, Quotation, StoryTerm
from archive.pipeline import bulk, crowds, events, follow_ups
from archive.pipeline.compared import Comparisons, memory
from archive.pipeline.events import Group, Member
from archive.pipeline.filling import story_id
from archive.pipeline.report import Report
from archive.text import grouping
from archive.text.crowds import level_between
from archive.text.nearness import WINDOW, indexed
from archive.text.profiles import Amount, Profile, Story, profile
from archive.text.relatedness import Compared
from archive.text.types import Precision

Verdict = Judgement.Verdict

_REASONS = 5  # sentences kept of an event
_COMPARED = 12  # articles of an event whose pairs are asked for reasons


class Grouped(NamedTuple):
    """What a run did, and the articles whose event changed."""

    report: Report
    articles: set[int]


def run(
    article_ids: Collection[int],
    ready: Mapping[int, Profile] = MappingProxyType({}),
    copies: Collection[int] = (),
) -> Grouped:
    """Group these articles with those that are there; the events that they touch are looked at again.

    `ready` has the profiles of those among them whose stored profile is right already, `copies` are others
    whose group of copies changed.
    """
    article_ids = [*article_ids]
    looked_at = {*article_ids, *copies}
    touched_events, around = _events_of(looked_at)
    days = _days(article_ids)
    memory.catch_up()
    known = _keep_profiles(article_ids, ready)
    Article.objects.filter(pk__any_of=article_ids, newest=False).update(event=None)
    recounted = crowds.recount(days | {one.day for one in known.values() if one.day is not None})
    memory.compare_anew(recounted.quieter)
    if asked_anew := recounted.quieter | recounted.fuller:
        # What leaves an event because more is asked of it leaves others behind that it no longer leads to.
        events_there, beside = _events_of(asked_anew)
        touched_events, around = touched_events | events_there, around | beside
    start = {*looked_at, *around, *asked_anew}
    neighbourhood = _Neighbourhood(start, known)
    groups = neighbourhood.groups()
    looked_into = events.not_as_before(groups, start)
    changed = events.assign(neighbourhood.described(looked_into), touched_events)
    had = {member.event_id for group in looked_into for member in group if member.event_id}
    have = Article.objects.filter(pk__any_of=changed).exclude(event=None).values_list("event", flat=True)
    follow_ups.keep(article_ids)
    follow_ups.run({*touched_events, *had, *have})
    shown = sum(len(group) >= events.FEWEST for group in groups)
    return Grouped(Report("Events", {"events": shown}), changed)


def _events_of(article_ids: Collection[int]) -> tuple[set[int], set[int]]:
    """The events of some articles, and all articles that these have."""
    articles = Article.objects.filter(pk__any_of=article_ids).exclude(event=None)
    found = {pk for pk in articles.values_list("event", flat=True) if pk is not None}
    return found, set(Article.objects.filter(event__any_of=found).values_list("pk", flat=True))


def _days(article_ids: Collection[int]) -> set[int]:
    """The days of some articles, as their stored terms have them."""
    terms = StoryTerm.objects.filter(article__any_of=article_ids).exclude(day=None)
    return {day for day in terms.values_list("day", flat=True).distinct() if day is not None}


def _keep_profiles(article_ids: Collection[int], ready: Mapping[int, Profile]) -> dict[int, Profile]:
    """Store what grouping needs to know of each article beside it; returns it by article."""
    newest = _newest(article_ids)
    found = {pk: ready[pk] for pk in newest if pk in ready}
    if anew := [pk for pk in newest if pk not in found]:
        found |= _profiled(anew)
    StoryTerm.objects.filter(article__any_of=article_ids).delete()
    bulk.copy(
        StoryTerm,
        ("article_id", "term", "weight", "day"),
        ((pk, *entry, one.day) for pk, one in sorted(found.items()) for entry in indexed(one).items()),
    )
    memory.stored(article_ids)
    return found


def _profiled(article_ids: Collection[int]) -> dict[int, Profile]:
    """Make the profiles of some articles and store them."""
    articles = list(Article.objects.filter(pk__in=article_ids).select_related("outlet"))
    found = {pk: profile(story) for pk, story in _stories(articles).items()}
    for article in articles:
        article.grouping = found[article.pk].to_json()
    Article.objects.bulk_update(articles, ["grouping"], batch_size=100)
    return found


def _stories(articles: Sequence[Article]) -> dict[int, Story]:
    keys: defaultdict[int, set[str]] = defaultdict(set)
    named = Mention.objects.filter(article__in=articles).exclude(key="").exclude(key__contains="@")
    for article, key in named.order_by().values_list("article", "key").distinct():
        keys[article].add(key)
    quoted: defaultdict[int, list[str]] = defaultdict(list)
    for article, text in Quotation.objects.filter(article__in=articles).values_list("article", "text"):
        quoted[article].append(text)
    amounts: defaultdict[int, list[Amount]] = defaultdict(list)
    for article, *values in Figure.objects.filter(article__in=articles).values_list(
        "article", *Amount._fields
    ):
        amounts[article].append(Amount(*values))
    return {
        article.pk: Story(
            id=story_id(article),
            title=article.headline,
            body=article.body,
            published=article.published.date() if _known_to_the_day(article) and article.published else None,
            keys=frozenset(keys[article.pk]),
            quotes=tuple(quoted[article.pk]),
            figures=tuple(amounts[article.pk]),
        )
        for article in articles
    }


def _known_to_the_day(article: Article) -> bool:
    return article.published_precision in (Precision.MINUTE, Precision.DAY)


class _Neighbourhood:
    """All articles that could change sides because of some: those reached over pairs that speak for it.

    No group reaches beyond it, so grouping it alone gives what grouping the whole archive would give.
    """

    def __init__(self, start: Collection[int], ready: Mapping[int, Profile]) -> None:
        self._comparisons = Comparisons(ready)
        self._compared: dict[tuple[int, int], Compared] = {}
        self._judgements: dict[int, Judgement] = {}
        members: set[int] = set()
        frontier = set(_newest(start))
        while frontier:
            members |= frontier
            beside = self._judged_beside(frontier) | _copies_of(frontier)
            frontier = (beside | self._related_to(frontier)) - members
        found = Article.objects.filter(pk__any_of=members).values_list(*_MEMBER)
        self._articles = {name: Member(*values) for name, *values in found}

    def groups(self) -> list[list[Member]]:
        """The events of the neighbourhood, lone articles included."""
        together, apart = self._judged_pairs(Verdict.SAME_EVENT), self._judged_pairs(Verdict.OTHER_EVENT)
        names = {member.pk: name for name, member in self._articles.items()}
        compared = {
            (min(names[one], names[other]), max(names[one], names[other])): found
            for (one, other), found in self._compared.items()
            if one in names and other in names
        }
        days = {name: self._comparisons.days[pk] for pk, name in names.items()}
        found = grouping.partition(days, compared, together, apart, self._copies(), self._comparisons.levels)
        return [[self._articles[name] for name in sorted(group)] for group in found]

    def described(self, groups: Sequence[Sequence[Member]]) -> list[Group]:
        """Groups with their articles, and why they are taken for one."""
        together = self._judged_pairs(Verdict.SAME_EVENT)
        wanted = [member.pk for group in groups for member in group]
        articles = {one.pk: one for one in Article.objects.filter(pk__any_of=wanted).only(*_READ)}
        return [
            Group(tuple(articles[member.pk] for member in group), self._reasons(group, together))
            for group in groups
        ]

    def _reasons(self, group: Sequence[Member], together: Collection[tuple[str, str]]) -> tuple[str, ...]:
        if len(group) < events.FEWEST:
            return ()
        read = self._comparisons.profiles([member.pk for member in group[:_COMPARED]])
        names = {name for name, member in self._articles.items() if member in group}
        judged = any(one in names and other in names for one, other in together)
        return _reasons([read[member.pk] for member in group[:_COMPARED]], judged=judged)

    def _related_to(self, frontier: Collection[int]) -> set[int]:
        found = self._comparisons.beside(frontier)
        self._compared |= found
        near = (pair for pair, compared in found.items() if self._score(pair, compared) >= grouping.CUT)
        return {pk for pair in near for pk in pair}

    def _score(self, pair: tuple[int, int], compared: Compared) -> float:
        days = self._comparisons.days
        return compared.score(level_between(days[pair[0]], days[pair[1]], self._comparisons.levels))

    def _copies(self) -> list[tuple[str, str]]:
        """Pairs of articles that print one text."""
        texts: defaultdict[int, list[str]] = defaultdict(list)
        for name, article in self._articles.items():
            if article.text_group_id is not None:
                texts[article.text_group_id].append(name)
        return [pair for names in texts.values() for pair in combinations(names, 2)]

    def _judged_beside(self, frontier: Collection[int]) -> set[int]:
        """Articles that a judgement sets beside or apart from these; their texts' copies too."""
        keys = Article.objects.filter(pk__any_of=frontier).values("content_key")
        judgements = Judgement.objects.live().filter(
            Q(left__in=keys) | Q(right__in=keys), verdict__in=[Verdict.SAME_EVENT, Verdict.OTHER_EVENT]
        )
        self._judgements |= {judgement.pk: judgement for judgement in judgements}
        texts = {key for j in judgements if j.verdict == Verdict.SAME_EVENT for key in (j.left, j.right)}
        return set(
            Article.objects.newest_versions().filter(content_key__in=texts).values_list("pk", flat=True)
        )

    def _judged_pairs(self, verdict: str) -> list[tuple[str, str]]:
        names: defaultdict[str, list[str]] = defaultdict(list)
        for name, article in self._articles.items():
            names[article.content_key].append(name)
        in_order = sorted(self._judgements.values(), key=lambda judgement: (judgement.made_at, judgement.pk))
        # Of several about the same two texts the newest has the last word.
        last_words = {frozenset((judgement.left, judgement.right)): judgement for judgement in in_order}
        return [
            (one, other)
            for judgement in last_words.values()
            if judgement.verdict == verdict
            for one, other in product(names[judgement.left], names[judgement.right])
        ]


_MEMBER = ("grouping__id", *Member._fields)
_READ = ("pk", "content_key", "url", "headline", "body", "published", "outlet", "event")


def _copies_of(article_ids: Collection[int]) -> set[int]:
    """Articles that print the text of one of these within days of it, or on a day that is not known."""
    with connection.cursor() as cursor:
        cursor.execute(_COPIES, [list(article_ids), f"{WINDOW} days", f"{WINDOW} days"])
        return {pk for (pk,) in cursor.fetchall()}


_COPIES = """
    SELECT DISTINCT other.id FROM archive_article AS one JOIN archive_article AS other USING (text_group_id)
    WHERE one.id = ANY(%s) AND other.newest AND (
        one.published IS NULL OR other.published IS NULL
        OR other.published BETWEEN one.published - %s::interval - interval '1 day'
            AND one.published + %s::interval + interval '1 day'
    )
"""


def _newest(article_ids: Collection[int]) -> list[int]:
    newest = Article.objects.newest_versions().filter(pk__any_of=article_ids)
    return list(newest.values_list("pk", flat=True))


def _reasons(profiles: Sequence[Profile], *, judged: bool) -> tuple[str, ...]:
    """Why some articles are one event: the reasons of their surest pairs, each sentence once."""
    pairs = [grouping.related(one, other) for one, other in combinations(profiles, 2)]
    said = {reason: None for pair in sorted(pairs, reverse=True) for reason in pair.reasons}
    first = ["a curator judged them to be one event"] if judged else []
    return tuple([*first, *said][:_REASONS])
