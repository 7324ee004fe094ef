"""Which names of the archive are so alike that a curator is asked about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from rapidfuzz.distance import OSA

from archive.models import Entity
from archive.text.authority import Authority
from archive.text.names import LIKELY, compare, initials_fit, normal_form
from archive.text.types import Kind

# A queue that asks about every pair from LIKELY (.7) on is mostly noise: of 40 pairs drawn from 800 articles
# about 13 were worth a look, by the rules here about 30 of 40. A person's name may have up to two words more;
# that of an organisation may not (a "Federal Reserve Bank of ..." is a branch), but may be its initials.
# Likely names of either kind may differ by one letter.
_WORTH_ASKING = 0.92
_MOST_WORDS_MORE = 2
_LESS_FOR_A_WORD = 0.12  # what archive.text.names.compare takes off for each word that one name has more
_LONG_ENOUGH = 8  # letters of a name from which on one letter more or less may be a slip
_MOST_NAMES = 20_000  # most mentioned names compared: a few seconds of work, once after each change
_LARGEST_BLOCK = 60  # names that share a word; a word of more names ("party", "john") tells nothing
_SHORTEST_WORD = 3  # letters of a word that names may be brought together by


class Alike(NamedTuple):
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
    mentions: int
    words: tuple[str, ...]


@lru_cache(maxsize=2)
def alike(newest_mention: int, rejected: int) -> tuple[Alike, ...]:
    """All pairs of names alike, of merged entities too: they may be taken apart again.

    The arguments only tell whether the archive is still the one that was looked at.
    """
    found: dict[tuple[int, int], Alike] = {}
    for block in _blocks(_known()):
        for one, other in combinations(block, 2):
            pair = (min(one.pk, other.pk), max(one.pk, other.pk))
            if pair not in found and (compared := _compared(one, other)):
                found[pair] = compared
    return tuple(found.values())


def _compared(one: _Known, other: _Known) -> Alike | None:
    """Two names alike enough to ask about, or None."""
    kept, rest = sorted((one, other), key=lambda side: (-side.mentions, side.pk))
    if Authority.shipped().entry(kept.key) and Authority.shipped().entry(rest.key):
        return None  # two lines of the authority file are two
    found = compare(kept.name, rest.name, kept.kind)
    if not _worth_asking(kept, rest, found.score):
        return None
    return Alike(kept.pk, rest.pk, found.score, found.reasons)


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
    named = Entity.objects.filter(withdrawn=False, local=False).exclude(merged_into=None, mention_count=0)
    rows = named.order_by("-mention_count", "pk")
    return [
        _Known(pk, key, name, Kind(kind), mentions, tuple(normal_form(name).split()))
        for pk, key, name, kind, mentions in rows.values_list("pk", "key", "name", "kind", "mention_count")[
            :_MOST_NAMES
        ]
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
