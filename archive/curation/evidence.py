"""What speaks for and against two names being one, in words: a curator decides, no score does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from archive.curation.changes import counted
from archive.curation.proposals import LoneName, Pair
from archive.models import Article, Entity, Mention

_MOST_NAMED = 5  # names listed in a row
_STRONG, _FAIR = 0.92, 0.7  # scores of archive.text.names.compare, in words
_MUCH_COMPANY = 2  # names that stand beside both, from which on that says something


class Row(NamedTuple):
    """One thing that was looked at: `speaks` is "for", "against" or "–", `weight` a word."""

    what: str
    words: str
    detail: str
    speaks: str
    weight: str


def rows(pair: Pair, kept: Entity, other: Entity) -> list[Row]:
    """All that is known of a pair, the comparison of the names first."""
    return [_names(pair, kept, other), _together(kept, other), _company(kept, other), _outlets(kept, other)]


def lone_rows(asked: LoneName, lone: Sequence[Entity], somebody: Sequence[Entity]) -> list[Row]:
    """Where a name that nobody introduced stands, and what it shares with each that it may mean."""
    where = f"{counted(asked.mentions, 'mention')} in {counted(asked.articles, 'article')}"
    found = [Row("Printed", where, "no article gives a full name", "–", "none")]
    beside, printing = set().union(*map(_beside, lone)), set().union(*map(_outlet_names, lone))
    for one in somebody:
        company = list(Entity.objects.filter(pk__in=beside & _beside(one)).by_coverage())
        outlets = sorted(printing & set(_outlet_names(one)))
        words = (
            f"{_listed([other.name for other in company])} beside both" if company else "nobody beside both"
        )
        detail = f"{counted(one.article_count, 'article')}; outlets in common: {_listed(outlets) or 'none'}"
        weight = "fair" if len(company) >= _MUCH_COMPANY else "weak" if company else "none"
        found.append(Row(f"Is {one.name}?", words, detail, "for" if company else "–", weight))
    return found


def _names(pair: Pair, kept: Entity, other: Entity) -> Row:
    weight = "strong" if pair.score >= _STRONG else "fair" if pair.score >= _FAIR else "weak"
    return Row("Names", f"{kept.name} · {other.name}", "; ".join(pair.reasons), "for", weight)


def _together(kept: Entity, other: Entity) -> Row:
    both = _articles(kept) & _articles(other)
    if not both:
        return Row("In one article", "never", "no article names both", "–", "none")
    weight = "strong" if len(both) > 1 else "fair"
    number = "one article names" if len(both) == 1 else f"{len(both)} articles name"
    detail = "an article rarely names one in two ways"
    return Row("In one article", f"{number} both", detail, "against", weight)


def _company(kept: Entity, other: Entity) -> Row:
    shared = _beside(kept) & _beside(other)
    if not shared:
        return Row("Company", "nobody", "no name stands beside both", "–", "none")
    names = Entity.objects.filter(pk__in=shared).by_coverage().values_list("name", flat=True)
    weight = "fair" if len(shared) >= _MUCH_COMPANY else "weak"
    return Row("Company", _listed(list(names)), "named beside both", "for", weight)


def _outlets(kept: Entity, other: Entity) -> Row:
    names = [set(_outlet_names(entity)) for entity in (kept, other)]
    shared = sorted(names[0] & names[1])
    if not shared:
        return Row("Outlets", "none in common", "no outlet prints both", "–", "none")
    return Row("Outlets", _listed(shared), "print both names", "–", "weak")


def _articles(entity: Entity) -> set[int]:
    mentions = Mention.objects.filter(entity=entity, article__newest=True)
    return set(mentions.values_list("article", flat=True))


def _beside(entity: Entity) -> set[int]:
    """Everybody who is named in an article that names this one."""
    others = Mention.objects.filter(article__in=_articles(entity)).exclude(entity=None)
    return set(others.values_list("entity", flat=True)) - {entity.pk}


def _outlet_names(entity: Entity) -> list[str]:
    articles = Article.objects.filter(pk__in=_articles(entity)).exclude(outlet=None)
    return list(articles.values_list("outlet__name", flat=True).distinct())


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    shown = ", ".join(names[:_MOST_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown
