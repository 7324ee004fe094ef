"""All names that an entity goes by: from the authority file, from curators, and as printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import connection
from django.db.models import Count

from archive.models import Alias, Entity, Mention
from archive.pipeline import bulk
from archive.pipeline.family import Family
from archive.pipeline.filling import clip
from archive.text.authority import Authority, AuthorityEntry
from archive.text.names import normal_form

Origin = Alias.Origin


class _Name(NamedTuple):
    origin: str
    mention_count: int
    source: str


def run(entities: Mapping[str, Entity], family: Family) -> None:
    """Bring the aliases of `entities` (by key) in line; a merged or withdrawn entity has none."""
    wanted = _wanted(entities, family)
    gone: list[int] = []
    changed: list[tuple[int, str, int, str]] = []
    ids = [entity.pk for entity in entities.values()]
    for pk, entity, form, *stored in Alias.objects.filter(entity_id__any_of=ids).values_list(*_STORED):
        name = wanted[entity].pop(form, None)
        if name is None:
            gone.append(pk)
        elif name != tuple(stored):
            changed.append((pk, *name))
    if gone:
        Alias.objects.filter(pk__any_of=gone).delete()
    if changed:
        with connection.cursor() as cursor:
            cursor.execute(_UPDATE, [list(column) for column in zip(*changed, strict=True)])
    bulk.copy(
        Alias,
        ("entity_id", "form", "normal_form", *_Name._fields),
        (
            (entity, form, clip(normal_form(form), 300), *name)
            for entity, names in wanted.items()
            for form, name in sorted(names.items())
        ),
    )


_STORED = ("pk", "entity", "form", *_Name._fields)
_UPDATE = """
    UPDATE archive_alias AS alias
    SET origin = new.origin, mention_count = new.mention_count, source = new.source
    FROM unnest(%s::bigint[], %s::text[], %s::integer[], %s::text[]) AS new(id, origin, mention_count, source)
    WHERE alias.id = new.id
"""


def _wanted(entities: Mapping[str, Entity], family: Family) -> defaultdict[int, dict[str, _Name]]:
    """The names by entity and form. The authority file outranks a curator, and both what is printed."""
    wanted: defaultdict[int, dict[str, _Name]] = defaultdict(dict)
    live = [entity.pk for entity in entities.values() if _has_a_page(entity)]
    for entity_id, form, times in _printed_forms(live):
        wanted[entity_id][form] = _Name(Origin.PRINTED.value, times, "")
    for judgement in family.aliases:
        entity = _head(entities, judgement.right)
        if entity is not None:
            form = judgement.value or judgement.left
            _outrank(wanted[entity], form, Origin.CURATOR.value, f"added by {judgement.made_by_name}")
    for key in entities:
        entry, entity = Authority.shipped().entry(key), _head(entities, key)
        if entry is not None and entity is not None:
            for form in (entry.name, *_not_split(entry, family)):
                _outrank(wanted[entity], form, Origin.AUTHORITY.value, entry.source)
    return wanted


def _not_split(entry: AuthorityEntry, family: Family) -> list[str]:
    """The aliases of an entry that no curator split off."""
    gone = {key for pair in family.apart for key in pair if entry.key in pair}
    return [alias for alias in entry.aliases if normal_form(alias) not in gone - {entry.key}]


def _head(entities: Mapping[str, Entity], key: str) -> int | None:
    entity = entities.get(key)
    if entity is None:  # no article has printed it yet
        return None
    if entity.merged_into_id is not None:
        return entity.merged_into_id
    return None if entity.withdrawn else entity.pk


def _outrank(names: dict[str, _Name], form: str, origin: str, source: str) -> None:
    form = clip(form, 300)
    printed = names.get(form)
    names[form] = _Name(origin, printed.mention_count if printed else 0, clip(source, 300))


def _has_a_page(entity: Entity) -> bool:
    return entity.merged_into_id is None and not entity.withdrawn


def _printed_forms(entity_ids: Iterable[int]) -> Iterable[tuple[int, str, int]]:
    """Each form as printed in the newest versions, line breaks and editorial brackets left out."""
    counted: defaultdict[tuple[int, str], int] = defaultdict(int)
    mentions = Mention.objects.filter(entity_id__any_of=entity_ids, article__newest=True)
    for entity, surface, times in mentions.order_by().values_list("entity", "surface").annotate(Count("pk")):
        counted[entity, " ".join(surface.replace("[", " ").replace("]", " ").split())] += times
    return ((entity, form, times) for (entity, form), times in counted.items() if form)
