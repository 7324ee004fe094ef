"""Names as they are compared: normal forms, keys, and comparisons that give their reasons.

A key is what re-import reproduces: it depends on the printed name alone, never on its kind, on a recogniser
or on an order of import. "Abu Bakr al-Baghdadi" and "Abu Bakr Baghdadi" have one key, and so have "U.N."
and "UN".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from archive.text.lexicon import lexicon
from archive.text.words import fold

# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN = str.maketrans(
    {**dict(zip("ıøłđð", "ioldd", strict=True)), "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe"}
)

_ENDINGS = {"junior": "jr", "senior": "sr"}

# The Arabic article and its assimilated spellings; the latter count only where a hyphen ties them.
_ARTICLES = frozenset({"al", "el", "ul", "ur"})
_TIED_ARTICLE = re.compile(r"(?<=\w[ -])(?:al|el|ul|ur|as|ash|ad|ar|an|at|az|es)-(?=\w)")

# "Servant of the": Abdul Rahman, Abdel Rahman, Abd al-Rahman.
_SERVANT = frozenset({"abdul", "abdel", "abdal", "abdoul", "abdur", "abdol"})

_WORD = re.compile(r"[^\W_]+")


def plain(name: str) -> str:
    """The name in small letters without accents, with one kind of quotation mark, dash and space."""
    if name.isascii():
        return fold(name).casefold()
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return fold(bare.casefold().translate(_PLAIN))


@lru_cache(100_000)
def normal_form(name: str) -> str:
    """The key of a name across articles: "Abu Bakr al-Baghdadi" -> "abu bakr baghdadi".

    Case, accents, punctuation, "the", the Arabic article after the first word, a single middle initial and
    honorifics before the name are folded; initials are written together ("J. K." -> "jk"). "Jr" stays: a
    son is not his father. The form of a normal form is itself; it is empty only for a name without letters
    and digits.
    """
    text = _TIED_ARTICLE.sub("", plain(name)).replace("'", "").replace(" & ", " and ").replace("&", "")
    words = [_ENDINGS.get(word, "abd" if word in _SERVANT else word) for word in _WORD.findall(text)]
    shorter = _shortened(words)
    while shorter != words:
        words, shorter = shorter, _shortened(shorter)
    return " ".join(words)


def _shortened(words: list[str]) -> list[str]:
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    if len(words) > 2 and words[0] in lexicon().honorifics:
        words = words[1:]
    words = words[:1] + [word for word in words[1:-1] if word not in _ARTICLES] + words[1:][-1:]
    return _without_middle_initials(_joined_initials(words))


def _joined_initials(words: list[str]) -> list[str]:
    """Neighbouring single letters as one word: "u", "n" -> "un"."""
    joined: list[str] = []
    letters_before = False
    for word in words:
        letter = len(word) == 1 and word.isalpha()
        if letter and letters_before:
            joined[-1] += word
        else:
            joined.append(word)
        letters_before = letter
    return joined


def _without_middle_initials(words: list[str]) -> list[str]:
    middle = [word for word in words[1:-1] if len(word) > 1 or word.isdigit()]
    return words[:1] + middle + words[1:][-1:]
