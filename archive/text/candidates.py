"""Candidates for names: runs of capitalised words, cut where one name ends and another begins.

Known names (`authority`) and acronyms that the text itself explains are found first; the runs are cut at
them. What is left is trimmed of words that only open a sentence, split at "and" and "of" where these do not
belong to the name, and handed to the rules of `organisations` and `persons`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archive.text.nametokens import Token, Words
from archive.text.types import Kind

# Scores are the precision seen when a rule was tried on openly licensed news, rounded to .05.
KNOWN_SCORE = 0.97
DEFINED_SCORE = 0.95

# The longest stretch before brackets that is searched for the long form of an acronym, in tokens.
_LONGEST_LONG_FORM = 12
# No name is longer, in tokens; a longer run is a list or no prose, and is judged in parts.
_LONGEST_RUN = 40
# Acronyms have two to seven letters ("U.N.", "UNESCO").
_ACRONYM_LETTERS = range(2, 8)

# Everyday words of more letters than this in capitals are shouted words, not acronyms.
_LONGEST_SHOUT = 3
# An acronym that is written like a word ("Unicef") has at least this many letters.
_SHORTEST_WORDLIKE_ACRONYM = 4
_MINISTRIES = frozenset({"ministry", "ministries", "department", "office", "minister"})
_HAVE_AN_OFFICE = frozenset(
    {"minister", "president", "premier", "governor", "mayor", "chancellor", "prosecutor"}
)
_ROMAN = re.compile(r"[IVXL]+$")

# Small words that open a name: "bin Laden", "von der Leyen".
_NAME_OPENINGS = frozenset({"al", "el", "bin", "ibn", "von", "van", "der", "den"})
_THROUGH = frozenset({"]", '"', "al", "el"})  # where an editorial bracket or a nickname may begin to close
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")


class Candidate(NamedTuple):
    """Tokens `first` up to, not including, `last`, that may be a name; `kind` is None where it names
    neither.
    """

    first: int
    last: int
    kind: Kind | None
    score: float
    rule: str
    detail: str


class Run(NamedTuple):
    """A stretch of tokens printed as one name or as several in a row."""

    first: int
    last: int


def is_acronym(words: Words, place: int) -> bool:
    """Whether a token is written in capitals like an acronym that could name an organisation."""
    token = words.tokens[place]
    if _is_ticker(words, place):
        return False
    letters = token.text.replace(".", "").replace("&", "").replace("-", "")
    return (
        len(letters) in _ACRONYM_LETTERS
        and letters.isalpha()
        and letters.isupper()
        and token.low.replace(".", "") not in words.lexicon.not_organisations
        and not (token.low in words.lexicon.common and len(letters) > _LONGEST_SHOUT)
        and not _ROMAN.match(letters)
    )


def _is_ticker(words: Words, place: int) -> bool:
    """Whether a token is a share's sign ("BEN.N") or a handle ("@POTUS")."""
    tokens = words.tokens
    before = tokens[place - 1] if place else None
    if before and before.end == tokens[place].start and before.text in {".", "@", "#", "$"}:
        return True
    if place + 2 >= len(tokens) or tokens[place + 1].text != "." or not tokens[place].text.isupper():
        return False
    market = tokens[place + 2]
    return tokens[place].end + 1 == market.start and market.text.isupper()


def defined_acronyms(words: Words) -> Iterator[tuple[Run, int]]:
    """Long forms with the place of their acronym: "Turkistan Islamic Party (TIP)".

    Read backwards from the bracket, each letter of the acronym must open a word (Schwartz and Hearst, 2003).
    """
    tokens = words.tokens
    for place in range(2, len(tokens) - 1):
        if tokens[place - 1].text not in {"(", "["} or not tokens[place].capital:
            continue
        if tokens[place + 1].text not in {")", "]", ",", ";"}:
            continue
        letters = [letter for letter in tokens[place].low if letter.isalnum()]
        capitals = sum(letter.isupper() for letter in tokens[place].text)
        if len(letters) < 2 or (capitals < 2 and len(letters) < _SHORTEST_WORDLIKE_ACRONYM):
            continue
        start = _long_form_start(tokens, place - 2, letters)
        if start is not None:
            yield Run(start, _without_marks(tokens, place - 1)), place


