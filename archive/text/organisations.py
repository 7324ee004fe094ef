"""What makes a run of capitalised words an organisation: head words, acronyms, the words around it."""

from __future__ import annotations

import re

from archive.text.candidates import Candidate, Run, is_acronym
from archive.text.nametokens import Words
from archive.text.types import Kind

# Tokens after a comma within which a description names its noun.
_LONGEST_DESCRIPTION = 8
TEAM = "place and plural, as teams are called"

_CLUBS = frozenset({"fc", "afc", "cf"})
_JOINTS = re.compile(r"-(?:e|i|ul|ud|ut|al)-")
# "CTF 50": units have numbers of up to three digits.
_LONGEST_UNIT_NUMBER = 3


def _organisation(run: Run, score: float, rule: str, detail: str) -> Candidate:
    return Candidate(run.first, run.last, Kind.ORGANISATION, score, rule, detail)


def by_head_word(words: Words, run: Run) -> Candidate | None:
    """ "Syrian Democratic Forces", "Ministry of Oil": a word that organisations are called by."""
    tokens, known = words.tokens, words.lexicon
    first, last = run
    length = last - first
    head = tokens[last - 1]
    if length < 2 or (head.low in known.thing_heads and head.low not in known.heads):
        return None
    surname = length == 2 and head.low in known.family and tokens[first].low in known.given
    if head.low in known.heads and not surname:
        weak = head.low in known.weak_heads
        if head.low in known.units and first > 0 and tokens[first - 1].text.isdecimal() and length > 1:
            run = Run(first - 1, last)
        return _organisation(run, 0.7 if weak else 0.85, "head word of organisations", head.text)
    return None


def by_newspaper(words: Words, run: Run) -> Candidate | None:
    """ "Toronto Star": a place and what newspapers are called."""
    tokens, known = words.tokens, words.lexicon
    if run.last - run.first < 2 or tokens[run.last - 1].low not in known.newspapers:
        return None
    if words.printed(run.first, run.last - 1).lower() not in known.places:
        return None
    return _organisation(run, 0.8, "place and word of newspapers", words.printed(*run))


def by_club(words: Words, run: Run) -> Candidate | None:
    """ "FC Porto", "the Boston Bruins": what sports clubs are called."""
    tokens, known = words.tokens, words.lexicon
    ending = tokens[run.last - 1].low
    if run.last - run.first < 2:
        return None
    if tokens[run.first].low in known.club_openings and tokens[run.first].text.isupper():
        return _organisation(run, 0.75, "word of clubs", tokens[run.first].text)
    if ending in _CLUBS and tokens[run.last - 1].text.isupper():
        return _organisation(run, 0.75, "word of clubs", tokens[run.last - 1].text)
    place = words.printed(run.first, run.last - 1).lower() in known.places
    if place and ending in known.club_endings:
        return _organisation(run, 0.75, "word of clubs", tokens[run.last - 1].text)
    before = tokens[run.first - 1].low if run.first else ""
    plural = ending.endswith("s") and not ending.endswith("ss") and len(ending) > 4
    thing = ending in known.thing_heads or ending in known.place_heads or ending in known.demonyms
    if place and before == "the" and plural and not thing and ending not in known.roles:
        return _organisation(run, 0.6, TEAM, words.printed(*run))
    return None


def by_ampersand(words: Words, run: Run) -> Candidate | None:
    """ "Larsen & Toubro": two names that a company is called by."""
    tokens, known = words.tokens, words.lexicon
    marks = [place for place in range(run.first + 1, run.last - 1) if tokens[place].text == "&"]
    if len(marks) != 1 or run.last - run.first > 4:
        return None
    sides = tokens[run.first], tokens[run.last - 1]
    if all(token.low in known.common or token.low in known.places for token in sides):
        return None
    return _organisation(run, 0.7, "two names joined by an ampersand", words.printed(*run))


def by_opening_word(words: Words, run: Run) -> Candidate | None:
    """ "Ministry of Oil", "Bank of Japan", "Jaish al-Islam"."""
    tokens, known = words.tokens, words.lexicon
    first, last = run
    if last - first < 2:
        return None
    opening = tokens[first]
    if opening.low in known.foreign_starts:
        return _organisation(run, 0.8, "opening word of organisations", opening.text)
    for place in range(first + 1, last):
        if tokens[place].low not in {"of", "for", "on"}:
            continue
        before = tokens[place - 1].low
        if before in known.thing_heads and before not in known.starts:
            return None
        if before in known.heads or opening.low in known.starts or "islamic" in opening.low:
            return _organisation(run, 0.85, "opening word of organisations", words.printed(first, place))
        return None
    return None


def by_compound(words: Words, run: Run) -> Candidate | None:
    """ "Lashkar-e-Islam": a word of groups joined to what they are for."""
    token = words.tokens[run.first]
    opening, joint, _ = token.low.partition("-")
    if not joint or not _JOINTS.search(token.low) or opening not in words.lexicon.foreign_starts:
        return None
    return _organisation(run, 0.8, "opening word of organisations", token.text)


