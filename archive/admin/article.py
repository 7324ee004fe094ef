"""Articles: what is known of each can be corrected; its text stays as it came."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive.admin import copying, lines, paste
from archive.admin.curating import CuratorAdmin, JudgingForm, WideInput, seen_by
from archive.curation import acts
from archive.curation.decisions import Decision
from archive.curation.judging import judge
from archive.models import Article, SearchRow
from archive.models.article import ArticleQuerySet
from archive.text.folding import words

OF_THE_PLACE = ("url", "outlet")  # where a copy stands is its own; judgements are about its text


class LinesField(forms.CharField):
    """A list, one entry a line: names may hold commas."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
        super().__init__(widget=widget, required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        lines = super().to_python(value or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data)


class DayAndTime(AdminSplitDateTime):
    """Two boxes, each with a name of its own for those who do not see the words before it."""

    def __init__(self) -> None:
        super().__init__()
        for box, name in zip(self.widgets, ("Published on", "Published at"), strict=True):
            box.attrs["aria-label"] = name


class ArticleForm(JudgingForm):
    """Each field that is changed becomes a judgement about the text and is left alone by imports."""

    authors = LinesField(help_text="One a line.")
    agencies = LinesField(help_text="Agencies credited, one a line.")
    headline = forms.CharField(required=False, max_length=1000, widget=WideInput)
    url = forms.CharField(label="Address", required=False, max_length=2000, widget=WideInput)
    deck = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
    )
    published = forms.SplitDateTimeField(
        required=False, widget=DayAndTime, help_text="As printed, on the clock of the place."
    )

    class Meta:
        model = Article
        fields = (
            *("headline", "deck", "authors", "agencies", "dateline", "language"),
            *("outlet", "url", "published", "published_precision", "event"),
        )

    def clean_url(self) -> str:
        """Only an address that a reader can follow without harm."""
        url = self.cleaned_data["url"].strip()
        if url and not url.startswith(("http://", "https://")):
            raise ValidationError("An address opens with http:// or https://.")
        same = Article.objects.filter(content_key=self.instance.content_key, url=url)
        if same.exclude(pk=self.instance.pk).exists():
            raise ValidationError("Another article with the same text stands at this address already.")
        return url

    def clean(self) -> dict[str, Any]:
        """A date needs to say how exactly it is known."""
        said = self.cleaned_data
        if said.get("published") and not said.get("published_precision"):
            self.add_error("published_precision", "Say how exactly the date is known.")
        if not said.get("published") and said.get("published_precision"):
            self.add_error("published", "Give the date, or say that it is not known.")
        return super().clean()

    def decisions(self) -> list[Decision]:
        """What the filled-in form says. May raise Refused."""
        said, changed = self.cleaned_data, set(self.changed_data) - {"reason", "event"}
        if "published_precision" in changed:
            changed.add("published")
        fields = {name: said[name] for name in changed}
        if "published" in changed:
            fields["published_precision"] = said["published_precision"]
        article = Article.objects.get(pk=self.instance.pk)
        decisions = acts.correct(article, fields)
        if "event" in self.changed_data:
            decisions += acts.regroup(article, said["event"])
        return decisions


class YearFilter(admin.SimpleListFilter):
    """The year of publication; the first and the last are read from the index."""

    title = "year of publication"
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        ends = Article.objects.aggregate(first=Min("published"), last=Max("published"))
        if ends["first"] is None:
            return []
        years = range(ends["last"].year, ends["first"].year - 1, -1)
        return [(str(year), str(year)) for year in years]

    def queryset(self, request: HttpRequest, queryset: ArticleQuerySet) -> QuerySet[Article]:
        year = self.value()
        if not year:
            return queryset
        return (
            queryset.filter(published__year=year) if (year, year) in self.lookup_choices else queryset.none()
        )


