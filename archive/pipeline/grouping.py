"""Articles to events. Which articles belong together depends on the articles and the judgements alone; which
row an event has, and so its address, is kept by the majority of its articles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from archive.models import Article, Figure, Judgement, Mention, Quotation, StoryTerm
from archive.pipeline import bulk, crowds, events
from archive.pipeline.events import Group
from archive.pipeline.filling import story_id
from archive.pipeline.report import Report
from archive.text import grouping
from archive.text.crowds import level_of
from archive.text.profiles import Amount, Profile, Story, profile
from archive.text.relatedness import LEAST_OVERLAP, WINDOW, evidence, indexed, score
from archive.text.types import Precision

Verdict = Judgement.Verdict

_REASONS = 5  # sentences kept of an event
_COMPARED = 12  # articles of an event whose pairs are asked for reasons


class Grouped(NamedTuple):
    """What a run did, and the articles whose event changed."""

    report: Report
    articles: set[int]


def run(
    article_ids: Collection[int], profiled: Collection[int] = (), copies: Collection[int] = ()
) -> Grouped:
    """Group these articles with those that are there; the events that they touch are looked at again.

    `profiled` are those among them whose stored profile is right already, `copies` others whose group of
    copies changed.
    """
    looked_at = {*article_ids, *copies}
    touched_events = set(
        Article.objects.filter(pk__in=looked_at).exclude(event=None).values_list("event", flat=True)
    )
    around = set(Article.objects.filter(event__in=touched_events).values_list("pk", flat=True))
    days = _days(article_ids)
    _keep_profiles(article_ids, profiled)
    Article.objects.filter(pk__in=article_ids, newest=False).update(event=None)
    crowded = crowds.recount(days | _days(article_ids))
    groups = _Neighbourhood({*looked_at, *around, *crowded}).groups()
    changed = events.assign(groups, touched_events)
    shown = sum(len(group.articles) >= events.FEWEST for group in groups)
    return Grouped(Report("Events", {"events": shown}), changed)


def _days(article_ids: Collection[int]) -> set[int]:
    """The days of some articles, as their stored terms have them."""
    terms = StoryTerm.objects.filter(article__in=article_ids).exclude(day=None)
    return {day for day in terms.values_list("day", flat=True).distinct() if day is not None}


def _keep_profiles(article_ids: Collection[int], profiled: Collection[int]) -> None:
    """Store what grouping needs to know of each article beside it."""
    articles = list(Article.objects.filter(pk__in=article_ids).select_related("outlet"))
    newest = [article for article in articles if article.newest]
    stories = _stories([article for article in newest if article.pk not in profiled])
    StoryTerm.objects.filter(article__in=articles).delete()
    terms: list[StoryTerm] = []
    for article in newest:
        story = stories.get(article.pk)
        found = profile(story) if story else Profile.from_json(article.grouping)
        article.grouping = found.to_json()
        terms += [
            StoryTerm(article=article, term=term, weight=weight, day=found.day)
            for term, weight in indexed(found).items()
        ]
    anew = [article for article in newest if article.pk in stories]
    Article.objects.bulk_update(anew, ["grouping"], batch_size=100)
    bulk.copy_objects(terms)


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

    def __init__(self, start: Collection[int]) -> None:
        self._known: dict[int, Profile] = {}
        self._levels: dict[int, int] = {}
        self._judgements: dict[int, Judgement] = {}
        members: set[int] = set()
        frontier = set(_newest(start))
        while frontier:
            members |= frontier
            beside = self._judged_beside(frontier) | _copies_of(frontier)
            frontier = (beside | self._related_to(frontier)) - members
        self._articles = {
            self._known[article.pk].id: article
            for article in Article.objects.filter(pk__in=members).only(*_READ)
        }

    def groups(self) -> list[Group]:
        """The events of the neighbourhood, lone articles included."""
        together, apart = self._judged_pairs(Verdict.SAME_EVENT), self._judged_pairs(Verdict.OTHER_EVENT)
        profiles = {one.id: one for one in self._known.values() if one.id in self._articles}
        return [
            Group(
                tuple(self._articles[name] for name in sorted(names)),
                _reasons([profiles[name] for name in sorted(names)], together),
            )
            for names in grouping.group(
                list(profiles.values()), together, apart, self._copies(), self._levels
            )
        ]

    def _related_to(self, frontier: Collection[int]) -> set[int]:
        found = set()
        self._read(frontier)
        pairs = list(_candidates({pk: self._known[pk] for pk in frontier}))
        self._read({other for _, other in pairs})
        for one, other in pairs:
            if self._score(self._known[one], self._known[other]) >= grouping.CUT:
                found.add(other)
        return found

    def _score(self, one: Profile, other: Profile) -> float:
        return score(evidence(one, other), level_of(one, other, self._levels))

    def _copies(self) -> list[tuple[str, str]]:
        """Pairs of articles that print one text."""
        texts: defaultdict[int, list[str]] = defaultdict(list)
        for name, article in self._articles.items():
            if article.text_group_id is not None:
                texts[article.text_group_id].append(name)
        return [pair for names in texts.values() for pair in combinations(names, 2)]

    def _judged_beside(self, frontier: Collection[int]) -> set[int]:
        """Articles that a judgement sets beside or apart from these; their texts' copies too."""
        keys = Article.objects.filter(pk__in=frontier).values("content_key")
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

    def _read(self, article_ids: Collection[int]) -> None:
        wanted = Article.objects.filter(pk__in=set(article_ids) - self._known.keys())
        for pk, stored, outlet in wanted.values_list("pk", "grouping", "outlet"):
            self._known[pk] = Profile.from_json(stored)._replace(outlet=str(outlet or ""))
        days = {one.day for one in self._known.values() if one.day is not None}
        self._levels |= crowds.levels(days - self._levels.keys())


