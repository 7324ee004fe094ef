"""Which language a text is written in, told by its function words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping
from importlib import resources

_WORD = re.compile(r"[^\W\d_]+")
# 20 to 40 % of running text are function words of its language; lists and names stay far below.
LEAST_SHARE = 0.12
ENOUGH_WORDS = 600  # the first words decide; more would change nothing
_ENOUGH_LETTERS = 4_500  # most texts have so many words in them


def _load() -> dict[str, frozenset[str]]:
    text = resources.files("archive.text.rules").joinpath("languages.toml").read_text(encoding="utf-8")
    return {code: frozenset(words.split()) for code, words in tomllib.loads(text).items()}


_WORDS_OF = _load()
FUNCTION_WORDS = _WORDS_OF["en"]


def _languages_by_word() -> Mapping[str, list[str]]:
    languages: defaultdict[str, list[str]] = defaultdict(list)
    for code, known in _WORDS_OF.items():
        for word in known:
            languages[word].append(code)
    return dict(languages)


_LANGUAGES_OF = _languages_by_word()


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language of `text`, or "" where its function words do not tell."""
    words = _first_words(text)
    if not words:
        return ""
    counts = dict.fromkeys(_WORDS_OF, 0)
    for word, count in Counter(map(str.lower, words)).items():
        for code in _LANGUAGES_OF.get(word, ()):
            counts[code] += count
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= LEAST_SHARE * len(words) else ""


def _first_words(text: str) -> list[str]:
    found = _WORD.findall(text, 0, _ENOUGH_LETTERS)
    if len(found) <= ENOUGH_WORDS and len(text) > _ENOUGH_LETTERS:
        found = _WORD.findall(text)
    return found[:ENOUGH_WORDS]
