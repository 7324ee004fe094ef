"""The page that Parallax exists for: articles of one event side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from archive.search.comparison import Column, Comparison, comparison
from archive.search.events import event_or_successor, follow_ups
from archive.web.comparison_flow import flows
from archive.web.comparison_glance import glance
from archive.web.comparison_map import text_map
from archive.web.comparison_rows import SIGNS, Kind, PageRow, page_rows, tally
from archive.web.comparison_sheet import sheet
from archive.web.comparison_state import (
    State,
    asked,
    bases,
    name_choices,
    pairs,
    passed_over,
    places,
    shows,
    state_of,
    swaps,
    views,
)
from archive.web.comparison_tables import tables
from archive.web.standing import moved

LEGEND = tuple(Kind(sign, kind.value) for kind, sign in SIGNS.items())


class Head(NamedTuple):
    """The head of a column. `swap` leads to the page where it has changed places with `right`."""

    column: Column
    swap: str
    right: Column | None


def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two to four articles of an event in aligned rows; the address says which, and in which order."""
    event = event_or_successor(pk)
    if redirect := moved(request, reverse("compare", args=[event.pk])):
        return redirect
    wanted = asked(request)
    found = comparison(event, wanted.articles, fold=wanted.fold, names=wanted.names)
    if found is None:
        raise Http404("This event has fewer than two articles to compare.")
    state = state_of(request, found)
    rows = page_rows(found, state.show)
    context = _context(found, state, rows) | {"passed_over": passed_over(wanted, found)}
    return render(request, "compare/page.html", context)


def _context(found: Comparison, state: State, rows: Sequence[PageRow]) -> dict[str, Any]:
    counts = tally(rows)
    pages = {"flow": "compare/flow.html", "sheet": "compare/sheet.html"}
    return {
        "section": "events",
        "event": found.event,
        "follow_ups": follow_ups(found.event),
        "found": found,
        "columns": found.columns,
        "rows": rows,
        "tally": counts,
        "legend": LEGEND,
        "map": text_map(found),
        "state": state,
        "part": pages.get(state.view, "compare/rows.html"),
        "flows": flows(rows) if state.view == "flow" else (),
        "sheet": sheet(found, rows) if state.view == "sheet" else None,
        "everything": "" if state.show == "all" else state.link(show="all"),
        "rows_link": state.link(view="rows"),
        "shared_link": _beyond_sheet(state, "shared"),
        "unsaid_link": _beyond_sheet(state, "unsaid"),
        "only_link": _beyond_sheet(state, "only"),
        "views": list(views(state)),
        "shows": list(shows(state, counts)),
        "name_choices": list(name_choices(state)),
        "pairs": list(pairs(state, found.columns)),
        "bases": list(bases(state, found.columns)),
        "heads": list(_heads(found, state)),
        "places": list(places(found)),
        "tables": tables(found, rows),
        "glance": glance(found, rows),
        "apart": state.link(copies="all"),
        "together": state.link(copies="folded"),
    }


def _beyond_sheet(state: State, show: str) -> str:
    """The address that shows some passages; a sheet has all of them."""
    return state.link(show=show, view="rows" if state.view == "sheet" else state.view)


def _heads(found: Comparison, state: State) -> Iterator[Head]:
    neighbours = (*found.columns[1:], None)
    for column, swap, right in zip(found.columns, swaps(state), neighbours, strict=True):
        yield Head(column, swap, right)
