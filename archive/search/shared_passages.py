"""Which other texts share passages with an article without being copies of it, and how many words."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q

from archive.models import Article, Copy

MOST_SHOWN = 5  # of one article; the number says how many there are


class Sharing(NamedTuple):
    """An article that shares `words` of this article's words; `compared` says that both are of one event."""

    article: Article
    words: int
    compared: bool


class SharedPassages(NamedTuple):
    """The articles that share most, and how many share passages in all."""

    shown: tuple[Sharing, ...]
    total: int


def shared_passages(article: Article) -> SharedPassages | None:
    """The articles that share passages with an article; None without any. Copies are in its lineage."""
    wording = article.wording_id
    pairs = Copy.objects.filter(Q(one=wording) | Q(other=wording), kind=Copy.Kind.PASSAGES) if wording else ()
    words = {pair.other_id if pair.one_id == wording else pair.one_id: pair.shared for pair in pairs}
    if not words:
        return None
    found = Article.objects.newest_versions().filter(wording__in=words).exclude(pk=article.pk)
    if article.text_group_id:
        found = found.exclude(text_group=article.text_group_id)
    sharing = [
        Sharing(
            one, words[one.wording_id or 0], one.event_id is not None and one.event_id == article.event_id
        )
        for one in found.to_read().defer("body").in_order_of_publication()[:100]
    ]
    sharing.sort(key=lambda one: -one.words)
    return SharedPassages(tuple(sharing[:MOST_SHOWN]), len(sharing)) if sharing else None
