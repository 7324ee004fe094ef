"""The ledger: what each import did with each piece that it met; what was rejected can be tried again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from archive.admin.curating import ReadOnlyAdmin, counted
from archive.admin.paste import ColumnsField, checked_address, shown
from archive.curation.pasting import Piece, name_of
from archive.curation.rejected import counts_of, download, piece_of, try_again
from archive.models import Entry, Run

ENTRIES_ON_A_PAGE = 50
LARGEST_SHOWN = 1_000_000  # bytes of a rejected file that can be edited as text
_OUTCOMES = Entry.Outcome.values


class AgainForm(forms.Form):
    """How a rejected text or file is to be read: as it stands, as edited, or with its columns told."""

    text = forms.CharField(
        required=False,
        strip=False,
        label="Text",
        widget=forms.Textarea(attrs={"rows": 16, "class": "vLargeTextField"}),
        help_text="As it was given. What you change here is read instead; the first bytes stay kept.",
    )
    url = forms.CharField(required=False, max_length=2000, label="Address", widget=forms.TextInput)
    columns = ColumnsField()

    def clean_url(self) -> str:
        return checked_address(self.cleaned_data["url"])


def runs_of(request: HttpRequest) -> QuerySet[Run]:
    """The runs that somebody may read: all with the permission to view them, else those they started."""
    if request.user.has_perm("archive.view_run"):
        return Run.objects.all()
    return Run.objects.filter(started_by__pk=request.user.pk)


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    """A run without an end was broken off, or is still at work."""

    list_display = ("command", "started_at", "ended_at", "outcomes", "started_by", "tool_version")
    list_filter = ("command", "started_at")
    search_fields = ("command", "arguments")
    list_select_related = ("started_by",)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/rejected.zip", wrap(self.rejected), name="archive_run_rejected"),
            path("<int:pk>/again/", wrap(require_POST(self.again)), name="archive_run_again"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Run]:
        return super().get_queryset(request).filter(pk__in=runs_of(request).values("pk"))

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The counts of the runs of one page, asked for together."""
        listing = super().get_changelist_instance(request)
        runs = list(listing.result_list)
        counts = counts_of(runs)
        for run in runs:
            run.counts = counts[run.pk]
        listing.result_list = runs
        return listing

    @admin.display(description="outcomes")
    def outcomes(self, run: Run) -> str:
        counts: dict[str, int] = getattr(run, "counts", {})
        return ", ".join(f"{number:,} {outcome}" for outcome, number in counts.items()) or "nothing"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A run: its counts, its entries by outcome and file, and what can be done with the rejected."""
        run = get_object_or_404(runs_of(request), pk=int(object_id) if object_id.isdecimal() else 0)
        outcome, words = request.GET.get("outcome", ""), request.GET.get("q", "").replace("\x00", "")
        entries = run.entries.select_related("article").prefetch_related("tries").order_by("pk")
        if outcome in _OUTCOMES:
            entries = entries.filter(outcome=outcome)
        if words:
            entries = entries.filter(path__icontains=words) | entries.filter(reason__icontains=words)
        page = Paginator(entries, ENTRIES_ON_A_PAGE).get_page(request.GET.get("p", "1"))
        counts = counts_of([run])[run.pk]
        context = {
            **self.admin_site.each_context(request),
            "title": f"{run.command}, {run.started_at:%-d %B %Y, %H:%M}",
            "run": run,
            "counts": counts,
            "total": sum(counts.values()),
            "rejected": counts.get(Entry.Outcome.REJECTED, 0),
            "outcome": outcome if outcome in _OUTCOMES else "",
            "words": words,
            "page": page,
            "columns": ColumnsField().widget.render("columns", "", {"id": "id_columns"}),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/archive/run.html", context)

    def rejected(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The bytes of what was rejected, with a table of the reasons."""
        run = get_object_or_404(runs_of(request), pk=pk)
        return FileResponse(download(run), as_attachment=True, filename=f"rejected-of-run-{run.pk}.zip")

    def again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Try again everything that was rejected and was not tried since."""
        run = get_object_or_404(runs_of(request), pk=pk)
        back = HttpResponseRedirect(reverse("admin:archive_run_change", args=[run.pk]))
        try:
            columns = ColumnsField().clean(request.POST.get("columns", ""))
        except forms.ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return back
        tried = try_again(run, columns, request.user)
        said = ", ".join(f"{number:,} {outcome}" for outcome, number in tried.counts.items())
        left = f" {counted(tried.left, 'file')} left: press again." if tried.left else ""
        messages.info(request, f"Tried again: {said or 'nothing was left to try'}.{left}")
        return back


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    """One piece of input under exactly one outcome."""

    list_display = ("path", "block", "form", "outcome", "reason", "article", "run")
    list_filter = ("outcome", "form", "run__command")
    search_fields = ("path", "reason")
    search_help_text = "File or reason"
    list_select_related = ("article", "run")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [path("<int:pk>/again/", wrap(again), name="archive_entry_again"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        found = super().get_queryset(request).defer("source__data")
        return found if request.user.has_perm("archive.view_run") else found.filter(run__in=runs_of(request))


def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend what was rejected: edit its text or tell its columns, look, save."""
    rejected = Entry.objects.filter(outcome=Entry.Outcome.REJECTED, run__in=runs_of(request))
    entry = get_object_or_404(rejected, pk=pk)
    if request.method == "POST" and "kept" in request.POST:
        return shown(request, again=entry)
    piece = piece_of(entry)
    text = as_text(piece)
    # What was harvested is called by its address.
    url = entry.path if entry.path.startswith(("http://", "https://")) else ""
    form = AgainForm(request.POST or None, initial={"text": text or "", "url": url})
    if request.method == "POST" and form.is_valid():
        made = _mended(entry, piece, text, form.cleaned_data["text"])
        if made:
            return shown(request, [made], form.cleaned_data["columns"], form.cleaned_data["url"], entry)
        form.add_error("text", "There is nothing to read; give the text.")
    context = {
        **admin.site.each_context(request),
        "title": "Try again",
        "entry": entry,
        "form": form,
        "editable": text is not None,
        "kept": piece is not None,
        "size": len(piece.data) if piece else 0,
        "opts": Entry._meta,
    }
    return TemplateResponse(request, "admin/archive/again.html", context)


def as_text(piece: Piece | None) -> str | None:
    """The bytes as text that a form can hold; None if they are none, or too many."""
    if piece is None:
        return ""
    if len(piece.data) > LARGEST_SHOWN or b"\x00" in piece.data:
        return None
    try:
        return piece.data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def _mended(entry: Entry, piece: Piece | None, text: str | None, sent: str) -> Piece | None:
    """The bytes as they came where the text was left alone, else the text that was sent."""
    sent = sent.replace("\r\n", "\n")
    if piece is not None and (not sent.strip() or sent == text):
        return piece
    if not sent.strip():
        return None
    return Piece(entry.path or name_of("", sent.encode()), sent.encode("utf-8", "replace"))
