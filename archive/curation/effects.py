"""What follows from a judgement, and from its withdrawal: the same recomputation for both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from archive.models import Article, Entity, Judgement, Mention
from archive.pipeline import family, importing, river, searching

Verdict = Judgement.Verdict

_OF_PASSAGES = (Verdict.SAME_PASSAGE, Verdict.OTHER_PASSAGE)
_OF_EVENTS = (Verdict.SAME_EVENT, Verdict.OTHER_EVENT, Verdict.TITLE_IS)


def follow(judgement: Judgement) -> set[int]:
    """Recompute what a judgement touches; returns the articles that changed.

    Must run inside the transaction that wrote the judgement, or its withdrawal, and holds the turn to write.
    """
    return follow_all([judgement])


def follow_all(judgements: Iterable[Judgement]) -> set[int]:
    """Recompute, once for all of them, what several judgements touch; returns the articles that changed."""
    by_verdict: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        by_verdict[judgement.verdict].append(judgement)
    changed = _follow_fields(by_verdict.pop(Verdict.FIELD_IS, []))
    changed |= _follow_lines(by_verdict.pop(Verdict.LINE_IS, []))
    changed |= _follow_aliases(by_verdict.pop(Verdict.ALIAS_OF, []))
    changed |= _follow_events([one for verdict in _OF_EVENTS for one in by_verdict.pop(verdict, [])])
    changed |= _follow_passages([one for verdict in _OF_PASSAGES for one in by_verdict.pop(verdict, [])])
    keys = {key for rest in by_verdict.values() for one in rest for key in _keys_of(one)}
    return changed | river.resolve(keys) if keys else changed


def _follow_events(judgements: Iterable[Judgement]) -> set[int]:
    texts = {key for one in judgements for key in (one.left, one.right) if key}
    articles = Article.objects.newest_versions().filter(content_key__in=texts)
    found = set(articles.values_list("pk", flat=True))
    return river.regroup(found) if found else set()


def _follow_passages(judgements: Collection[Judgement]) -> set[int]:
    """Nothing is stored of rows: comparisons read the judgements. Tells whose comparisons change."""
    texts = {key for one in judgements for key in (one.left, one.right)}
    articles = Article.objects.newest_versions().filter(content_key__in=texts)
    return set(articles.values_list("pk", flat=True))


def _keys_of(judgement: Judgement) -> set[str]:
    if judgement.article:
        return {judgement.right} | family.keys_meant(judgement)
    if judgement.verdict == Verdict.NOT_A_NAME:
        lone = Entity.objects.filter(key__startswith=f"{judgement.left}@")
        return {judgement.left, *lone.values_list("key", flat=True)}
    return {judgement.left, judgement.right} - {""}


def _follow_aliases(judgements: Collection[Judgement]) -> set[int]:
    """Read again the articles that print an alias: some may not have been taken for a name before."""
    keys = {key for one in judgements for key in (one.left, one.right)}
    articles: set[int] = set()
    for judgement in judgements:
        lone = Mention.objects.filter(key__startswith=f"{judgement.left}@")
        linked = Mention.objects.filter(key=judgement.left) | lone
        articles |= searching.articles_that_print(judgement.value or judgement.left)
        articles |= set(linked.values_list("article", flat=True))
    return river.annotate_again(articles, keys) if keys else set()


def _follow_fields(judgements: Collection[Judgement]) -> set[int]:
    by_field: defaultdict[str, set[str]] = defaultdict(set)
    for judgement in judgements:
        by_field[judgement.right].add(judgement.left)
    changed: set[int] = set()
    for field, texts in sorted(by_field.items()):
        articles = Article.objects.filter(content_key__in=texts)
        changed |= importing.fill_again(set(articles.values_list("pk", flat=True)), unlock=field)
    river.derive(changed)
    return changed


def _follow_lines(judgements: Collection[Judgement]) -> set[int]:
    """Clean the texts again."""
    articles = Article.objects.filter(content_key__in={one.left for one in judgements})
    changed = importing.fill_again(set(articles.values_list("pk", flat=True)))
    river.derive(changed)
    return changed
