"""What the machine is unsure of: pairs that may be one, names that nobody introduced, kinds that may be the
other; most mentioned first.

Nothing here changes anything. What curators judged is never proposed again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Count, F, Func, Max, Min, Sum, TextField, Value

from archive.curation.alike import Alike, alike
from archive.models import Entity, Judgement, Mention
from archive.text.types import Kind

Verdict = Judgement.Verdict

# Share of a name's mentions that were taken for the other kind, from which on its kind is asked.
_DOUBTFUL_KIND = 0.25


class Pair(NamedTuple):
    """Two entities that may be one. `kept` is the one named more often; `reasons` compare the names."""

    kept: int
    other: int
    score: float
    reasons: tuple[str, ...]
    mentions: int

    @property
    def name(self) -> str:
        """What the pair is called in an address."""
        return f"{self.kept}-{self.other}"


class LoneName(NamedTuple):
    """A name that no full name introduces, with all articles that print it so.

    Each of these has an entity of its own, the first of them is `entity`; `key` ("lund@") means them all.
    """

    entity: int
    key: str
    kind: Kind
    articles: int
    mentions: int

    @property
    def name(self) -> str:
        """What the question is called in an address."""
        return f"lone-{self.entity}"

    @property
    def word(self) -> str:
        """The name in its normal form."""
        return self.key.removesuffix("@")


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


Proposal = Pair | LoneName | DoubtfulKind


def queue() -> tuple[Proposal, ...]:
    """Everything worth a curator's look, most mentioned first.

    Names are compared anew only after articles came or were read again; what was judged since is left out.
    """
    newest_mention = Mention.objects.aggregate(newest=Max("pk"))["newest"] or 0
    rejected = Entity.objects.filter(withdrawn=True).count()
    found: list[Proposal] = [
        *_open_pairs(alike(newest_mention, rejected)),
        *_open_lone_names(),
        *_open_kinds(_of_both_kinds(newest_mention)),
    ]
    return tuple(sorted(found, key=lambda one: (-one.mentions, one.name)))


def _open_pairs(pairs: Sequence[Alike]) -> Iterator[Pair]:
    """The pairs of names alike whose entities both have a page and were not judged."""
    judged = _judged_pairs()
    live = Entity.objects.live().filter(pk__any_of={pk for pair in pairs for pk in pair[:2]})
    mentions = dict(live.values_list("pk", "mention_count"))
    for one, other, score, reasons in pairs:
        if one in mentions and other in mentions and (min(one, other), max(one, other)) not in judged:
            yield Pair(one, other, score, reasons, mentions[one] + mentions[other])


def _open_lone_names() -> Iterator[LoneName]:
    """The lone names that have pages and of which no curator has said what they are."""
    word = Func(F("key"), Value("@"), 1, function="split_part", output_field=TextField())
    by_word = Entity.objects.live().filter(local=True).order_by().annotate(word=word).values("word", "kind")
    rows = by_word.annotate(first=Min("pk"), articles=Count("pk"), times=Sum("mention_count"))
    said = Judgement.objects.live().filter(verdict=Verdict.KIND_IS, left__endswith="@")
    settled = set(said.values_list("left", flat=True))
    for row in rows.filter(mention_count__gt=0).iterator():
        key = f"{row['word']}@"
        if key not in settled:
            yield LoneName(row["first"], key, Kind(row["kind"]), row["articles"], row["times"])


def _open_kinds(doubtful: Sequence[DoubtfulKind]) -> Iterator[DoubtfulKind]:
    """Those whose kind no curator has said and that have a page still."""
    judged = Judgement.objects.live().filter(verdict=Verdict.KIND_IS).values("left")
    full = Entity.objects.live().filter(local=False)  # lone names are asked about anyway
    asked = full.filter(pk__any_of={one.entity for one in doubtful}).exclude(key__in=judged)
    still_open = set(asked.values_list("pk", flat=True))
    return (one for one in doubtful if one.entity in still_open)


def _judged_pairs() -> set[tuple[int, int]]:
    """Pairs of entities of which any two names were judged different, or the same."""
    judgements = Judgement.objects.live().filter(verdict__in=[Verdict.DIFFERENT, Verdict.SAME])
    judged = set(judgements.values_list("left", "right").iterator())
    known = Entity.objects.filter(key__any_of={key for pair in judged for key in pair})
    head_of = {key: merged or pk for key, pk, merged in known.values_list("key", "pk", "merged_into")}
    pairs = ((head_of.get(left), head_of.get(right)) for left, right in judged)
    return {(min(one, other), max(one, other)) for one, other in pairs if one and other and one != other}


@lru_cache(maxsize=2)
def _of_both_kinds(newest_mention: int) -> tuple[DoubtfulKind, ...]:
    """Names that were taken for a person here, for an organisation there. The argument is as for `alike`."""
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
