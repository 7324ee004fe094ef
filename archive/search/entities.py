"""People and organisations: what the page of one shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, F, Max, Min

from archive.models import Alias, Article, Entity, Event, Mention, SearchRow
from archive.models.article import ArticleQuerySet
from archive.models.mention import MentionQuerySet
from archive.search.copies import Folding, Story, folding, stories
from archive.search.named import Named, most_named
from archive.search.successors import Gone, successor
from archive.text.descriptions import description_after, description_before
from archive.text.types import Kind, Span

MOST_ARTICLES = 20  # on the page of a name; the search for the name opens all
MOST_COMPANIONS = 12
MOST_DESCRIPTIONS = 30
MOST_EVENTS = 10
WIDEST_TABLE = 6  # outlets beside each other; more are added up in one column
_DESCRIBED = 400  # mentions that are read for descriptions: the newest


class Places(NamedTuple):
    """A number of mentions, and the query that narrows the list of mentions to them (None: no single one)."""

    size: int
    query: str | None


class Form(NamedTuple):
    """A printed form with its counts in the order of the table's columns."""

    form: str
    counts: tuple[Places, ...]
    total: Places
    known_from: str


class Forms(NamedTuple):
    """Every printed form by outlet. `columns` are labels; the last may stand for all further outlets."""

    columns: tuple[str, ...]
    rows: tuple[Form, ...]
    totals: tuple[Places, ...]
    total: Places


class Description(NamedTuple):
    """Words beside the name in one outlet, and where they stand."""

    outlet: str
    words: str
    places: tuple[tuple[Article, int | None], ...]  # with the number of the paragraph


class EntityPage(NamedTuple):
    """What the page of a person or organisation shows."""

    entity: Entity
    first: datetime | None
    last: datetime | None
    outlets: int
    stories: tuple[Story, ...]
    folding: Folding
    events: tuple[Event, ...]
    event_total: int
    forms: Forms
    other_names: tuple[Alias, ...]
    merged: tuple[Entity, ...]
    descriptions: tuple[Description, ...]
    companions: tuple[Named, ...]


def entity_or_successor(pk: int) -> Entity:
    """The person or organisation with this number, or the one it was merged into.

    Raises:
        Entity.DoesNotExist: there never was one.
        Gone: it was withdrawn.
    """
    entity: Entity = successor(Entity.objects.get(pk=pk))
    if entity.withdrawn:
        raise Gone(f"“{entity.name}” is no {Kind(entity.kind).value} any more.")
    return entity


def mentions_of(entity: Entity) -> MentionQuerySet:
    """The places where newest versions of articles print the name, newest articles first."""
    of_newest = Mention.objects.filter(entity=entity, article__newest=True)
    return of_newest.order_by(F("article__published").desc(nulls_last=True), "-article", "start")


def articles_naming(entity: Entity) -> ArticleQuerySet:
    """The newest versions of the articles that name it, newest first."""
    pks = SearchRow.objects.naming(entity.pk).values("pk")
    return Article.objects.to_read().filter(pk__in=pks)


def entity_page(entity: Entity, *, folded: bool = True) -> EntityPage:
    """The names it goes by, its articles and events, how it is described, who stands beside it.

    Args: `folded`: whether copies of one text stand as one among the articles.
    """
    rows = SearchRow.objects.naming(entity.pk)
    articles = articles_naming(entity)
    summary = articles.aggregate(
        first=Min("published"), last=Max("published"), outlets=Count("outlet", distinct=True)
    )
    events = Event.objects.live().filter(articles__in=articles).distinct()
    forms, printed = _forms(entity)
    return EntityPage(
        entity=entity,
        first=summary["first"],
        last=summary["last"],
        outlets=summary["outlets"],
        stories=stories(rows, MOST_ARTICLES, folded=folded),
        folding=folding(rows, folded=folded),
        events=tuple(events[:MOST_EVENTS]),
        event_total=events.count(),
        forms=forms,
        other_names=tuple(entity.aliases.binding().exclude(form__in=printed)),
        merged=tuple(entity.merged.all()),
        descriptions=tuple(_descriptions(entity)),
        companions=tuple(_companions(entity)),
    )


def _companions(entity: Entity) -> list[Named]:
    found = most_named(SearchRow.objects.naming(entity.pk), MOST_COMPANIONS, leaving_out=[entity.pk])
    together = [named for most in found.values() for named in most.first]
    return sorted(together, key=lambda named: (-named.articles, named.entity.name))[:MOST_COMPANIONS]


