"""How much of a text another text holds: four-word shingles, as used for cleaning and extraction."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

SHINGLE = 4  # words
_WORD = re.compile(r"[^\W_]+")


class Overlap(NamedTuple):
    """Precision, recall and their harmonic mean, each between 0 and 1."""

    precision: float
    recall: float
    f1: float


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words (letters and digits, small) in `text`, counted; fewer words are one run."""
    words = _WORD.findall(text.lower())
    if not words:
        return Counter()
    if len(words) < SHINGLE:
        return Counter([tuple(words)])
    return Counter(zip(*(words[offset:] for offset in range(SHINGLE)), strict=False))


def overlap(gold: str, predicted: str) -> Overlap:
    """How well the shingles of `predicted` match those of `gold`; two empty texts match wholly."""
    wanted, given = shingles(gold), shingles(predicted)
    if not wanted and not given:
        return Overlap(1.0, 1.0, 1.0)
    shared = (wanted & given).total()
    precision = shared / given.total() if given else 0.0
    recall = shared / wanted.total() if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if shared else 0.0
    return Overlap(precision, recall, f1)
