"""The addresses of the public pages."""

from django.urls import URLPattern, path

from archive.web.article import article, raw
from archive.web.compare import compare
from archive.web.entity import entity, entity_places
from archive.web.event import event
from archive.web.evidence_pack import pack
from archive.web.health import health
from archive.web.home import home
from archive.web.lists import events, organisations, outlets, people
from archive.web.outlet import outlet
from archive.web.search import search_page, suggest
from archive.web.standing import View, public


def _page(folder: str, view: View, name: str) -> list[URLPattern]:
    """The address of a page with its cosmetic slug, and without, whence it redirects."""
    answering = public(view)
    return [
        path(f"{folder}/<int:pk>/<slug:slug>/", answering, name=name),
        path(f"{folder}/<int:pk>/", answering, name=name),
    ]


urlpatterns = [
    path("", public(home), name="home"),
    path("search/", public(search_page), name="search"),
    path("suggest/", public(suggest), name="suggest"),
    path("people/", public(people), name="people"),
    path("organisations/", public(organisations), name="organisations"),
    path("outlets/", public(outlets), name="outlets"),
    path("events/", public(events), name="events"),
    path("articles/<int:pk>/raw/", public(raw), name="article-raw"),
    path("people/<int:pk>/names/as-printed/", public(entity_places), name="person-places"),
    path("organisations/<int:pk>/names/as-printed/", public(entity_places), name="organisation-places"),
    *_page("articles", article, "article"),
    *_page("people", entity, "person"),
    *_page("organisations", entity, "organisation"),
    *_page("outlets", outlet, "outlet"),
    *_page("events", event, "event"),
    path("compare/<int:pk>/", public(compare), name="compare"),
    path("compare/<int:pk>/pack.zip", public(pack), name="evidence-pack"),
    path("healthz", health, name="health"),
]
