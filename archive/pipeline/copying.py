"""Articles to independent texts: which are printings of one text, by their words and by judgements.

The words of each new body are kept as a wording, found by an index of its bands and measured against the few
wordings that have a band in common with it. Groups depend on the articles and the judgements alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from archive.models import Article, Copy, Entry, Judgement, Wording
from archive.pipeline import bulk, ledger
from archive.pipeline.report import Report
from archive.text import copies, lineage
from archive.text.bylines import is_agency
from archive.text.copies import CopyKind, Worded
from archive.text.lineage import Printing

Verdict = Judgement.Verdict
Outcome = Entry.Outcome

MOST_MEASURED = 200  # wordings that one is measured against: those with most bands in common
_AT_ONCE = 200  # articles whose words are held in memory together


class Copied(NamedTuple):
    """What a run did, and the articles whose group of copies changed."""

    report: Report
    articles: set[int]


def run(article_ids: Collection[int]) -> Copied:
    """Find the copies of these articles, and look again at the groups that they touch."""
    wanted = sorted(article_ids)
    for first in range(0, len(wanted), _AT_ONCE):
        part = wanted[first : first + _AT_ONCE]
        _keep_wordings(
            Article.objects.newest_versions().filter(pk__any_of=part).only("body", "headline", "wording")
        )
    replaced = Article.objects.filter(pk__any_of=wanted, newest=False).exclude(text_group=None)
    touched = set(
        Article.objects.filter(pk__any_of=wanted)
        .exclude(text_group=None)
        .values_list("text_group", flat=True)
    )
    around = set(Article.objects.filter(text_group__any_of=touched).values_list("pk", flat=True))
    left = set(replaced.values_list("pk", flat=True))
    replaced.update(text_group=None)
    groups = _Neighbourhood({*wanted, *around}).groups()
    changed = _assign(groups)
    sizes = Counter(len(group) > 1 for group in groups)
    counts = {"independent texts": len(groups), "of them printed several times": sizes[True]}
    return Copied(Report("Copies", counts), changed | left)


def tell(entries: Iterable[Entry]) -> None:
    """Say of what was created whether it is a copy of an article that was there before it.

    That is asked of each pair alone, as a dry run asks it: the near copy of a copy is told as one, even where
    it stays an independent text beside the first printing.
    """
    new = (entry for entry in entries if entry.outcome == Outcome.CREATED)
    created = {entry.article_id: entry for entry in new if entry.article_id}
    articles = list(Article.objects.filter(pk__in=created).exclude(wording=None).only("wording"))
    near = _near({article.wording_id for article in articles if article.wording_id})
    wordings = {article.wording_id for article in articles} | {
        one.wording for pairs in near.values() for one in pairs
    }
    printed = Article.objects.newest_versions().filter(wording__in=wordings).order_by("wording", "pk")
    first = {one.wording_id: one for one in printed.distinct("wording").only("wording", "path", "block")}
    for article in articles:
        told = _told(article, created[article.pk].block, near[article.wording_id or 0], first)
        if told:
            entry = created[article.pk]
            entry.outcome, reason = told
            entry.reason = " ".join(part for part in (reason, entry.reason) if part)


class _Near(NamedTuple):
    wording: int
    shared: int
    share: float


def _near(wordings: Collection[int]) -> defaultdict[int, list[_Near]]:
    """The near copies of each of some wordings, and how much of its words they hold."""
    asked = Q(one__in=wordings) | Q(other__in=wordings)
    found: defaultdict[int, list[_Near]] = defaultdict(list)
    for row in Copy.objects.filter(asked, kind=Copy.Kind.NEAR):
        found[row.one_id].append(_Near(row.other_id, row.shared, row.share_of_one))
        found[row.other_id].append(_Near(row.one_id, row.shared, row.share_of_other))
    return found


def _told(
    article: Article, block: int, near: Iterable[_Near], first: Mapping[int | None, Article]
) -> tuple[Entry.Outcome, str] | None:
    """By the nearest that was there before, of several the first that came."""
    same = first.get(article.wording_id)
    if same and same.pk < article.pk:
        return said(ledger.named(same.path, same.block, block))
    met = ((one, first[one.wording]) for one in near if one.wording in first)
    before = [(one, other) for one, other in met if other.pk < article.pk]
    if not before:
        return None
    nearest, other = min(before, key=lambda found: (-found[0].shared, found[1].pk))
    return said(ledger.named(other.path, other.block, block), nearest.share)


def said(name: str, share: float | None = None) -> tuple[Entry.Outcome, str]:
    """How it is told that an article is a copy of another: with all its words, or a share of them."""
    if share is None:
        return Outcome.EXACT_COPY, f"The same words as {name}."
    return Outcome.NEAR_COPY, f"{share:.0%} of its words stand in the same passages of {name}."


def worth_measuring(text: Worded, bands: Sequence[int]) -> Iterator[tuple[str, int, Worded]]:
    """Stored texts that one that is not stored may be a copy of, each with path and block of its first
    article."""
    found = _candidates({0: tuple(bands)}) if bands else []
    near = [max(pair) for pair in found]
    wanted = Q(wording__key=text.key) | Q(wording__in=near)
    printed = Article.objects.newest_versions().filter(wanted).order_by("wording", "pk").distinct("wording")
    for path, block, body, headline in printed.values_list("path", "block", "body", "headline"):
        yield path, block, copies.read(body, headline)


# --- wordings -----------------------------------------------------------------------------------------


def _keep_wordings(articles: Iterable[Article]) -> None:
    """Store the words of each article, and what they share with the words of others."""
    by_key: dict[str, Worded] = {}
    keys: dict[Article, str] = {}
    for article in articles:
        text = copies.read(article.body, article.headline)
        keys[article] = by_key.setdefault(text.key, text).key
    stored = dict(Wording.objects.filter(key__in=by_key).values_list("key", "pk"))
    new = [text for key, text in sorted(by_key.items()) if key not in stored]
    ids = bulk.next_ids(Wording, len(new))
    found = {pk: copies.bands(text) for pk, text in zip(ids, new, strict=True)}
    rows = [(pk, text.key, text.size, list(found[pk])) for pk, text in zip(ids, new, strict=True)]
    bulk.copy(Wording, ("id", "key", "size", "bands"), rows)
    stored |= {text.key: pk for pk, text in zip(ids, new, strict=True)}
    _say_wordings({article: stored[key] for article, key in keys.items()})
    _measure(found, {stored[key]: text for key, text in by_key.items()})


def _say_wordings(wordings: Mapping[Article, int]) -> None:
    """Tell each article its wording; wordings that no article has any more go."""
    changed = {article: pk for article, pk in wordings.items() if article.wording_id != pk}
    bulk.set_numbers(Article, "wording_id", {article.pk: pk for article, pk in changed.items()})
    left = {article.wording_id for article in changed if article.wording_id}
    if left:
        Wording.objects.filter(pk__in=left, articles=None).delete()


def _measure(new: Mapping[int, tuple[int, ...]], texts: dict[int, Worded]) -> None:
    """Measure new wordings against all that have a band in common with them; keep what they share."""
    pairs = _candidates(new)
    unread = {pk for pair in pairs for pk in pair} - texts.keys()
    printed = Article.objects.filter(wording__in=unread).order_by("wording", "pk").distinct("wording")
    for pk, body, headline in printed.values_list("wording", "body", "headline"):
        texts[pk] = copies.read(body, headline)
    read = [pair for pair in pairs if texts.keys() >= set(pair)]  # an article's deletion leaves its wording
    measured = ((one, other, copies.overlap(texts[one], texts[other])) for one, other in read)
    bulk.copy(
        Copy,
        ("one_id", "other_id", "kind", "shared", "share_of_one", "share_of_other"),
        [(one, other, *found) for one, other, found in measured if found.kind is not CopyKind.NONE],
    )


_CANDIDATES = """
    SELECT asked.id, there.id, there.key, there.bands
    FROM unnest(%s::bigint[], %s::text[]) AS asked(id, bands)
    JOIN archive_wording AS there
        ON there.bands && string_to_array(asked.bands, ' ')::integer[] AND there.id <> asked.id
