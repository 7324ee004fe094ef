"""The tables of names and sources: what each text calls whom, and whom it leans on. Both only describe."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from archive.models import Entity
from archive.search.comparison import Column, Comparison
from archive.text.cited_sources import SourceRow
from archive.text.comparing import Form
from archive.text.source_kinds import SourceKind
from archive.text.types import Span
from archive.web.comparison_places import Places, Printed

MOST_PLACES = 6  # of one form that are printed with the words around; the counts are of all


class NameForm(NamedTuple):
    """One printed form with its counts, and places that print it."""

    surface: str
    times: int
    quoted: int
    places: tuple[Printed, ...]


class NameLine(NamedTuple):
    """Somebody, and by column the forms under which they are printed."""

    entity: Entity
    cells: tuple[tuple[Column, tuple[NameForm, ...]], ...]


class SourceCell(NamedTuple):
    """How one text cites a source: the places, and whether its byline or dateline credits it."""

    column: Column
    places: tuple[Printed, ...]
    credited: bool


class SourceLine(NamedTuple):
    """A source; `heads` is its kind where the kind begins, so that a table can say it once."""

    heads: str
    name: str
    entity: Entity | None
    cells: tuple[SourceCell, ...]


def name_lines(found: Comparison, places: Places) -> Iterator[NameLine]:
    """Who is named in the texts, most often named first."""
    printed = [_by_form(column) for column in found.columns]
    for row in found.naming:
        if row.key in found.entities:
            cells = tuple(
                (
                    column,
                    tuple(
                        _form(column, form, spans[row.key, form.surface], places)
                        for form in forms
                        if column.veil is None or not column.veil.hides(form.surface)
                    ),
                )
                for column, forms, spans in zip(found.columns, row.forms, printed, strict=True)
            )
            if any(forms for _, forms in cells):
                yield NameLine(found.entities[row.key], cells)


def _by_form(column: Column) -> defaultdict[tuple[str, str], list[Span]]:
    """Where the text prints which name in which form."""
    found: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
    for span, key in column.text.mention_keys:
        found[key, column.text.body[span.start : span.end]].append(span)
    return found


def _form(column: Column, form: Form, spans: list[Span], places: Places) -> NameForm:
    printed = tuple(places.printed(column, span) for span in spans[:MOST_PLACES])
    return NameForm(form.surface, form.times, form.quoted, printed)


def source_lines(found: Comparison, places: Places) -> Iterator[SourceLine]:
    """Whom the texts lean on, by kind; agencies of bylines with those of the texts."""
    kind = None
    for row in _with_bylines(found):
        cells = tuple(
            SourceCell(
                column,
                tuple(places.printed(column, span) for span in spans),
                row.kind is SourceKind.AGENCY and row.key.removeprefix("agency:") in column.agencies,
            )
            for column, spans in zip(found.columns, row.cells, strict=True)
        )
        entity = found.entities.get(row.key.removeprefix("name:"))
        yield SourceLine(
            row.kind.value if row.kind is not kind else "", _name(row, cells, entity), entity, cells
        )
        kind = row.kind


def _with_bylines(found: Comparison) -> list[SourceRow]:
    """The rows of sources, and one for each agency that is only credited."""
    known = {row.key for row in found.sources}
    credited = dict.fromkeys(f"agency:{name}" for column in found.columns for name in column.agencies)
    nowhere: tuple[tuple[Span, ...], ...] = tuple(() for _ in found.columns)
    more = [SourceRow(SourceKind.AGENCY, key, nowhere) for key in credited if key not in known]
    agencies = [row for row in found.sources if row.kind is SourceKind.AGENCY]
    return [*agencies, *more, *(row for row in found.sources if row.kind is not SourceKind.AGENCY)]


def _name(row: SourceRow, cells: tuple[SourceCell, ...], entity: Entity | None) -> str:
    if row.kind is SourceKind.AGENCY:
        return row.key.removeprefix("agency:")
    printed = next((place.words for cell in cells for place in cell.places), row.key)
    return entity.name if entity else printed
