"""Paste a page's text or drop files: see what it was taken for, put it right, save."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join

from archive.admin.curating import WideInput, may_curate
from archive.admin.line_choices import MOST_CHOICES, Said, choices, said_of
from archive.curation.decisions import Refused
from archive.curation.pasting import Given, Piece, Seen, as_published, columns_of, look, name_of, save
from archive.models import Article, Entry, Outlet, Run

LARGEST = 5_000_000  # bytes of all that is given at once; it travels with the page until it is saved
MOST_PIECES = 50  # files at once
MOST_SHOWN = 10  # articles that can be put right on one page
TABLES = ("table", "json", "json lines")  # forms whose columns can be told
_SALT = "parallax.paste"


class ManyFiles(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of the files that were sent."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=ManyFiles(attrs={"multiple": True}), required=False, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given if one]


class ColumnsField(forms.CharField):
    """COLUMN=FIELD, one a line."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            label="Columns",
            widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            help_text="For tables and JSON whose columns are not known by their names: COLUMN=FIELD, one a "
            "line, such as verhaal=text.",
        )

    def clean(self, value: Any) -> dict[str, str]:
        try:
            return columns_of(line.strip() for line in super().clean(value).splitlines() if line.strip())
        except ValueError as error:
            raise ValidationError(str(error)) from error


