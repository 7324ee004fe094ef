"""What curators do to names, articles and events, spelt out as decisions about keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from archive.curation.decisions import Decision, Refused
from archive.models import Article, Entity, Event, Judgement, Mention, Outlet
from archive.pipeline import authority, searching
from archive.pipeline.family import Family
from archive.pipeline.joining import Joined, heads
from archive.text.names import normal_form

Verdict = Judgement.Verdict

MOST_READ_AGAIN = 5_000  # articles; at some 500 a second a web worker is near its time limit of 30 seconds


def merge(kept: Entity, others: Iterable[Entity]) -> list[Decision]:
    """The others are the same as `kept`, whose address stays; theirs lead to it."""
    return [Decision(Verdict.SAME, other.key, kept.key) for other in others if other.pk != kept.pk]


def split(member: Entity) -> list[Decision]:
    """`member` is none of those that it is merged with, and these stay together without it.

    Raises:
        Refused: if it is merged with nobody.
    """
    head_of = Family([member.key]).heads()
    rest = sorted(key for key, head in head_of.items() if head == head_of[member.key] and key != member.key)
    if not rest:
        raise Refused(f"“{member.name}” is merged with nobody, so there is nothing to split.")
    apart = [Decision(Verdict.DIFFERENT, member.key, key) for key in rest]
    return apart + _kept_together(member.key, rest, head_of[member.key])


def split_alias(entity: Entity, form: str) -> list[Decision]:
    """`form`, which the authority file gives the entity for a name, is the name of somebody else.

    Raises:
        Refused: if the authority file does not say so, or too many articles print it to be read again.
    """
    key = normal_form(form)
    head_of = Family([entity.key]).heads()
    group = sorted(one for one, head in head_of.items() if head == head_of[entity.key])
    for one in group:
        if key != one and authority.split_forms(key, one):
            _refuse_to_read_too_much(form)
            return [Decision(Verdict.DIFFERENT, key, one)]
    raise Refused(f"The authority file does not say that “{form}” is a name of {entity.name}.")


def _kept_together(member: str, rest: list[str], head: str) -> list[Decision]:
    """What joins the others where only `member` did."""
    stays = head if head != member else rest[0]
    family = Family([member])
    joins = [
        Joined(row.left, row.right)
        for row in sorted(family.joining.values(), key=lambda row: (row.made_at, row.pk))
        if row.verdict in (Verdict.SAME, Verdict.ALIAS_OF) and member not in (row.left, row.right)
    ]
    left = heads(rest, joins)
    return [
        Decision(Verdict.SAME, group, stays)
        for group in sorted(set(left.values()))
        if group != left[stays] and group != stays
    ]


def reject(entity: Entity) -> list[Decision]:
    """Neither this nor what is merged into it is a name of anybody, wherever it is printed."""
    head_of = Family([entity.key]).heads()
    keys = sorted(key for key, head in head_of.items() if head == head_of[entity.key])
    return [Decision(Verdict.NOT_A_NAME, key) for key in keys]


def reject_here(mention: Mention) -> list[Decision]:
    """The words of this mention are no name in its article."""
    return [Decision(Verdict.NOT_A_NAME, normal_form(mention.surface), article=mention.article.content_key)]


def move(mention: Mention, to: Entity) -> list[Decision]:
    """These words mean `to` in their article, wherever it prints them.

    Raises:
        Refused: if that is what they mean already.
    """
    if mention.entity_id == to.pk:
        raise Refused(f"“{mention.surface}” is {to.name} in this article already.")
    printed = normal_form(mention.surface)
    name = printed if printed != to.key else mention.key
    if name == to.key:
        raise Refused(
            f"“{mention.surface}” is {to.name} by its name; undo the judgement that moved it instead."
        )
    return [Decision(Verdict.MENTION_IS, name, to.key, article=mention.article.content_key)]


def rename(entity: Entity, name: str) -> list[Decision]:
    """The entity is shown under this name."""
    return [Decision(Verdict.NAME_IS, entity.key, value=" ".join(name.split()))]


def change_kind(entity: Entity, kind: str) -> list[Decision]:
    """The entity is a person, or an organisation."""
    return [Decision(Verdict.KIND_IS, entity.key, value=kind)]


def add_alias(entity: Entity, form: str) -> list[Decision]:
    """The entity also goes by `form`.

    Raises:
        Refused: if the form holds no letter, is another spelling of the entity's own name, or is printed
            in so many articles that reading them again would outlast a page's patience.
    """
    form = " ".join(form.split())
    key = normal_form(form)
    if not key:
        raise Refused(f"“{form}” holds no letter or digit: it cannot be found in a text.")
    if key == entity.key:
        raise Refused(
            f"“{form}” is found as {entity.name} already: case, accents and punctuation make no difference."
        )
    _refuse_to_read_too_much(form)
    return [Decision(Verdict.ALIAS_OF, key, entity.key, value=form)]


def add_known_name(name: str, kind: str) -> list[Decision]:
    """`name` is a person's or an organisation's wherever it is printed, as if it stood in the authority file.

    Raises:
        Refused: if it holds no letter, or is printed in too many articles to read them again.
    """
    name = " ".join(name.split())
    key = normal_form(name)
    if not key:
        raise Refused(f"“{name}” holds no letter or digit: it cannot be found in a text.")
    _refuse_to_read_too_much(name)
    return [Decision(Verdict.KNOWN_NAME, key, kind, value=name)]


def _refuse_to_read_too_much(form: str) -> None:
    printed = len(searching.articles_that_print(form))
    if printed > MOST_READ_AGAIN:
        raise Refused(
            f"“{form}” is printed in {printed:,} articles, and all would have to be read again. If it is "
            "right, put it into a file and use `manage.py judgements import`, which may take its time."
        )


def describe(outlet: str, changed: Mapping[str, str]) -> list[Decision]:
    """The outlet that is called `outlet` where it is stated has this name, short name or domain."""
    return [
        Decision(Verdict.OUTLET_IS, outlet, field, value=as_value(value)) for field, value in changed.items()
    ]


def title(event: Event, words: str) -> list[Decision]:
    """The event is shown under this title; kept with its earliest article, so that it travels with the texts.

    Raises:
        Refused: if the event has no article.
    """
    first = event.articles.in_order_of_publication().first()
    if first is None:
        raise Refused("An event without articles has no title to change.")
    return [Decision(Verdict.TITLE_IS, first.content_key, value=" ".join(words.split()))]


def follow(event: Event, earlier: Event | None) -> list[Decision]:
    """The event follows `earlier`; None: not the one that it is said to follow. Kept with the first texts.

    Raises:
        Refused: if one of them has no article, or nothing would change.
    """
    goal = earlier or event.follows
    first, before = (one.articles.in_order_of_publication().first() if one else None for one in (event, goal))
    if first is None or before is None:
        raise Refused("This event follows none, and none with an article was named.")
    if goal == event:
        raise Refused("An event cannot follow itself.")
    verdict = Verdict.FOLLOWS if earlier else Verdict.NOT_FOLLOWS
    return [Decision(verdict, first.content_key, before.content_key)]


def regroup(article: Article, event: Event | None) -> list[Decision]:
    """The article reports `event` and not the one it was put in; None: none of the other articles' event.

    Raises:
        Refused: if the event has no other text, or nothing would change.
    """
    decisions: list[Decision] = []
    if article.event is not None:
        decisions += _other_event(article, article.event)
    if event is not None:
        texts = _texts(event) - {article.content_key}
        if not texts:
            raise Refused(f"“{event.title}” has no other article to be one event with.")
        decisions += [Decision(Verdict.SAME_EVENT, article.content_key, text) for text in sorted(texts)]
    if not decisions:
        raise Refused("This article is in no event, and none was named.")
    return decisions


def _other_event(article: Article, event: Event) -> list[Decision]:
    texts = _texts(event) - {article.content_key}
    return [Decision(Verdict.OTHER_EVENT, article.content_key, text) for text in sorted(texts)]


def _texts(event: Event) -> set[str]:
    return set(event.articles.newest_versions().values_list("content_key", flat=True))


def correct(article: Article, changed: Mapping[str, Any]) -> list[Decision]:
    """Fields of the article are as given. A date comes with its precision under "published_precision"."""
    return [
        Decision(
            Verdict.FIELD_IS,
            article.content_key,
            field,
            value=as_value(value, str(changed.get(f"{field}_precision", "minute"))),
        )
        for field, value in changed.items()
        if field != "published_precision"
    ]


def correct_text(key: str, changed: Mapping[str, Any]) -> list[Decision]:
    """Fields of the text with this content key, of which there may be no article yet, are as given."""
    return [Decision(Verdict.FIELD_IS, key, field, value=as_value(value)) for field, value in changed.items()]


def as_value(value: Any, precision: str = "") -> str:
    """A field's value as a judgement keeps it: JSON; an outlet by its name, a moment with its precision."""
    if isinstance(value, Outlet):
        value = value.name
    elif isinstance(value, datetime):
        value = [value.replace(tzinfo=None).isoformat(timespec="minutes"), precision]
    return json.dumps(value, ensure_ascii=False)
