"""Mention keys, aliases and live judgements to entities: the same recomputation for import, merge and undo.

A run looks at whole families: all keys that live judgements join to the ones it was given. So one judgement
touches its family and nothing else, and the result never depends on what was asked before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Q, Sum

from archive.models import Entity, Mention
from archive.pipeline import bulk, naming
from archive.pipeline.family import Family, local_name
from archive.pipeline.filling import clip
from archive.pipeline.report import Report
from archive.text.authority import Authority
from archive.text.types import Kind


class Resolved(NamedTuple):
    """What a run did, and the articles whose linked names changed."""

    report: Report
    articles: set[int]


class _Printed(NamedTuple):
    """How often a key is printed under one fullest name and kind, and how sure that is altogether."""

    name: str
    kind: str
    times: int
    score: float


def keys_in(article_ids: Collection[int]) -> set[str]:
    """The keys that the mentions of some articles have now."""
    keys = Mention.objects.filter(article__any_of=[*article_ids]).exclude(key="")
    return set(keys.values_list("key", flat=True).distinct())


def links_in(article_ids: Collection[int]) -> defaultdict[int, set[tuple[int, str, int | None]]]:
    """Place, words and entity of every mention, by article."""
    found: defaultdict[int, set[tuple[int, str, int | None]]] = defaultdict(set)
    mentions = Mention.objects.filter(article__in=article_ids)
    for article, start, surface, entity in mentions.values_list("article", "start", "surface", "entity"):
        found[article].add((start, surface, entity))
    return found


def introduced(keys: Collection[str]) -> dict[str, int]:
    """The entity that each key means, made where it has none. What judgements say of it is heard in `run`."""
    entities = Entity.objects.filter(key__any_of=keys).values_list("key", "pk", "merged_into")
    known = {key: head or pk for key, pk, head in entities}
    return known | {entity.key: entity.pk for entity in _made(set(keys) - known.keys())}


def run(keys: Collection[str]) -> Resolved:
    """Resolve the families of `keys`: entities, links, aliases, counts. Safe to repeat."""
    family = Family(keys)
    printed, linked = _printed(family.keys)
    entities = _ensure_entities(family, printed)
    _describe(entities, family, printed)
    articles = _link(entities, family, linked)
    _count(entities.values(), family)
    _write_entities(entities.values())
    naming.run(entities, family)
    standings = Counter(map(_standing, entities.values()))
    return Resolved(Report("Names", {name: standings[name] for name in ("live", "merged", "gone")}), articles)


def _standing(entity: Entity) -> str:
    if entity.merged_into_id is not None:
        return "merged"
    return "gone" if entity.withdrawn else "live"


def _ensure_entities(family: Family, printed: Collection[str]) -> dict[str, Entity]:
    """The rows of the family by key, made for names that are printed and for those that stand for one.

    A key that only a judgement knows has no row yet: it may belong to articles still to come.
    """
    heads = family.heads()
    entities = {entity.key: entity for entity in Entity.objects.filter(key__any_of=family.keys)}
    new = {*printed, *(heads[key] for key in {*printed, *entities})} - entities.keys()
    return entities | {entity.key: entity for entity in _made(new)}


def _made(keys: Collection[str]) -> list[Entity]:
    """New rows; what they are called and are is said when they are described."""
    rows = [
        Entity(key=key, local="@" in key, kind=Kind.ORGANISATION.value, name=clip(local_name(key), 300))
        for key in sorted(keys)
    ]
    for entity, pk in zip(rows, bulk.next_ids(Entity, len(rows)), strict=True):
        entity.pk = pk
    bulk.copy_objects(rows)
    return rows


def _printed(keys: Collection[str]) -> tuple[dict[str, list[_Printed]], dict[str, set[int | None]]]:
    """How each key is printed, and to which entities its mentions point now."""
    found: defaultdict[tuple[str, str, str], list[tuple[int, float]]] = defaultdict(list)
    linked: defaultdict[str, set[int | None]] = defaultdict(set)
    rows = Mention.objects.filter(key__any_of=keys).order_by().values_list("key", "name", "kind", "entity")
    for key, name, kind, entity, times, total in rows.annotate(times=Count("pk"), total=Sum("score")):
        found[key, name, kind].append((times, total))
        linked[key].add(entity)
    printed: defaultdict[str, list[_Printed]] = defaultdict(list)
    for (key, name, kind), counted in found.items():
        times, totals = zip(*counted, strict=True)
        printed[key].append(_Printed(name, kind, sum(times), sum(totals)))
    return printed, linked


def _describe(entities: Mapping[str, Entity], family: Family, printed: Mapping[str, list[_Printed]]) -> None:
    """Set what each entity is called, of which kind it is, and into which it is merged."""
    shipped, heads = Authority.shipped(), family.heads()
    members: dict[str, list[str]] = defaultdict(list)
    for key, head in heads.items():
        members[head].append(key)
    for key, entity in entities.items():
        head = heads[key]
        entity.merged_into_id = entities[head].pk if head != key else None
        # The cluster's own key is asked first, then the others in alphabetical order.
        keys = [key, *sorted(set(members.get(key, ())) - {key})]
        forms = [form for member in keys for form in printed.get(member, ())]
        known = [entry for member in keys if (entry := shipped.entry(member))]
        names = [family.names[member] for member in keys if member in family.names]
        kinds = [kind for member in keys if (kind := family.kind(member))]
        if names or known or forms:
            # A surname that articles print alone does not rename the person whom it turned out to mean.
            whole = [form for member in keys if "@" not in member for form in printed.get(member, ())]
            usual = [_usual_name(whole or forms)] if forms else []
            entity.name = clip((names or [e.name for e in known] or usual)[0], 300)
        if kinds or known or forms:
            entity.kind = (kinds or [e.kind.value for e in known] or [_usual_kind(forms)])[0]


def _usual_name(forms: Iterable[_Printed]) -> str:
    """The fullest name that is printed most often; of several the longest, then the first by alphabet."""
    times: Counter[str] = Counter()
    for form in forms:
        times[form.name] += form.times
    return min(times, key=lambda name: (-times[name], -len(name), name))


def _usual_kind(forms: Iterable[_Printed]) -> str:
    scores: defaultdict[str, float] = defaultdict(float)
    for form in forms:
        scores[form.kind] += form.score
    return min(scores, key=lambda kind: (-round(scores[kind], 6), kind))


def _link(
    entities: Mapping[str, Entity], family: Family, linked: Mapping[str, Collection[int | None]]
) -> set[int]:
    """Point every mention of the family at its entity; returns the articles where that changed something.

    `linked` are the entities that the mentions of each key point to now.
    """
    aims = {
        key: None if family.rejected(key) else entity.merged_into_id or entity.pk
        for key, entity in entities.items()
    }
    judged = {pk: aims.get(moved.key or "") for pk, moved in family.moved.items()}
    others = {key: aim for key, aim in aims.items() if {*linked.get(key, ())} - {aim}}
    changed: set[int] = set()
    with connection.cursor() as cursor:
        if others:
            cursor.execute(_LINK, [list(others), list(others.values()), list(judged)])
            changed = {article for (article,) in cursor.fetchall()}
        if judged:
            cursor.execute(_LINK_JUDGED, [list(judged), list(judged.values())])
            changed |= {article for (article,) in cursor.fetchall()}
    return changed


_LINK = """
    UPDATE archive_mention AS mention SET entity_id = aim.entity
    FROM unnest(%s::text[], %s::bigint[]) AS aim(key, entity)
    WHERE mention.key = aim.key AND mention.entity_id IS DISTINCT FROM aim.entity
      AND mention.id <> ALL(%s::bigint[])
    RETURNING mention.article_id
