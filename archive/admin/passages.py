"""Which passages of an event's articles stand beside each other: curators join and part rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from archive.admin.curating import decide, numbers
from archive.admin.history_rows import HistoryRow, history_rows
from archive.curation.history import batches, of_archive
from archive.curation.passages import Chosen, belong_apart, belong_together
from archive.models import Event, Judgement
from archive.search.comparison import Column, Comparison, comparison
from archive.text.aligning import Passage, Row

MOST_CHOSEN = 20  # passages judged at once
MOST_TOLD = 25  # earlier judgements shown
_VERDICTS = (Judgement.Verdict.SAME_PASSAGE, Judgement.Verdict.OTHER_PASSAGE)


class Choice(NamedTuple):
    """A passage that can be chosen: what the form sends, and its words."""

    value: str
    words: str
    paragraph: int


class ShownRow(NamedTuple):
    """A row of the comparison with its passages by column."""

    label: str
    by_hand: bool
    cells: tuple[tuple[Column, tuple[Choice, ...]], ...]


def passages(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the rows of a comparison with a box at every passage; a button judges the ticked ones."""
    event = get_object_or_404(Event.objects.live(), pk=pk)
    found = comparison(event, numbers(",".join(request.GET.getlist("articles")).split(",")))
    if found is None:
        raise Http404("This event has fewer than two articles to compare.")
    if request.method == "POST":
        _judge(request, found)
        return HttpResponseRedirect(request.get_full_path())
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Which passages belong together",
        "event": event,
        "columns": found.columns,
        "rows": [_shown(found, row) for row in found.alignment.rows],
        "judged": _judged(found),
        "back": reverse("admin:archive_event_change", args=[pk]),
        "here": request.get_full_path(),
        "public": _public(found),
        "opts": Event._meta,
    }
    return TemplateResponse(request, "admin/archive/passages.html", context)


def _judge(request: HttpRequest, found: Comparison) -> None:
    act = {"same": belong_together, "other": belong_apart}.get(request.POST.get("verdict", ""))
    if act is None:
        messages.error(request, "That is no answer here.")
        return
    chosen = _chosen(request.POST.getlist("passage")[:MOST_CHOSEN], found)
    done = "These passages stand in one row now." if act is belong_together else "These are apart now."
    decide(request, lambda: act(chosen), done, request.POST.get("reason", ""))


def _chosen(sent: Sequence[str], found: Comparison) -> list[Chosen]:
    """What the boxes say, as far as it names passages of the articles shown."""
    articles = {column.article.pk: column.article for column in found.columns}
    chosen = []
    for value in sent:
        said = numbers(value.split(":"))
        if len(said) == 3 and said[0] in articles and said[1] < said[2] <= len(articles[said[0]].body):
            chosen.append(Chosen(articles[said[0]], said[1], said[2]))
    return chosen


def _shown(found: Comparison, row: Row) -> ShownRow:
    kinds = ", ".join(kind.value for kind in row.kinds)
    return ShownRow(
        f"perhaps {kinds}" if kinds and not row.sure else kinds,
        row.by_hand,
        tuple(
            (column, tuple(_choice(column, passage) for passage in cell))
            for column, cell in zip(found.columns, row.cells, strict=True)
        ),
    )


def _choice(column: Column, passage: Passage) -> Choice:
    words = column.text.body[passage.start : passage.end]
    return Choice(f"{column.article.pk}:{passage.start}:{passage.end}", words, passage.paragraph)


def _judged(found: Comparison) -> list[HistoryRow]:
    """What was judged of passages of these texts, newest first."""
    texts = {column.article.content_key for column in found.columns}
    rows = of_archive().filter(
        Q(verdict__in=_VERDICTS) | Q(withdraws__verdict__in=_VERDICTS), left__in=texts, right__in=texts
    )
    return history_rows(list(batches(rows)[:MOST_TOLD]))


def _public(found: Comparison) -> str:
    chosen = ",".join(str(column.article.pk) for column in found.columns)
    return f"{reverse('compare', args=[found.event.pk])}?articles={chosen}"
