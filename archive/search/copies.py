"""Who prints a text: which article had it first, how much of it each prints, whom they credit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Q

from archive.models import Article, Copy
from archive.search.gathering import Gathered, Key, first_of_texts, in_order, size_of
from archive.text.types import Precision

MOST_PRINTINGS = 100  # shown; the number says how many there are
MOST_COPIES = 20  # folded into one article of a list, on average


class Printing(NamedTuple):
    """An article that prints the text. `how` says in words why it is taken for a printing of it."""

    article: Article
    how: str


class Story(NamedTuple):
    """An article in a list, and the copies of its text that are folded into it."""

    article: Article
    copies: tuple[Article, ...] = ()


class Folding(NamedTuple):
    """How many articles a list has, how many independent texts, and whether copies are folded in it.

    `sample` is how many rows the numbers are estimated from, 0 where they are exact.
    """

    articles: int
    texts: int
    folded: bool
    sample: int = 0

    @property
    def rows(self) -> int:
        """How many rows the whole list has."""
        return self.texts if self.folded else self.articles


class Lineage(NamedTuple):
    """All printings of one text, the first published first.

    `first_known` says whether it is certain that none of the others was published before the first.
    """

    printings: tuple[Printing, ...]
    size: int
    outlets: int
    first_known: bool
    credited: tuple[str, ...]  # agencies that any of them credits

    @property
    def first(self) -> Article:
        return self.printings[0].article


def lineage(article: Article) -> Lineage | None:
    """The printings of an article's text; None where it is printed once."""
    if article.text_group_id is None:
        return None
    group = Article.objects.newest_versions().filter(text_group=article.text_group_id)
    articles = list(group.to_read().defer("body").in_order_of_publication()[:MOST_PRINTINGS])
    # The group goes by its first, which may not be the one with the smallest number of that moment.
    articles.sort(key=lambda one: one.pk != article.text_group_id)
    return Lineage(
        printings=tuple(_printings(articles)),
        size=group.count(),
        outlets=group.exclude(outlet=None).values("outlet").distinct().count(),
        first_known=_is_first(articles),
        credited=tuple(sorted({agency for one in articles for agency in one.agencies})),
    )


def folding(found: Gathered, *, folded: bool) -> Folding:
    """How many articles and independent texts were found."""
    articles, texts = (size_of(found, folded=each) for each in (False, True))
    return Folding(articles.number, texts.number, folded, articles.sample)


def stories(keys: Sequence[Key], limit: int, *, folded: bool) -> tuple[Story, ...]:
    """The newest of some articles; folded, the first published of each text among them, with its copies."""
    listed = in_order(first_of_texts(keys) if folded else keys, newest=True)[:limit]
    shown = {key.pk for key in listed}
    texts = {key.text for key in listed if key.text is not None} if folded else set()
    others = [key.pk for key in keys if key.text in texts and key.pk not in shown]
    articles = Article.objects.to_read().in_bulk(shown)
    copies: defaultdict[int, list[Article]] = defaultdict(list)
    if others:
        found = Article.objects.to_read().defer("body").filter(pk__any_of=others).in_order_of_publication()
        for copy in found[: MOST_COPIES * len(texts)]:
            copies[copy.text_group_id or 0].append(copy)
    each = [articles[key.pk] for key in listed if key.pk in articles]
    return tuple(Story(one, tuple(copies[one.text_group_id or 0])) for one in each)


def _printings(articles: Sequence[Article]) -> Iterable[Printing]:
    first, *others = articles
    yield Printing(first, "the first published" if _is_first(articles) else "")
    wordings = [one.wording_id for one in others]
    near = {
        pair.other_id if pair.one_id == first.wording_id else pair.one_id: pair
        for pair in Copy.objects.filter(
            Q(one=first.wording_id, other__in=wordings) | Q(other=first.wording_id, one__in=wordings)
        )
    }
    for one in others:
        yield Printing(one, _how(first, one, near.get(one.wording_id or 0)))


def _how(first: Article, one: Article, near: Copy | None) -> str:
    if one.wording_id is not None and one.wording_id == first.wording_id:
        return "the same words"
    if near is None:
        return "by the judgement of a curator"
    share = near.share_of_one if near.one_id == one.wording_id else near.share_of_other
    return f"{share:.0%} of its words"


def _is_first(articles: Sequence[Article]) -> bool:
    """Whether the first is known to be published before the second, to the minute or to the day."""
    first, second = articles[0], articles[1] if len(articles) > 1 else None
    if second is None or first.published is None:
        return False
    if second.published is None:
        return False
    minutes = {first.published_precision, second.published_precision} == {Precision.MINUTE.value}
    if minutes:
        return first.published < second.published
    days = {Precision.MINUTE.value, Precision.DAY.value}
    exact = {first.published_precision, second.published_precision} <= days
    return exact and first.published.date() < second.published.date()
