"""The forms in which a name is printed, by outlet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from archive.models import Outlet
from archive.models.mention import MentionQuerySet

WIDEST_TABLE = 6  # outlets beside each other; more are added up in one column
_RULE = KeyTextTransform(0, KeyTransform(0, "link_evidence"))  # what linked the mention to the name


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


def printed_forms(mentions: MentionQuerySet, narrowed: Mapping[str, str]) -> Forms:
    """The table of the forms in which some mentions print their name.

    Args:
        mentions: of one name, in newest versions of articles.
        narrowed: what the list of mentions that a number opens is narrowed by besides form and outlet.
    """
    counts: Counter[tuple[str, int]] = Counter()
    rules: defaultdict[str, Counter[str]] = defaultdict(Counter)
    groups = mentions.order_by().values_list("surface", "article__search_row__outlet_id", _RULE)
    for surface, outlet, rule, size in groups.annotate(size=Count("pk")):
        counts[surface, outlet or 0] += size
        if rule:
            rules[surface][rule] += size
    outlets = Outlet.objects.in_bulk({outlet for _, outlet in counts if outlet})
    labels = {0: "no outlet", **{pk: outlet.label for pk, outlet in outlets.items()}}
    known_from = {form: rule.most_common(1)[0][0] for form, rule in rules.items()}
    return _Table(counts, narrowed).forms(_columns(counts), labels, known_from)


def _columns(counts: Mapping[tuple[str, int], int]) -> list[tuple[int, ...]]:
    """The outlets of each column, those that print the name most first; the last may hold all others."""
    by_outlet: Counter[int] = Counter()
    for (_, outlet), size in counts.items():
        by_outlet[outlet] += size
    outlets = [outlet for outlet, _ in sorted(by_outlet.items(), key=lambda pair: (-pair[1], pair[0]))]
    if len(outlets) <= WIDEST_TABLE:
        return [(outlet,) for outlet in outlets]
    return [*((outlet,) for outlet in outlets[: WIDEST_TABLE - 1]), tuple(outlets[WIDEST_TABLE - 1 :])]


class _Table(NamedTuple):
    """The counts by form and outlet, and how the mentions that each number counts are listed."""

    counts: Mapping[tuple[str, int], int]
    narrowed: Mapping[str, str]

    def forms(
        self, columns: Sequence[tuple[int, ...]], labels: Mapping[int, str], known_from: Mapping[str, str]
    ) -> Forms:
        forms = sorted({form for form, _ in self.counts}, key=lambda form: (-self.sum(form, labels), form))
        rows = [
            Form(
                form,
                tuple(Places(self.sum(form, column), self.query_of(form, column)) for column in columns),
                Places(self.sum(form, labels), self.query(form, None)),
                known_from.get(form, ""),
            )
            for form in forms
        ]
        titles = [labels[column[0]] if len(column) == 1 else f"{len(column)} others" for column in columns]
        totals = [
            Places(sum(self.sum(form, column) for form in forms), self.query_of("", column))
            for column in columns
        ]
        return Forms(
            tuple(titles), tuple(rows), tuple(totals), Places(sum(self.counts.values()), self.query("", None))
        )

    def sum(self, form: str, outlets: Iterable[int]) -> int:
        return sum(self.counts.get((form, outlet), 0) for outlet in outlets)

    def query_of(self, form: str, column: tuple[int, ...]) -> str | None:
        return self.query(form, column[0]) if len(column) == 1 else None

    def query(self, form: str, outlet: int | None) -> str:
        """The query of the list of places; outlet 0 stands for articles without an outlet, None for all."""
        chosen = {"form": form, "outlet": "" if outlet is None else str(outlet), **self.narrowed}
        query = urlencode({name: value for name, value in chosen.items() if value})
        return f"?{query}" if query else ""
