"""From a clean article to the fields that are stored; what a curator corrected stays as corrected."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from archive.models import Article, Judgement
from archive.pipeline.bulk import as_json
from archive.pipeline.outlets import Outlets
from archive.text.lines import JudgedLine, kind_of
from archive.text.types import CleanArticle, Moment, Precision

# What a curator may correct. `published` and its precision go together.
CORRECTABLE = (
    *("headline", "deck", "authors", "agencies", "dateline", "language"),
    *("url", "outlet", "published", "updated"),
)
# True of one article only, not of its text: its copies stand elsewhere.
_OF_THE_PLACE = ("url", "outlet")


def fill(
    article: Article,
    said: dict[str, Any],
    cleaned: CleanArticle,
    outlets: Outlets,
    corrections: dict[str, str],
) -> None:
    """Set every field that reading derives, except those that are locked; then the curators' corrections.

    `said` is what was stated from outside (archive.pipeline.identity.stated), `corrections` the live "field
    is" judgements about this text, by field.
    """
    article.stated = said
    for name, value in {**_fields(said, cleaned), "outlet": outlets.of(said)}.items():
        if name.removesuffix("_precision").removesuffix("_evidence") not in article.locked:
            setattr(article, name, value)
    for name, value in corrections.items():
        if article.copy_of_id is None or name not in _OF_THE_PLACE:
            correct(article, name, value, outlets)


def correct(article: Article, name: str, value: str, outlets: Outlets) -> None:
    """Set a field to a curator's value (as JSON) and lock it. Raises ValueError if it does not fit.

    A date is [ISO 8601, precision] or null; an outlet is its name.
    """
    if name not in CORRECTABLE:
        raise ValueError(f"The field '{name}' cannot be corrected; {', '.join(CORRECTABLE)} can.")
    meant = json.loads(value)
    if name == "published":
        moment, precision = meant or (None, "")
        article.published = _aware(datetime.fromisoformat(moment)) if moment else None
        article.published_precision = Precision(precision).value if moment else ""
        article.published_evidence = "judgement of a curator"
    elif name == "updated":
        article.updated = _aware(datetime.fromisoformat(meant[0])) if meant else None
    elif name == "outlet":
        article.outlet = outlets.of({"outlet": meant})
    else:
        setattr(article, name, meant)
    if name not in article.locked:
        article.locked = [*article.locked, name]


def corrections_of(keys: Iterable[str]) -> defaultdict[str, dict[str, str]]:
    """Live "field is" judgements about texts, by content key and field; the newest of a field counts."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    judgements = Judgement.objects.live().filter(verdict=Judgement.Verdict.FIELD_IS, left__in=keys)
    for judgement in judgements.order_by("made_at", "pk"):
        found[judgement.left][judgement.right] = judgement.value
    return found


def lines_of(keys: Iterable[str]) -> defaultdict[str, tuple[JudgedLine, ...]]:
    """Live "line is" judgements about texts, by content key, oldest first; the newest of a line counts."""
    found: defaultdict[str, tuple[JudgedLine, ...]] = defaultdict(tuple)
    judgements = Judgement.objects.live().filter(verdict=Judgement.Verdict.LINE_IS, left__in=keys)
    for judgement in judgements.order_by("made_at", "pk"):
        found[judgement.left] += (judged_line(judgement.value),)
    return found


def line_value(line: JudgedLine) -> str:
    """What a judgement about a line keeps: JSON."""
    said = {"is": line.kind.value, "line": line.words, "number": line.number}
    return json.dumps(said, ensure_ascii=False)


def judged_line(value: str) -> JudgedLine:
    """The line that a judgement keeps. Raises ValueError if it keeps none."""
    said = json.loads(value)
    try:
        line = JudgedLine(str(said["line"]), int(said["number"]), kind_of(str(said["is"])))
    except (KeyError, TypeError) as error:
        raise ValueError("A line needs 'line', 'number' and 'is'.") from error
    if not line.words or line.number < 1:
        raise ValueError("A line needs its words, and its number from 1.")
    return line


def published_of(cleaned: CleanArticle) -> tuple[datetime | None, str]:
    """When an article was published as far as its text and what is stated of it say, and how exactly.

    A day that has not come yet is none: a page misread, or a clock set wrong.
    """
    if cleaned.published is None or _to_come(cleaned.published):
        return None, ""
    return _aware(cleaned.published.value), cleaned.published.precision.value


class Derived(NamedTuple):
    """Fields that other things are made from, as reading gives them: a curator may have corrected them."""

    headline: str
    authors: list[str]
    agencies: list[str]
    published: datetime | None
    published_precision: str


def derived_of(cleaned: CleanArticle) -> Derived:
    """The fields of a clean article as they are stored."""
    return Derived(
        clip(cleaned.headline, 1000),
        [clip(name, 200) for name in cleaned.authors],
        [clip(name, 100) for name in cleaned.agencies],
        *published_of(cleaned),
    )


def story_id(article: Article) -> str:
    """What an article is called among those that are grouped: the same after every import."""
    return f"{article.content_key} {article.url} {article.outlet or ''}"


def clip(text: str, limit: int) -> str:
    """The text, cut to what a field holds; an ellipsis says that it was cut."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _fields(said: dict[str, Any], cleaned: CleanArticle) -> dict[str, Any]:
    return {
        **derived_of(cleaned)._asdict(),
        "url": clip(str(said.get("url", "")), 2000),
        "published_evidence": _said(cleaned.published) if cleaned.published else "",
        "updated": _aware(cleaned.updated.value)
        if cleaned.updated and not _to_come(cleaned.updated)
        else None,
        "deck": cleaned.deck,
        "dateline": clip(cleaned.dateline, 200),
        "language": clip(cleaned.language, 12),
        "body": cleaned.body,
        "word_count": len(cleaned.body.split()),
        "blocks": as_json(cleaned.blocks),
        "segments": as_json(cleaned.segments),
        "removed": as_json(cleaned.removed),
        "captions": list(cleaned.captions),
        "credits": list(cleaned.credits),
    }


def _said(moment: Moment) -> str:
    said = ": ".join(part for part in moment.evidence[:2] if part)
    return clip(f"{said} (a day still to come: not taken)" if _to_come(moment) else said, 300)


def _to_come(moment: Moment) -> bool:
    """Whether a moment is later than any clock on Earth may say now."""
    return _aware(moment.value) > timezone.now() + timedelta(days=1)


def _aware(moment: datetime) -> datetime:
    """The printed wall-clock time, kept as if it were UTC."""
    return moment.replace(tzinfo=UTC)
