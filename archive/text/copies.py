"""Copies: whether two texts are one text, printed twice.

    one, other = read(body), read(other_body)
    set(bands(one)) & set(bands(other))      # nothing in common: not worth measuring
    overlap(one, other).kind                 # exact, near, shares passages, or none of these

Two steps. Near-duplicates are found by MinHash over runs of five words (Broder 1997; datasketch's
permutations, which numpy applies to a whole text at once): values are taken two at a time, so that texts with
a third of their runs in common nearly always meet in some band and strangers nearly never; the opening has
bands of its own, for texts that were cut from the end. What meets is then measured exactly: which words of
either stand in runs of five words that both have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from archive.text import words

if TYPE_CHECKING:
    from datasketch import MinHash

RUN = 5  # words; strangers share hardly any run of five but those of set phrases
LEAST_WORDS = 25  # a shorter text is too little to tell a copy by its words
OPENING = 80  # words: what a text that was cut from its end still has

_BANDS = 24  # of two MinHash values of the whole text
_OPENING_BANDS = 8  # of three MinHash values of the opening
_SEED = 1997
_AT_ONCE = 8_192  # runs permuted together: bounds the memory that a long text takes

# Shares of the words of the shorter and the longer text; read by eye on 20,000 articles, November 2026.
_MOST = 0.75  # of both: one text, whatever its first lines
_OF_SHORTER, _OF_LONGER = 0.8, 0.45  # one text, if it opens alike
_OF_CUT, _OF_WHOLE = 0.85, 0.2  # cut from the end, if it opens alike
_OPENS_ALIKE = 0.5  # of the opening's words
_PASSAGES, _PASSAGE_WORDS = 0.3, 60  # less is a quotation or a set phrase

_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"  # written without spaces between words
    r"|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+(?:'[^\W_]+)?"
)

Hashes = NDArray[np.uint64]


class CopyKind(StrEnum):
    """What two texts are to each other."""

    EXACT = "exact copy"
    NEAR = "near copy"
    PASSAGES = "shares passages"
    NONE = ""


class Worded(NamedTuple):
    """A text as its folded words: their digest, how many there are, a hash of each run of five in order."""

    key: str
    size: int
    runs: Hashes


class Overlap(NamedTuple):
    """What two texts have in common: words in runs that both have, and their share of either text."""

    kind: CopyKind
    shared: int
    share_of_one: float
    share_of_other: float


def read(body: str, headline: str = "") -> Worded:
    """The words of a text. The headline counts only where the body is too short to tell a copy by."""
    found = _WORD.findall(words.fold(body).lower())
    if len(found) < LEAST_WORDS:
        found = [*_WORD.findall(words.fold(headline).lower()), "", *found]
    key = blake2b(" ".join(found).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return Worded(key, len(found), _runs(found))


def bands(text: Worded) -> tuple[int, ...]:
    """What a text is looked up by: texts worth measuring have one of these numbers in common.

    Empty for texts that are too short. The numbers are those of PostgreSQL's integer.
    """
    if text.size < LEAST_WORDS:
        return ()
    whole = _minhash(text.runs, 2 * _BANDS).reshape(_BANDS, 2)
    opening = _minhash(text.runs[: OPENING - RUN + 1], 3 * _OPENING_BANDS).reshape(_OPENING_BANDS, 3)
    return (*_folded(whole, 0), *_folded(opening, _BANDS))


def overlap(one: Worded, other: Worded) -> Overlap:
    """Measure what two texts have in common. Symmetric, but for the order of the shares."""
    if one.key == other.key:
        return Overlap(CopyKind.EXACT, one.size, 1.0, 1.0)
    if min(one.size, other.size) < LEAST_WORDS:
        return Overlap(CopyKind.NONE, 0, 0.0, 0.0)
    in_one, in_other = _covered(one, other), _covered(other, one)
    shares = float(in_one.mean()), float(in_other.mean())
    shared = int(min(in_one.sum(), in_other.sum()))
    alike = max(_opening(one, other), _opening(other, one)) >= _OPENS_ALIKE
    return Overlap(_kind(min(shares), max(shares), shared, alike), shared, *shares)


def _kind(less: float, more: float, shared: int, opens_alike: bool) -> CopyKind:
    """Of the two shares the smaller is the longer text's."""
    near = less >= _MOST or (
        opens_alike
        and ((more >= _OF_SHORTER and less >= _OF_LONGER) or (more >= _OF_CUT and less >= _OF_WHOLE))
    )
    if near:
        return CopyKind.NEAR
    return CopyKind.PASSAGES if more >= _PASSAGES and shared >= _PASSAGE_WORDS else CopyKind.NONE


def _covered(one: Worded, other: Worded) -> NDArray[np.bool_]:
    """Which words of the one stand in a run that the other has."""
    return _spread(np.isin(one.runs, other.runs), one.size)


def _opening(one: Worded, other: Worded) -> float:
    """How much of the opening of the one stands in that of the other, which may come a little later there."""
    runs = np.isin(one.runs[: OPENING - RUN + 1], other.runs[: 3 * OPENING])
    return float(_spread(runs, min(OPENING, one.size)).mean())


def _spread(runs: NDArray[np.bool_], size: int) -> NDArray[np.bool_]:
    """From runs to the words in them."""
    found = np.zeros(size, dtype=bool)
    for place in range(RUN):
        found[place : place + len(runs)] |= runs
    return found


def _runs(found: Sequence[str]) -> Hashes:
    """A hash of every run of words, from the hashes of its words."""
    size = max(0, len(found) - RUN + 1)
    hashes = np.fromiter(map(_hash, found), dtype=np.uint64, count=len(found))
    runs = np.zeros(size, dtype=np.uint64)
    for place in range(RUN):
        runs += hashes[place : place + size] * _FACTORS[place]
    return runs ^ (runs >> np.uint64(32))


_FACTORS = np.array([pow(0x9E3779B97F4A7C15, power, 2**64) for power in range(1, RUN + 1)], dtype=np.uint64)


@lru_cache(60_000)
def _hash(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


@cache
def _permutations(number: int) -> MinHash:
    """A MinHash of nothing, whose permutations all others share."""
    from datasketch import MinHash  # brings scipy along: a second of every start that looks for no copies

    return MinHash(num_perm=number, seed=_SEED, scheme="affine32", hashfunc=int)


def _minhash(runs: Hashes, number: int) -> NDArray[np.uint32]:
    found = _permutations(number).copy()
    for first in range(0, len(runs), _AT_ONCE):
        found.update_batch((runs[first : first + _AT_ONCE] & np.uint64(0xFFFFFFFF)).tolist())
    return np.asarray(found.hashvalues, dtype=np.uint32)


def _folded(rows: NDArray[np.uint32], first: int) -> list[int]:
    """Each row of values as one signed number; `first` keeps equal rows of different bands apart."""
    mixed = np.arange(first + 1, first + len(rows) + 1, dtype=np.uint64) * _FACTORS[-1]
    for column in rows.T:
        mixed = (mixed ^ column.astype(np.uint64)) * _FACTORS[0]
    found: list[int] = (mixed >> np.uint64(32)).astype(np.uint32).astype(np.int32).tolist()
    return found