# --- printed forms -----------------------------------------------------------------------------------


def _forms(entity: Entity) -> tuple[Forms, set[str]]:
    """The table of printed forms, and the forms in it."""
    counts: Counter[tuple[str, int]] = Counter()
    labels: dict[int, str] = {0: "no outlet"}
    rules: defaultdict[str, Counter[str]] = defaultdict(Counter)
    rows = mentions_of(entity).values_list(
        "surface", "article__outlet", "article__outlet__name", "article__outlet__short_name", "link_evidence"
    )
    for surface, outlet, name, short, evidence in rows.iterator():
        counts[surface, outlet or 0] += 1
        if outlet:
            labels[outlet] = short or name
        if evidence:
            rules[surface][str(evidence[0][0])] += 1
    columns = _columns(counts)
    known_from = {form: rule.most_common(1)[0][0] for form, rule in rules.items()}
    return _table(counts, columns, labels, known_from), {form for form, _ in counts}


def _columns(counts: Mapping[tuple[str, int], int]) -> list[tuple[int, ...]]:
    """The outlets of each column, those that print the name most first; the last may hold all others."""
    by_outlet: Counter[int] = Counter()
    for (_, outlet), size in counts.items():
        by_outlet[outlet] += size
    outlets = [outlet for outlet, _ in sorted(by_outlet.items(), key=lambda pair: (-pair[1], pair[0]))]
    if len(outlets) <= WIDEST_TABLE:
        return [(outlet,) for outlet in outlets]
    return [*((outlet,) for outlet in outlets[: WIDEST_TABLE - 1]), tuple(outlets[WIDEST_TABLE - 1 :])]


def _table(
    counts: Mapping[tuple[str, int], int],
    columns: list[tuple[int, ...]],
    labels: Mapping[int, str],
    known_from: Mapping[str, str],
) -> Forms:
    forms = sorted({form for form, _ in counts}, key=lambda form: (-_sum(counts, form, labels), form))
    rows = [
        Form(
            form,
            tuple(_cell(counts, form, column) for column in columns),
            Places(_sum(counts, form, labels), _query(form, None)),
            known_from.get(form, ""),
        )
        for form in forms
    ]
    titles = [labels[column[0]] if len(column) == 1 else f"{len(column)} others" for column in columns]
    totals = [
        Places(sum(_sum(counts, form, column) for form in forms), _query_of("", column)) for column in columns
    ]
    return Forms(tuple(titles), tuple(rows), tuple(totals), Places(sum(counts.values()), ""))


def _cell(counts: Mapping[tuple[str, int], int], form: str, column: tuple[int, ...]) -> Places:
    return Places(_sum(counts, form, column), _query_of(form, column))


def _query_of(form: str, column: tuple[int, ...]) -> str | None:
    return _query(form, column[0]) if len(column) == 1 else None


def _query(form: str, outlet: int | None) -> str:
    """The query of the list of places; outlet 0 stands for articles without an outlet, None for all."""
    chosen = {"form": form, "outlet": "" if outlet is None else str(outlet)}
    return f"?{urlencode({name: value for name, value in chosen.items() if value})}"


def _sum(counts: Mapping[tuple[str, int], int], form: str, outlets: Iterable[int]) -> int:
    return sum(counts.get((form, outlet), 0) for outlet in outlets)


# --- descriptions ------------------------------------------------------------------------------------


def _descriptions(entity: Entity) -> list[Description]:
    """The words beside the name by outlet, those printed most first."""
    found: defaultdict[tuple[str, str], list[tuple[Article, int | None]]] = defaultdict(list)
    places = mentions_of(entity).values_list("article", "start", "end")[:_DESCRIBED]
    articles = Article.objects.to_read().in_bulk({article for article, _, _ in places})
    for pk, start, end in places:
        article = articles[pk]
        for span in described(article, Span(start, end)):
            words = " ".join(article.body[slice(*span)].split())
            where = (article, article.paragraph_number(start))
            found[article.outlet.label if article.outlet else "no outlet", words].append(where)
    most_first = sorted(found.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1]))
    return [Description(*key, tuple(dict.fromkeys(where))) for key, where in most_first[:MOST_DESCRIPTIONS]]


def described(article: Article, name: Span) -> list[Span]:
    """The spans of the words that describe the name at one place of the article's body."""
    sentence = article.sentence_at(name.start)
    if sentence is None:
        return []
    beside = (
        description_before(article.body, sentence.start, name.start),
        description_after(article.body, name.end),
    )
    return [span for span in beside if span]
