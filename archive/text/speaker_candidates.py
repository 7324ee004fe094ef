"""Everybody who may speak a quotation, each with what speaks for and against.

A candidate is a printed source near the quotation, found by one rule; its features are short names whose
weights stand in `rules/speakers.toml`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archive.text.attribution import Attribution, How, attributions
from archive.text.marks import Stretch
from archive.text.phrases import (
    QUOTED,
    Paragraph,
    lexicon,
    noun_phrase_after,
    noun_phrase_before,
    read,
    sentence_subject,
)
from archive.text.types import Span

RIGHT_BEHIND = "right behind the quotation"
BEHIND = "behind the quotation in its sentence"
RIGHT_BEFORE = "right before the quotation"
BEFORE = "before the quotation in its sentence"
SENTENCE_BEFORE = "speaks in the sentence before"
SENTENCE_AFTER = "speaks in the sentence after"
ANNOUNCED = "announced by the paragraph before"
SIGNED = "named behind a dash"
COLON = "named before a colon"
SAME_PARAGRAPH = "goes on in the same paragraph"
OWN_PARAGRAPH = "goes on in a paragraph of its own"
PARAGRAPH_BEFORE = "speaks in the paragraph before"
SUBJECT_OF_PARAGRAPH_BEFORE = "subject at the end of the paragraph before"
SUBJECT = "subject of the sentence"
SUBJECT_BEFORE = "subject of the sentence before"

_PAUSES = frozenset({",", "-", "–", "—", "―", "--"})
_LEADS_IN = frozenset({",", ":", "that", "-", "–", "—", "as", "a", "an", "the", "it", "him", "her"})
_HANDS_OVER = frozenset(",?!-–—…")  # before the closing mark: the sentence goes on behind it
_SUBORDINATING = frozenset(
    {"that", "when", "while", "after", "before", "because", "if", "as", "whether", "which", "who"}
)
_REACH = 60  # words between a quotation and a verb of speech behind it
_MOST_BEFORE = 6  # attributions of a sentence that are asked, the nearest first
_MOST_BEHIND = 3
_NEAR, _FAR = 4, 12  # words between a verb and a quotation: close by, in reach, beyond


class Candidate(NamedTuple):
    """A printed source with its verb, if it has one, the rule that found it, and its features."""

    source: Span
    verb: Span | None
    rule: str
    plain: bool
    features: tuple[str, ...]


class Scene(NamedTuple):
    """A paragraph with all that is known of who says something in it."""

    start: int
    end: int
    paragraph: Paragraph
    attributions: list[Attribution]
    places: list[int]  # of the attributions' verbs, in order
    stretches: Sequence[Stretch]
    only_quoted: bool  # no word stands outside the marks


class _Place(NamedTuple):
    """Where a quotation stands: its word, sentence, and what it looks like."""

    scene: Scene
    number: int
    word: int
    sentence: int
    shape: str
    hands_over: bool


def scene(body: str, start: int, end: int, stretches: Sequence[Stretch]) -> Scene:
    """What `body[start:end]`, a paragraph with these stretches in marks, says about its sources."""
    paragraph = read(body, start, end, stretches)
    found = attributions(paragraph)
    only_quoted = all(word.low[0] == QUOTED or not word.low[0].isalnum() for word in paragraph.words)
    return Scene(start, end, paragraph, found, [a.place for a in found], stretches, only_quoted)


def unread(start: int, end: int) -> Scene:
    """A paragraph of which nobody asks what it says."""
    return Scene(start, end, Paragraph([], [], []), [], [], (), False)


def candidates(
    body: str, here: Scene, number: int, before: Scene | None, last: Span | None
) -> list[Candidate]:
    """All who may speak stretch `number` of the paragraph `here`.

    `before` is the paragraph before it; `last` the source of the quotation before, if any.
    """
    at = _place(body, here, number)
    found = [
        *_in_front(at),
        *_behind(at),
        *_going_on(at, before, last),
        *_paragraph_before(at, before),
        *_around(at),
        *_subjects(at),
        *_announced(at, before),
        *_signed(at),
    ]
    return _merged(_without_relays(found))


def announcing(before: Scene) -> Candidate | None:
    """The source of a paragraph that ends in a colon: its last sentence's."""
    words = before.paragraph.words
    sentence = words[-1].sentence
    for attribution in before.attributions[-1:]:
        if attribution.sentence == sentence:
            how = f"announced {_verb_class(before, attribution)}"
            return Candidate(attribution.source, attribution.verb, ANNOUNCED, attribution.plain, (how,))
    subject = sentence_subject(words, before.paragraph.sentences[-1], len(words))
    return _of_phrase(before, subject, ANNOUNCED, ("announced subject",))