class PasteForm(forms.Form):
    """What is given: a text, or files, or both."""

    text = forms.CharField(
        required=False,
        strip=False,
        label="Text",
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField"}),
        help_text="The text of a page with all that stands around it, or its source.",
    )
    files = FilesField(label="Or files", help_text="Anything that the import reads; up to 5 MB together.")
    url = forms.CharField(
        required=False, max_length=2000, label="Address", widget=WideInput, help_text="If you know it."
    )
    columns = ColumnsField()

    def clean_url(self) -> str:
        return checked_address(self.cleaned_data["url"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        text, files = cleaned.get("text") or "", cleaned.get("files") or []
        if not text.strip() and not files:
            raise ValidationError("Paste a text or choose a file.")
        if len(text.encode("utf-8", "replace")) + sum(file.size for file in files) > LARGEST:
            raise ValidationError("This is more than 5 MB; use manage.py import_articles for so much.")
        if len(files) > MOST_PIECES:
            raise ValidationError(f"These are more than {MOST_PIECES} files; use manage.py import_articles.")
        return cleaned

    def pieces(self) -> list[Piece]:
        """What was given, as files."""
        found = [Piece(name_of(file.name), file.read()) for file in self.cleaned_data["files"]]
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        if text.strip():
            data = text.encode("utf-8", "replace")
            found.insert(0, Piece(name_of("", data), data))
        return found


class ArticleFields(forms.Form):
    """What is known of one article of what was given."""

    headline = forms.CharField(required=False, max_length=1000, widget=WideInput)
    outlet = forms.CharField(required=False, max_length=200, widget=WideInput(list="outlets"))
    url = forms.CharField(required=False, max_length=2000, label="Address", widget=WideInput)
    published = forms.CharField(
        required=False,
        max_length=40,
        widget=WideInput,
        help_text="As exactly as it is known: 2017-04-18 09:49, 2017-04-18, 2017-04 or 2017.",
    )
    authors = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="One a line.",
    )

    def clean_url(self) -> str:
        return checked_address(self.cleaned_data["url"])

    def clean_published(self) -> str:
        try:
            as_published(self.cleaned_data["published"])
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return self.cleaned_data["published"]


def checked_address(url: str) -> str:
    """An address that a reader can follow without harm. Raises ValidationError."""
    url = url.strip()
    if url and not url.startswith(("http://", "https://")):
        raise ValidationError("An address opens with http:// or https://.")
    return url


def urls() -> list[URLPattern]:
    """The address of the page, below those of the articles."""
    return [path("paste/", admin.site.admin_view(paste), name="archive_article_paste")]


def paste(request: HttpRequest) -> HttpResponse:
    """Ask for a text or files; show what they are; save them."""
    if not may_curate(request):
        return HttpResponse(status=403)
    if request.method == "POST" and "kept" in request.POST:
        return shown(request)
    form = PasteForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return shown(request, form.pieces(), form.cleaned_data["columns"], form.cleaned_data["url"])
    return TemplateResponse(
        request, "admin/archive/paste.html", _context(request, "Paste or drop", form=form)
    )


def shown(
    request: HttpRequest,
    pieces: Sequence[Piece] | None = None,
    columns: dict[str, str] | None = None,
    url: str = "",
    again: Entry | None = None,
) -> HttpResponse:
    """Show pieces as they would be imported, or save them.

    Args: `pieces` are new; without them those that the page carries are shown with what was written about
    them. `again` is the rejected entry that they mend.
    """
    forms_of: dict[int, ArticleFields] = {}
    given: dict[int, Given] = {1: Given(url=url)} if url else {}
    if pieces is None:
        try:
            pieces, columns = unpacked(request.POST["kept"])
        except ValueError:
            messages.error(request, "The page was not sent back whole; paste the text again.")
            return HttpResponseRedirect(request.path)
        forms_of, was = _filled(request), columns
        columns = _columns_told(request, was)
        if columns != was:  # the tables are other articles now, and what follows them has other numbers
            first = next((one.number for one in look(pieces, {}, was) if one.form in TABLES), 0)
            forms_of = {number: form for number, form in forms_of.items() if number < first}
        said = {number: said_of(request.POST, f"a{number}") for number in forms_of}
        if all(form.is_valid() for form in forms_of.values()):
            given = {n: Given(**form.cleaned_data, lines=said[n]) for n, form in forms_of.items()}
            if "save" in request.POST and columns == was:
                answer = _saved(request, pieces, given, columns or {}, again)
                if answer:
                    return answer
        else:
            given = {number: Given(lines=lines) for number, lines in said.items()}
    seen = look(pieces, given, columns or {})
    articles = [_article(one, forms_of.get(one.number), given.get(one.number)) for one in seen[:MOST_SHOWN]]
    more = {
        "articles": articles,
        "others": seen[MOST_SHOWN:],
        "usable": sum(not one.problem for one in seen),
        "kept": packed(pieces, columns or {}),
        "again": again,
        "total": len(seen),
        "columns": _columns_shown(seen, columns or {}),
    }
    title = "Try again" if again else "Paste or drop"
    return TemplateResponse(request, "admin/archive/pasted.html", _context(request, title, **more))


def _columns_told(request: HttpRequest, was: dict[str, str]) -> dict[str, str]:
    """What the page says of the columns of its tables; as it was where it says nothing, or what cannot be."""
    try:
        return ColumnsField().clean(request.POST["columns"]) if "columns" in request.POST else was
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return was


def _columns_shown(seen: Sequence[Seen], columns: dict[str, str]) -> dict[str, Any] | None:
    """The box for the columns of tables; None where there is no table."""
    tables = [one for one in seen if one.form in TABLES]
    if not tables:
        return None
    said = "\n".join(f"{column}={field}" for column, field in columns.items())
    box, described = ColumnsField(), {"id": "id_columns", "aria-describedby": "columns-help"}
    rendered = box.widget.render("columns", said, described)
    return {"box": rendered, "help": box.help_text, "open": any(one.problem for one in tables)}


def packed(pieces: Sequence[Piece], columns: dict[str, str]) -> str:
    """Pieces as a page carries them until they are saved; nothing is stored before."""
    said = [[piece.path, base64.b64encode(piece.data).decode("ascii")] for piece in pieces]
    return signing.dumps([said, columns], salt=_SALT, compress=True)


def unpacked(kept: str) -> tuple[list[Piece], dict[str, str]]:
    """What `packed` packed. Raises ValueError for anything else."""
    try:
        said, columns = signing.loads(kept, salt=_SALT)
        return [Piece(path, base64.b64decode(data)) for path, data in said], columns
    except (signing.BadSignature, binascii.Error) as error:
        raise ValueError("This was not packed here.") from error


def _filled(request: HttpRequest) -> dict[int, ArticleFields]:
    numbers = (number for number in range(1, MOST_SHOWN + 1) if f"a{number}-headline" in request.POST)
    return {number: ArticleFields(request.POST, prefix=f"a{number}") for number in numbers}


def _article(seen: Seen, form: ArticleFields | None, given: Given | None) -> dict[str, Any]:
    """What the page shows of one article."""
    prefix = f"a{seen.number}"
    said: Said = given.lines if given else ()
    return {
        "seen": seen,
        "form": form or ArticleFields(initial=dict(seen.fields), prefix=prefix),
        "why": [(name, reason) for name, reason in seen.why.items() if reason],
        "choices": choices(prefix, seen.lines, said) if seen.raw else None,
        "paragraphs": _paragraphs(seen),
        "known": _address_of(seen.known) if seen.known else "",
    }


def _paragraphs(seen: Seen) -> list[tuple[str, str]]:
    article = seen.article
    if article is None:
        return []
    return [(block.kind.value, article.body[block.start : block.end]) for block in article.blocks]


def _saved(
    request: HttpRequest,
    pieces: Sequence[Piece],
    given: dict[int, Given],
    columns: dict[str, str],
    again: Entry | None,
) -> HttpResponse | None:
    try:
        run = save(pieces, given, columns, request.user, again=again)
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return None
    tell(request, run)
    return HttpResponseRedirect(reverse("admin:archive_run_change", args=[run.pk]))


def tell(request: HttpRequest, run: Run) -> None:
    """Tell what became of each piece, with a way to its article."""
    entries = list(run.entries.select_related("article").order_by("pk")[:MOST_SHOWN])
    parts = format_html_join(
        " ",
        '{} <a href="{}">{}</a>.',
        (
            (f"{entry.get_outcome_display().capitalize()}:", _address_of(entry.article), entry.article)
            for entry in entries
            if entry.article
        ),
    )
    rejected = sum(entry.outcome == Entry.Outcome.REJECTED for entry in entries)
    level = messages.warning if rejected else messages.success
    refused = f" {rejected} rejected; the reasons stand below." if rejected else ""
    level(request, format_html("{}{}", parts, refused))


def _address_of(article: Article) -> str:
    return reverse("admin:archive_article_change", args=[article.pk])


def _context(request: HttpRequest, title: str, **more: Any) -> dict[str, Any]:
    return {
        **admin.site.each_context(request),
        "title": title,
        "opts": Article._meta,
        "most_choices": MOST_CHOICES,
        "outlets": Outlet.objects.order_by("name").values_list("name", flat=True)[:500],
        **more,
    }
