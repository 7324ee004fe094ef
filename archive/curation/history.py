"""What was decided, by whom, when and why: of one entity, and of the whole archive."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from archive.models import Article, Entity, Judgement
from archive.pipeline.family import Family, local_name

Verdict = Judgement.Verdict

_SENTENCES = {
    Verdict.SAME: "'{left}' is '{right}'",
    Verdict.DIFFERENT: "'{left}' and '{right}' are different",
    Verdict.NOT_A_NAME: "'{left}' is no name",
    Verdict.KIND_IS: "'{left}' is of the kind {value}",
    Verdict.NAME_IS: "'{left}' is shown as '{value}'",
    Verdict.ALIAS_OF: "'{value}' is a name of '{right}'",
    Verdict.MENTION_IS: "'{left}' means '{right}'",
    Verdict.SAME_EVENT: "two articles report the same event",
    Verdict.OTHER_EVENT: "two articles report different events",
    Verdict.TITLE_IS: "the event is called '{value}'",
    Verdict.FIELD_IS: "the {right} of an article is {value}",
}


def of_archive() -> QuerySet[Judgement]:
    """Every judgement and withdrawal, newest first."""
    return Judgement.objects.select_related("withdraws", "withdrawal").order_by("-pk")


def of_entity(entity: Entity) -> QuerySet[Judgement]:
    """What was ever decided about an entity and all names joined to it, newest first."""
    keys = Family([entity.key]).keys
    names = keys | {local_name(key) for key in keys}
    return of_archive().filter(Q(left__in=names) | Q(right__in=keys))


def of_article(article: Article) -> QuerySet[Judgement]:
    """What was ever decided about an article's text, newest first."""
    key = article.content_key
    return of_archive().filter(Q(left=key) | Q(right=key) | Q(article=key))


def sentence(judgement: Judgement) -> str:
    """A judgement in words, without who and when."""
    if judgement.withdraws is not None:
        return f"taken back: {sentence(judgement.withdraws)}"
    said = _SENTENCES.get(Verdict(judgement.verdict), "{left} {right} {value}").format(
        left=local_name(judgement.left), right=local_name(judgement.right), value=judgement.value
    )
    return f"{said}, in one article" if judgement.article else said
