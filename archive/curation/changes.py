"""What decisions change, in words: the archive is looked at before and after, as far as they can reach."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Max, Q

from archive.curation.reach import Reach
from archive.models import Article, Effect, Entity, Mention, Outlet
from archive.pipeline.filling import CORRECTABLE
from archive.pipeline.outlets import FIELDS, find

MOST_KEPT = 300  # lines of one effect
GONE = "no page: its address says gone"


class Line(NamedTuple):
    """One name, text or outlet that changed: what was true of it and what is, in words.

    `of` is "name", "text" or "outlet", `key` what judgements call it, `called` what readers do.
    """

    of: str
    key: str
    called: str
    before: str
    after: str


class Changes(NamedTuple):
    """Everything that some decisions changed."""

    lines: tuple[Line, ...] = ()
    articles: int = 0
    mentions: int = 0


class Standing(NamedTuple):
    """What an entity is, told in words by `said`; `into` is the name of the one that it is merged into."""

    name: str
    kind: str
    articles: int
    mentions: int
    withdrawn: bool
    into: str | None

    @property
    def said(self) -> str:
        if self.into is not None:
            return f"merged into {self.into}: its address leads there"
        if self.withdrawn:
            return GONE
        articles, mentions = counted(self.articles, "article"), counted(self.mentions, "mention")
        return f"{self.name}, {self.kind}, {articles}, {mentions}"


class Look(NamedTuple):
    """What is true now of everything in reach."""

    links: dict[tuple[int, int], int | None]  # entity by article and place
    entities: dict[int, tuple[str, Standing]]  # with their keys
    newest: int  # the highest number of an entity: what has a higher one later is new
    texts: dict[tuple[str, str], str]  # by content key and field
    outlets: dict[str, str]


def counted(number: int, noun: str) -> str:
    """ "1 article", "2,000 articles"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def look(reach: Reach) -> Look:
    """Read what is true now."""
    mentions = Mention.objects.filter(Q(key__any_of=reach.keys) | Q(article__any_of=reach.articles))
    links: dict[tuple[int, int], int | None] = {
        (article, start): entity
        for article, start, entity in mentions.values_list("article", "start", "entity")
    }
    newest = Entity.objects.aggregate(newest=Max("pk"))["newest"] or 0
    linked = {entity for entity in links.values() if entity}
    return Look(links, _standings(reach.keys, linked), newest, _texts(reach), _outlets(reach.outlets))


def difference(before: Look, after: Look, articles: Collection[int]) -> Changes:
    """What became of everything in reach; `articles` are those that following the decisions changed."""
    moved = [
        place
        for place in before.links.keys() | after.links.keys()
        if before.links.get(place) != after.links.get(place)
    ]
    lines = [*_named(before, after), *_printed(before, after)]
    return Changes(tuple(lines), len({*articles, *(article for article, _ in moved)}), len(moved))


def keep(changes: Changes, batch: uuid.UUID) -> None:
    """Store, beside the decisions of a batch, what they changed."""
    Effect.objects.create(
        batch=batch,
        articles=changes.articles,
        mentions=changes.mentions,
        lines=[line._asdict() for line in changes.lines[:MOST_KEPT]],
        more=max(0, len(changes.lines) - MOST_KEPT),
    )


def _standings(keys: Collection[str], linked: Collection[int]) -> dict[int, tuple[str, Standing]]:
    rows = Entity.objects.filter(Q(key__any_of=keys) | Q(pk__any_of=linked))
    return {
        pk: (key, Standing(*standing))
        for pk, key, *standing in rows.values_list(
            *("pk", "key", "name", "kind", "article_count", "mention_count", "withdrawn"),
            "merged_into__name",
        )
    }


def _named(before: Look, after: Look) -> Iterable[Line]:
    """The names that changed, those that had a page before first, the most mentioned first."""
    found = []
    for pk, (key, now) in after.entities.items():
        if pk in before.entities:
            then = before.entities[pk][1]
            if then != now:
                found.append((-then.mentions, Line("name", key, then.name, then.said, now.said)))
        elif pk > before.newest:
            found.append((1, Line("name", key, now.name, "nobody", now.said)))
    return [line for _, line in sorted(found)]


def _printed(before: Look, after: Look) -> Iterable[Line]:
    for (text, field), now in sorted(after.texts.items()):
        then = before.texts.get((text, field))
        if then is not None and then != now:
            headline = after.texts.get((text, "headline"), "")
            yield Line("text", text, headline, f"{field}: {then or '–'}", f"{field}: {now or '–'}")
    for key, now in after.outlets.items():
        then = before.outlets.get(key, "–")
        if then != now:
            yield Line("outlet", key, key, then, now)


def _texts(reach: Reach) -> dict[tuple[str, str], str]:
    """What is known of each text in reach, and the titles of their events with all texts of these."""
    articles = Article.objects.newest_versions().filter(content_key__in=reach.texts)
    found = {}
    fields = articles.select_related("outlet").only("content_key", "word_count", "outlet__name", *CORRECTABLE)
    for article in fields:
        found[article.content_key, "text"] = counted(article.word_count, "word")
        for field in CORRECTABLE:
            found[article.content_key, field] = _in_words(getattr(article, field))
    events = articles.exclude(event=None).values("event")
    together = Article.objects.newest_versions().filter(Q(content_key__in=reach.texts) | Q(event__in=events))
    for text, title, before in together.values_list("content_key", "event__title", "event__follows__title"):
        found[text, "event"] = title or ""
        found[text, "follows"] = before or ""
    return found | _printings(reach.texts)


def _printings(texts: Collection[str]) -> dict[tuple[str, str], str]:
    """With how many others each text in reach is printed, and who was first; those others too."""
    newest = Article.objects.newest_versions()
    groups = newest.filter(content_key__in=texts).exclude(text_group=None).values("text_group")
    together = newest.filter(Q(content_key__in=texts) | Q(text_group__in=groups))
    sizes = Counter(together.exclude(text_group=None).values_list("text_group", flat=True))
    found = {(text, "printed"): "alone, a text of its own" for text in texts}
    rows = (
        together.exclude(text_group=None)
        .order_by("-pk")
        .values_list(*("content_key", "text_group", "text_group__outlet__name", "text_group__headline"))
    )
    for text, group, outlet, headline in rows:
        first = f"{outlet or 'no outlet'}, “{headline}”"
        found[text, "printed"] = f"with {counted(sizes[group] - 1, 'other')}, first: {first}"
    return found


def _in_words(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%-d %B %Y, %H:%M}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value or "")


def _outlets(keys: Collection[str]) -> dict[str, str]:
    found = {key: find(key) for key in sorted(keys)}
    return {key: _outlet_said(outlet) for key, outlet in found.items() if outlet is not None}


def _outlet_said(outlet: Outlet) -> str:
    return ", ".join(value for field in FIELDS if (value := getattr(outlet, field)))
