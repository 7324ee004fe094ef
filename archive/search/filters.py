"""Which articles a search keeps: words, outlet, name, event, language, dates; each can be excluded.

Read with django-filter from the address. A choice that cannot be read is left out, and a sentence says so: an
address made years ago still opens.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Model, Value
from django.db.models.functions import Coalesce

from archive.models import Entity, Event, Outlet, SearchRow
from archive.models.search_row import SearchRowQuerySet
from archive.models.search_vector import (
    event_lexeme,
    language_lexeme,
    month_lexeme,
    outlet_lexeme,
    primary_language,
)
from archive.search.naming import resolved
from archive.search.period import Period, months_between, period
from archive.search.query import Query, parse
from archive.search.successors import successor
from archive.search.tsquery import conditions
from archive.search.widening import widened

MOST_CHOICES = 50  # of one kind in one address
NO_LANGUAGE = "none"
_LARGEST_ID = 2**63 - 1
_MOST_MONTHS = 48  # looked up one by one
_UNINDEXED = Coalesce(F("vector"), Value("", output_field=SearchVectorField()))


class WordsField(forms.Field):
    """What was typed into the search box, read as a query. Never an error."""

    def clean(self, value: Any) -> Query | None:
        return resolved(parse(value)) if value else None


class LanguagesField(forms.Field):
    """Codes of languages; "none" stands for articles of which none is known."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        written = [part.strip().lower() for text in value or () for part in text.split(",")][:MOST_CHOICES]
        found = [
            part for part in dict.fromkeys(written) if part == NO_LANGUAGE or primary_language(part) == part
        ]
        if written and not found:
            raise forms.ValidationError(f"“{written[0][:40]}” is no code of a language.")
        return found


