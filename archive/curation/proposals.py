"""What the machine is unsure of: pairs that may be one, kinds that may be the other; most mentioned first.

Nothing here changes anything. What curators judged, the same or different, is never proposed again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from django.db.models import Count, Max
from rapidfuzz.distance import OSA

from archive.models import Entity, Judgement, Mention
from archive.text.authority import Authority
from archive.text.names import LIKELY, compare, initials_fit, normal_form
from archive.text.types import Kind

Verdict = Judgement.Verdict

# A queue that asks about every pair from LIKELY (.7) on is mostly noise: of 40 pairs drawn from 800 articles
# about 13 were worth a look, by the rules here about 30 of 40. A person's name may have up to two words more;
# that of an organisation may not (a "Federal Reserve Bank of ..." is a branch), but may be its initials.
# Likely names of either kind may differ by one letter.
_WORTH_ASKING = 0.92
_MOST_WORDS_MORE = 2
_LESS_FOR_A_WORD = 0.12  # what archive.text.names.compare takes off for each word that one name has more
_LONG_ENOUGH = 8  # letters of a name from which on one letter more or less may be a slip
_LONE = 0.6  # score of a lone name and a full one that ends like it: it decides nothing
_MOST_NAMES = 20_000  # most mentioned names compared: a few seconds of work, once after each change
_LARGEST_BLOCK = 60  # names that share a word; a word of more names ("party", "john") tells nothing
_SHORTEST_WORD = 3  # letters of a word that names may be brought together by
# Share of a name's mentions that were taken for the other kind, from which on its kind is asked.
_DOUBTFUL_KIND = 0.25


class Pair(NamedTuple):
    """Two entities that may be one. `kept` is the one named more often; `reasons` compare the names.

    `mentions` are those that the answer is about: of a lone name only its own.
    """

    kept: int
    other: int
    score: float
    reasons: tuple[str, ...]
    mentions: int

    @property
    def name(self) -> str:
        """What the pair is called in an address."""
        return f"{self.kept}-{self.other}"


class DoubtfulKind(NamedTuple):
    """An entity whose mentions were taken for both kinds, and how often for each."""

    entity: int
    people: int
    organisations: int
    mentions: int

    @property
    def name(self) -> str:
        """What the question is called in an address."""
        return f"kind-{self.entity}"


Proposal = Pair | DoubtfulKind


class _Alike(NamedTuple):
    """Two entities whose names are alike, the one to keep first."""

    kept: int
    other: int
    score: float
    reasons: tuple[str, ...]


class _Known(NamedTuple):
    """An entity as far as comparing asks."""

    pk: int
    key: str
    name: str
    kind: Kind
    local: bool
    mentions: int
    words: tuple[str, ...]


def queue() -> tuple[Proposal, ...]:
    """Everything worth a curator's look, most mentioned first.

    Names are compared anew only after articles came or were read again; what was judged since is left out.
    """
    newest_mention = Mention.objects.aggregate(newest=Max("pk"))["newest"] or 0
    rejected = Entity.objects.filter(withdrawn=True).count()
    found: list[Proposal] = [
        *_open_pairs(_alike(newest_mention, rejected)),
        *_open_kinds(_of_both_kinds(newest_mention)),
    ]
    return tuple(sorted(found, key=lambda one: (-one.mentions, one.name)))


def _open_pairs(alike: Sequence[_Alike]) -> Iterator[Pair]:
    """The pairs of names alike whose entities both have a page and were not judged."""
    judged = _judged_pairs()
    live = Entity.objects.live().filter(pk__in={pk for pair in alike for pk in pair[:2]})
    mentions = dict(live.values_list("pk", "mention_count"))
    for one, other, score, reasons in alike:
        if one in mentions and other in mentions and (min(one, other), max(one, other)) not in judged:
            # A lone name brings only its own places: they are what the answer moves.
            weight = mentions[other] if score == _LONE else mentions[one] + mentions[other]
            yield Pair(one, other, score, reasons, weight)


def _open_kinds(doubtful: Sequence[DoubtfulKind]) -> Iterator[DoubtfulKind]:
    """Those whose kind no curator has said and that have a page still."""
    judged = Judgement.objects.live().filter(verdict=Verdict.KIND_IS).values("left")
    asked = Entity.objects.live().filter(pk__in={one.entity for one in doubtful}).exclude(key__in=judged)
    still_open = set(asked.values_list("pk", flat=True))
    return (one for one in doubtful if one.entity in still_open)


@lru_cache(maxsize=2)
def _alike(newest_mention: int, rejected: int) -> tuple[_Alike, ...]:
    """All pairs of names alike, of merged entities too: they may be taken apart again.

    The arguments only tell whether the archive is still the one that was looked at.
    """
    found: dict[tuple[int, int], _Alike] = {}
    for block in _blocks(_known()):
        for one, other in combinations(block, 2):
            pair = (min(one.pk, other.pk), max(one.pk, other.pk))
            if pair not in found and not (one.local and other.local) and (alike := _compared(one, other)):
                found[pair] = alike
    return tuple(found.values())


def _compared(one: _Known, other: _Known) -> _Alike | None:
    """Two names alike enough to ask about, or None. A lone name is compared with full ones by its word."""
    kept, rest = sorted((one, other), key=lambda side: (side.local, -side.mentions, side.pk))
    if rest.local:
        if kept.kind is not Kind.PERSON or rest.words[-1:] != kept.words[-1:]:
            return None
        reason = f"“{rest.name}” was introduced by nobody; it is how “{kept.name}” ends"
        return _Alike(kept.pk, rest.pk, _LONE, (reason,))
    if Authority.shipped().entry(kept.key) and Authority.shipped().entry(rest.key):
        return None  # two lines of the authority file are two
    found = compare(kept.name, rest.name, kept.kind)
    if not _worth_asking(kept, rest, found.score):
        return None
    return _Alike(kept.pk, rest.pk, found.score, found.reasons)


def _worth_asking(one: _Known, other: _Known, score: float) -> bool:
    more = abs(len(one.words) - len(other.words))
    if one.kind is Kind.PERSON and more <= _MOST_WORDS_MORE:
        score += more * _LESS_FOR_A_WORD
    if score >= _WORTH_ASKING:
        return True
    if one.kind is Kind.ORGANISATION and (
        initials_fit(one.name, other.name) or initials_fit(other.name, one.name)
    ):
        return True
    keys = " ".join(one.words), " ".join(other.words)
    long_enough = min(map(len, keys)) >= _LONG_ENOUGH
    return score >= LIKELY and long_enough and OSA.distance(*keys, score_cutoff=1) <= 1


def _known() -> list[_Known]:
    named = Entity.objects.filter(withdrawn=False).exclude(merged_into=None, mention_count=0)
    rows = named.order_by("-mention_count", "pk")
    return [
        _Known(pk, key, name, Kind(kind), local, mentions, tuple(normal_form(name).split()))
        for pk, key, name, kind, local, mentions in rows.values_list(
            "pk", "key", "name", "kind", "local", "mention_count"
        )[:_MOST_NAMES]
    ]


def _blocks(known: Iterable[_Known]) -> Iterator[list[_Known]]:
    """Names of one kind that share a word, the beginning of one, or all their letters."""
    blocks: defaultdict[tuple[Kind, str], list[_Known]] = defaultdict(list)
    for one in known:
        for mark in _marks(one):
            blocks[one.kind, mark].append(one)
    return (block for block in blocks.values() if 1 < len(block) <= _LARGEST_BLOCK)


def _marks(one: _Known) -> set[str]:
    words = [word for word in one.words if len(word) >= _SHORTEST_WORD]
    marks = set(words)
    if words:
        # "Ayad" and "Iyad Allawi", "Alawi": the ends of a name rarely change both.
        marks |= {f"{words[0][:4]}…{words[-1][:2]}", f"{words[0][:2]}…{words[-1][:4]}"}
    marks.add("".join(word[0] for word in one.words) if len(one.words) > 1 else one.key)
    return marks


def _judged_pairs() -> set[tuple[int, int]]:
    """Pairs of entities of which any two names were judged different, or the same."""
    head_of = {
        key: merged or pk
        for key, pk, merged in Entity.objects.values_list("key", "pk", "merged_into").iterator()
    }
    judgements = Judgement.objects.live().filter(verdict__in=[Verdict.DIFFERENT, Verdict.SAME])
    pairs = set()
    for left, right in judgements.values_list("left", "right").iterator():
        one, other = head_of.get(left), head_of.get(right)
        if one and other and one != other:
            pairs.add((min(one, other), max(one, other)))
    return pairs


@lru_cache(maxsize=2)
def _of_both_kinds(newest_mention: int) -> tuple[DoubtfulKind, ...]:
    """Names that were taken for a person here and for an organisation there. See `_alike` on the argument."""
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    linked = Mention.objects.filter(article__newest=True).exclude(entity=None).order_by()
    for entity, kind, times in linked.values_list("entity", "kind").annotate(times=Count("pk")).iterator():
        counts[entity or 0][kind] = times
    found = []
    for entity, by_kind in counts.items():
        people, organisations = by_kind.get(Kind.PERSON, 0), by_kind.get(Kind.ORGANISATION, 0)
        if min(people, organisations) >= _DOUBTFUL_KIND * (people + organisations):
            found.append(DoubtfulKind(entity, people, organisations, people + organisations))
    return tuple(found)
