"""An article: its text with names, quotations and figures marked, and its raw text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from archive.models import Article, Mention
from archive.search.articles import ArticlePage, Passage, article_page, article_with, raw_pieces
from archive.search.marking import Marked, marked_words
from archive.text.types import Span
from archive.web.article_notes import Note, article_notes
from archive.web.article_versions import changed
from archive.web.full_text import reads_whole
from archive.web.linked_data import linked_data
from archive.web.markup import Mark, insertions, marked
from archive.web.standing import moved


class ShownPassage(NamedTuple):
    """A passage as HTML, what cleaning took out before it (taken for what, its words), and its notes."""

    passage: Passage
    html: SafeString
    cuts: tuple[tuple[str, str], ...]
    notes: tuple[Note, ...]


def article(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """A page that one wants to read."""
    found = article_with(pk)
    if redirect := moved(request, found.get_absolute_url()):
        return redirect
    page = article_page(found)
    words = marked_words(found, request.GET.get("q", ""))
    permalink, there = request.build_absolute_uri(request.path), original(found)
    canonical = there[0] if there else permalink
    whole = reads_whole(request)
    context = {
        "section": "events" if found.event else "search",
        "page": page,
        "article": found,
        "whole": whole,
        "passages": _shown(page, words) if whole else [],
        "headline": headline(found, words),
        "words": words,
        "hits": range(1, len(words.body) + 1) if whole else [],
        "original": there,
        "permalink": permalink,
        "canonical": canonical,
        "linked_data": linked_data(found, permalink, there[0] if there else ""),
        "changed": changed(page.versions) if whole else [],
        "took_out": list(Counter(cut.kind.value for cut in page.removed).items()),
        "compared": ",".join(str(pk) for pk in _columns(page)),
    }
    return render(request, "article.html", context)


def raw(request: HttpRequest, pk: int) -> HttpResponse:
    """The raw text with what cleaning took out marked in place, and why."""
    found = article_with(pk)
    return render(request, "raw.html", {"section": "search", "article": found, "pieces": raw_pieces(found)})


def original(article: Article) -> tuple[str, str] | None:
    """The address of the original and its host, if it is one that a browser may be sent to.

    Anything but http and https (javascript:, data:) is only ever shown as text.
    """
    try:
        parts = urlsplit(article.url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    return article.url, host.removeprefix("www.")


def _columns(page: ArticlePage) -> list[int]:
    """This article first, then those of the event that were published first: what a comparison opens with."""
    return [page.article.pk, *(one.article.pk for one in page.coverage)][:3]


def _shown(page: ArticlePage, words: Marked) -> list[ShownPassage]:
    notes = article_notes(page.article, [one.article.pk for one in page.coverage])
    return list(_passages(page, notes, words))


def headline(article: Article, words: Marked) -> SafeString:
    """The headline with the words searched marked."""
    spans = [Mark(start, end, "mark") for start, end in words.headline]
    return marked(str(article), Span(0, len(str(article))), spans if article.headline else [])


def _passages(
    page: ArticlePage, notes: Mapping[int, Sequence[Note]], words: Marked
) -> Iterator[ShownPassage]:
    body = page.article.body
    marks = [*_names(page.mentions), *_quotations(page), *_figures(page), *_hits(words)]
    for passage in page.passages:
        start, end, _ = passage.block
        inside = [
            mark if mark.start >= start else mark._replace(anchor="")
            for mark in marks
            if mark.start < end and mark.end > start
        ]
        cuts = tuple((cut.kind.value, page.article.raw[cut.start : cut.end].strip()) for cut in passage.cuts)
        html = marked(body, Span(start, end), inside)
        yield ShownPassage(passage, html, cuts, tuple(notes.get(passage.number or 0, ())))


def _hits(words: Marked) -> Iterator[Mark]:
    """The words searched, numbered: hit-1, hit-2."""
    for number, (start, end) in enumerate(words.body, 1):
        yield Mark(start, end, "mark", anchor=f"hit-{number}")


def _names(mentions: tuple[Mention, ...]) -> Iterator[Mark]:
    """Every name links to whom it names; one whose page is gone is plain text."""
    for mention in mentions:
        entity = mention.entity
        if entity and not entity.withdrawn:
            css = "who" if entity.kind == "person" else "org"
            yield Mark(mention.start, mention.end, "a", css, entity.get_absolute_url())


def _quotations(page: ArticlePage) -> Iterator[Mark]:
    for quotation in page.quotations:
        yield Mark(quotation.start, quotation.end, "q", "said")
        yield from insertions(page.article.body, Span(quotation.start, quotation.end))


def _figures(page: ArticlePage) -> Iterator[Mark]:
    """Dates, ranks and ages are figures of the comparison; in the text they would only be noise."""
    for figure in page.figures:
        if figure.kind not in ("date", "rank", "age"):
            yield Mark(figure.start, figure.end, "span", "fig")
