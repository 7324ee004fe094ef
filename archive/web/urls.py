"""The addresses of the public pages."""

from django.urls import URLPattern, include, path

from archive.web.article import article, raw
from archive.web.compare import compare
from archive.web.entity import entity, entity_places
from archive.web.event import event
from archive.web.evidence_pack import pack
from archive.web.feeds import entity_feed, event_feed, outlet_feed, search_feed
from archive.web.files import articles_file
from archive.web.full_text import readers_only
from archive.web.health import health
from archive.web.home import home
from archive.web.lists import events, organisations, outlets, people
from archive.web.outlet import outlet
from archive.web.robots import opensearch, robots, sitemap_file, sitemap_files
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
    path("search/articles.atom", public(search_feed), name="search-feed"),
    path("search/articles.<str:format>", public(articles_file), name="articles-file"),
    path("suggest/", public(suggest), name="suggest"),
    path("people/", public(people), name="people"),
    path("organisations/", public(organisations), name="organisations"),
    path("outlets/", public(outlets), name="outlets"),
    path("events/", public(events), name="events"),
    path("articles/<int:pk>/raw/", public(readers_only(raw)), name="article-raw"),
    path("people/<int:pk>/articles.atom", public(entity_feed), name="person-feed"),
    path("organisations/<int:pk>/articles.atom", public(entity_feed), name="organisation-feed"),
    path("outlets/<int:pk>/articles.atom", public(outlet_feed), name="outlet-feed"),
    path("events/<int:pk>/articles.atom", public(event_feed), name="event-feed"),
    path("people/<int:pk>/names/as-printed/", public(entity_places), name="person-places"),
    path("organisations/<int:pk>/names/as-printed/", public(entity_places), name="organisation-places"),
    *_page("articles", article, "article"),
    *_page("people", entity, "person"),
    *_page("organisations", entity, "organisation"),
    *_page("outlets", outlet, "outlet"),
    *_page("events", event, "event"),
    path("compare/<int:pk>/", public(readers_only(compare)), name="compare"),
    path("compare/<int:pk>/pack.zip", public(readers_only(pack)), name="evidence-pack"),
    path("api/", include("archive.web.api.urls")),
    path("opensearch.xml", public(opensearch), name="opensearch"),
    path("robots.txt", public(robots), name="robots"),
    path("sitemap.xml", public(sitemap_files), name="sitemap"),
    path("sitemap-<slug:kind>-<int:number>.xml", public(sitemap_file), name="sitemap-file"),
    path("healthz", health, name="health"),
]
