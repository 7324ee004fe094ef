"""Names as they are compared: normal forms, keys, and comparisons that give their reasons.

A key is what re-import reproduces: it depends on the printed name alone, never on its kind, on a
recogniser or on an order of import. "Abu Bakr al-Baghdadi" and "Abu Bakr Baghdadi" have one key, and so
have "U.N." and "UN".
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler as Similarity

from archive.text.lexicon import lexicon
from archive.text.types import Kind
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

# Acronyms have two to eight letters.
_ACRONYM_LENGTHS = range(2, 9)

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
    if len(words) > 2 and words[0] in _rules().honorifics:
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


# --- comparing
# -----------------------------------------------------------------------------------------------


class Comparison(NamedTuple):
    """How likely two names are one: a score from 0 to 1, and the reasons in words that a curator
    understands.
    """

    score: float
    reasons: tuple[str, ...]


# From this score on two names are rather one than two (chosen on openly licensed pairs of names).
LIKELY = 0.7

_SAME_FORM = Comparison(1.0, ("the same name but for case, accents and titles",))
_OTHER_NUMBERS = Comparison(0.1, ("other numbers",))
_SAME_WORDS = 0.97
_SPLIT_DIFFERENTLY = 0.95
_ACRONYM = 0.8
_EXTRA_WORD = 0.12  # taken off for each word that only one of two names has
_LEAST_WORD_SCORE = 0.72  # two words below it are two different words


def compare(one: str, other: str, kind: Kind) -> Comparison:
    """How likely two names of one kind name the same person or organisation.

    Words are laid beside each other, best pair first; a word counts as the same by its spelling, its sound,
    an initial or a short form. Symmetric. Knows nothing of the articles: it proposes, a curator decides.
    """
    forms = normal_form(one), normal_form(other)
    if forms[0] == forms[1]:
        return _SAME_FORM
    words = tuple(_telling(form, kind) for form in forms)
    if sorted(words[0]) == sorted(words[1]):
        return Comparison(_SAME_WORDS, ("the same words",))
    if "".join(words[0]) == "".join(words[1]):
        return Comparison(_SPLIT_DIFFERENTLY, ("the same letters, divided differently",))
    if kind is Kind.ORGANISATION:
        if _numbers(words[0]) != _numbers(words[1]):
            return _OTHER_NUMBERS
        if initials_fit(one, other) or initials_fit(other, one):
            return Comparison(_ACRONYM, ("one is the initials of the other",))
    return _beside(*sorted(words, key=lambda side: (len(side), side)))


def initials_fit(acronym: str, name: str) -> bool:
    """Whether the letters of an acronym open the words of a name ("PHC": "Public Health Council").

    Small words of the name are either all left out or all counted.
    """
    return is_acronym(acronym) and acronym_letters(acronym) in initials(name)


def acronym_letters(acronym: str) -> str:
    """The letters of an acronym, small and without points: "U.N." -> "un"."""
    return plain(acronym).replace(".", "").replace("-", "").replace("&", "")


def initials(name: str) -> set[str]:
    """The first letters of the words of a name, all of them and without small words."""
    words = plain(name).replace("-", " ").replace("'", "").split()
    weighty = [word for word in words if word not in lexicon().connectors]
    return {"".join(word[0] for word in chosen) for chosen in (words, weighty)}


def is_acronym(name: str) -> bool:
    """Whether a name is written like an acronym: two to eight letters, most of them capitals."""
    letters = name.replace(".", "").replace("-", "").replace("&", "")
    capitals = sum(letter.isupper() for letter in letters)
    return letters.isalpha() and len(letters) in _ACRONYM_LENGTHS and capitals > len(letters) / 2


def _telling(form: str, kind: Kind) -> list[str]:
    """The words of a normal form that tell names apart; all of them if none does."""
    rules = _rules()
    small = rules.particles if kind is Kind.PERSON else rules.company_forms
    return [word for word in form.split() if word not in small] or form.split()


def _numbers(words: Sequence[str]) -> list[str]:
    return sorted(word for word in words if any(letter.isdigit() for letter in word))


def _beside(shorter: Sequence[str], longer: Sequence[str]) -> Comparison:
    """Lay every word of the shorter name beside its best free partner in the longer one."""
    pairs = sorted(
        ((_word_score(a, b), i, j) for i, a in enumerate(shorter) for j, b in enumerate(longer)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    left, right, chosen = set(range(len(shorter))), set(range(len(longer))), []
    for value, i, j in pairs:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            chosen.append((value, shorter[i], longer[j]))
    worst = min(chosen, default=(0.0, "", ""))
    if worst[0] < _LEAST_WORD_SCORE:
        return Comparison(worst[0] / 2, (f"“{worst[1]}” is not “{worst[2]}”",))
    if len(shorter) == 1 < len(longer):
        return Comparison(LIKELY / 2, (f"only “{shorter[0]}” is common to both",))
    mean = sum(value for value, *_ in chosen) / len(chosen)
    reasons = [f"“{a}” is like “{b}”" for value, a, b in chosen if value < 1]
    reasons += [f"“{longer[place]}” stands in one name only" for place in sorted(right)]
    return Comparison(max(0.0, mean - _EXTRA_WORD * len(right)), tuple(reasons))


@lru_cache(100_000)
def _word_score(one: str, other: str) -> float:
    """How likely two words of names are forms of one: from 0 to 1."""
    if one == other:
        return 1.0
    if _rules().nicknames.get(one, frozenset()) & _rules().nicknames.get(other, frozenset()):
        return 0.92
    if min(len(one), len(other)) == 1:
        return 0.85 if one[0] == other[0] else 0.0
    if _sound(one) == _sound(other):
        return 0.95
    return float(Similarity.normalized_similarity(one, other))


_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"kh|q|ck|c(?=[aourlh])|h(?=[aeiou])"), "k"),
    (re.compile(r"tsch|tch|ch|sh|sch"), "s"),
    (re.compile(r"zh|j|dj|dzh|g(?=[ei])"), "j"),
    (re.compile(r"ou|oo|u|w|v"), "o"),
    (re.compile(r"ee|ie|ei|ey|iy|ij|y|e|ii"), "i"),
    (re.compile(r"c|z"), "s"),
    (re.compile(r"h|'"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(100_000)
def _sound(word: str) -> str:
    """A rough key of how a word sounds, equal for the usual transcriptions of one name."""
    for pattern, written in _SOUNDS:
        word = pattern.sub(written, word)
    return word


class _Rules(NamedTuple):
    honorifics: frozenset[str]
    particles: frozenset[str]
    company_forms: frozenset[str]
    nicknames: dict[str, frozenset[int]]


@cache
def _rules() -> _Rules:
    source = resources.files("archive.text.rules").joinpath("names.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(table["nicknames"].strip().splitlines()):
        for word in line.split():
            groups.setdefault(word, set()).add(number)
    return _Rules(
        frozenset(table["honorifics"].split()),
        frozenset(table["particles"].split()),
        frozenset(table["company_forms"].split()),
        {word: frozenset(numbers) for word, numbers in groups.items()},
    )