def _place(body: str, here: Scene, number: int) -> _Place:
    word = here.paragraph.quoted[number]
    inner = here.stretches[number].inner
    words = body[slice(*inner)].split(maxsplit=6)
    shape = "long" if len(words) > 6 else "some" if len(words) > 2 else "few"
    return _Place(
        here, number, word, here.paragraph.words[word].sentence, shape, body[inner.end - 1] in _HANDS_OVER
    )


def _without_relays(found: list[Candidate]) -> list[Candidate]:
    """Who only passes the words on does not speak them: 'Allawi said: "...," reports Reuters'."""
    handed_on = any({"front before ,", "front before :"} & set(candidate.features) for candidate in found)
    return [c for c in found if not (handed_on and "behind relays" in c.features)]


def _merged(found: list[Candidate]) -> list[Candidate]:
    """One candidate for each source: the first rule's, with the features of all."""
    by_source: dict[Span, Candidate] = {}
    for candidate in found:
        known = by_source.get(candidate.source)
        if known:
            candidate = known._replace(features=known.features + candidate.features)
        by_source[candidate.source] = candidate
    return list(by_source.values())


def _of_phrase(
    here: Scene, phrase: tuple[int, int] | None, rule: str, features: tuple[str, ...]
) -> Candidate | None:
    if phrase is None:
        return None
    words = here.paragraph.words
    span = Span(words[phrase[0]].start, words[phrase[1]].end)
    return Candidate(span, None, rule, False, (*features, f"phrase {_source_class(here, *phrase)}"))


def _of_attribution(at: _Place, found: Attribution, rule: str, *features: str) -> Candidate:
    here = at.scene
    side = "front" if found.place < at.word else "behind"
    source = _source_class(here, found.source_first, found.source_last)
    verb = _verb_class(here, found)
    described = (
        f"{rule} {verb}",
        f"{rule} {at.shape}",
        f"{side} {found.how.name.lower()}",
        f"{side} {source}",
        f"{verb} {at.shape}",
        *features,
    )
    return Candidate(found.source, found.verb, rule, found.plain, described)


def _verb_class(here: Scene, found: Attribution) -> str:
    word = here.paragraph.words[found.place].low
    if found.plain or found.how is How.ACCORDING:
        return "plain"
    return "describing" if word in lexicon().describing else "other"


def _source_class(here: Scene, first: int, last: int) -> str:
    words = here.paragraph.words
    low = words[first].low
    if first == last and low in lexicon().pronouns:
        return "he" if low in {"he", "she"} else "they" if low in {"they", "it"} else f"pronoun {low}"
    if words[last].capital:
        return "name"
    return "the" if low in lexicon().determiner else "bare"


# --- the rules -----------------------------------------------------------------------------------


def _in_front(at: _Place) -> Iterator[Candidate]:
    """Allawi said that "..."."""
    here, words = at.scene, at.scene.paragraph.words
    seen = plain = 0
    for index in range(bisect_left(here.places, at.word) - 1, -1, -1):
        found = here.attributions[index]
        if found.sentence != at.sentence or seen == _MOST_BEFORE:
            return
        if found.last >= at.word:
            continue
        between = [word.low for word in words[found.last + 1 : at.word]][: _FAR + 1]
        right = all(low in _LEADS_IN for low in between)
        gap = "close" if len(between) <= _NEAR else "far" if len(between) > _FAR else "reach"
        first_plain = found.plain and not plain
        yield _of_attribution(
            at,
            found,
            RIGHT_BEFORE if right else BEFORE,
            f"front number {min(seen, 3)} {_verb_class(here, found)}",
            f"front {gap} {_verb_class(here, found)}",
            f"front first plain {min(seen, 2)}" if first_plain else "front not first plain",
            *_dependent(at, found),
            *([f"front before {between[-1]}"] if between and between[-1] in {",", ":", "that"} else []),
        )
        seen, plain = seen + 1, plain + found.plain


def _dependent(at: _Place, found: Attribution) -> Iterator[str]:
    words = at.scene.paragraph.words
    if found.how is How.LEANING or found.source_first == 0:
        return
    before = words[found.source_first - 1]
    if before.low in _SUBORDINATING and before.sentence == found.sentence:
        yield f"front within {before.low}"


