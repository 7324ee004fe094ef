"""What a text says of a name once counts everywhere in it: full name to surname, long form to acronym,
same string.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from archive.text.candidates import Candidate, is_acronym
from archive.text.nametokens import Token, Words
from archive.text.organisations import TEAM
from archive.text.types import Kind

_SURE = 0.6  # from this score on a candidate speaks for others
_SURE_OF_NEITHER = 0.9  # what is surely no name is none everywhere in the text
_SAME_NAME_SCORE = 0.7
_SURNAME_SCORE = 0.8
_RECURS_SCORE = 0.65
_ROW_SCORE = 0.55
_SHORT_SCORE = 0.6
_SHORTEST_OPENING = 3  # letters; a word that an organisation is called by for short has more
_ARTICLES = ("al-", "el-")


def propagate(words: Words, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, the doubtful ones judged by the sure ones of the same text."""
    alone = Counter(words.tokens[c.last - 1].low for c in candidates if _is_lone(words, c))
    spread = [_by_recurring_surname(words, candidate, alone) for candidate in candidates]
    spread = [_in_a_row(words, spread, place) for place in range(len(spread))]
    same = {
        _folded(words, c): c for c in reversed(spread) if c.score >= (_SURE if c.kind else _SURE_OF_NEITHER)
    }
    surnames = _surnames(words, spread)
    heads, openings = _heads(words, spread), _openings(words, spread, surnames)
    again = (_short_form(words, _judged_again(words, c, same, surnames), heads) for c in spread)
    return [_by_opening_word(words, candidate, openings) for candidate in again]


def _folded(words: Words, candidate: Candidate) -> str:
    return words.printed(candidate.first, candidate.last).lower()


def _by_recurring_surname(words: Words, candidate: Candidate, alone: Mapping[str, int]) -> Candidate:
    """Two to four unknown words whose last word recurs alone are a person with a surname."""
    tokens, known = words.tokens, words.lexicon
    if candidate.score >= _SURE or not 2 <= candidate.last - candidate.first <= 4:
        return candidate
    if candidate.rule not in {"unknown", "family name"} or tokens[candidate.first - 1].low == "the":
        return candidate
    ending, opening = tokens[candidate.last - 1].low, tokens[candidate.first].low
    if (
        not alone.get(ending)
        or ending in known.common
        or ending in known.places
        or ending in known.demonyms
        or opening in known.common
    ):
        return candidate
    if (opening in known.places and opening not in known.given) or _names_a_thing(words, candidate):
        return candidate
    if any(sum(letter.isupper() for letter in t.text) > 2 for t in tokens[candidate.first : candidate.last]):
        return candidate
    detail = f"{tokens[candidate.last - 1].text} recurs alone"
    return candidate._replace(
        kind=Kind.PERSON, score=_RECURS_SCORE, rule="surname recurs alone", detail=detail
    )


def _names_a_thing(words: Words, candidate: Candidate) -> bool:
    """Whether a word of the name says that it is no person."""
    known = words.lexicon
    tokens = words.tokens[candidate.first : candidate.last]
    things = known.thing_heads, known.place_heads, known.months
    return any(token.text[0].isdigit() or any(token.low in group for group in things) for token in tokens)


def _in_a_row(words: Words, candidates: Sequence[Candidate], place: int) -> Candidate:
    """An unknown name beside a person in a list is a person: "Maria Stone, Ridho and Abdee Negara"."""
    candidate = candidates[place]
    if candidate.rule not in {"unknown", "family name"} or candidate.score >= _SURE:
        return candidate
    tokens, known = words.tokens, words.lexicon
    length = candidate.last - candidate.first
    if (
        length > 3
        or (length == 1 and tokens[candidate.first].opens)
        or any(t.low in known.common for t in tokens[candidate.first : candidate.last])
    ):
        return candidate
    for beside in (place - 1, place + 1):
        if 0 <= beside < len(candidates) and _belongs(words, candidate, candidates[beside]):
            detail = words.printed(candidates[beside].first, candidates[beside].last)
            found = candidate._replace(kind=Kind.PERSON, score=_ROW_SCORE)
            return found._replace(rule="somebody of an organisation", detail=detail)
        if 0 <= beside < len(candidates) and _lists_people(words, candidate, candidates[beside]):
            detail = words.printed(candidates[beside].first, candidates[beside].last)
            found = candidate._replace(kind=Kind.PERSON, score=_ROW_SCORE)
            return found._replace(rule="in a row with people", detail=detail)
    return candidate


def _belongs(words: Words, candidate: Candidate, other: Candidate) -> bool:
    """Whether two or three unknown words follow an organisation's possessive: "Licadho's Naly Pilorge"."""
    tokens = words.tokens
    if other.kind is not Kind.ORGANISATION or other.last + 1 != candidate.first:
        return False
    return tokens[other.last].text in {"'s", "'"} and candidate.last - candidate.first in {2, 3}


def _lists_people(words: Words, candidate: Candidate, other: Candidate) -> bool:
    """Whether only commas or "and" divide a candidate from a sure person of as many words."""
    first, second = sorted((candidate, other))
    between = {token.text for token in words.tokens[first.last : second.first]}
    if other.kind is not Kind.PERSON or other.score < _SURE or not between:
        return False
    as_long = candidate.last - candidate.first > 1 or other.last - other.first == 1
    return as_long and between <= {",", "and", "or", "&"}


