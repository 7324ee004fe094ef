"""What can be asked for. Every operation reads, and calls the rooms that the pages call."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Path, Query, Router

from archive.exports import articles as article_rows
from archive.exports import entities, events, organisations, outlets, people
from archive.exports.about import VERSION
from archive.exports.evidence_pack import as_data
from archive.search.articles import article_with
from archive.search.comparison import comparison
from archive.search.cursor import Part, by_date, by_number
from archive.search.entities import entity_or_successor
from archive.search.events import event_or_successor
from archive.search.matching import Matching, matching
from archive.search.outlets import outlet_with
from archive.text.types import Kind
from archive.web.api import shapes
from archive.web.api.parameters import LARGEST_ID, SearchParameters, refuse_unreadable
from archive.web.api.parts import Paging, checked, following, linked, part_of
from archive.web.api.problems import Problem, Unreadable, problem
from archive.web.full_text import reads_whole

EVERYWHERE = {422: Problem, 429: Problem}
OF_ONE = {**EVERYWHERE, 404: Problem}
OF_WHAT_CAN_GO = {**OF_ONE, 308: None, 410: Problem}

router = Router()
Number = Path(..., ge=1, le=LARGEST_ID)


@router.get(
    "search",
    response={200: shapes.Found, **EVERYWHERE},
    url_name="search",
    summary="Search",
    description="Articles by the syntax and the filters of the search page, newest first, or best first.",
)
def search(request: HttpRequest, asked: Query[SearchParameters]) -> Any:
    found = matching(reverse("search"), request.GET)
    refuse_unreadable(request.GET, found)
    part = checked(lambda: _part(found, asked.sort, asked.cursor, asked.limit))
    page = found.here.having("cursor").having("limit")
    return {
        "count": found.total(),
        "next": following(request, part),
        "results": [_article_in_list(row) for row in article_rows.summaries(part.numbers)],
        "notes": list(found.notes),
        "page": str(page),
    }


def _part(found: Matching, sort: str, cursor: str, limit: int) -> Part:
    if sort == "relevance":
        return found.part(cursor, limit)
    return by_date(found.rows, cursor, limit, newest_first=sort == "newest")


@router.get(
    "articles",
    response={200: shapes.Articles, **EVERYWHERE},
    url_name="articles",
    summary="All articles",
    description="In their newest versions, in the order in which they came into the archive.",
)
def articles(request: HttpRequest, paging: Query[Paging]) -> Any:
    every = article_rows.live()
    part = checked(lambda: by_number(every, paging.cursor, paging.limit))
    results = [_article_in_list(row) for row in article_rows.summaries(part.numbers)]
    return {"count": every.count(), "next": following(request, part), "results": results}


@router.get(
    "articles/{number}",
    response={200: shapes.Article, **OF_ONE},
    url_name="article",
    summary="One article",
    description="Its text, whom it names, quotations and figures. Earlier versions answer too.",
)
def article(request: HttpRequest, number: int = Number) -> Any:
    found = article_with(number)
    (row,) = article_rows.rows_numbered([found.pk], whole=reads_whole(request))
    return row


@router.get("people", response={200: shapes.Names, **EVERYWHERE}, url_name="people", summary="All people")
def all_people(request: HttpRequest, paging: Query[Paging]) -> Any:
    return part_of(request, people.live(), paging, entities.names)


@router.get(
    "people/{number}",
    response={200: shapes.Name, **OF_WHAT_CAN_GO},
    url_name="person",
    summary="One person",
    description="An id that was merged redirects for good; one that was withdrawn is gone.",
)
def person(request: HttpRequest, number: int = Number) -> Any:
    return _name(request, number)


@router.get(
    "organisations",
    response={200: shapes.Names, **EVERYWHERE},
    url_name="organisations",
    summary="All organisations",
)
def all_organisations(request: HttpRequest, paging: Query[Paging]) -> Any:
    return part_of(request, organisations.live(), paging, entities.names)


@router.get(
    "organisations/{number}",
    response={200: shapes.Name, **OF_WHAT_CAN_GO},
    url_name="organisation",
    summary="One organisation",
    description="An id that was merged redirects for good; one that was withdrawn is gone.",
)
def organisation(request: HttpRequest, number: int = Number) -> Any:
    return _name(request, number)


@router.get(
    "outlets", response={200: shapes.Outlets, **EVERYWHERE}, url_name="outlets", summary="All outlets"
)
def all_outlets(request: HttpRequest, paging: Query[Paging]) -> Any:
    return part_of(request, outlets.live(), paging, outlets.rows)


@router.get(
    "outlets/{number}", response={200: shapes.Outlet, **OF_ONE}, url_name="outlet", summary="One outlet"
)
def outlet(request: HttpRequest, number: int = Number) -> Any:
    (row,) = outlets.rows(outlets.live().filter(pk=outlet_with(number).pk))
    return linked(row)


@router.get("events", response={200: shapes.Events, **EVERYWHERE}, url_name="events", summary="All events")
def all_events(request: HttpRequest, paging: Query[Paging]) -> Any:
    return part_of(request, events.live(), paging, events.rows)


@router.get(
    "events/{number}",
    response={200: shapes.Event, **OF_WHAT_CAN_GO},
    url_name="event",
    summary="One event",
    description="An id that was merged redirects for good; one without an article is gone.",
)
def event(request: HttpRequest, number: int = Number) -> Any:
    found = event_or_successor(number)
    if redirect := _moved(request, reverse("api:event", args=[found.pk])):
        return redirect
    (row,) = events.rows(events.live().filter(pk=found.pk))
    return linked(row)


@router.get(
    "comparisons/{number}",
    response={200: shapes.Comparison, **OF_WHAT_CAN_GO, 403: Problem},
    url_name="comparison",
    summary="One comparison",
    description="Two to four articles of an event in aligned rows; `articles` chooses them and their order.",
)
def compared(
    request: HttpRequest,
    number: int = Number,
    articles: list[int] = Query([], max_length=4),  # noqa: B008
) -> Any:
    found = event_or_successor(number)
    if redirect := _moved(request, reverse("api:comparison", args=[found.pk])):
        return redirect
    if not reads_whole(request):
        return problem(
            request, 403, "Comparisons show whole texts, which are for people with an account here."
        )
    made = comparison(found, articles)
    if made is None:
        return problem(request, 404, "This event has fewer than two articles to compare.")
    if unknown := set(articles) - {column.article.pk for column in made.columns}:
        raise Unreadable([f"articles: {min(unknown)} is no article of this event."])
    chosen = ",".join(str(column.article.pk) for column in made.columns)
    page = f"{reverse('compare', args=[found.pk])}?articles={chosen}"
    return as_data(made, request.build_absolute_uri(page), VERSION.removeprefix("Parallax "))


def _name(request: HttpRequest, number: int) -> Any:
    found = entity_or_successor(number)
    if redirect := _moved(request, reverse(f"api:{found.kind}", args=[found.pk])):
        return redirect
    live = people.live() if found.kind == Kind.PERSON else organisations.live()
    (row,) = entities.names(live.filter(pk=found.pk))
    return linked(row)


def _moved(request: HttpRequest, right: str) -> HttpResponse | None:
    """A redirect for good where what was asked for has another address: merged, or of another kind."""
    if request.path == right:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponse(status=308, headers={"Location": f"{right}?{query}" if query else right})


def _article_in_list(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "href": reverse("api:article", args=[row["id"]])}
