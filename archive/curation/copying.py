"""What curators say of copies: that two articles are printings of one text, or that they are not."""

from __future__ import annotations

from archive.curation.decisions import Decision, Refused
from archive.models import Article, Judgement

Verdict = Judgement.Verdict


def copy_of(article: Article, other: Article) -> list[Decision]:
    """The article and `other` are printings of one text; those who print it with either of them come along.

    Raises:
        Refused: if they are that already.
    """
    if article.text_group_id is not None and article.text_group_id == other.text_group_id:
        raise Refused(f"“{article}” and “{other}” are printings of one text already.")
    return [Decision(Verdict.COPY_OF, article.content_key, other.content_key)]


def own_text(article: Article) -> list[Decision]:
    """The article is no copy of any of those that it was taken for a copy of.

    Raises:
        Refused: if it is not taken for one, or only of articles with the very same text.
    """
    if article.text_group_id is None:
        raise Refused(f"“{article}” is not taken for a copy of any other article.")
    printings = Article.objects.newest_versions().filter(text_group=article.text_group_id)
    others = set(printings.values_list("content_key", flat=True)) - {article.content_key}
    if not others:
        raise Refused("The other printings have the very same text, to the letter: they are copies.")
    return [Decision(Verdict.NOT_A_COPY, article.content_key, text) for text in sorted(others)]
