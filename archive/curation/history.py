"""What was decided, by whom, when and why: of one entity, and of the whole archive."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping

from django.db.models import Max, Q, QuerySet

from archive.models import Article, Entity, Judgement, Outlet
from archive.pipeline.family import Family, local_name
from archive.pipeline.filling import judged_line
from archive.text.types import BlockKind

Verdict = Judgement.Verdict

LONGEST_LINE = 200  # characters of a line that a sentence repeats
_CONTENT_KEY = re.compile(r"[0-9a-f]{64}")

_SENTENCES = {
    Verdict.SAME: "'{left}' is '{right}'",
    Verdict.DIFFERENT: "'{left}' and '{right}' are different",
    Verdict.NOT_A_NAME: "'{left}' is no name",
    Verdict.KIND_IS: "'{left}' is of the kind {value}",
    Verdict.NAME_IS: "'{left}' is shown as '{value}'",
    Verdict.ALIAS_OF: "'{value}' is a name of '{right}'",
    Verdict.MENTION_IS: "'{left}' means '{right}'",
    Verdict.SAME_EVENT: "{left} and {right} report the same event",
    Verdict.OTHER_EVENT: "{left} and {right} report different events",
    Verdict.COPY_OF: "{left} and {right} are printings of one text",
    Verdict.NOT_A_COPY: "{left} is no copy of {right}",
    Verdict.TITLE_IS: "the event of {left} is called '{value}'",
    Verdict.FOLLOWS: "the event of {left} follows that of {right}",
    Verdict.NOT_FOLLOWS: "the event of {left} does not follow that of {right}",
    Verdict.SAME_PASSAGE: "a passage of {left} and one of {right} report the same: {value}",
    Verdict.OTHER_PASSAGE: "a passage of {left} and one of {right} do not belong in one row: {value}",
    Verdict.FIELD_IS: "the {right} of {left} is {value}",
    Verdict.OUTLET_IS: "the {right} of the outlet '{left}' is {value}",
    Verdict.KNOWN_NAME: "'{value}' is the name of a known {right}",
    Verdict.LINE_IS: "“{line}” is {value} in {left}",
}


def of_archive() -> QuerySet[Judgement]:
    """Every judgement and withdrawal, newest first."""
    return Judgement.objects.select_related("withdraws", "withdrawal").order_by("-pk")


def batches(judgements: QuerySet[Judgement]) -> QuerySet[Judgement, uuid.UUID]:
    """What was decided together, newest first: the batches of some judgements."""
    together = judgements.order_by().values("batch").annotate(newest=Max("pk"))
    return together.order_by("-newest").values_list("batch", flat=True)


def of_entity(entity: Entity) -> QuerySet[Judgement]:
    """What was ever decided about an entity and all names joined to it, newest first."""
    keys = Family([entity.key]).keys
    names = keys | {local_name(key) for key in keys} | {f"{local_name(key)}@" for key in keys if "@" in key}
    return of_archive().filter(Q(left__in=names) | Q(right__in=keys))


def of_outlet(outlet: Outlet) -> QuerySet[Judgement]:
    """What was ever decided about an outlet, newest first."""
    names = {*outlet.stated_names, *outlet.stated.values(), outlet.name} - {""}
    return of_archive().filter(verdict__in=[Verdict.OUTLET_IS, Verdict.WITHDRAWN], left__in=names)


def of_article(article: Article) -> QuerySet[Judgement]:
    """What was ever decided about an article's text, newest first."""
    key = article.content_key
    return of_archive().filter(Q(left=key) | Q(right=key) | Q(article=key))


def sentence(judgement: Judgement, names: Mapping[str, str] | None = None) -> str:
    """A judgement in words, without who and when.

    Args: `names` of keys and headlines of texts as `names_in` gives them; without, keys stand for themselves.
    """
    if judgement.withdraws is not None:
        return f"taken back: {sentence(judgement.withdraws, names)}"
    # What something is to be called is said of its key: its name may be the new one already.
    known = {} if names is None or judgement.verdict == Verdict.NAME_IS else names
    line, value = _line(judgement) if judgement.verdict == Verdict.LINE_IS else ("", judgement.value)
    said = _SENTENCES.get(Verdict(judgement.verdict), "{left} {right} {value}").format(
        left=_called(judgement.left, known), right=_called(judgement.right, known), value=value, line=line
    )
    if not judgement.article:
        return said
    return f"{said}, in {_headline(judgement.article, known)}"


def _line(judgement: Judgement) -> tuple[str, str]:
    """The line that a judgement is about, and what it is, in words."""
    line = judged_line(judgement.value)
    words = line.words if len(line.words) <= LONGEST_LINE else f"{line.words[: LONGEST_LINE - 1]}…"
    if isinstance(line.kind, BlockKind):
        return words, "text" if line.kind is BlockKind.PARAGRAPH else "a subheading"
    return words, f"no text ({line.kind.value})"


def names_in(judgements: Iterable[Judgement]) -> dict[str, str]:
    """What the keys of some judgements are called now: names of entities, headlines of texts in quotes."""
    keys = {key for one in judgements for key in (one.left, one.right, one.article) if key}
    articles = Article.objects.filter(content_key__in=keys).values_list("content_key", "headline")
    names = {key: f"“{headline}”" for key, headline in articles if headline}
    return names | dict(Entity.objects.filter(key__in=keys).values_list("key", "name"))


def _called(key: str, names: Mapping[str, str]) -> str:
    return names.get(key) or ("an article" if _CONTENT_KEY.fullmatch(key) else local_name(key))


def _headline(content_key: str, names: Mapping[str, str]) -> str:
    return names.get(content_key, "one article")