@admin.register(Article)
class ArticleAdmin(CuratorAdmin):
    """Found by the words of headline and body, as on the site."""

    form = ArticleForm
    change_form_template = "admin/archive/article/change_form.html"
    list_display = ("title", "outlet", "published", "published_precision", "event", "path")
    # No filter whose choices are read from every row: the archive may hold a million.
    list_filter = (YearFilter, "published_precision", "outlet")
    list_select_related = ("outlet", "event")
    search_fields = ("headline",)
    search_help_text = "Words of headline and body, or the file's name"
    autocomplete_fields = ("outlet", "event")
    readonly_fields = (
        *("path", "content_key", "imported_at", "published_evidence", "locked", "copy_of", "previous"),
        *("named", "said", "text"),
    )
    fieldsets = (
        (None, {"fields": ("headline", "deck", "authors", "agencies", "dateline", "language")}),
        (
            "Publication",
            {"fields": ("outlet", "url", ("published", "published_precision"), "published_evidence")},
        ),
        ("Event", {"fields": ("event",)}),
        ("Decision", {"fields": ("reason",)}),
        ("Found in it", {"fields": ("named", "said", "text"), "classes": ("collapse",)}),
        (
            "Where it comes from",
            {"fields": ("path", "content_key", "imported_at", "locked", "copy_of", "previous")},
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        return [*copying.urls(), *paste.urls(), *lines.urls(), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> ArticleQuerySet:
        return Article.objects.newest_versions().defer("raw", "segments", "removed", "grouping")

    def get_search_results(
        self, request: HttpRequest, queryset: ArticleQuerySet, search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        wanted = " & ".join(f"'{word.form}':*" for word in words(search_term) if word.length == 1)
        if not wanted:
            return queryset, False
        found = SearchRow.objects.matching(wanted).values("article")
        in_words = queryset.filter(pk__in=found)
        return in_words | queryset.filter(path__startswith=search_term.replace("\x00", "")), False

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> tuple[str, ...]:
        return (*self.readonly_fields, *(OF_THE_PLACE if obj and obj.copy_of_id else ()))

    @admin.display(description="headline", ordering="headline")
    def title(self, article: Article) -> str:
        return str(article)

    @admin.display(description="people and organisations")
    def named(self, article: Article) -> SafeString:
        mentions = article.mentions.exclude(entity=None).select_related("entity").order_by("start")
        entities = {mention.entity_id: mention.entity for mention in mentions}
        return format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            (
                (reverse(f"admin:archive_{entity.kind}_change", args=[entity.pk]), entity.name)
                for entity in entities.values()
                if entity
            ),
        ) or format_html("nobody")

    @admin.display(description="quotations")
    def said(self, article: Article) -> SafeString:
        quotations = article.quotations.select_related("speaker__entity").order_by("start")
        return format_html_join(
            "",
            "<p>“{}”{}</p>",
            (
                (one.text, f" – {one.speaker.entity or one.speaker}" if one.speaker else "")
                for one in quotations
            ),
        ) or format_html("none")

    @admin.display(description="body")
    def text(self, article: Article) -> SafeString:
        return format_html_join("", "<p>{}</p>", ((part,) for part in article.body.split("\n\n")))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        shown = {
            "title": "Article",
            "show_save_and_continue": False,
            "show_save_and_add_another": False,
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, shown)

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        """Judge what the form says; the row is filled by what follows from the judgements."""
        decisions = form.decisions()
        if not decisions:
            messages.info(request, "Nothing was changed.")
            return
        judge(decisions, request.user, form.cleaned_data["reason"], seen_by(request))
        messages.success(request, "Judged and saved. Imports will leave what you changed alone.")

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """Stay on the page, where the effect is seen."""
        return HttpResponseRedirect(reverse("admin:archive_article_change", args=[obj.pk]))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Everything that was ever decided about it."""
        about = f"?article={object_id}"
        return HttpResponseRedirect(f"{reverse('admin:archive_judgement_changelist')}{about}")