_READ = ("pk", "content_key", "url", "headline", "body", "published", "outlet", "event", "text_group")


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

# Pairs that share enough of their indexed terms, near in time or undated: what `candidates` tells of two
# profiles, asked of the index. A little less than the limit is taken, for the order of adding up.
_CANDIDATES = """
    WITH asked AS (
        SELECT * FROM unnest(%s::bigint[], %s::text[], %s::float8[], %s::integer[])
            AS row(id, term, weight, day)
    )
    SELECT id, article_id FROM (
        SELECT asked.id, there.article_id, asked.weight * there.weight AS shared
        FROM asked JOIN archive_storyterm AS there ON there.term = asked.term
            AND there.day BETWEEN asked.day - %s AND asked.day + %s
        UNION ALL
        SELECT asked.id, there.article_id, asked.weight * there.weight
        FROM asked JOIN archive_storyterm AS there ON there.term = asked.term
            AND (there.day IS NULL OR asked.day IS NULL)
    ) AS pairs
    WHERE id <> article_id
    GROUP BY id, article_id HAVING sum(shared) >= %s
    ORDER BY id, article_id
"""


def _candidates(profiles: Mapping[int, Profile]) -> Iterable[tuple[int, int]]:
    """Pairs of each of these articles with every other worth comparing closely."""
    rows = [
        (pk, term, weight, one.day) for pk, one in profiles.items() for term, weight in indexed(one).items()
    ]
    if not rows:
        return []
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, [*columns, WINDOW, WINDOW, LEAST_OVERLAP - 1e-6])
        return [(one, other) for one, other in cursor.fetchall()]


def _newest(article_ids: Collection[int]) -> list[int]:
    newest = Article.objects.newest_versions().filter(pk__in=article_ids)
    return list(newest.values_list("pk", flat=True))


def _reasons(profiles: Sequence[Profile], together: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """Why some articles are one event: the reasons of their surest pairs, each sentence once."""
    pairs = [grouping.related(one, other) for one, other in combinations(profiles[:_COMPARED], 2)]
    said = {reason: None for pair in sorted(pairs, reverse=True) for reason in pair.reasons}
    names = {one.id for one in profiles}
    judged = (
        ["a curator judged them to be one event"]
        if any(one in names and other in names for one, other in together)
        else []
    )
    return tuple([*judged, *said][:_REASONS])
