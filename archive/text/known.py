"""Names that are known before a text is read: the authority file, and surnames that everybody knows."""

from __future__ import annotations

from archive.text.authority import Authority, AuthorityEntry, folded_alias
from archive.text.candidates import KNOWN_SCORE, Candidate
from archive.text.nametokens import Token, Words
from archive.text.types import Kind

_SURNAME_SCORE = 0.75
_ORGANISATION_SCORE = 0.9
# A known name that only begins a longer one ("Reuters Foundation") is not cut out of it; the longer one is
# sought within this many tokens.
_LONGEST_REST = 7


def known_names(words: Words, authority: Authority) -> list[Candidate]:
    """The longest known names, left to right."""
    found: list[Candidate] = []
    place, tokens = 0, words.tokens
    while place < len(tokens):
        match = _known_from(words, authority, place) if _may_open(tokens, place) else None
        if match:
            found.append(match)
            place = match.last
        else:
            place += 1
    return found


def _may_open(tokens: tuple[Token, ...], place: int) -> bool:
    if tokens[place].capital:
        return place == 0 or tokens[place - 1].text not in {"@", "#"}
    return tokens[place].low in {"al", "el"} and place + 1 < len(tokens) and tokens[place + 1].capital


def _known_from(words: Words, authority: Authority, place: int) -> Candidate | None:
    tokens = words.tokens
    opening = folded_alias(tokens[place].text).split()
    longest = authority.longest_from(opening[0]) if opening else 0
    # A word of an alias may be two tokens where hyphens divide it.
    for last in range(min(place + longest * 2, len(tokens)), place, -1):
        ends_name = tokens[last - 1].text[0].isalnum() or tokens[last - 1].text == "'s"
        if not longest or not ends_name or _in_compound(words, last):
            continue
        name = words.printed(place, last)
        entry = authority.find(name)
        if (entry or authority.is_organisation(name)) and _stands_alone(words, authority, place, last, name):
            return _known(words, entry, place, last)
    if authority.is_lone_surname(tokens[place].low) and _alone(words, place):
        return Candidate(
            place, place + 1, Kind.PERSON, _SURNAME_SCORE, "well-known surname", tokens[place].text
        )
    return None


def _known(words: Words, entry: AuthorityEntry | None, first: int, last: int) -> Candidate:
    if entry is None:
        name = words.printed(first, last)
        return Candidate(first, last, Kind.ORGANISATION, _ORGANISATION_SCORE, "well-known organisation", name)
    while entry.kind is Kind.PERSON and last - first > 1 and words.tokens[first].low in words.lexicon.titles:
        first += 1
    return Candidate(first, last, entry.kind, KNOWN_SCORE, "authority file", f"{entry.name} ({entry.source})")


def _stands_alone(words: Words, authority: Authority, first: int, last: int, name: str) -> bool:
    """Whether a known name is not the beginning of another, and has the article that it needs."""
    tokens, known = words.tokens, words.lexicon
    if authority.wants_article(name) and (first == 0 or tokens[first - 1].low != "the"):
        return False
    if _inside_name(words, first, last):
        return False
    rest = last
    while rest < min(last + _LONGEST_REST, len(tokens)) and tokens[rest].capital:
        if tokens[rest].low in known.titles:
            return True
        rest += 1
    return rest == last or not (
        tokens[rest - 1].low in known.heads or tokens[rest - 1].low in known.place_heads
    )


def _in_compound(words: Words, last: int) -> bool:
    """Whether a name only describes: "ISIL-held"."""
    tokens = words.tokens
    if last + 1 >= len(tokens) or tokens[last].text != "-" or tokens[last].start != tokens[last - 1].end:
        return False
    return tokens[last + 1].low in words.lexicon.compound_ends


def _inside_name(words: Words, first: int, last: int) -> bool:
    """Whether a known word ends another name: "Robert Ford", "Department of the Treasury"."""
    tokens, known = words.tokens, words.lexicon
    if last - first > 1 or first == 0:
        return False
    before = tokens[first - 1]
    if before.capital and _names_a_person(words, first - 1):
        return True
    of = first - 2 if before.low == "the" else first - 1
    return of > 0 and tokens[of].low == "of" and tokens[of - 1].capital and tokens[of - 1].low in known.starts


def _names_a_person(words: Words, place: int) -> bool:
    """Whether a capitalised word before a known one is a given name rather than a word that describes it."""
    token, known = words.tokens[place], words.lexicon
    if token.low in known.given:
        return token.low not in known.places or words.tokens[place + 1].low in known.family
    describes = token.opens or token.text.isupper() or token.text.endswith(".")
    return not describes and not any(
        token.low in group
        for group in (
            known.common,
            known.places,
            known.demonyms,
            known.titles,
            known.heads,
            known.months,
            known.family,
        )
    )


def _alone(words: Words, place: int) -> bool:
    """Whether no capitalised neighbour makes a longer name of a surname."""
    tokens = words.tokens
    token = tokens[place]
    if token.text.isupper() or words.heading[place]:
        return False
    if place + 1 < len(tokens) and tokens[place + 1].capital:
        return False
    before = tokens[place - 1] if place else None
    if before is None or before.low in words.lexicon.function_words:
        return True
    return not before.capital and before.text != "]" and before.low not in {"al", "el", "bin", "ibn"}
