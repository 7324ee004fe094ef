"""How much a word says: the rarer it is in news at large, the more.

The table of document frequencies is frozen data, so no weight depends on what an archive holds or in which
order it was filled.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache, lru_cache
from importlib import resources

_NUMBER_WEIGHT = 5.0  # a number says as much as a word in one of 150 articles, however rare its digits are


@lru_cache(100_000)
def weight(stem: str) -> float:
    """Inverse document frequency of a stem (natural logarithm), from 0; an unknown stem counts as rarest."""
    frequencies, documents = _table()
    if stem[0].isdigit():
        return (
            _NUMBER_WEIGHT
            if len(stem) > 1
            else min(_NUMBER_WEIGHT, _inverse(frequencies.get(stem, 1), documents))
        )
    return _inverse(frequencies.get(stem, 1), documents)


def _inverse(frequency: int, documents: int) -> float:
    return math.log((documents + 1) / (frequency + 0.5))


@cache
def _table() -> tuple[dict[str, int], int]:
    source = resources.files("archive.text.rules").joinpath("term_frequencies.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    frequencies = {stem: int(count) for count, stems in table["terms"].items() for stem in stems.split()}
    return frequencies, table["documents"]
