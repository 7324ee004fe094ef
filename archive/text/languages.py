"""Which language a text is written in, told by its function words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib import resources
from itertools import islice

_WORD = re.compile(r"[^\W\d_]+")
# 20 to 40 % of running text are function words of its language; lists and names stay far below.
LEAST_SHARE = 0.12
ENOUGH_WORDS = 600  # the first words decide; more would change nothing


def _load() -> dict[str, frozenset[str]]:
    text = resources.files("archive.text.rules").joinpath("languages.toml").read_text(encoding="utf-8")
    return {code: frozenset(words.split()) for code, words in tomllib.loads(text).items()}


_WORDS_OF = _load()
FUNCTION_WORDS = _WORDS_OF["en"]


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language of `text`, or "" where its function words do not tell."""
    words = Counter(match.group().lower() for match in islice(_WORD.finditer(text), ENOUGH_WORDS))
    if not words:
        return ""
    counts = {code: sum(words[word] for word in known & words.keys()) for code, known in _WORDS_OF.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= LEAST_SHARE * words.total() else ""
