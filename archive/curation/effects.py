"""What follows from a judgement, and from its withdrawal: the same recomputation for both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from archive.curation.reach import keys_of, read_again
from archive.models import Article, Judgement
from archive.pipeline import importing, outlets, river

Verdict = Judgement.Verdict

_OF_PASSAGES = (Verdict.SAME_PASSAGE, Verdict.OTHER_PASSAGE)
_OF_COPIES = (Verdict.COPY_OF, Verdict.NOT_A_COPY)
_OF_KNOWN = (Verdict.ALIAS_OF, Verdict.KNOWN_NAME, Verdict.DIFFERENT)  # may change what is known of names
OF_TEXTS = (Verdict.FIELD_IS, Verdict.LINE_IS)
_OF_FOLLOWING = (Verdict.FOLLOWS, Verdict.NOT_FOLLOWS)
_OF_EVENTS = (Verdict.SAME_EVENT, Verdict.OTHER_EVENT, Verdict.TITLE_IS)


def follow(judgement: Judgement) -> set[int]:
    """Recompute what a judgement touches; returns the articles that changed.

    Must run inside the transaction that wrote the judgement, or its withdrawal, and holds the turn to write.
    """
    return follow_all([judgement])


def follow_all(judgements: Iterable[Judgement]) -> set[int]:
    """Recompute, once for all of them, what several judgements touch; returns the articles that changed."""
    by_verdict: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        by_verdict[judgement.verdict].append(judgement)
    changed = _follow_fields(by_verdict.pop(Verdict.FIELD_IS, []))
    changed |= _follow_lines(by_verdict.pop(Verdict.LINE_IS, []))
    _follow_outlets(by_verdict.pop(Verdict.OUTLET_IS, []))
    changed |= _follow_aliases([one for verdict in _OF_KNOWN for one in by_verdict.pop(verdict, [])])
    changed |= _follow_events([one for verdict in _OF_EVENTS for one in by_verdict.pop(verdict, [])])
    following = [one for verdict in _OF_FOLLOWING for one in by_verdict.pop(verdict, [])]
    changed |= river.follow_again({key for one in following for key in (one.left, one.right)})
    changed |= _follow_copies([one for verdict in _OF_COPIES for one in by_verdict.pop(verdict, [])])
    changed |= _follow_passages([one for verdict in _OF_PASSAGES for one in by_verdict.pop(verdict, [])])
    keys = {key for rest in by_verdict.values() for one in rest for key in keys_of(one)}
    return changed | river.resolve(keys) if keys else changed


def _follow_events(judgements: Iterable[Judgement]) -> set[int]:
    texts = {key for one in judgements for key in (one.left, one.right) if key}
    articles = Article.objects.newest_versions().filter(content_key__in=texts)
    found = set(articles.values_list("pk", flat=True))
    return river.regroup(found) if found else set()


def _follow_copies(judgements: Collection[Judgement]) -> set[int]:
    texts = {key for one in judgements for key in (one.left, one.right)}
    articles = Article.objects.newest_versions().filter(content_key__in=texts)
    found = set(articles.values_list("pk", flat=True))
    return river.copy_again(found) if found else set()


def _follow_passages(judgements: Collection[Judgement]) -> set[int]:
    """Nothing is stored of rows: comparisons read the judgements. Tells whose comparisons change."""
    texts = {key for one in judgements for key in (one.left, one.right)}
    articles = Article.objects.newest_versions().filter(content_key__in=texts)
    return set(articles.values_list("pk", flat=True))


def _follow_outlets(judgements: Iterable[Judgement]) -> None:
    """No article changes with what its outlet is called."""
    outlets.describe_again(judgement.left for judgement in judgements)


def _follow_aliases(judgements: Iterable[Judgement]) -> set[int]:
    """Read again the articles that print an alias: some may not have been taken for a name before."""
    keys: set[str] = set()
    articles: set[int] = set()
    for judgement in judgements:
        concerned = read_again(judgement)
        articles |= concerned
        keys |= keys_of(judgement)
    return river.annotate_again(articles, keys) if keys else set()


def _follow_fields(judgements: Collection[Judgement]) -> set[int]:
    by_field: defaultdict[str, set[str]] = defaultdict(set)
    for judgement in judgements:
        by_field[judgement.right].add(judgement.left)
    changed: set[int] = set()
    for field, texts in sorted(by_field.items()):
        articles = Article.objects.filter(content_key__in=texts)
        changed |= importing.fill_again(set(articles.values_list("pk", flat=True)), unlock=field)
    river.derive(changed)
    return changed


def _follow_lines(judgements: Collection[Judgement]) -> set[int]:
    """Clean the texts again."""
    articles = Article.objects.filter(content_key__in={one.left for one in judgements})
    changed = importing.fill_again(set(articles.values_list("pk", flat=True)))
    river.derive(changed)
    return changed
