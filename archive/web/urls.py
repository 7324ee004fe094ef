"""The addresses of the public pages."""

from django.urls import URLPattern, path

from archive.web.article import article, raw
from archive.web.compare import compare
from archive.web.entity import entity, entity_places
from archive.web.event import event
from archive.web.health import health
from archive.web.home import home
from archive.web.lists import events, organisations, outlets, people
from archive.web.outlet import outlet
from archive.web.search import search_page, suggest
from archive.web.standing import View, found_or_gone


def _page(folder: str, view: View, name: str) -> list[URLPattern]:
    """The address of a page with its cosmetic slug, and without, whence it redirects."""
    answering = found_or_gone(view)
    return [
        path(f"{folder}/<int:pk>/<slug:slug>/", answering, name=name),
        path(f"{folder}/<int:pk>/", answering, name=name),
    ]


urlpatterns = [
    path("", home, name="home"),
    path("search/", search_page, name="search"),
    path("suggest/", suggest, name="suggest"),
    path("people/", people, name="people"),
    path("organisations/", organisations, name="organisations"),
    path("outlets/", outlets, name="outlets"),
    path("events/", events, name="events"),
    path("articles/<int:pk>/raw/", found_or_gone(raw), name="article-raw"),
    path("people/<int:pk>/names/as-printed/", found_or_gone(entity_places), name="person-places"),
    path(
        "organisations/<int:pk>/names/as-printed/", found_or_gone(entity_places), name="organisation-places"
    ),
    *_page("articles", article, "article"),
    *_page("people", entity, "person"),
    *_page("organisations", entity, "organisation"),
    *_page("outlets", outlet, "outlet"),
    *_page("events", event, "event"),
    path("compare/<int:pk>/", found_or_gone(compare), name="compare"),
    path("healthz", health, name="health"),
]