def _surnames(words: Words, candidates: Sequence[Candidate]) -> dict[str, Candidate | None]:
    """Lone names that a fully named person may go by; None where two people of the text share one."""
    found: dict[str, Candidate | None] = {}
    for candidate in candidates:
        if (
            candidate.kind is not Kind.PERSON
            or candidate.score < _SURE
            or candidate.last - candidate.first < 2
        ):
            continue
        last = words.tokens[candidate.last - 1].low
        bare = last[3:] if last.startswith(_ARTICLES) else last
        for name in (last, bare, f"al-{bare}"):
            found.setdefault(name, candidate)
        first = words.tokens[candidate.first].low
        if first in words.lexicon.given:
            found.setdefault(first, candidate)
    return found


def _heads(words: Words, candidates: Sequence[Candidate]) -> dict[str, Candidate]:
    """The words by which the sure organisations of the text can be called for short."""
    known = words.lexicon
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        sure = candidate.kind is Kind.ORGANISATION and candidate.score >= _SURE
        if not sure or candidate.last - candidate.first < 2:
            continue
        opening, ending = words.tokens[candidate.first].low, words.tokens[candidate.last - 1].low
        if opening in known.heads or opening in known.starts:
            found.setdefault(opening, candidate)
        if ending in known.heads or ending in known.starts or candidate.rule == TEAM:
            found.setdefault(ending, candidate)
    return found


def _openings(
    words: Words, candidates: Sequence[Candidate], surnames: Mapping[str, Candidate | None]
) -> dict[str, Candidate]:
    """Words that only organisations of the text open with: "Newbridge" of "Newbridge Capital"."""
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        token = words.tokens[candidate.first]
        sure = candidate.kind is Kind.ORGANISATION and candidate.score >= _SURE
        if (
            sure
            and candidate.last - candidate.first > 1
            and token.low not in surnames
            and _of_its_own(words, token)
        ):
            found.setdefault(token.low, candidate)
    return found


def _of_its_own(words: Words, token: Token) -> bool:
    """Whether a word is known as nothing else: no everyday word, place, people, title or personal name."""
    known = words.lexicon
    others = known.common, known.places, known.demonyms, known.titles, known.given, known.family
    general = (
        known.heads,
        known.starts,
        known.thing_heads,
        known.place_heads,
        known.months,
        known.place_starts,
    )
    return (
        len(token.low) > _SHORTEST_OPENING
        and token.text.isalpha()
        and not any(token.low in group for group in (*others, *general))
        and token.low not in words.small
    )


def _by_opening_word(words: Words, candidate: Candidate, openings: Mapping[str, Candidate]) -> Candidate:
    """The opening word alone is the organisation where nothing better is known of it."""
    if candidate.last - candidate.first != 1 or candidate.score >= _SURE or words.heading[candidate.first]:
        return candidate
    full = openings.get(words.tokens[candidate.first].low)
    if full is None:
        return candidate
    found = candidate._replace(
        kind=Kind.ORGANISATION, score=_SHORT_SCORE, rule="opening word of an organisation"
    )
    return found._replace(detail=words.printed(full.first, full.last))


def _short_form(words: Words, candidate: Candidate, heads: Mapping[str, Candidate]) -> Candidate:
    """ "the Council" is an organisation where the text names a council in full."""
    token = words.tokens[candidate.first]
    full = heads.get(token.low)
    if (
        candidate.kind
        or candidate.last - candidate.first != 1
        or full is None
        or words.heading[candidate.first]
    ):
        return candidate
    before = words.tokens[candidate.first - 1].low if candidate.first else ""
    if before != "the" or token.text.isupper():
        return candidate
    found = candidate._replace(
        kind=Kind.ORGANISATION, score=_SHORT_SCORE, rule="short form of an organisation"
    )
    return found._replace(detail=words.printed(full.first, full.last))


def _judged_again(
    words: Words,
    candidate: Candidate,
    same: Mapping[str, Candidate],
    surnames: Mapping[str, Candidate | None],
) -> Candidate:
    folded = _folded(words, candidate)
    twin = same.get(folded)
    if twin and candidate.score < (_SURE if twin.kind else _SAME_NAME_SCORE):
        detail = f"{words.printed(twin.first, twin.last)}: {twin.rule}"
        return candidate._replace(
            kind=twin.kind, score=_SAME_NAME_SCORE, rule="same name elsewhere", detail=detail
        )
    if candidate.score >= _SAME_NAME_SCORE or not _is_lone(words, candidate):
        return candidate
    return _by_surname(words, candidate, surnames)


def _is_lone(words: Words, candidate: Candidate) -> bool:
    """Whether a name is one word, small words of personal names apart: "Le Pen"."""
    particles = words.lexicon.particles
    return all(token.low in particles for token in words.tokens[candidate.first : candidate.last - 1])


def _by_surname(words: Words, candidate: Candidate, surnames: Mapping[str, Candidate | None]) -> Candidate:
    token, known = words.tokens[candidate.last - 1], words.lexicon
    full = surnames.get(token.low)
    if full is None or token.low in known.countries or token.low in known.demonyms or len(token.text) < 2:
        return candidate
    if is_acronym(words, candidate.last - 1) or token.low in known.function_words:
        return candidate
    if token.opens and token.low in known.common and token.low in words.small:
        return candidate
    detail = words.printed(full.first, full.last)
    return candidate._replace(
        kind=Kind.PERSON, score=_SURNAME_SCORE, rule="part of a full name", detail=detail
    )
