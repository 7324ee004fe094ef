"""Which articles a search keeps: words, outlet, person, organisation, event, dates; each can be excluded.

Read with django-filter from the address. A choice that cannot be read is left out, and a sentence says so: an
address made years ago still opens.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import django_filters
from django import forms
from django.db.models import Model

from archive.models import Entity, Event, Outlet, SearchRow
from archive.models.search_row import SearchRowQuerySet
from archive.search.period import Period, period
from archive.search.query import Query, parse
from archive.search.successors import successor
from archive.search.tsquery import tsquery

MOST_CHOICES = 50  # of one kind in one address
_LARGEST_ID = 2**63 - 1


class WordsField(forms.Field):
    """What was typed into the search box, read as a query. Never an error."""

    def clean(self, value: Any) -> Query | None:
        return parse(value) if value else None


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
    field_class = WordsField

    def filter(self, qs: SearchRowQuerySet, value: Query | None) -> SearchRowQuerySet:
        return qs.matching(tsquery(value.expression)) if value and value.expression else qs


class ColumnFilter(django_filters.Filter):  # type: ignore[misc]
    """One of several outlets or events."""

    field_class = RowsField

    def filter(self, qs: SearchRowQuerySet, value: list[Model]) -> SearchRowQuerySet:
        if not value:
            return qs
        chosen = {f"{self.field_name}__in": [row.pk for row in value]}
        return qs.exclude(**chosen) if self.exclude else qs.filter(**chosen)


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


class ArticleFilter(django_filters.FilterSet):  # type: ignore[misc]
    """The choices of the search page, by their names in the address."""

    q = WordsFilter()
    outlet = ColumnFilter(field_name="outlet_id", model=Outlet, noun="outlet")
    not_outlet = ColumnFilter(field_name="outlet_id", model=Outlet, noun="outlet", exclude=True)
    event = ColumnFilter(field_name="event_id", model=Event, noun="event")
    not_event = ColumnFilter(field_name="event_id", model=Event, noun="event", exclude=True)
    person = EntityFilter(model=Entity, noun="person")
    not_person = EntityFilter(model=Entity, noun="person", exclude=True)
    organisation = EntityFilter(model=Entity, noun="organisation")
    not_organisation = EntityFilter(model=Entity, noun="organisation", exclude=True)
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

    def rows(self, *, leaving_out: frozenset[str] = frozenset()) -> SearchRowQuerySet:
        """The rows that all choices keep, or all but those under some names."""
        rows = self.queryset.all()
        for name, value in self.chosen().items():
            if name not in leaving_out:
                rows = self.filters[name].filter(rows, value)
        return rows  # type: ignore[no-any-return]

    def chosen(self) -> dict[str, Any]:
        """What was chosen, by name; what could not be read is not in it."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def problems(self) -> list[str]:
        """A sentence for each choice that could not be read and was left out."""
        errors = [str(message) for messages in self.form.errors.values() for message in messages]
        return [f"{error} This choice was left out." for error in errors]
