"""Small invented archives for tests: articles with the names, quotations and figures in them."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from archive.models import Article, Entity, Event, Figure, Mention, Outlet, Quotation, Source
from archive.text.names import normal_form

_numbers = itertools.count(1)


def make_outlet(name: str = "The Courier", **fields: Any) -> Outlet:
    """Return the outlet of this name, made once."""
    return Outlet.objects.get_or_create(name=name, defaults=fields)[0]


def make_article(
    headline: str = "Harbour bridge closes",
    body: str = "The harbour bridge closes on Monday.",
    *,
    outlet: str | Outlet | None = "The Courier",
    published: datetime | None = datetime(2017, 4, 18, 9, 49, tzinfo=UTC),
    people: Iterable[str] = (),
    organisations: Iterable[str] = (),
    **fields: Any,
) -> Article:
    """Store an article; every place of `body` that prints one of the names becomes a mention."""
    number = next(_numbers)
    raw = fields.pop("raw", f"{headline}\n\n{body}\n\n{number}")
    fields.setdefault("published_precision", "minute" if published else "")
    fields.setdefault("blocks", [[0, len(body), "paragraph"]])
    article = Article.objects.create(
        source=Source.objects.keep(raw.encode()),
        path=fields.pop("path", f"{number:03}.txt"),
        raw=raw,
        content_key=hashlib.sha256(raw.encode()).hexdigest(),
        outlet=make_outlet(outlet) if isinstance(outlet, str) else outlet,
        url=fields.pop("url", f"https://courier.example/{number}"),
        headline=headline,
        body=body,
        published=published,
        **fields,
    )
    for kind, names in (("person", people), ("organisation", organisations)):
        for name in names:
            mention_everywhere(article, name, kind)
    return article


def make_entity(name: str, kind: str = "person", **fields: Any) -> Entity:
    """Return the entity of this name, made once."""
    defaults = {"name": name, "kind": kind, **fields}
    return Entity.objects.get_or_create(key=normal_form(name), defaults=defaults)[0]


def mention_everywhere(
    article: Article, name: str, kind: str = "person", surfaces: Iterable[str] = ()
) -> list[Mention]:
    """Make a mention of `name` wherever `surfaces` (or the name itself) stand in the body, and count them."""
    entity = make_entity(name, kind)
    made = [
        Mention.objects.create(
            article=article,
            start=start,
            end=start + len(surface),
            surface=surface,
            kind=kind,
            score=0.9,
            recogniser="test",
            key=entity.key,
            name=name,
            entity=entity,
        )
        for surface in (surfaces or [name])
        for start in places_of(surface, article.body)
    ]
    recount(entity)
    return made


def quote(article: Article, words: str, speaker: Mention | None = None) -> Quotation:
    """Make a quotation of `words`, which stand between marks in the body."""
    start = article.body.index(words)
    return Quotation.objects.create(
        article=article,
        start=start - 1,
        end=start + len(words) + 1,
        kind="direct",
        spoken=[[start, start + len(words)]],
        text=words,
        speaker=speaker,
    )


def count(article: Article, text: str, value: float, **fields: Any) -> Figure:
    """Make a figure of the printed `text`."""
    start = article.body.index(text)
    fields = {"kind": "count", "low": value, "high": value, **fields}
    return Figure.objects.create(article=article, start=start, end=start + len(text), text=text, **fields)


def make_event(title: str, *articles: Article, **fields: Any) -> Event:
    """Make an event of these articles."""
    dates = sorted(article.published for article in articles if article.published)
    event = Event.objects.create(
        title=title,
        article_count=len(articles),
        outlet_count=len({article.outlet_id for article in articles if article.outlet_id}),
        first_published=dates[0] if dates else None,
        last_published=dates[-1] if dates else None,
        **fields,
    )
    for article in articles:
        article.event = event
        article.save(update_fields=["event"])
    return event


def recount(entity: Entity) -> None:
    """Bring an entity's counts in line with its mentions."""
    entity.mention_count = entity.mentions.count()
    entity.article_count = entity.mentions.values("article").distinct().count()
    entity.save()


def places_of(words: str, text: str) -> list[int]:
    """Return every place where `words` start in `text`."""
    found, start = [], text.find(words)
    while start >= 0:
        found.append(start)
        start = text.find(words, start + len(words))
    return found
