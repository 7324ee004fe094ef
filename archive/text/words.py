"""Words as they are compared: folded letters, tokens with their places, stems.

Folding never changes the length of a text, so every position found in folded text is a position of the
text itself. Punctuation is never a token.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

_FOLD = {
    **dict.fromkeys("‘’‛`´ʼ", "'"),
    **dict.fromkeys("“”„‟«»", '"'),
    **dict.fromkeys("–—―‐‑‒−", "-"),
    **dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f", " "),
}

# Initials with points ("U.S."), words with one apostrophe inside, numbers with their separators, the per
# cent sign. Every branch consumes letters or digits only once, so matching is linear in the text.
_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:'[^\W\d_]+)?|\d+(?:[.,]\d+)*|%")

_LONGEST_BLOCK = 2000  # words that are compared at once; no sentence has as many
_LONGEST_WORD = 40  # letters; longer runs are no words (addresses, pasted code) and are cut for comparing


class Token(NamedTuple):
    """A word that counts: its comparable form, its place, and whether it was printed with a capital."""

    stem: str
    start: int
    end: int
    capital: bool


def fold(text: str) -> str:
    """The text with one kind of quotation mark, dash and space. Same length, same positions."""
    for printed, plain in _FOLD.items():  # ten times as fast as str.translate where anything is no ASCII
        text = text.replace(printed, plain)
    return text


def tokens(folded: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The content words of `folded[start:end]` in order, as stems; stop words and punctuation are left out.

    "United States" and "per cent" are one token. Positions are those of the whole `folded`.
    """
    found: list[Token] = []
    new, rules = tuple.__new__, _rules()  # a named tuple's own constructor takes twice as long
    before = ""
    for match in _TOKEN.finditer(folded, start, len(folded) if end is None else end):
        printed = match.group()
        low = printed.lower()
        joined = rules.pairs.get((before, low)) if before in rules.openings else None
        before = low
        if joined:
            first = found.pop().start if found and match.start() - found[-1].end <= 1 else match.start()
            found.append(Token(joined, first, match.end(), printed[0].isupper()))
            continue
        stem = comparable(printed)
        if stem:
            at, behind = match.span()
            found.append(new(Token, (stem, at, behind, printed[0].isupper())))
    return found


def count_content(folded: str, start: int, end: int, enough: int) -> int:
    """How many content words `folded[start:end]` has, counted up to `enough`."""
    count = 0
    for match in _TOKEN.finditer(folded, start, end):
        if comparable(match.group()):
            count += 1
            if count >= enough:
                break
    return count


def every_word(folded: str, start: int = 0, end: int | None = None) -> list[tuple[str, int, int]]:
    """All words of `folded[start:end]`, stop words included, in small letters with their places."""
    return [
        (match.group().lower(), match.start(), match.end())
        for match in _TOKEN.finditer(folded, start, len(folded) if end is None else end)
    ]


def said(folded: str) -> list[str]:
    """As `every_word`, without the places."""
    return list(map(str.lower, _TOKEN.findall(folded)))


@lru_cache(200_000)
def comparable(printed: str) -> str:
    """The stem of a printed word, its digits for a number word, "" for a stop word."""
    rules = _rules()
    word = printed.lower()[:_LONGEST_WORD]
    if word.endswith("'s"):
        word = word[:-2]
    if word == "%":
        return "percent"
    if printed == "US":
        return "us"
    if word in rules.stop:
        return ""
    if word[0].isdigit():
        return word.replace(",", "").rstrip(".")
    number = rules.numbers.get(word)
    return number if number else stem(word)


@lru_cache(200_000)
def stem(word: str) -> str:
    """A word in small letters without its ending, irregular forms and demonyms brought home."""
    rules = _rules()
    word = rules.irregular.get(word, word)
    word = rules.demonyms.get(word, word)
    if len(word) < 4 or word in rules.uncut:
        return word
    cut = _without_ending(word)
    if len(cut) > 4 and cut[-1] == cut[-2] and cut[-1] not in "sl":
        cut = cut[:-1]
    if len(cut) > 4 and cut[-1] == "e":
        cut = cut[:-1]
    elif len(cut) > 4 and cut[-1] == "y":
        cut = cut[:-1] + "i"
    return cut


