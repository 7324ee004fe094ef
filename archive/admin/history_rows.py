"""Decisions as the history shows them: in words, with the words around an example."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count

from archive.admin.curating import counted
from archive.admin.deciding import Around, around
from archive.curation.history import names_in, sentence
from archive.models import Judgement, Mention


class HistoryRow(NamedTuple):
    """A judgement in words. A withdrawal is neither in force nor taken back."""

    judgement: Judgement
    said: str
    in_force: bool
    taken_back: bool
    touches: str
    example: Mention | None
    around: Around | None


def history_rows(judgements: Sequence[Judgement]) -> list[HistoryRow]:
    """Rows for some judgements, each with a place where its name is printed, if there is one."""
    examples, names = _examples(judgements), names_in(judgements)
    touched = _touched(judgements)
    return [
        HistoryRow(
            judgement,
            sentence(judgement, names),
            judgement.withdraws is None and not hasattr(judgement, "withdrawal"),
            hasattr(judgement, "withdrawal"),
            touched.get(judgement.left, ""),
            example := examples.get(judgement.left),
            around(example) if example else None,
        )
        for judgement in judgements
    ]


def _examples(judgements: Sequence[Judgement]) -> dict[str, Mention]:
    """For each name the first place that prints it."""
    mentions = Mention.objects.filter(key__in={judgement.left for judgement in judgements})
    first = mentions.order_by("key", "pk").distinct("key").select_related("article__outlet")
    return {mention.key: mention for mention in first}


def _touched(judgements: Sequence[Judgement]) -> dict[str, str]:
    """For each name that was judged, how often it is printed: what the decision is about."""
    printed = Mention.objects.filter(key__in={one.left for one in judgements}, article__newest=True)
    counts = printed.order_by().values_list("key").annotate(Count("pk"), Count("article", distinct=True))
    return {
        key: f"about {counted(mentions, 'mention')} in {counted(articles, 'article')}"
        for key, mentions, articles in counts
    }