def _without_marks(tokens: tuple[Token, ...], last: int) -> int:
    while last > 0 and tokens[last - 1].text in {'"', "'", ","}:
        last -= 1
    return last


def _long_form_start(tokens: tuple[Token, ...], place: int, letters: list[str]) -> int | None:
    start = None
    searched = 0
    wanted = len(letters) - 1
    while place >= 0 and wanted >= 0 and searched < _LONGEST_LONG_FORM:
        token = tokens[place]
        if token.text in {".", "\n", ";", ":", "(", ")"}:
            break
        for part in reversed(token.low.split("-")):
            if wanted >= 0 and part[:1] == letters[wanted]:
                wanted -= 1
                start = place
        place -= 1
        searched += 1
    return start if wanted < 0 and start is not None and tokens[start].capital else None


def runs(words: Words) -> Iterator[Run]:
    """Stretches of capitalised words with the small words that names have inside."""
    tokens, free = words.tokens, 0
    for capital in words.capitals:
        if capital < free:
            continue
        place = capital
        while place > free and _opens_before(tokens[place - 1]):
            place -= 1
        last, end = capital + 1, min(len(tokens), capital + _LONGEST_RUN)
        while last < end and (step := _continues(words, place, last)):
            last += step
        free = min(last, len(tokens))
        yield Run(place, free)


def _after_shouting(tokens: Sequence[Token], first: int, place: int) -> bool:
    """Whether a heading in capitals ends before this word: "FRIENDS WAITING Maria Stone said"."""
    shouted = tokens[max(first, place - 2) : place]
    return (
        len(shouted) == 2
        and not tokens[place].text.isupper()
        and all(len(word.text) > 3 and word.text.isalpha() and word.text.isupper() for word in shouted)
    )


def _two_particles(words: Words, place: int) -> bool:
    """ "von der Leyen", "de la Cruz": two small words before a surname."""
    following, particles = words.tokens[place : place + 3], words.lexicon.particles
    if len(following) < 3 or not following[2].capital:
        return False
    return all(token.text in particles for token in following[:2])


def _names_a_ministry(words: Words, first: int, place: int) -> bool:
    """Whether the run so far is a ministry, whose subjects may follow."""
    lows = [token.low for token in words.tokens[first:place]]
    return "of" in lows and not _MINISTRIES.isdisjoint(lows[:2])


def _opens_before(token: Token) -> bool:
    """Whether a word without capital opens the name after it: "al Baghdadi", "5th Fleet"."""
    return token.text in _NAME_OPENINGS or (token.text[0].isdigit() and bool(_ORDINAL.match(token.text)))


def _continues(words: Words, first: int, place: int) -> int:
    """How many tokens from `place` on belong to the run that began at `first`; 0 if it ends here."""
    tokens, known = words.tokens, words.lexicon
    token, before = tokens[place], tokens[place - 1]
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if token.capital:
        ends = before.text.endswith(".") and token.low in known.function_words
        return 0 if ends or _is_ticker(words, place) or _after_shouting(tokens, first, place) else 1
    if token.text.isdigit() and len(token.text) <= 2 and before.low in known.heads:
        return 1
    if after is None:
        return 0
    if after.capital and token.text[0].isdigit() and _ORDINAL.match(token.text):
        return 2
    touching = before.end == token.start
    if token.text in _THROUGH and (
        inside := _through_bracket(tokens, place) or _through_nickname(words, place)
    ):
        return inside
    if token.low in known.connectors and after.capital and token.low not in {"the", "to", "at"}:
        if token.low == "on" and before.low not in known.starts:
            return 0
        return 2
    if (
        token.low in {"of", "for", "in"}
        and after.low == "the"
        and place + 2 < len(tokens)
        and tokens[place + 2].capital
    ):
        return 3
    if token.text in {"'s", "'"} and touching and after.capital:
        owned = before.low in known.owners or (before.low in _HAVE_AN_OFFICE and after.low == "office")
        return 2 if owned else 0
    if token.text == "," and after.low in known.subjects and _names_a_ministry(words, first, place):
        return 2
    if _two_particles(words, place):
        return 3
    if token.low == "and" and after.low == "the" and _second_half_of_place(words, first, place):
        return 3
    if (
        token.text == "."
        and touching
        and after.capital
        and (before.low in known.abbreviations or len(before.text) == 1)
    ):
        return 1
    if token.text in {"'", "-", "&", "/"} and touching and after.capital and after.start == token.end:
        return 2 if token.text != "/" else 0
    return 0