"""


def _candidates(new: Mapping[int, tuple[int, ...]]) -> list[tuple[int, int]]:
    """Pairs of wordings with a band in common, each once, the smaller number first."""
    asked = {pk: bands for pk, bands in new.items() if bands}
    if not asked:
        return []
    with connection.cursor() as cursor:
        # The planner takes every array to be rare in a small table and would compare each with each.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(_CANDIDATES, [list(asked), [" ".join(map(str, bands)) for bands in asked.values()]])
        rows = cursor.fetchall()
        cursor.execute("SET LOCAL enable_seqscan = on")
    beside: defaultdict[int, list[tuple[int, str, int]]] = defaultdict(list)
    for one, other, key, bands in rows:
        beside[one].append((-len(set(bands) & set(asked[one])), key, other))
    pairs = {
        (min(one, other), max(one, other))
        for one, others in beside.items()
        for _, _, other in sorted(others)[:MOST_MEASURED]
    }
    return sorted(pairs)


# --- groups -------------------------------------------------------------------------------------------


def _assign(groups: Sequence[Sequence[Article]]) -> set[int]:
    """Write each article's group where it changed; returns the articles that got another one."""
    after = {article: group[0].pk if len(group) > 1 else None for group in groups for article in group}
    changed = {article.pk: first for article, first in after.items() if article.text_group_id != first}
    bulk.set_numbers(Article, "text_group_id", changed)
    return set(changed)


