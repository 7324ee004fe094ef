"""People and organisations that a text names, each with the evidence that found it.

The rules here are the default recogniser. Any other one is a function from a body to mentions; what it finds
takes the place of what the rules judge, and what a text says of a name once still counts everywhere in it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from archive.text.authority import Authority
from archive.text.candidates import (
    DEFINED_SCORE,
    Candidate,
    Run,
    between,
    defined_acronyms,
    runs,
    trimmed,
)
from archive.text.judging import judge
from archive.text.known import known_names
from archive.text.nametokens import Words, words_of
from archive.text.organisations import by_opening_word
from archive.text.propagation import propagate
from archive.text.types import Block, Evidence, Kind, Mention

# What plugs in under the entry-point group `archive.recognisers`.
Recogniser = Callable[[str], Iterable[Mention]]

RULES = "rules"
_LEAST_SCORE = 0.5
_MOST_RUNS = 20_000  # runs of capitalised words that are judged: a megabyte of prose has fewer


def recognise(
    body: str,
    *,
    blocks: Sequence[Block] = (),
    authority: Authority | None = None,
    recogniser: Recogniser | None = None,
) -> list[Mention]:
    """Mentions of people and organisations in `body`, in order, none overlapping another.

    `blocks` are the paragraphs and subheadings of the body, if known: a subheading receives names, it does
    not start them. `authority` is the shipped one unless given. `recogniser` is the rules unless given; the
    authority file and the spreading of names inside the text work after any. Takes time linear in the
    length of the body, apart from what another recogniser takes.
    """
    words = words_of(body, blocks)
    authority = authority or Authority.shipped()
    if recogniser is None:
        candidates, name = _candidates(words, authority), RULES
    else:
        mentions = list(recogniser(body))
        name = mentions[0].recogniser if mentions else ""
        candidates = _plugged(words, authority, mentions)
    found = propagate(words, without_overlaps(candidates))
    return [_mention(words, c, name) for c in found if c.kind and c.score >= _LEAST_SCORE]


def _plugged(words: Words, authority: Authority, mentions: Iterable[Mention]) -> list[Candidate]:
    """Known names, another recogniser's mentions, and capitalised words that nobody has judged."""
    known = known_names(words, authority)
    unjudged = [
        candidate._replace(kind=None, score=0.0, rule="unknown", detail="")
        for candidate in _judged(words, known)
    ]
    return [*known, *_as_candidates(words, mentions), *unjudged]


def _as_candidates(words: Words, mentions: Iterable[Mention]) -> Iterable[Candidate]:
    """Mentions as stretches of tokens; what covers no token is left out."""
    starts = [token.start for token in words.tokens]
    ends = [token.end for token in words.tokens]
    for mention in mentions:
        first, last = bisect_right(ends, mention.start), bisect_left(starts, mention.end)
        if first < last:
            evidence = mention.evidence[0] if mention.evidence else Evidence(mention.recogniser, "")
            yield Candidate(first, last, mention.kind, mention.score, evidence.rule, evidence.detail)


def _candidates(words: Words, authority: Authority) -> list[Candidate]:
    known = known_names(words, authority)
    return [*known, *_acronyms(words), *_judged(words, known)]


def _judged(words: Words, known: list[Candidate]) -> Iterable[Candidate]:
    """What the rules say of the runs of capitalised words between known names."""
    starts = [candidate.first for candidate in known]
    ends = [candidate.last for candidate in known]
    for run in islice(runs(words), _MOST_RUNS):
        inside = known[bisect_right(ends, run.first) : bisect_left(starts, run.last)]
        for part in between(run, inside):
            part = trimmed(words, part)
            if part.first < part.last:
                yield from judge(words, part)


def _acronyms(words: Words) -> Iterable[Candidate]:
    """Long forms and their acronyms; those of programmes, laws and weapons are named as what they are:
    neither.
    """
    for long_form, place in defined_acronyms(words):
        acronym, detail = words.tokens[place].text, words.printed(*long_form)
        kind = None if _names_a_thing(words, long_form) else Kind.ORGANISATION
        yield Candidate(*long_form, kind, DEFINED_SCORE, "acronym explained", f"{detail} ({acronym})")
        yield Candidate(place, place + 1, kind, DEFINED_SCORE, "acronym explained", detail)


def _names_a_thing(words: Words, run: Run) -> bool:
    ending, known = words.tokens[run.last - 1].low, words.lexicon
    if ending in known.heads or by_opening_word(words, run):
        return False
    return ending in known.thing_heads or ending in known.titles or ending in known.roles


def without_overlaps(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The surest candidates, then the longest, in order of the text; none shares a token with another."""
    taken: set[int] = set()
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (-c.score, c.first - c.last, c.first)):
        places = range(candidate.first, candidate.last)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(candidate)
    return sorted(kept)


def _mention(words: Words, candidate: Candidate, recogniser: str) -> Mention:
    start, end = words.tokens[candidate.first].start, words.tokens[candidate.last - 1].end
    assert candidate.kind is not None
    evidence = Evidence(candidate.rule, candidate.detail)
    return Mention(start, end, candidate.kind, candidate.score, (evidence,), recogniser)
