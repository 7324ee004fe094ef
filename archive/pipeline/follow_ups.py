"""Which earlier event an event follows: because its texts say so, or because a curator does.

What texts say of days before is kept by its words, so that an event that is imported later finds those that
look back on it. Days and words bound what is looked at; the result depends on the articles alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import connection

from archive.models import Article, Event, Judgement, LookBack
from archive.pipeline import bulk
from archive.pipeline.filling import clip
from archive.text.follow_ups import LookBack as Said
from archive.text.follow_ups import Subject, followed, looks_back, subject
from archive.text.profiles import Profile
from archive.text.types import Precision

Verdict = Judgement.Verdict

_READ = 12  # articles of an event that tell what it is about
_TO_THE_DAY = (Precision.MINUTE, Precision.DAY)


def keep(article_ids: Collection[int]) -> None:
    """Store what the newest of some articles say of earlier days, by its words."""
    LookBack.objects.filter(article__in=article_ids).delete()
    dated = Article.objects.newest_versions().filter(pk__in=article_ids, published_precision__in=_TO_THE_DAY)
    rows = (
        (article.pk, term, said.first, said.last)
        for article in dated.only("body", "published", "published_precision").order_by("pk")
        for said in _said(article)
        for term in said.terms
    )
    bulk.copy(LookBack, ("article_id", "term", "first", "last"), rows)


def run(event_ids: Collection[int]) -> set[int]:
    """Say anew what these events follow, and what follows them; returns the events where that changed."""
    if not event_ids:
        return set()
    subjects = _subjects(event_ids)
    later = set(Event.objects.filter(follows__in=event_ids).values_list("pk", flat=True))
    for one in subjects.values():
        later |= _looking_back_on(one)
    return {pk for pk in sorted({*event_ids, *later}) if _follow(pk)}


def _follow(pk: int) -> bool:
    event = Event.objects.get(pk=pk)
    goal, because = _judged(event) or _stated(event) if event.article_count else (None, "")
    because = clip(because, 300)
    if (event.follows_id, event.follows_because) == (goal, because):
        return False
    Event.objects.filter(pk=pk).update(follows=goal, follows_because=because)
    return True


def _judged(event: Event) -> tuple[int, str] | None:
    """The event that a curator said this one follows: the last word counts."""
    about = Judgement.objects.live().filter(verdict=Verdict.FOLLOWS, left__in=event.texts)
    for judgement in about.order_by("-made_at", "-pk"):
        goal = _event_of(judgement.right)
        if goal is not None and goal != event.pk:
            return goal, ""
    return None


def _event_of(text: str) -> int | None:
    articles = Article.objects.newest_versions().filter(content_key=text).exclude(event=None)
    return articles.order_by("pk").values_list("event", flat=True).first()


def _stated(event: Event) -> tuple[int | None, str]:
    """The event that the texts of this one say it follows."""
    articles = Article.objects.newest_versions().filter(event=event).order_by("content_key", "pk")
    said = [found for article in articles if (found := _said(article))]
    here = _subjects([event.pk]).get(event.pk)
    if here is None or not said:
        return None, ""
    meant = _meant(said) - _refused(event) - {event.pk}
    return followed(said, here, _subjects(meant)) or (None, "")


def _said(article: Article) -> list[Said]:
    if article.published is None or article.published_precision not in _TO_THE_DAY:
        return []
    return looks_back(article.body, article.published.date())


def _refused(event: Event) -> set[int]:
    """The events that a curator said this one does not follow."""
    against = Judgement.objects.live().filter(verdict=Verdict.NOT_FOLLOWS, left__in=event.texts)
    articles = Article.objects.newest_versions().filter(content_key__in=against.values("right"))
    return {pk for pk in articles.values_list("event", flat=True) if pk is not None}


def _subjects(event_ids: Collection[int]) -> dict[int, Subject]:
    """What events are about, of those whose day is known."""
    articles = Article.objects.newest_versions().filter(event__in=event_ids).order_by("content_key", "pk")
    profiles: defaultdict[int, list[Profile]] = defaultdict(list)
    for event, stored in articles.values_list("event", "grouping"):
        if len(profiles[event]) < _READ:
            profiles[event].append(Profile.from_json(stored))
    found: Mapping[int, Subject | None] = {event: subject(of) for event, of in profiles.items()}
    return {event: one for event, one in found.items() if one is not None}


# Events with an article that has one of the words in the days that are meant.
_MEANT = """
    SELECT DISTINCT article.event_id
    FROM unnest(%s::text[], %s::integer[], %s::integer[]) AS asked(term, first, last)
    JOIN archive_storyterm AS there
        ON there.term = asked.term AND there.day BETWEEN asked.first AND asked.last
    JOIN archive_article AS article ON article.id = there.article_id
    WHERE article.event_id IS NOT NULL
"""
# Events with an article that says one of the words of days around this one.
_LOOKING_BACK = """
    SELECT DISTINCT article.event_id
    FROM archive_lookback AS said JOIN archive_article AS article ON article.id = said.article_id
    WHERE said.term = ANY(%s) AND said.last >= %s AND said.first <= %s AND article.event_id IS NOT NULL
"""


def _meant(said: Iterable[Collection[Said]]) -> set[int]:
    asked = [(term, one.first, one.last) for found in said for one in found for term in one.terms]
    return _asked(_MEANT, [list(column) for column in zip(*asked, strict=True)])


def _looking_back_on(one: Subject) -> set[int]:
    return _asked(_LOOKING_BACK, [sorted({*one.terms, *one.titles}), one.day, one.day])


def _asked(statement: str, parameters: list[Any]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return {pk for (pk,) in cursor.fetchall()}