def by_inner_word(words: Words, run: Run) -> Candidate | None:
    """ "Army Air Defence Corps South": a head word inside a longer name."""
    tokens, known = words.tokens, words.lexicon
    if (
        run.last - run.first < 3
        or tokens[run.first].low in known.given
        or tokens[run.last - 1].low in known.thing_heads
    ):
        return None
    for place in range(run.first, run.last):
        low = tokens[place].low
        if low in known.heads and low not in known.weak_heads and low not in known.titles:
            return _organisation(run, 0.65, "word of organisations inside the name", tokens[place].text)
    return None


def by_acronym(words: Words, run: Run) -> Candidate | None:
    """An acronym that is not known to name something else."""
    if words.heading[run.first]:
        return None
    if run.last - run.first == 1 and is_acronym(words, run.first) and not _among_shouted(words, run.first):
        return _single_acronym(words, run)
    if run.last - run.first == 2 and is_acronym(words, run.first + 1):
        if words.tokens[run.first].text[0].isdigit():
            return _organisation(run, 0.65, "number and acronym of a unit", words.printed(*run))
        if is_acronym(words, run.first):
            return _organisation(run, 0.55, "acronym", words.printed(*run))
    return None


def _single_acronym(words: Words, run: Run) -> Candidate | None:
    token = words.tokens[run.first]
    if token.low in words.small and len(token.text) < 5:
        return None
    if describes(words, run.last):
        return Candidate(*run, None, 0.75, "first half of a compound", token.text)
    number = words.tokens[run.last] if run.last < len(words.tokens) else None
    if number and number.text.isdecimal() and len(number.text) <= _LONGEST_UNIT_NUMBER:
        run = Run(run.first, run.last + 1)
    return _organisation(run, 0.62, "acronym", words.printed(*run))


def describes(words: Words, last: int) -> bool:
    """Whether a name that ends before `last` only describes something: "ISIL-held"."""
    tokens = words.tokens
    if last + 1 >= len(tokens) or tokens[last].text != "-" or tokens[last].start != tokens[last - 1].end:
        return False
    return tokens[last + 1].low in words.lexicon.compound_ends


def _among_shouted(words: Words, place: int) -> bool:
    """Whether the words beside are in capitals as well, as in "TOP OF THE HOUR"."""
    tokens = words.tokens
    beside = [tokens[k].text for k in (place - 1, place + 1) if 0 <= k < len(tokens)]
    return any(len(text) > 1 and text.isupper() and text.isalpha() for text in beside)


def by_noun_after(words: Words, run: Run) -> Candidate | None:
    """ "Haaretz newspaper", "Fars news agency": a noun right after the name says what it is."""
    tokens, known = words.tokens, words.lexicon
    if run.last >= len(tokens) or tokens[run.last].capital or words.heading[run.first]:
        return None
    after = tokens[run.last].low
    if (
        after == "news"
        and run.last + 1 < len(tokens)
        and tokens[run.last + 1].low in {"agency", "channel", "site", "website"}
    ):
        after = "agency"
    name = tokens[run.last - 1].low
    if name in known.demonyms or name in known.places or name in known.titles or name in known.months:
        return None
    if after in known.sure_noun_after and not words.tokens[run.first].opens:
        return _organisation(run, 0.65, "noun after the name", tokens[run.last].text)
    return None


def by_kind_before(words: Words, run: Run) -> Candidate | None:
    """ "the retailer Harbour": what an organisation is, in small letters before the name."""
    tokens, known = words.tokens, words.lexicon
    before = tokens[run.first - 1] if run.first else None
    if before is None or before.capital or before.low not in known.kinds or run.last - run.first > 3:
        return None
    names = [token.low for token in tokens[run.first : run.last]]
    if any(name in known.months or name in known.demonyms or name in known.titles for name in names):
        return None
    if " ".join(names) in known.places or names[0] in known.given:
        return None
    if len(names) == 1 and (names[0] in known.common or len(names[0]) < 3):
        return None
    return _organisation(run, 0.6, "kind of organisation before the name", before.text)


def by_apposition(words: Words, run: Run) -> Candidate | None:
    """ "Gazprom, the gas company": what follows the comma says what it is."""
    tokens, known = words.tokens, words.lexicon
    following = [token.low for token in tokens[run.last : run.last + 2]]
    if following[:1] != [","] or following[1:] not in (["a"], ["an"], ["the"]):
        return None
    ending = tokens[run.last - 1].low
    if ending in known.places or ending in known.demonyms or tokens[run.first].low in known.given:
        return None
    for place in range(run.last + 2, min(run.last + _LONGEST_DESCRIPTION, len(tokens))):
        low = tokens[place].low
        if low in known.apposition_nouns and _ends_description(words, place):
            return _organisation(run, 0.6, "apposition", words.printed(run.last + 1, place + 1))
        if low in known.description_ends or not low[0].isalpha():
            return None
    return None


def _ends_description(words: Words, place: int) -> bool:
    after = words.tokens[place + 1] if place + 1 < len(words.tokens) else None
    if after is None or after.text == "'s":
        return False
    return not after.text.isalpha() or after.low in words.lexicon.after_noun
