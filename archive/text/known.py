"""Names that are known before a text is read: the authority file, and surnames that everybody knows."""

from __future__ import annotations

from archive.text.authority import Authority, AuthorityEntry
from archive.text.candidates import KNOWN_SCORE, Candidate
from archive.text.nametokens import Words
from archive.text.organisations import describes
from archive.text.types import Kind

_SURNAME_SCORE = 0.75
_ORGANISATION_SCORE = 0.9
# A known name that only begins a longer one ("Reuters Foundation") is not cut out of it; the longer one is
# sought within this many tokens.
_LONGEST_REST = 7
_LONGEST_NAME = 20  # tokens of the longest known name


def known_names(words: Words, authority: Authority) -> list[Candidate]:
    """The longest known names, left to right."""
    found: list[Candidate] = []
    free = 0
    for capital in words.capitals:
        place = capital - 1 if capital and words.tokens[capital - 1].low in {"al", "el"} else capital
        if place < free or (place and words.tokens[place - 1].text in {"@", "#"}):
            continue
        match = _known_from(words, authority, place)
        if match:
            found.append(match)
            free = match.last
    return found


def _known_from(words: Words, authority: Authority, place: int) -> Candidate | None:
    tokens = words.tokens
    following = (token.low for token in tokens[place : place + _LONGEST_NAME])
    for count in reversed(authority.ends_of_names(following)):
        last = place + count
        if describes(words, last):
            continue
        name = words.printed(place, last)
        entry = authority.find(name)
        if (entry or authority.is_organisation(name)) and _stands_alone(words, authority, place, last, name):
            return _known(words, entry, place, last)
    if authority.is_lone_surname(tokens[place].low) and _alone(words, place):
        detail = tokens[place].text
        return Candidate(place, place + 1, Kind.PERSON, _SURNAME_SCORE, "well-known surname", detail)
    return None


def _known(words: Words, entry: AuthorityEntry | None, first: int, last: int) -> Candidate:
    if entry is None:
        name = words.printed(first, last)
        return Candidate(first, last, Kind.ORGANISATION, _ORGANISATION_SCORE, "well-known organisation", name)
    if entry.kind is Kind.ORGANISATION:
        first = _with_country(words, first, last)
    while entry.kind is Kind.PERSON and last - first > 1 and words.tokens[first].low in words.lexicon.titles:
        first += 1
    return Candidate(first, last, entry.kind, KNOWN_SCORE, "authority file", f"{entry.name} ({entry.source})")


def _with_country(words: Words, first: int, last: int) -> int:
    """Where a name of general words starts with its country: "British Red Cross"."""
    tokens, known = words.tokens, words.lexicon
    general = all(t.low in known.common or t.low in known.heads for t in tokens[first:last])
    if not general or last - first < 2 or first == 0 or not tokens[first - 1].capital:
        return first
    if tokens[first - 1].low in known.demonyms or tokens[first - 1].low in known.countries:
        return first - 1
    two_words = words.printed(max(0, first - 2), first).lower() in known.countries
    return first - 2 if two_words else first


def _stands_alone(words: Words, authority: Authority, first: int, last: int, name: str) -> bool:
    """Whether a known name is not the beginning of another, and has the article that it needs."""
    tokens, known = words.tokens, words.lexicon
    if authority.wants_article(name) and (first == 0 or tokens[first - 1].low != "the"):
        return False
    if _inside_name(words, first, last) or _shouted(words, first, last) or _ends_longer(words, first, last):
        return False
    rest = last
    while rest < min(last + _LONGEST_REST, len(tokens)) and tokens[rest].capital:
        if tokens[rest].low in known.titles:
            return True
        rest += 1
    while rest > last and any(letter.isdigit() for letter in tokens[rest - 1].text):
        rest -= 1  # "Korean Air Force C-130"
    return rest == last or not (
        tokens[rest - 1].low in known.heads or tokens[rest - 1].low in known.place_heads
    )


def _ends_longer(words: Words, first: int, last: int) -> bool:
    """Whether a name of general words ends a longer one: "Ta'ang National Liberation Army"."""
    tokens, known = words.tokens, words.lexicon
    if first == 0 or not any(token.low in known.heads for token in tokens[first:last]):
        return False
    before = tokens[first - 1]
    if not before.capital or before.low in known.function_words or before.low in known.titles:
        return False
    general = known.common, known.heads, known.demonyms, known.places, known.connectors
    return all(any(token.low in group for group in general) for token in tokens[first:last])


def _shouted(words: Words, first: int, last: int) -> bool:
    """Whether a known acronym is only a word of a line in capitals: "WHAT IS NEW"."""
    tokens, known = words.tokens, words.lexicon
    if last - first > 1 or tokens[first].low not in known.function_words:
        return False
    beside = [tokens[k] for k in (first - 1, last) if 0 <= k < len(tokens)]
    return any(token.text.isupper() and token.low in known.function_words for token in beside)


def _inside_name(words: Words, first: int, last: int) -> bool:
    """Whether a known word ends another name: "Robert Ford", "Department of the Treasury"."""
    tokens, known = words.tokens, words.lexicon
    if last - first > 1 or first == 0:
        return False
    after = tokens[last] if last < len(tokens) else None
    if tokens[first].low in known.given and after and after.capital and after.low in known.family:
        return True
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
