"""How far decisions can reach, told before they are made: names, articles that are read again, texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from archive.curation.decisions import Decision
from archive.models import Entity, Judgement, Mention
from archive.pipeline import authority, family, searching
from archive.pipeline.family import Family

Verdict = Judgement.Verdict

OF_NAMES = (
    *(Verdict.SAME, Verdict.DIFFERENT, Verdict.NOT_A_NAME, Verdict.KIND_IS),
    *(Verdict.NAME_IS, Verdict.ALIAS_OF, Verdict.MENTION_IS, Verdict.KNOWN_NAME),
)
_CONTENT_KEY = re.compile(r"[0-9a-f]{64}")


class Reach(NamedTuple):
    """Keys of names with all that judgements join to them, articles whose names are found anew, content keys
    of texts, names of outlets.
    """

    keys: set[str]
    articles: set[int]
    texts: set[str]
    outlets: set[str]


def reach(said: Iterable[Decision | Judgement]) -> Reach:
    """Everything that decisions, or taking them back, can change."""
    keys: set[str] = set()
    found = Reach(set(), set(), set(), set())
    for one in said:
        row = one if isinstance(one, Judgement) else Judgement(**one._asdict())
        if row.verdict == Verdict.OUTLET_IS:
            found.outlets.add(row.left)
        elif row.verdict in OF_NAMES:
            keys |= keys_of(row)
            found.articles.update(read_again(row))
        else:
            found.texts.update(key for key in (row.left, row.right) if _CONTENT_KEY.fullmatch(key))
    found.keys.update(Family(keys).keys if keys else ())
    return found


def keys_of(judgement: Judgement) -> set[str]:
    """The keys that a judgement about names is about, those of lone names that it means with them."""
    if judgement.article:
        return {judgement.right} | family.keys_meant(judgement)
    if judgement.verdict == Verdict.KNOWN_NAME:
        return {judgement.left}
    if judgement.verdict == Verdict.NOT_A_NAME or family.of_all_lone(judgement.left):
        lone = Entity.objects.filter(key__startswith=f"{family.local_name(judgement.left)}@")
        return {judgement.left, *lone.values_list("key", flat=True)}
    return {judgement.left, judgement.right} - {""}


def read_again(judgement: Judgement) -> set[int]:
    """The articles whose names are found anew: they print an alias that comes, goes, or is split off."""
    forms: tuple[str, ...] = ()
    if judgement.verdict in (Verdict.ALIAS_OF, Verdict.KNOWN_NAME):
        forms = (judgement.value or judgement.left,)
    elif judgement.verdict == Verdict.DIFFERENT:
        forms = authority.split_forms(judgement.left, judgement.right)
    if not forms:
        return set()
    lone = Mention.objects.filter(key__startswith=f"{judgement.left}@")
    linked = Mention.objects.filter(key=judgement.left) | lone
    articles = set(linked.values_list("article", flat=True))
    return articles.union(*(searching.articles_that_print(form) for form in forms))
