"""The page that Parallax exists for: articles of one event side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from archive.search.comparison import MOST_COLUMNS, Column, Comparison, comparison
from archive.search.events import event_or_successor
from archive.web.comparison_flow import flows
from archive.web.comparison_map import text_map
from archive.web.comparison_rows import SIGNS, Kind, Tally, page_rows, tally
from archive.web.comparison_tables import tables
from archive.web.standing import moved

LEGEND = tuple(Kind(sign, kind.value) for kind, sign in SIGNS.items())
SHOWS = ("all", "shared", "only", "quotations", "figures")


class State(NamedTuple):
    """What the address says of the page. Every switch is a link to another state."""

    event: int
    articles: tuple[int, ...]
    show: str
    columns: str  # the two columns side by side on a page of middle width: "12"
    base: str  # the column that a narrow page reads: "1"
    view: str  # "rows", or "flow" for each article in its own order

    def link(self, **changes: str | tuple[int, ...]) -> str:
        """The address of the page with some of its state changed."""
        state = self._replace(**changes)
        values = {
            "articles": ",".join(str(pk) for pk in state.articles),
            "show": state.show if state.show != "all" else "",
            "cols": state.columns if state.columns != "12" else "",
            "base": state.base if state.base != "1" else "",
            "view": state.view if state.view != "rows" else "",
        }
        query = urlencode({name: value for name, value in values.items() if value}, safe=",")
        return f"{reverse('compare', args=[state.event])}?{query}"


class Choice(NamedTuple):
    """One link of a switch. `setting` is what the script sets instead of loading the page anew."""

    label: str
    href: str
    setting: str
    current: bool
    count: int | None = None


def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two to four articles of an event in aligned rows; the address says which, and in which order."""
    event = event_or_successor(pk)
    if redirect := moved(request, reverse("compare", args=[event.pk])):
        return redirect
    found = comparison(event, chosen_articles(request))
    if found is None:
        raise Http404("This event has fewer than two articles to compare.")
    state = _state(request, found)
    rows = page_rows(found, state.show)
    counts = tally(rows)
    context = {
        "section": "events",
        "event": event,
        "columns": found.columns,
        "others": found.others,
        "rows": rows,
        "tally": counts,
        "legend": LEGEND,
        "map": text_map(found),
        "state": state,
        "flows": flows(rows) if state.view == "flow" else (),
        "pack": f"{reverse('evidence-pack', args=[event.pk])}?articles={','.join(map(str, state.articles))}",
        "rows_link": state.link(view="rows"),
        "views": list(_views(state)),
        "shows": list(_shows(state, counts)),
        "pairs": list(_pairs(state, found.columns)),
        "bases": list(_bases(state, found.columns)),
        "heads": list(zip(found.columns, _swaps(state), (*found.columns[1:], None), strict=True)),
        "places": list(_places(found)),
        "tables": tables(found),
    }
    return render(request, "compare/page.html", context)


def chosen_articles(request: HttpRequest) -> list[int]:
    """Article ids from "articles=3,1" and "articles=3&articles=1" alike; what is no number is passed over."""
    words = ",".join(request.GET.getlist("articles")).split(",")
    return [int(word) for word in words if word.strip().isdecimal() and len(word) < 19]


def _state(request: HttpRequest, found: Comparison) -> State:
    numbers = "".join(str(column.number) for column in found.columns)
    show, columns, base = (request.GET.get(name, "") for name in ("show", "cols", "base"))
    return State(
        event=found.event.pk,
        articles=tuple(column.article.pk for column in found.columns),
        show=show if show in SHOWS else "all",
        columns=columns if len(columns) == 2 and columns in _pairs_of(numbers) else "12",
        base=base if len(base) == 1 and base in numbers else "1",
        view="flow" if request.GET.get("view") == "flow" else "rows",
    )


def _pairs_of(numbers: str) -> list[str]:
    return [one + other for one in numbers for other in numbers if one < other]


def _shows(state: State, counts: Tally) -> Iterator[Choice]:
    labels = {
        "all": ("All", counts.all),
        "shared": ("Shared", counts.in_several),
        "only": ("No counterpart", counts.alone),
        "quotations": ("Quotations", counts.quotations),
        "figures": ("Figures", counts.figures),
    }
    for show, (label, count) in labels.items():
        yield Choice(label, state.link(show=show), f"show={show}", state.show == show, count)


def _views(state: State) -> Iterator[Choice]:
    for view, label in (("rows", "rows"), ("flow", "flowing text")):
        yield Choice(label, state.link(view=view), f"view={view}", state.view == view)


def _pairs(state: State, columns: tuple[Column, ...]) -> Iterator[Choice]:
    for pair in _pairs_of("".join(str(column.number) for column in columns)):
        label = ", ".join(columns[int(number) - 1].label for number in pair)
        yield Choice(label, state.link(columns=pair), f"cols={pair}", state.columns == pair)


def _bases(state: State, columns: tuple[Column, ...]) -> Iterator[Choice]:
    for column in columns:
        number = str(column.number)
        yield Choice(column.label, state.link(base=number), f"base={number}", state.base == number)


def _swaps(state: State) -> Iterator[str]:
    """For each column, the address of the page where it has changed places with its right neighbour."""
    for place in range(len(state.articles)):
        swapped = list(state.articles)
        if place + 1 < len(swapped):
            swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
            yield state.link(articles=tuple(swapped))
        else:
            yield ""


def _places(found: Comparison) -> Iterator[tuple[int, int | None]]:
    """For the chooser: each place for a column, and the article that has it."""
    for place in range(1, MOST_COLUMNS + 1):
        taken = found.columns[place - 1].article.pk if place <= len(found.columns) else None
        yield place, taken
