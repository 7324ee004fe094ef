"""People and organisations that a text names, each with the evidence that found it.

The rules here are the default recogniser. Another one plugs in under the entry-point group
`archive.recognisers`; what it finds runs through the same `archive.text.resolving`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archive.text.authority import Authority
from archive.text.candidates import (
    DEFINED_SCORE,
    Candidate,
    Run,
    cut,
    defined_acronyms,
    runs,
    trimmed,
)
from archive.text.judging import judge
from archive.text.known import known_names
from archive.text.nametokens import Words, words_of
from archive.text.propagation import propagate
from archive.text.types import Block, Evidence, Kind, Mention

RECOGNISER = "rules"
_LEAST_SCORE = 0.5


def recognise(
    body: str, *, blocks: Sequence[Block] = (), authority: Authority | None = None
) -> list[Mention]:
    """Mentions of people and organisations in `body`, in order, none overlapping another.

    `blocks` are the paragraphs and subheadings of the body, if known: a subheading receives names, it does
    not start them. `authority` is the shipped one unless given. Takes time linear in the length of the
    body.
    """
    words = words_of(body, blocks)
    authority = authority or Authority.shipped()
    found = propagate(words, without_overlaps(_candidates(words, authority)))
    return [
        _mention(words, candidate)
        for candidate in found
        if candidate.kind and candidate.score >= _LEAST_SCORE
    ]


def _candidates(words: Words, authority: Authority) -> list[Candidate]:
    known = known_names(words, authority)
    found = [*known, *_acronyms(words)]
    for run in runs(words):
        for part in cut(run, known):
            part = trimmed(words, part)
            if part.first < part.last:
                found.extend(judge(words, part))
    return found


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
    if ending in known.heads:
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


def _mention(words: Words, candidate: Candidate) -> Mention:
    start, end = words.tokens[candidate.first].start, words.tokens[candidate.last - 1].end
    assert candidate.kind is not None
    evidence = Evidence(candidate.rule, candidate.detail)
    return Mention(start, end, candidate.kind, candidate.score, (evidence,), RECOGNISER)
