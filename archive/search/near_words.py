"""Words within a few edits of another among very many, without looking at the letters of each.

Two words so many edits apart differ in at most twice as many letters. Which letters a word and each of its
beginnings hold is one number; numpy compares these numbers, and only what they leave is measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

_LONGEST = 30  # letters of a word that are looked at


class NearWords:
    """Words to look through, prepared once."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        codes = np.array([*self.words, ""], dtype=f"U{_LONGEST}")[:-1].view(np.uint32)
        letters = codes.reshape(len(self.words), _LONGEST)
        signs = np.where(letters, np.uint32(1) << (letters % 32), np.uint32(0))
        self._held = np.bitwise_or.accumulate(signs, axis=1)  # by word: in its first letter, first two, ...
        self._lengths = np.minimum(np.char.str_len(np.array([*self.words, ""])[:-1]), _LONGEST)

    def near(self, word: str, edits: int, *, begun: bool = False) -> dict[str, int]:
        """The words at most so many edits from a word, with how many it takes.

        Args:
            word: in the letters that the words are written in.
            edits: letters missing, too many, wrong, or two changed places.
            begun: also words whose beginning is as near; a letter may be missing in the beginning, too.
        """
        if not self.words or not word or len(word) >= _LONGEST:
            return {}
        found: dict[str, int] = {}
        for start, candidate in self._candidates(word, edits, begun=begun):
            distance = OSA.distance(word, start, score_cutoff=edits)
            if distance <= edits:
                found[candidate] = min(distance, found.get(candidate, edits))
        return found

    def _candidates(self, word: str, edits: int, *, begun: bool) -> Iterator[tuple[str, str]]:
        """Words, or their beginnings, whose letters may be near enough, with the whole word."""
        as_long = np.abs(self._lengths - len(word)) <= edits
        for place in self._alike(word, edits, self._held[:, -1], as_long):
            yield self.words[place], self.words[place]
        for length in (len(word), len(word) + 1) if begun else ():
            for place in self._alike(word, edits, self._held[:, length - 1], self._lengths > length):
                yield self.words[place][:length], self.words[place]

    def _alike(
        self, word: str, edits: int, held: NDArray[np.uint32], wanted: NDArray[np.bool_]
    ) -> Iterator[Any]:
        asked = np.uint32(0)
        for letter in word:
            asked |= np.uint32(1 << (ord(letter) % 32))
        return iter(np.flatnonzero((np.bitwise_count(held ^ asked) <= 2 * edits) & wanted).tolist())
