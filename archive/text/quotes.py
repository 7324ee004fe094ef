"""Quoted words, who says them and by which verb."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from archive.text.marks import Stretch, stretches
from archive.text.phrases import lexicon
from archive.text.speaker_candidates import (
    BEHIND,
    RIGHT_BEFORE,
    RIGHT_BEHIND,
    SAME_PARAGRAPH,
    SENTENCE_AFTER,
    SENTENCE_BEFORE,
    SUBJECT,
    SUBJECT_BEFORE,
    Candidate,
    Scene,
    announcing,
    candidates,
    scene,
    unread,
)
from archive.text.speaker_mentions import Cast
from archive.text.speakers import likeliest
from archive.text.types import Evidence, Mention, Quote, QuoteKind, Span

_PARAGRAPH = re.compile(r"[^\n]+")
_COLON = re.compile(r":[\s_\x00]*$")
_LONGEST_END = 40  # characters behind a colon that nobody reads
_SHORTEST_BLOCK = 60  # letters; shorter paragraphs after a colon are items of a list
_SHORTEST_STATEMENT = 4  # words
_SURELY_STATEMENT = 12  # words; so many are a statement even without a visible beginning
_BESIDE = frozenset({RIGHT_BEHIND, RIGHT_BEFORE})
# Few words with a capital are a title more often than not where only one of these rules reaches a source.
_FAINT = frozenset({BEHIND, SUBJECT, SUBJECT_BEFORE, SENTENCE_BEFORE, SENTENCE_AFTER})
_FEWEST_SINGLE = 3  # stretches in single marks from which they are an article's usual marks
# What stands before the title of a broadcast or a book: "on ABC's", "in the book".
_NAMED_SO = re.compile(
    r"(?:\b(?:on|of|in|at|for|with|from|by|book|film|show|song|movie|program|titled|called)|['’]s) $"
)
_LONGEST_NAMING = 12  # letters
_LONGEST_TITLE = 8  # words
_MOST = 5_000  # stretches in marks of a text that are read: a megabyte of prose has fewer
_LONGEST_TERM = 5  # words that, without a source in reach, are a title or a term and no quotation


def quotations(body: str, mentions: Sequence[Mention] = ()) -> list[Quote]:
    """Every quotation of an article in order, none overlapping another.

    `body` is the clean text; `mentions` are its names, in any order, to which the speakers are linked.
    A quotation that goes on after "he said" is one value for each stretch. Terms and titles in marks that
    nobody says are left out; a few quoted words inside a reported statement are of kind MIXED.
    """
    marked = _alike(stretches(body)[:_MOST])
    cast = Cast(body, mentions, marked)
    found: list[Quote] = []
    last: Candidate | None = None
    person: int | None = None
    for here, before in _scenes(body, marked):
        for quote, speaker in _of_scene(body, here, before, last):
            last = speaker or last
            if quote is None:
                continue
            who = cast.refers_to(quote.speaker, quote.spoken[0], person) if quote.speaker else None
            person = who if who is not None else person
            found.append(quote._replace(speaker_mention=who))
    return found


def _alike(marked: list[Stretch]) -> list[Stretch]:
    """Stretches with single marks counted as double ones where an article quotes with single marks only."""
    if any(stretch.double for stretch in marked) or len(marked) < _FEWEST_SINGLE:
        return marked
    return [stretch._replace(double=True) for stretch in marked]


def _scenes(body: str, marked: list[Stretch]) -> Iterator[tuple[Scene, Scene | None]]:
    """Each paragraph with the one before it; what no quotation can ask for is not read.

    One without marks is asked where it ends in a colon, or where the next holds nothing but quoted words.
    """
    starts = [stretch.start for stretch in marked]
    before: Scene | None = None
    for match in _PARAGRAPH.finditer(body):
        start, end = match.span()
        own = marked[bisect_left(starts, start) : bisect_left(starts, end)]
        asked = own or _COLON.search(body, max(start, end - _LONGEST_END), end)
        here = scene(body, start, end, own) if asked else unread(start, end)
        if before and here.only_quoted and not before.paragraph.words:
            before = scene(body, before.start, before.end, before.stretches)
        yield here, before
        before = here


def _of_scene(
    body: str, here: Scene, before: Scene | None, last: Candidate | None
) -> Iterator[tuple[Quote | None, Candidate | None]]:
    block = _block(here, before)
    if block:
        yield block, None
        return
    for number, stretch in enumerate(here.stretches):
        source = last.source if last else None
        speaker = likeliest(candidates(body, here, number, before, source))
        last = speaker or last
        yield (_quote(body, stretch, speaker) if _is_said(body, stretch, speaker) else None), speaker


def _is_said(body: str, stretch: Stretch, speaker: Candidate | None) -> bool:
    """Whether somebody says the words, so that they are no term or title in marks."""
    words = body[slice(*stretch.inner)].split()
    if not any(word[:1].isalnum() or word[1:2].isalnum() for word in words):
        return False
    if not stretch.double:
        sure = speaker is not None and speaker.rule in _BESIDE and speaker.plain
        return sure and _kind(words) is QuoteKind.DIRECT
    if speaker is None:
        return len(words) > _LONGEST_TERM
    if _is_title(words) and (speaker.rule == SAME_PARAGRAPH or _NAMED_SO.search(body, *_before(stretch))):
        return False
    titled = len(words) < _LONGEST_TERM and words[0][:1].isupper()
    return not (titled and speaker.rule in _FAINT)


def _before(stretch: Stretch) -> Span:
    return Span(max(0, stretch.start - _LONGEST_NAMING), stretch.start)


def _quote(body: str, stretch: Stretch, speaker: Candidate | None) -> Quote:
    words = body[slice(*stretch.inner)].split()
    rule = speaker.rule if speaker else "no source in reach"
    verb = speaker.verb if speaker else None
    return Quote(
        stretch.start,
        stretch.end,
        _kind(words),
        (stretch.inner,),
        speaker.source if speaker else None,
        None,
        verb,
        Evidence(rule, body[slice(*verb)] if verb else "", *(verb or (None, None))),
    )


def _kind(words: list[str]) -> QuoteKind:
    """A whole statement begins like a sentence, or has a subject and a verb; the rest are some words."""
    if len(words) < _SHORTEST_STATEMENT or _is_title(words):
        return QuoteKind.MIXED
    first = words[0].lstrip("[(…. ")
    if first[:1].isupper() or len(words) >= _SURELY_STATEMENT:
        return QuoteKind.DIRECT
    low = [word.strip(".,;:!?…[]()").lower().replace("’", "'") for word in words]
    begins = low[0] in lexicon().determiner or low[0] in lexicon().pronouns
    verb = any(word in lexicon().stating or "'" in word for word in low[1:])
    return QuoteKind.DIRECT if begins and verb else QuoteKind.MIXED


def _is_title(words: list[str]) -> bool:
    """Whether all longer words have a capital, as in the name of a book or a broadcast."""
    if not 1 < len(words) <= _LONGEST_TITLE or not words[0][:1].isupper():
        return False
    return all(word[:1].isupper() or not word[:1].isalpha() for word in words[1:] if len(word) > 3) and (
        sum(word[:1].isupper() for word in words) > 1
    )


def _block(here: Scene, before: Scene | None) -> Quote | None:
    """A paragraph without marks that the one before announces: "Kelly said:"."""
    if (
        before is None
        or here.end - here.start < _SHORTEST_BLOCK
        or any(s.double or s.start == here.start for s in here.stretches)
    ):
        return None
    words = before.paragraph.words
    if not words or words[-1].low != ":":
        return None
    speaker = announcing(before)
    if speaker is None or speaker.verb is None or not speaker.plain:
        return None
    span = Span(here.start, here.end)
    evidence = Evidence("block announced by a colon", "", *speaker.verb)
    return Quote(*span, QuoteKind.BLOCK, (span,), speaker.source, None, speaker.verb, evidence)