def _through_bracket(tokens: tuple[Token, ...], place: int) -> int:
    """Tokens of an editorial bracket that closes inside a name: "[IS leader Abu Bakr] Baghdadi", "[Ayman
    al] Zawahiri".
    """
    lows = [token.low for token in tokens[place : place + 2]]
    for pattern in (["]"], ["]", "al"], ["al", "]"], ["]", "el"], ["el", "]"]):
        last = place + len(pattern)
        if lows[: len(pattern)] == pattern and last < len(tokens) and tokens[last].capital:
            return len(pattern) + 1
    return 0


def _through_nickname(words: Words, place: int) -> int:
    """Tokens of a nickname in marks: John "Jack" Doe."""
    tokens = words.tokens
    if (
        tokens[place].text != '"'
        or tokens[place - 1].low not in words.lexicon.given
        or place + 3 >= len(tokens)
    ):
        return 0
    nickname, closing, surname = tokens[place + 1 : place + 4]
    return 4 if nickname.capital and closing.text == '"' and surname.capital else 0


def _second_half_of_place(words: Words, first: int, place: int) -> bool:
    """ "of Iraq and the Levant": the second half of what "of" opened."""
    tokens = words.tokens
    return (
        place - 2 >= first
        and tokens[place - 2].low == "of"
        and tokens[place - 1].low in words.lexicon.places
        and place + 2 < len(tokens)
        and tokens[place + 2].capital
    )


def between(run: Run, found: Sequence[Candidate]) -> Iterator[Run]:
    """What is left of a run around the names that were `found` in it, in order."""
    first = run.first
    for candidate in found:
        if candidate.first > first:
            yield Run(first, candidate.first)
        first = max(first, candidate.last)
    if first < run.last:
        yield Run(first, run.last)


def trimmed(words: Words, run: Run) -> Run:
    """The run without words that only open a sentence and without small words at its ends."""
    tokens, known = words.tokens, words.lexicon
    first, last = run
    while first < last and (tokens[first].opens or words.heading[first]) and _only_opens(words, first, last):
        first += 1
    while first < last and _loose_at_start(words, first):
        first += 1
    while last > first and (
        tokens[last - 1].low in known.connectors
        or tokens[last - 1].text in {".", "-", "&", "'", "'s"}
        or (
            tokens[last - 1].low in known.function_words
            and not is_acronym(words, last - 1)
            and last - first > 1
        )
    ):
        last -= 1
    return Run(first, last)


def _only_opens(words: Words, place: int, last: int) -> bool:
    """Whether a word has its capital only because a sentence opens with it."""
    token, known = words.tokens[place], words.lexicon
    if is_acronym(words, place):
        return False
    if token.low in known.function_words:
        return True
    if words.inside[token.low] or token.low in known.titles or token.low in known.demonyms:
        return False
    if token.low in words.small and token.low not in known.given:
        return not (place + 1 < last and words.tokens[place + 1].low in {"of", "for"})
    return _common_before_name(words, place, last)


def _common_before_name(words: Words, place: int, last: int) -> bool:
    token, known = words.tokens[place], words.lexicon
    if token.low not in known.common or place + 1 >= last:
        return False
    if token.low in known.given or token.low in known.heads or token.low in known.starts:
        return False
    return words.tokens[place + 1].low in known.given


def _loose_at_start(words: Words, place: int) -> bool:
    token, known = words.tokens[place], words.lexicon
    if token.text in {"-", "&", ".", "'", "'s", "A"}:
        return True
    if token.low in known.given and not token.opens:
        return False
    if token.low in known.function_words and len(token.text) > 1 and token.text != "US":
        return not is_acronym(words, place)
    return token.low in known.connectors and not token.capital and token.low not in known.particles