def is_stop(word: str) -> bool:
    """Whether a word in small letters carries no meaning of its own."""
    return word in _rules().stop


def is_negation(word: str) -> bool:
    """Whether a word in small letters turns a statement round ("never", "denied", "isn't")."""
    return word in _rules().negation or word.endswith("n't")


def is_venue(stemmed: str) -> bool:
    """Whether a stem tells where something was said, not what ("interview", "NBC")."""
    return stemmed in _venues()


def sense(stemmed: str) -> str:
    """The stem that stands for all words of its sense ("assault" and "raid" give that of "attack")."""
    return _senses().get(stemmed, stemmed)


def common_in_order(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest common subsequence (Hyyrö's bit-parallel method, 2004).

    Where both are longer than any sentence they are compared block by block, each with the block of its
    place: no more than the true length is found, and the time grows with the texts and not with their square.
    """
    if len(one) > _LONGEST_BLOCK and len(other) > _LONGEST_BLOCK:
        blocks = range(0, min(len(one), len(other)), _LONGEST_BLOCK)
        return sum(
            common_in_order(one[at : at + _LONGEST_BLOCK], other[at : at + _LONGEST_BLOCK]) for at in blocks
        )
    places: dict[str, int] = {}
    for index, item in enumerate(one):
        places[item] = places.get(item, 0) | 1 << index
    full = row = (1 << len(one)) - 1
    for item in other:
        hit = row & places.get(item, 0)
        row = ((row + hit) | (row - hit)) & full
    return len(one) - row.bit_count()


# --- the tables ------------------------------------------------------------------------------------

# Endings in the order tried, what stands in their place, and the letters that must stay before them.
_ENDINGS = (
    *(("ies", "y", 3), ("sses", "ss", 3), ("ings", "", 4), ("ing", "", 4), ("edly", "", 4), ("ied", "y", 4)),
    *(("ed", "", 3), ("ments", "", 4), ("ment", "", 4), ("ations", "", 4), ("ation", "", 4)),
    *(("ions", "", 5), ("ion", "", 5), ("ives", "", 5), ("ive", "", 5), ("ers", "", 4), ("er", "", 3)),
    *(("es", "", 3), ("ly", "", 3), ("s", "", 3)),
)


def _without_ending(word: str) -> str:
    for ending, instead, stays in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= stays:
            if ending == "s" and word[-2] in "su":
                return word
            return word[: len(word) - len(ending)] + instead
    return word


class _Rules(NamedTuple):
    stop: frozenset[str]
    irregular: dict[str, str]
    uncut: frozenset[str]
    demonyms: dict[str, str]
    pairs: dict[tuple[str, str], str]
    openings: frozenset[str]
    numbers: dict[str, str]
    negation: frozenset[str]
    venues: tuple[str, ...]
    synonyms: tuple[tuple[str, ...], ...]


@cache
def _rules() -> _Rules:
    source = resources.files("archive.text.rules").joinpath("words.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)
    numbers = {word: str(value) for value, word in enumerate(table["numbers"].split())}
    numbers |= {
        word: str(value) for value, word in zip(range(30, 100, 10), table["tens"].split(), strict=True)
    }
    demonyms = {
        form: country
        for entry in table["demonyms"].split()
        for country, forms in [entry.split(":")]
        for form in forms.split(",")
    }
    pairs = {
        (first, second): whole
        for entry in table["pairs"].split("|")
        for words, whole in [entry.strip().split(":")]
        for first, second in [words.split()]
    }
    return _Rules(
        frozenset(table["stop"].split()),
        dict(entry.split(":") for entry in table["irregular"].split()),
        frozenset(table["uncut"].split()),
        demonyms,
        pairs,
        frozenset(first for first, _ in pairs),
        numbers,
        frozenset(table["negation"].split()),
        tuple(table["venues"].split()),
        tuple(tuple(line.split()) for line in table["synonyms"].strip().splitlines()),
    )


@cache
def _senses() -> dict[str, str]:
    """Stem of each word of a sense -> stem of its first word. A word in two senses keeps the first."""
    senses: dict[str, str] = {}
    for words in _rules().synonyms:
        for word in words:
            senses.setdefault(stem(word), stem(words[0]))
    return senses


@cache
def _venues() -> frozenset[str]:
    return frozenset(stem(word) for word in _rules().venues)
