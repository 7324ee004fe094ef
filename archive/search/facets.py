"""Facets: how many of the articles found stand under each outlet, person, organisation, event and month.

The number on a choice is the number of rows that its link opens. Outlets and events take each other's place
when chosen, so they are counted without the choice made among them; people and organisations add up.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count
from django.db.models.functions import TruncMonth

from archive.models import Event, Outlet
from archive.search.address import Address
from archive.search.filters import ArticleFilter
from archive.search.named import MostNamed, most_named
from archive.text.types import Kind

LONGEST_FACET = 10  # choices shown; the lists of people, outlets and events hold the rest
MOST_MONTHS = 240  # bars in the chart; older ones are left to the date fields


class Choice(NamedTuple):
    """A value with the number of rows that `href` opens; `other_href` excludes it, or undoes a choice."""

    label: str
    size: int
    href: str
    other_href: str
    chosen: bool = False
    excluded: bool = False


class Facet(NamedTuple):
    """The choices under one heading; `more` further values have a row too."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    more: int = 0


class Month(NamedTuple):
    """A month: its first day, its rows, the link that opens them, its share of the busiest month."""

    first: date
    size: int
    href: str
    share: float
    chosen: bool


class Months(NamedTuple):
    """Every month from the first to the last found, those without a row too; articles without a date."""

    months: tuple[Month, ...]
    undated: int
    busiest: Month | None


def facets(articles: ArticleFilter, here: Address) -> tuple[Facet, ...]:
    """All facets of a search, the empty ones left out."""
    named = most_named(articles.rows(), LONGEST_FACET)
    found = (
        _column_facet(articles, here, "outlet", "Outlet"),
        _entity_facet(articles, here, "person", "Person", named[Kind.PERSON]),
        _entity_facet(articles, here, "organisation", "Organisation", named[Kind.ORGANISATION]),
        _column_facet(articles, here, "event", "Event"),
    )
    return tuple(facet for facet in found if facet.choices)


def months(articles: ArticleFilter, here: Address) -> Months:
    """The articles by month of publication, whatever dates were chosen."""
    rows = articles.rows(leaving_out=frozenset({"from", "to"}))
    counts: dict[datetime | None, int] = dict(
        rows.annotate(month=TruncMonth("published")).values_list("month").annotate(rows=Count("pk"))
    )
    undated = counts.pop(None, 0)
    by_month = {month.date(): count for month, count in counts.items() if month}
    most = max(by_month.values(), default=0)
    shown = [_month(first, by_month.get(first, 0), most, here) for first in _every_month(sorted(by_month))]
    return Months(tuple(shown), undated, next((month for month in shown if month.size == most), None))


def _column_facet(articles: ArticleFilter, here: Address, name: str, title: str) -> Facet:
    """Outlets or events: an article has at most one, so a choice takes the place of another."""
    rows = articles.rows(leaving_out=frozenset({name, f"not_{name}"}))
    column = f"{name}_id"
    counts = dict(
        rows.exclude(**{column: None})
        .values_list(column)
        .annotate(rows=Count("pk"))
        .order_by("-rows", column)
    )
    chosen = {row.pk for row in articles.chosen().get(name, ())}
    excluded = {row.pk for row in articles.chosen().get(f"not_{name}", ())}
    shown = _most_first(counts, chosen | excluded)
    labels = _labels(name, shown)
    choices = []
    for value in shown:
        state = (value in chosen, value in excluded)
        href, other = _links(here, name, value, *state, alone=True)
        choices.append(Choice(labels.get(value, ""), counts.get(value, 0), href, other, *state))
    return Facet(name, title, _sorted(choices), max(0, len(counts) - len(shown)))


def _entity_facet(articles: ArticleFilter, here: Address, name: str, title: str, named: MostNamed) -> Facet:
    """People or organisations: an article may name several, so choices add up."""
    chosen = {row.pk: row for row in articles.chosen().get(name, ())}
    excluded = {row.pk: row for row in articles.chosen().get(f"not_{name}", ())}
    sizes = {one.entity: one.articles for one in named.first}
    for entity in chosen.values():
        sizes.setdefault(entity, articles.rows().count())
    for entity in excluded.values():
        sizes[entity] = _opened(articles, name, entity.pk, set(excluded) - {entity.pk})
    choices = []
    for entity, size in sizes.items():
        state = (entity.pk in chosen, entity.pk in excluded)
        href, other = _links(here, name, entity.pk, *state, alone=False)
        choices.append(Choice(entity.name, size, href, other, *state))
    return Facet(name, title, _sorted(choices), max(0, named.size - len(named.first)))


def _opened(articles: ArticleFilter, name: str, value: int, still_excluded: Iterable[int]) -> int:
    """How many rows the link on an excluded name opens: its exclusion lifted, the others kept."""
    rows = articles.rows(leaving_out=frozenset({f"not_{name}"})).naming(value)
    for other in still_excluded:
        rows = rows.not_naming(other)
    return rows.count()


def _links(
    here: Address, name: str, value: int, chosen: bool, excluded: bool, *, alone: bool
) -> tuple[str, str]:
    """The link that opens a choice's rows, and the one beside it: undo what was chosen, else exclude."""
    free = here.dropping(name, value).dropping(f"not_{name}", value)
    opened = free.having(f"not_{name}").having(name, value) if alone else free.adding(name, value)
    other = free if chosen or excluded else free.adding(f"not_{name}", value)
    return str(opened), str(other)


def _most_first(counts: dict[int, int], kept: Iterable[int]) -> list[int]:
    """The values with most rows, and those that were chosen or excluded whatever their number."""
    first = list(counts)[:LONGEST_FACET]
    return first + sorted(set(kept) - set(first))


def _sorted(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda choice: (-choice.size, choice.label)))


def _labels(name: str, values: Sequence[int]) -> dict[int, str]:
    model = Outlet if name == "outlet" else Event
    return {pk: str(row) for pk, row in model._default_manager.in_bulk(values).items()}


def _every_month(found: Sequence[date]) -> list[date]:
    if not found:
        return []
    last = found[-1].year * 12 + found[-1].month - 1
    first = max(found[0].year * 12 + found[0].month - 1, last - MOST_MONTHS + 1)
    return [date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1)]


def _month(first: date, count: int, most: int, here: Address) -> Month:
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    days = (first.isoformat(), last.isoformat())
    chosen = (here.values("from"), here.values("to")) == ([days[0]], [days[1]])
    href = here.having("from", days[0]).having("to", days[1])
    return Month(first, count, str(href), count / most if most else 0, chosen)