def _behind(at: _Place) -> Iterator[Candidate]:
    """ "...," Allawi said / said Allawi / according to Allawi; further on in the sentence."""
    here, words = at.scene, at.scene.paragraph.words
    index, hands_over = at.word + 1, at.hands_over
    while index < len(words) and words[index].low in _PAUSES:
        index, hands_over = index + 1, True
    first = bisect_left(here.places, at.word)
    for seen, found in enumerate(here.attributions[first : first + _MOST_BEHIND]):
        if found.place > at.word + _REACH:
            return
        same = found.sentence == at.sentence
        if found.first == index and found.how is not How.LEANING and (same or hands_over):
            relays = words[found.place].low in lexicon().relaying
            ends = "goes on" if hands_over else "ended"
            yield _of_attribution(at, found, RIGHT_BEHIND, f"behind {ends}", *["behind relays"] * relays)
        elif same and found.first > at.word:
            yield _of_attribution(at, found, BEHIND, f"behind number {seen}")
        elif found.sentence == at.sentence + 1 and found.first > at.word:
            yield _of_attribution(at, found, SENTENCE_AFTER)


def _around(at: _Place) -> Iterator[Candidate]:
    """Who speaks in the sentence before."""
    here = at.scene
    behind = bisect_left(here.places, here.paragraph.sentences[at.sentence])
    if behind and here.attributions[behind - 1].sentence == at.sentence - 1:
        yield _of_attribution(at, here.attributions[behind - 1], SENTENCE_BEFORE)


def _subjects(at: _Place) -> Iterator[Candidate]:
    """The subject of the sentence, and of the one before."""
    here, starts = at.scene, at.scene.paragraph.sentences
    words = here.paragraph.words
    own = _of_phrase(
        here, sentence_subject(words, starts[at.sentence], at.word), SUBJECT, (f"subject {at.shape}",)
    )
    if own:
        yield own
    if at.sentence:
        start, end = starts[at.sentence - 1], starts[at.sentence]
        earlier = _of_phrase(
            here, sentence_subject(words, start, end), SUBJECT_BEFORE, (f"subject before {at.shape}",)
        )
        if earlier:
            yield earlier


def _announced(at: _Place, before: Scene | None) -> Iterator[Candidate]:
    """A source before a colon: in this paragraph, or at the end of the one before."""
    words = at.scene.paragraph.words
    if at.word and words[at.word - 1].low == ":":
        named = _of_phrase(at.scene, noun_phrase_before(words, at.word - 2), COLON, ("colon",))
        if named:
            yield named
    if at.word == 0 and before and before.paragraph.words and before.paragraph.words[-1].low == ":":
        announced = announcing(before)
        if announced:
            yield announced


def _signed(at: _Place) -> Iterator[Candidate]:
    """ "..." - Ann Dunmore"""
    words = at.scene.paragraph.words
    index = at.word + 1
    if index + 1 >= len(words) or words[index].low not in _PAUSES - {","} or not words[index + 1].capital:
        return
    name = noun_phrase_after(words, index + 1)
    ends = name is not None and (name[1] + 1 == len(words) or words[name[1] + 1].low in {",", ".", "(", "["})
    signed = _of_phrase(at.scene, name, SIGNED, (f"signed {at.shape}",)) if ends else None
    if signed:
        yield signed


def _going_on(at: _Place, before: Scene | None, last: Span | None) -> Iterator[Candidate]:
    """Who spoke the quotation before, in the same paragraph or before one that holds nothing else."""
    if last is None or not (at.number or at.scene.only_quoted):
        return
    rule = SAME_PARAGRAPH if at.number else OWN_PARAGRAPH
    first = at.scene.paragraph.sentences[at.sentence] == at.word
    beginning = "begins" if first else "within"
    after = f"{rule} after {_quoting(before)}"
    features = (rule, f"{rule} {at.shape}", f"{rule} {beginning} {at.shape}", after)
    yield Candidate(last, None, rule, False, features)


def _paragraph_before(at: _Place, before: Scene | None) -> Iterator[Candidate]:
    """Who speaks, or is spoken of, at the end of the paragraph before one that holds only quoted words."""
    if before is None or not at.scene.only_quoted or not before.paragraph.words:
        return
    for found in before.attributions[-1:]:
        how = f"paragraph before {_quoting(before)} {_verb_class(before, found)}"
        yield Candidate(found.source, found.verb, PARAGRAPH_BEFORE, found.plain, (how,))
    words, starts = before.paragraph.words, before.paragraph.sentences
    subject = sentence_subject(words, starts[-1], len(words))
    features = (f"paragraph before {_quoting(before)} subject",)
    spoken_of = _of_phrase(before, subject, SUBJECT_OF_PARAGRAPH_BEFORE, features)
    if spoken_of:
        yield spoken_of


def _quoting(before: Scene | None) -> str:
    return "nothing" if before is None else "quoting" if before.stretches else "plain"