class PeriodField(forms.Field):
    """A day, month or year."""

    def clean(self, value: Any) -> Period | None:
        try:
            return period(value) if value else None
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class RowsField(forms.Field):
    """The rows whose numbers are in the address; a merged one is the one it was merged into."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, model: type[Model], noun: str, **options: Any) -> None:
        super().__init__(**options)
        self.model = model
        self.noun = noun

    def clean(self, value: Any) -> list[Any]:
        written = [part.strip() for text in value or () for part in text.split(",")][:MOST_CHOICES]
        numbers = [int(part) for part in written if part.isdecimal() and int(part) <= _LARGEST_ID]
        found = self.model._default_manager.in_bulk(numbers)
        rows = [successor(found[number]) for number in dict.fromkeys(numbers) if number in found]
        unknown = [part for part in written if part and not (part.isdecimal() and int(part) in found)]
        if unknown and not rows:
            raise forms.ValidationError(f"There is no {self.noun} with the number “{unknown[0][:40]}”.")
        return rows


class WordsFilter(django_filters.Filter):  # type: ignore[misc]
    """Applied by `ArticleFilter.rows`, which knows how."""

    field_class = WordsField

    def filter(self, qs: SearchRowQuerySet, value: Query | None) -> SearchRowQuerySet:
        return qs


class AlsoFilter(django_filters.Filter):  # type: ignore[misc]
    """Names whose articles count as holding any of their names: it widens the words (see widening)."""

    field_class = RowsField

    def filter(self, qs: SearchRowQuerySet, value: list[Entity]) -> SearchRowQuerySet:
        return qs


class StateFilter(django_filters.Filter):  # type: ignore[misc]
    """A state of the whole list, which `Asked` reads: whether copies are folded, which versions count."""

    def filter(self, qs: SearchRowQuerySet, value: str) -> SearchRowQuerySet:
        return qs


class ColumnFilter(django_filters.Filter):  # type: ignore[misc]
    """One of several outlets, events or languages: by the index of words if there are words to find."""

    field_class: type[forms.Field] = RowsField

    def __init__(self, *, lexeme: Callable[[Any], str], **options: Any) -> None:
        super().__init__(**options)
        self.lexeme = lexeme

    def filter(self, qs: SearchRowQuerySet, value: list[Any]) -> SearchRowQuerySet:
        if not value:
            return qs
        keys = [_key(one) for one in value]
        if self.exclude:
            return qs.exclude(**{f"{self.field_name}__in": keys})
        if "" in keys or (self.field_name == "outlet_id" and not self.parent.has_words):
            return qs.filter(**{f"{self.field_name}__in": keys})
        return qs.matching(" | ".join(f"'{self.lexeme(key)}'" for key in keys))


class LanguageFilter(ColumnFilter):
    field_class: type[forms.Field] = LanguagesField


class EntityFilter(django_filters.Filter):  # type: ignore[misc]
    """Every one of several people or organisations."""

    field_class = RowsField

    def filter(self, qs: SearchRowQuerySet, value: list[Entity]) -> SearchRowQuerySet:
        for entity in value:
            qs = qs.not_naming(entity.pk) if self.exclude else qs.naming(entity.pk)
        return qs


class SinceFilter(django_filters.Filter):  # type: ignore[misc]
    field_class = PeriodField

    def filter(self, qs: SearchRowQuerySet, value: Period | None) -> SearchRowQuerySet:
        return qs.filter(published__gte=value.start) if value else qs


class UntilFilter(django_filters.Filter):  # type: ignore[misc]
    field_class = PeriodField

    def filter(self, qs: SearchRowQuerySet, value: Period | None) -> SearchRowQuerySet:
        if value is None:
            return qs
        return qs.filter(published__lt=value.end) if value.end else qs.exclude(published=None)


def _key(one: Any) -> Any:
    """What a row or code is filtered by."""
    return one.pk if isinstance(one, Model) else "" if one == NO_LANGUAGE else one


_OUTLET: dict[str, Any] = {
    "field_name": "outlet_id",
    "model": Outlet,
    "noun": "outlet",
    "lexeme": outlet_lexeme,
}
_EVENT: dict[str, Any] = {"field_name": "event_id", "model": Event, "noun": "event", "lexeme": event_lexeme}


class ArticleFilter(django_filters.FilterSet):  # type: ignore[misc]
    """The choices of the search page, by their names in the address."""

    q = WordsFilter()
    also = AlsoFilter(model=Entity, noun="name")
    outlet = ColumnFilter(**_OUTLET)
    not_outlet = ColumnFilter(**_OUTLET, exclude=True)
    event = ColumnFilter(**_EVENT)
    not_event = ColumnFilter(**_EVENT, exclude=True)
    language = LanguageFilter(field_name="language", lexeme=language_lexeme)
    not_language = LanguageFilter(field_name="language", lexeme=language_lexeme, exclude=True)
    person = EntityFilter(model=Entity, noun="person")
    not_person = EntityFilter(model=Entity, noun="person", exclude=True)
    organisation = EntityFilter(model=Entity, noun="organisation")
    not_organisation = EntityFilter(model=Entity, noun="organisation", exclude=True)
    copies = StateFilter()
    versions = StateFilter()
    since = SinceFilter()
    until = UntilFilter()

    class Meta:
        model = SearchRow
        fields: tuple[str, ...] = ()

    @classmethod
    def get_filters(cls) -> OrderedDict[str, Any]:
        """The filters by name. `from` and `to` read best in an address, but the first is a word of Python."""
        filters = super().get_filters()
        filters["from"] = filters.pop("since")
        filters["to"] = filters.pop("until")
        return filters  # type: ignore[no-any-return]

    @property
    def has_words(self) -> bool:
        """Whether something is looked up in the index of words whatever else is chosen."""
        return bool({"q", "person", "organisation", "event"} & set(self.chosen()))

    def rows(self, *, leaving_out: frozenset[str] = frozenset(), indexed: bool = True) -> SearchRowQuerySet:
        """The rows that all choices keep, or all but those under some names.

        Without `indexed`, words are looked up in each row instead of in the index.
        """
        rows = self.queryset.all()
        chosen = self.chosen()
        for name, value in chosen.items():
            if name not in leaving_out:
                rows = self.filters[name].filter(rows, value)
        query = chosen.get("q")
        if query and query.expression and "q" not in leaving_out:
            rows = rows.filter(*conditions(query.expression, None if indexed else _UNINDEXED))
        if self.has_words and not leaving_out & {"from", "to"}:
            rows = _in_months(rows, chosen.get("from"), chosen.get("to"))
        return rows  # type: ignore[no-any-return]

    def chosen(self) -> dict[str, Any]:
        """What was chosen, by name; what could not be read is not in it."""
        if self._chosen is None:
            self.form.is_valid()
            self._chosen = {name: value for name, value in self.form.cleaned_data.items() if value}
            self._typed = self._chosen.get("q", self._typed)
            if {"q", "also"} <= set(self._chosen):
                self._chosen["q"] = widened(self._typed, self._chosen["also"])
        return self._chosen

    @property
    def typed(self) -> Query:
        """The query as it was typed, before names were added."""
        self.chosen()
        return self._typed

    _chosen: dict[str, Any] | None = None
    _typed: Query = Query("", None, ())

    @staticmethod
    def written(row: Any) -> str:
        """A row chosen as the address writes it."""
        return str(row.pk if isinstance(row, Model) else row)

    def problems(self) -> list[str]:
        """A sentence for each choice that could not be read and was left out."""
        errors = [str(message) for messages in self.form.errors.values() for message in messages]
        return [f"{error} This choice was left out." for error in errors]


def _in_months(rows: SearchRowQuerySet, since: Period | None, until: Period | None) -> SearchRowQuerySet:
    """Between two dates not far apart the index of words knows the months, too."""
    if not since or not until or not until.end or until.end <= since.start:
        return rows
    months = months_between(since.start, until.end - timedelta(microseconds=1), _MOST_MONTHS + 1)
    if len(months) > _MOST_MONTHS:
        return rows
    return rows.matching(" | ".join(f"'{month_lexeme(month)}'" for month in months))
