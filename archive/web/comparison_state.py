"""The state of a comparison: all of it stands in the address, and every switch is a link to another state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from archive.search.comparison import FEWEST_COLUMNS, MOST_COLUMNS, Column, Comparison
from archive.web.comparison_rows import Tally

SHOWS = ("all", "shared", "only", "unsaid", "quotations", "figures")
VIEWS = {"rows": "rows", "flow": "flowing text", "sheet": "sheet to print"}
_DEFAULTS = {"show": "all", "cols": "12", "base": "1", "view": "rows", "names": "shown", "copies": "folded"}


class State(NamedTuple):
    """What the address says of the page."""

    event: int
    articles: tuple[int, ...]
    show: str
    cols: str  # the two columns side by side on a page of middle width: "12"
    base: str  # the column that a narrow page reads: "1"
    view: str  # "rows", "flow" for each article in its own order, "sheet" to fill in
    names: str  # "hidden": outlets go by letters
    copies: str  # "all": every article has a column of its own

    def link(self, **changes: str | tuple[int, ...]) -> str:
        """The address of the page with some of its state changed."""
        return f"{reverse('compare', args=[self.event])}?{self.query(**changes)}"

    def query(self, **changes: str | tuple[int, ...]) -> str:
        """The same without the path: what differs from the usual state."""
        state = self._replace(**changes)
        values = {"articles": ",".join(str(pk) for pk in state.articles)}
        values |= {
            name: value for name, usual in _DEFAULTS.items() if (value := getattr(state, name)) != usual
        }
        return urlencode(values, safe=",")

    @property
    def pack(self) -> str:
        """The address of the evidence pack of what is shown."""
        kept = self.query(show="all", cols="12", base="1", view="rows")
        return f"{reverse('evidence-pack', args=[self.event])}?{kept}"


class Choice(NamedTuple):
    """One link of a switch. `setting` is what the script sets instead of loading the page anew."""

    label: str
    href: str
    setting: str
    current: bool
    count: int | None = None


class Asked(NamedTuple):
    """What an address asks for, before it is known what there is."""

    articles: list[int]
    names: bool
    fold: bool


def asked(request: HttpRequest) -> Asked:
    """Article ids from "articles=3,1" and "articles=3&articles=1" alike; what is no number is passed over."""
    words = ",".join(request.GET.getlist("articles")).split(",")
    articles = [int(word) for word in words if word.strip().isdecimal() and len(word) < 19]
    return Asked(articles, request.GET.get("names") != "hidden", request.GET.get("copies") != "all")


def passed_over(wanted: Asked, found: Comparison) -> str:
    """What the address asks for and the page cannot show, in sentences; "" where it shows all of it."""
    asked_for = dict.fromkeys(wanted.articles)
    copies = {copy.pk for column in found.columns for copy in column.copies}
    known = {offer.pk for offer in found.offers} | copies
    unknown = [str(pk) for pk in asked_for if pk not in known]
    said = []
    if unknown:
        said.append(f"This event has no text with the number {' or '.join(unknown)}.")
    if len(asked_for) < len(wanted.articles):
        said.append("A text has one column, however often it is asked for.")
    if len(asked_for) - len(unknown) > MOST_COLUMNS:
        said.append(f"At most {MOST_COLUMNS} texts stand side by side.")
    if asked_for and len(asked_for) - len(unknown) < FEWEST_COLUMNS:
        said.append("A comparison takes two: these are the first published.")
    return " ".join(said)


def state_of(request: HttpRequest, found: Comparison) -> State:
    """The state that the address asks for, as far as there is such a state."""
    numbers = "".join(str(column.number) for column in found.columns)
    show, cols, base, view = (request.GET.get(name, "") for name in ("show", "cols", "base", "view"))
    return State(
        event=found.event.pk,
        articles=tuple(column.article.pk for column in found.columns),
        show=show if show in SHOWS else "all",
        cols=cols if len(cols) == 2 and cols in _pairs_of(numbers) else "12",
        base=base if len(base) == 1 and base in numbers else "1",
        view=view if view in VIEWS else "rows",
        names="hidden" if found.veil else "shown",
        copies="all" if not asked(request).fold else "folded",
    )


def _pairs_of(numbers: str) -> list[str]:
    return [one + other for one in numbers for other in numbers if one < other]


def shows(state: State, counts: Tally) -> Iterator[Choice]:
    """Which passages to show, with how many there are."""
    labels = {
        "all": ("All", counts.all),
        "shared": ("Shared", counts.in_several),
        "only": ("No counterpart", counts.alone),
        "unsaid": ("No verdict", counts.unsaid),
        "quotations": ("Quotations", counts.quotations),
        "figures": ("Figures", counts.figures),
    }
    for show, (label, count) in labels.items():
        yield Choice(label, state.link(show=show), f"show={show}", state.show == show, count)


def views(state: State) -> Iterator[Choice]:
    """In rows, as flowing text, as a sheet."""
    for view, label in VIEWS.items():
        yield Choice(label, state.link(view=view), f"view={view}", state.view == view)


def name_choices(state: State) -> Iterator[Choice]:
    """With the names of the outlets, or without."""
    for names in ("shown", "hidden"):
        yield Choice(names, state.link(names=names), f"names={names}", state.names == names)


def pairs(state: State, columns: tuple[Column, ...]) -> Iterator[Choice]:
    """Which two columns a page of middle width, and paper, has side by side."""
    for pair in _pairs_of("".join(str(column.number) for column in columns)):
        label = ", ".join(columns[int(number) - 1].label for number in pair)
        yield Choice(label, state.link(cols=pair), f"cols={pair}", state.cols == pair)


def bases(state: State, columns: tuple[Column, ...]) -> Iterator[Choice]:
    """Which text a narrow page reads."""
    for column in columns:
        number = str(column.number)
        yield Choice(column.label, state.link(base=number), f"base={number}", state.base == number)


def swaps(state: State) -> Iterator[str]:
    """For each column, the address of the page where it has changed places with its right neighbour."""
    for place in range(len(state.articles)):
        swapped = list(state.articles)
        if place + 1 < len(swapped):
            swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
            yield state.link(articles=tuple(swapped))
        else:
            yield ""


def places(found: Comparison) -> Iterator[tuple[int, int | None]]:
    """For the chooser: each place for a column, and the article that has it."""
    for place in range(1, MOST_COLUMNS + 1):
        taken = found.columns[place - 1].article.pk if place <= len(found.columns) else None
        yield place, taken
