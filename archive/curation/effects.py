"""What follows from a judgement, and from its withdrawal: the same recomputation for both."""

from __future__ import annotations

from archive.models import Article, Entity, Judgement, Mention
from archive.pipeline import family, importing, river, searching

Verdict = Judgement.Verdict

_OF_EVENTS = (Verdict.SAME_EVENT, Verdict.OTHER_EVENT, Verdict.TITLE_IS)


def follow(judgement: Judgement) -> set[int]:
    """Recompute what a judgement touches; returns the articles that changed.

    Must run inside the transaction that wrote the judgement, or its withdrawal, and holds the turn to write.
    """
    if judgement.verdict == Verdict.ALIAS_OF:
        return _follow_alias(judgement)
    if judgement.verdict == Verdict.FIELD_IS:
        return _follow_field(judgement)
    if judgement.verdict in _OF_EVENTS:
        texts = [key for key in (judgement.left, judgement.right) if key]
        articles = Article.objects.newest_versions().filter(content_key__in=texts)
        return river.regroup(set(articles.values_list("pk", flat=True)))
    return river.resolve(_keys_of(judgement))


def _keys_of(judgement: Judgement) -> set[str]:
    if judgement.article:
        return {judgement.right} | family.keys_meant(judgement)
    if judgement.verdict == Verdict.NOT_A_NAME:
        lone = Entity.objects.filter(key__startswith=f"{judgement.left}@")
        return {judgement.left, *lone.values_list("key", flat=True)}
    return {judgement.left, judgement.right} - {""}


def _follow_alias(judgement: Judgement) -> set[int]:
    """Read again the articles that print the alias: some may not have been taken for a name before."""
    form = judgement.value or judgement.left
    linked = Mention.objects.filter(key=judgement.left) | Mention.objects.filter(
        key__startswith=f"{judgement.left}@"
    )
    articles = searching.articles_that_print(form) | set(linked.values_list("article", flat=True))
    return river.annotate_again(articles, {judgement.left, judgement.right})


def _follow_field(judgement: Judgement) -> set[int]:
    articles = Article.objects.filter(content_key=judgement.left)
    changed = importing.fill_again(set(articles.values_list("pk", flat=True)), unlock=judgement.right)
    river.derive(changed)
    return changed
