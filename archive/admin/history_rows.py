"""Decisions as the history shows them: in words, with what they changed and the words around an example."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse

from archive.admin.deciding import Around, around
from archive.curation.changes import Line
from archive.curation.history import names_in, sentence
from archive.models import Article, Effect, Entity, Judgement, Mention

MOST_LINES = 12  # of what a decision changed; the rest is counted


class Changed(NamedTuple):
    """A line of what was changed, and where that is now."""

    line: Line
    address: str


class HistoryRow(NamedTuple):
    """What was decided together: `first` stands for all of it. A withdrawal is neither in force nor past.

    `effect` is None where nobody looked, as with judgements older than this record.
    """

    first: Judgement
    said: list[str]
    in_force: bool
    taken_back: Judgement | None
    effect: Effect | None
    changed: list[Changed]
    more: int
    example: Mention | None
    around: Around | None


def history_rows(batches: Sequence[UUID]) -> list[HistoryRow]:
    """A row for each batch, in the order given."""
    together: defaultdict[UUID, list[Judgement]] = defaultdict(list)
    rows = Judgement.objects.filter(batch__in=batches).select_related("withdraws", "withdrawal")
    for row in rows.order_by("pk"):
        together[row.batch].append(row)
    everything = [row for batch in batches for row in together[batch]]
    names, examples = names_in(everything), _examples(everything)
    effects = {effect.batch: effect for effect in Effect.objects.filter(batch__in=batches)}
    addresses = _addresses(effects.values())
    return [_row(together[batch], names, examples, effects.get(batch), addresses) for batch in batches]


def _row(
    rows: list[Judgement],
    names: dict[str, str],
    examples: dict[str, Mention],
    effect: Effect | None,
    addresses: dict[tuple[str, str], str],
) -> HistoryRow:
    example = next((examples[row.left] for row in rows if row.left in examples), None)
    lines = [Line(**line) for line in effect.lines] if effect else []
    back = [row.withdrawal for row in rows if hasattr(row, "withdrawal")]
    return HistoryRow(
        rows[0],
        list(dict.fromkeys(sentence(row, names) for row in rows)),
        any(row.withdraws is None and not hasattr(row, "withdrawal") for row in rows),
        back[0] if back else None,
        effect,
        [Changed(line, addresses.get((line.of, line.key), "")) for line in lines[:MOST_LINES]],
        max(0, len(lines) - MOST_LINES) + (effect.more if effect else 0),
        example,
        around(example) if example else None,
    )


def _examples(judgements: Sequence[Judgement]) -> dict[str, Mention]:
    """For each name the first place that prints it."""
    keys = {judgement.left for judgement in judgements}
    mentions = Mention.objects.filter(key__in=keys)
    first = mentions.order_by("key", "pk").distinct("key").select_related("article__outlet")
    found = {mention.key: mention for mention in first}
    for key in keys - found.keys():
        if key.endswith("@"):
            lone = Mention.objects.filter(key__startswith=key).select_related("article__outlet")
            if example := lone.order_by("pk").first():
                found[key] = example
    return found


def _addresses(effects: Iterable[Effect]) -> dict[tuple[str, str], str]:
    """Where names and texts that effects tell of are looked after now."""
    lines = [line for effect in effects for line in effect.lines[:MOST_LINES]]
    keys = {of: {line["key"] for line in lines if line["of"] == of} for of in ("name", "text")}
    found = {
        ("name", key): reverse("admin:archive_entity_change", args=[pk])
        for key, pk in Entity.objects.filter(key__in=keys["name"]).values_list("key", "pk")
    }
    texts = Article.objects.newest_versions().filter(content_key__in=keys["text"])
    for key, pk in texts.values_list("content_key", "pk"):
        found["text", key] = reverse("admin:archive_article_change", args=[pk])
    return found
