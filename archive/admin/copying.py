"""Copies: an article is a printing of the same text as another, or it is a text of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from archive.admin.deciding import DecisionForm, decision_page
from archive.curation.copying import copy_of, own_text
from archive.models import Article


class ArticleChoice(forms.ModelChoiceField):
    """One article, found while typing words of its headline."""

    def __init__(self, **options: Any) -> None:
        widget = AutocompleteSelect(Article._meta.get_field("copy_of"), admin.site)
        super().__init__(Article.objects.newest_versions(), widget=widget, **options)


def urls() -> list[URLPattern]:
    """The addresses of both pages, below those of the articles."""
    return [
        path("<int:pk>/copy-of/", admin.site.admin_view(is_a_copy), name="archive_article_copy_of"),
        path("<int:pk>/own-text/", admin.site.admin_view(is_no_copy), name="archive_article_own_text"),
    ]


def is_a_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the article is a printing of the same text as another."""
    article = get_object_or_404(Article.objects.newest_versions(), pk=pk)

    class CopyForm(DecisionForm):
        to = ArticleChoice(
            label="Prints the same text as",
            help_text="Type words of the other headline. Both stay articles of their own; they count as one "
            "independent text.",
        )

    return decision_page(
        request,
        title=f"What is “{article}” a copy of?",
        form=CopyForm,
        decisions=lambda form: copy_of(article, form.cleaned_data["to"]),
        back=reverse("admin:archive_article_change", args=[article.pk]),
    )


def is_no_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the article is a text of its own."""
    article = get_object_or_404(Article.objects.newest_versions(), pk=pk)
    return decision_page(
        request,
        title=f"“{article}” is no copy",
        form=DecisionForm,
        decisions=lambda form: own_text(article),
        back=reverse("admin:archive_article_change", args=[article.pk]),
        note="It counts as an independent text from then on, however much its words are those of others.",
    )