"""
_LINK_JUDGED = """
    UPDATE archive_mention AS mention SET entity_id = aim.entity
    FROM unnest(%s::bigint[], %s::bigint[]) AS aim(id, entity)
    WHERE mention.id = aim.id AND mention.entity_id IS DISTINCT FROM aim.entity
    RETURNING mention.article_id
"""


def _count(entities: Collection[Entity], family: Family) -> None:
    """Count mentions and articles in the newest versions; what is named nowhere any more is withdrawn."""
    newest = Q(article__newest=True)
    counts = {
        entity: (articles, times, ever)
        for entity, articles, times, ever in Mention.objects.filter(
            entity_id__any_of=[entity.pk for entity in entities]
        )
        .order_by()
        .values_list("entity")
        .annotate(
            articles=Count("article", distinct=True, filter=newest),
            times=Count("pk", filter=newest),
            ever=Count("pk"),
        )
    }
    for entity in entities:
        articles, times, ever = counts.get(entity.pk, (0, 0, 0))
        entity.article_count, entity.mention_count = articles, times
        entity.withdrawn = entity.merged_into_id is None and (ever == 0 or family.rejected(entity.key))


_WRITE_ENTITIES = """
    UPDATE archive_entity AS entity
    SET kind = new.kind, name = new.name, merged_into_id = new.merged_into, withdrawn = new.withdrawn,
        article_count = new.articles, mention_count = new.mentions
    FROM unnest(
        %s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::boolean[], %s::integer[], %s::integer[]
    ) AS new(id, kind, name, merged_into, withdrawn, articles, mentions)
    WHERE entity.id = new.id AND (
        entity.kind, entity.name, entity.merged_into_id, entity.withdrawn,
        entity.article_count, entity.mention_count
    ) IS DISTINCT FROM (
        new.kind, new.name, new.merged_into, new.withdrawn, new.articles, new.mentions
    )
"""


def _write_entities(entities: Iterable[Entity]) -> None:
    rows = [
        (e.pk, e.kind, e.name, e.merged_into_id, e.withdrawn, e.article_count, e.mention_count)
        for e in entities
    ]
    if not rows:  # judgements about names that no article has printed yet
        return
    with connection.cursor() as cursor:
        cursor.execute(_WRITE_ENTITIES, [list(column) for column in zip(*rows, strict=True)])