class _Neighbourhood:
    """All articles whose group could change because of some: those reached over copies and judgements."""

    def __init__(self, start: Collection[int]) -> None:
        self._articles: dict[int, Article] = {}
        self._near: set[frozenset[int]] = set()
        self._judged: dict[int, Judgement] = {}
        self._looked_up: set[int] = set()
        frontier = set(start)
        while frontier:
            read = list(
                Article.objects.newest_versions()
                .filter(pk__any_of=frontier)
                .select_related("outlet")
                .only(*_READ)
            )
            self._articles |= {article.pk: article for article in read}
            frontier = (self._same_words(read) | self._judged_beside(read)) - self._articles.keys()

    def groups(self) -> list[list[Article]]:
        """The independent texts of the neighbourhood, each with its first printing first."""
        by_id: dict[str, Article] = {}
        printings: dict[str, Printing] = {}
        for article in sorted(self._articles.values(), key=lambda one: one.pk):
            name = f"{article.content_key} {article.url} {article.outlet or ''}"
            by_id[name] = article
            agency = is_agency(article.outlet.name) if article.outlet else False
            wording = str(article.wording_id or name)
            printings[name] = Printing(name, wording, article.published, agency)
        near = {frozenset(map(str, pair)) for pair in self._near}
        together, apart = self._pairs(by_id, Verdict.COPY_OF), self._pairs(by_id, Verdict.NOT_A_COPY)
        found = lineage.groups(printings.values(), near, together, apart)
        return [[by_id[member.id] for member in group.members] for group in found]

    def _same_words(self, read: Sequence[Article]) -> set[int]:
        """Articles with the wording of one of these, or a near copy of it."""
        wordings = {article.wording_id for article in read if article.wording_id} - self._looked_up
        if not wordings:
            return set()
        self._looked_up |= wordings
        near = Copy.objects.filter(Q(one__in=wordings) | Q(other__in=wordings), kind=Copy.Kind.NEAR)
        self._near |= {frozenset(pair) for pair in near.values_list("one", "other")}
        beside = {wording for pair in self._near for wording in pair if pair & wordings}
        articles = Article.objects.newest_versions().filter(wording__in=wordings | beside)
        return set(articles.values_list("pk", flat=True))

    def _judged_beside(self, read: Sequence[Article]) -> set[int]:
        """Articles that a judgement calls copies of these."""
        keys = {article.content_key for article in read}
        judgements = Judgement.objects.live().filter(
            Q(left__in=keys) | Q(right__in=keys), verdict__in=(Verdict.COPY_OF, Verdict.NOT_A_COPY)
        )
        self._judged |= {judgement.pk: judgement for judgement in judgements}
        texts = {
            key for one in self._judged.values() if one.verdict == Verdict.COPY_OF for key in _texts(one)
        }
        if not texts:
            return set()
        articles = Article.objects.newest_versions().filter(content_key__in=texts)
        return set(articles.values_list("pk", flat=True))

    def _pairs(self, by_id: Mapping[str, Article], verdict: str) -> list[tuple[str, str]]:
        """The pairs of articles that judgements with this verdict are about."""
        names: defaultdict[str, list[str]] = defaultdict(list)
        for name, article in by_id.items():
            names[article.content_key].append(name)
        in_order = sorted(self._judged.values(), key=lambda judgement: (judgement.made_at, judgement.pk))
        # Of several about the same two texts the newest has the last word.
        last_words = {frozenset(_texts(judgement)): judgement for judgement in in_order}
        return [
            pair
            for judgement in last_words.values()
            if judgement.verdict == verdict
            for pair in product(names[judgement.left], names[judgement.right])
        ]


_READ = ("content_key", "url", "outlet__name", "published", "wording", "text_group")


def _texts(judgement: Judgement) -> tuple[str, str]:
    return judgement.left, judgement.right
