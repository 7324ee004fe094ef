"""Every place where a name is printed, with the words around it."""

from __future__ import annotations

from typing import NamedTuple

from django.http import QueryDict

from archive.models import Article, Entity, Mention, Outlet
from archive.search.address import address
from archive.search.entities import mentions_of, newest_naming
from archive.search.paging import Pages, pages
from archive.text.types import Span

PAGE = 50
_LONGEST = 400  # characters around a name
_NARROWING = ("form", "outlet", "article", "newest", "page")


class Place(NamedTuple):
    """One mention: its article, the number of its paragraph, and the sentence around it."""

    mention: Mention
    article: Article
    paragraph: int | None
    body: str
    around: Span
    start: int
    end: int


class Places(NamedTuple):
    """A page of places, and what they were narrowed to."""

    places: tuple[Place, ...]
    pages: Pages
    form: str
    outlet: str
    article: str
    newest: int  # how many articles are looked at, if not all; else 0
    everything: str


def places(entity: Entity, path: str, sent: QueryDict) -> Places:
    """The places of a name, newest articles first; `form`, `outlet` and `article` of the address narrow them.

    The outlet 0 stands for articles without an outlet; `newest` for the newest articles that name it.
    """
    here = address(
        path,
        (
            (name, value)
            for name in ("form", "outlet", "article", "newest", "page")
            for value in sent.getlist(name)
        ),
    )
    form = next(iter(here.values("form")), "")
    outlet = next(iter(here.values("outlet")), "")
    found = mentions_of(entity)
    newest = newest_naming(entity) if here.values("newest") else []
    if newest:
        found = found.filter(article__in=newest)
    if form:
        found = found.filter(surface=form)
    label = ""
    if outlet.isascii() and outlet.isdigit():
        found = found.filter(article__outlet=int(outlet) or None)
        known = Outlet.objects.filter(pk=int(outlet)).first()
        label = known.name if known else "no outlet"
    article = next(iter(here.values("article")), "")
    of_article = ""
    if article.isascii() and article.isdigit():
        found = found.filter(article=int(article))
        of_article = str(Article.objects.filter(pk=int(article)).first() or "an article that is not here")
    paging = pages(found.count(), PAGE, here)
    shown = list(found[paging.window])
    articles = Article.objects.to_read().in_bulk({mention.article_id for mention in shown})
    rows = tuple(_place(mention, articles[mention.article_id]) for mention in shown)
    return Places(rows, paging, form, label, of_article, len(newest), path)


def _place(mention: Mention, article: Article) -> Place:
    around = article.sentence_at(mention.start) or Span(mention.start, mention.end)
    start = max(around.start, mention.start - _LONGEST // 2)
    end = min(around.end, max(mention.end, start + _LONGEST))
    paragraph = article.paragraph_number(mention.start)
    return Place(mention, article, paragraph, article.body, Span(start, end), mention.start, mention.end)
