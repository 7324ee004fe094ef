"""Which earlier event an event follows: because its texts say so, or because a curator does.

What texts say of days before is kept by its words, so that an event that is imported later finds those that
look back on it. Days and words bound what is looked at; the result depends on the articles alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
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
_READ_OF_ONE = ("event", "content_key", "body", "published", "published_precision")
_TO_THE_DAY = (Precision.MINUTE, Precision.DAY)


def keep(article_ids: Collection[int]) -> None:
    """Store what the newest of some articles say of earlier days, by its words."""
    LookBack.objects.filter(article__any_of=article_ids).delete()
    dated = Article.objects.newest_versions().filter(
        pk__any_of=article_ids, published_precision__in=_TO_THE_DAY
    )
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
    later |= _looking_back_on(subjects.values())
    wanted = {*event_ids, *later}
    said = _said_in(wanted)
    subjects |= _subjects(said.keys() - subjects.keys())
    events = Event.objects.filter(pk__in=wanted).order_by("pk")
    judged = _judged_texts(text for event in events for text in event.texts)
    changed = set()
    for event in events:
        about = event.article_count > 0 and not judged.isdisjoint(event.texts)
        goal, because = (about and _judged(event)) or (None, "")
        if goal is None and event.article_count and event.pk in said and event.pk in subjects:
            refused = _refused(event) if about else set()
            goal, because = _stated(event.pk, said[event.pk], subjects, refused)
        if _follow(event, goal, clip(because, 300)):
            changed.add(event.pk)
    return changed


def _follow(event: Event, goal: int | None, because: str) -> bool:
    if (event.follows_id, event.follows_because) == (goal, because):
        return False
    Event.objects.filter(pk=event.pk).update(follows=goal, follows_because=because)
    return True


def _judged_texts(texts: Iterable[str]) -> set[str]:
    """Those of some texts of which a curator said what their events follow or do not."""
    verdicts = (Verdict.FOLLOWS, Verdict.NOT_FOLLOWS)
    live = Judgement.objects.live().filter(verdict__in=verdicts, left__in=set(texts))
    return set(live.values_list("left", flat=True))


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


def _stated(
    event: int, said: Collection[list[Said]], subjects: dict[int, Subject], refused: set[int]
) -> tuple[int | None, str]:
    """The event that the texts of this one say it follows; `subjects` learns those of the events meant."""
    meant = _meant(said) - refused - {event}
    subjects |= _subjects(meant - subjects.keys())
    earlier = {pk: subjects[pk] for pk in meant if pk in subjects}
    return followed(said, subjects[event], earlier) or (None, "")


def _said_in(event_ids: Collection[int]) -> dict[int, list[list[Said]]]:
    """What the articles of events say of earlier days, by event; most say nothing and keep no words."""
    told = LookBack.objects.filter(article__event__in=event_ids).values("article")
    articles = Article.objects.newest_versions().filter(pk__in=told, event__in=event_ids)
    found: defaultdict[int, list[list[Said]]] = defaultdict(list)
    for article in articles.only(*_READ_OF_ONE).order_by("content_key", "pk"):
        assert article.event_id is not None
        if said := _said(article):
            found[article.event_id].append(said)
    return dict(found)


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
    if not event_ids:
        return {}
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
# Events with an article that says one of the words of a day, of days around that one.
_LOOKING_BACK = """
    SELECT DISTINCT article.event_id
    FROM unnest(%s::text[], %s::integer[]) AS asked(term, day)
    JOIN archive_lookback AS said
        ON said.term = asked.term AND said.last >= asked.day AND said.first <= asked.day
    JOIN archive_article AS article ON article.id = said.article_id
    WHERE article.event_id IS NOT NULL
"""


def _meant(said: Iterable[Collection[Said]]) -> set[int]:
    asked = [(term, one.first, one.last) for found in said for one in found for term in one.terms]
    return _asked(_MEANT, asked)


def _looking_back_on(subjects: Iterable[Subject]) -> set[int]:
    asked = {(term, one.day) for one in subjects for term in {*one.terms, *one.titles}}
    return _asked(_LOOKING_BACK, sorted(asked))


def _asked(statement: str, rows: Sequence[tuple[Any, ...]]) -> set[int]:
    if not rows:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])
        return {pk for (pk,) in cursor.fetchall()}
