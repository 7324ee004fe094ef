"""Where a run of capitalised words holds several names: "Fatah and the Islamic Jihad", "John Kelly of
Boston".
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.text.candidates import Run, is_acronym
from archive.text.nametokens import Words

_LOOK_AFTER = frozenset({"minister", "secretary", "commissioner"})
# What is called after people: "Church of St John", "House of Saud".
_NAMED_AFTER = frozenset(
    ["bank", "church", "house", "university", "college", "school", "order", "sons", "friends", "society"]
)


def pieces(words: Words, run: Run) -> Iterator[Run]:
    """The names of a run, split at "and" and at prepositions that belong to no name."""
    for place in range(run.first + 1, run.last - 1):
        low = words.tokens[place].low
        if low == "&" and _joins_people(words, run, place):
            yield from _both_sides(words, run, place)
            return
        if low == "and" and _two_subjects(words, run, place):
            yield from pieces(words, Run(place + 1, run.last))
            return
        if low == "and" and not _one_organisation(words, run, place):
            yield from _both_sides(words, run, place)
            return
        if low == "in" or (low in {"of", "for", "on"} and not _takes_complement(words, run.first, place)):
            yield from _both_sides(words, run, place)
            return
    yield run


def _two_subjects(words: Words, run: Run, place: int) -> bool:
    """Whether "and" joins what a minister looks after: "Algerian Energy and Mines Minister"."""
    tokens, known = words.tokens, words.lexicon
    if tokens[place - 1].low not in known.subjects or any(
        t.low in {"of", "for"} for t in tokens[run.first : place]
    ):
        return False
    after = place + 1
    while after < run.last and (tokens[after].low in known.subjects or tokens[after].low in known.common):
        if tokens[after].low in _LOOK_AFTER:
            return True
        after += 1
    return after < run.last and tokens[after].low in _LOOK_AFTER


def _joins_people(words: Words, run: Run, place: int) -> bool:
    """Whether "&" stands between given names: "Maria Stone & Peter Stone"."""
    given = words.lexicon.given
    return words.tokens[run.first].low in given and words.tokens[place + 1].low in given


def _both_sides(words: Words, run: Run, place: int) -> Iterator[Run]:
    yield from pieces(words, Run(run.first, place))
    following = place + 1
    while following < run.last and _small_connector(words, following):
        following += 1
    if following < run.last:
        yield from pieces(words, Run(following, run.last))


def _small_connector(words: Words, place: int) -> bool:
    token, known = words.tokens[place], words.lexicon
    return token.low in known.connectors and not token.capital and token.low not in known.particles


def _one_organisation(words: Words, run: Run, place: int) -> bool:
    """Whether "and" stands inside one organisation: "Department of Foreign Affairs and Trade"."""
    tokens, known = words.tokens, words.lexicon
    before = tokens[run.first : place]
    if place - 2 >= run.first and tokens[place - 2].low == "of" and tokens[place - 1].low in known.places:
        return tokens[run.first].low == "islamic"
    right_is_other_name = is_acronym(words, place + 1) or tokens[place + 1].low in known.given
    if any(token.low in known.titles for token in before[:-1]) and not any(t.low == "of" for t in before):
        return False
    left_head = _holds_head(words, Run(run.first, place)) or any(t.low in known.starts for t in before)
    left_open = left_head and any(token.low in {"of", "for"} for token in before)
    if left_open:
        return not right_is_other_name and not _holds_head(words, Run(place + 1, run.last))
    right_head = tokens[run.last - 1].low in known.heads
    opening = tokens[run.first].low
    opens_other_name = opening in known.given or opening in known.demonyms or opening in known.places
    return right_head and not left_head and not opens_other_name and not is_acronym(words, run.first)


def _holds_head(words: Words, run: Run) -> bool:
    """Whether a stretch holds a head word of its own, not only the subject of a ministry."""
    known = words.lexicon
    return any(
        token.low in known.heads and token.low not in known.subjects and token.low not in known.weak_heads
        for token in words.tokens[run.first : run.last]
    )


def _takes_complement(words: Words, first: int, place: int) -> bool:
    """Whether the words before a preposition ask for it: "Ministry of", "Secretary of", "Islamic State
    of".
    """
    known = words.lexicon
    following = words.tokens[place + 1].low
    person = following in known.given and following not in known.places
    if person and not _named_after_people(words, first):
        return False
    asks = any(
        token.low in known.starts
        or token.low in known.heads
        or token.low in known.foreign_starts
        or token.low in {"state", "islamic", "people"}
        for token in words.tokens[first:place]
    )
    return asks or words.tokens[place - 1].low in known.offices


def _named_after_people(words: Words, first: int) -> bool:
    return any(token.low in _NAMED_AFTER for token in words.tokens[first : first + 4])
