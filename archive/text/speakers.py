"""Which printed source speaks the words of a quotation.

For each stretch in marks the attributions around it are tried from the surest place to the least sure: right
behind it, before it in its sentence, behind it in its sentence, then the quotation that it continues. Each
answer names the rule that gave it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archive.text.attribution import Attribution, How, attributions
from archive.text.marks import Stretch
from archive.text.phrases import QUOTED, Paragraph, lexicon, noun_phrase_before, read, sentence_subject
from archive.text.types import Span

RIGHT_BEHIND = "right behind the quotation"
BEFORE = "before the quotation in its sentence"
BEHIND = "behind the quotation in its sentence"
ANNOUNCED = "announced by the paragraph before"
COLON = "named before a colon"
SAME_PARAGRAPH = "goes on in the same paragraph"
SENTENCE_BEFORE = "speaks in the sentence before"
LATER = "speaks later in the paragraph"
SUBJECT = "subject of the sentence"
OWN_PARAGRAPH = "goes on in a paragraph of its own"

_PAUSES = frozenset({",", "-", "–", "—", "―", "--"})
_HANDS_OVER = frozenset(",?!-–—…")  # before the closing mark: the sentence goes on behind it
_REACH = 60  # words between a quotation and a verb of speech behind it


class Speaker(NamedTuple):
    """A printed source, its verb (None where another quotation's speaker goes on), and the rule."""

    source: Span
    verb: Span | None
    rule: str
    plain: bool = False


class Scene(NamedTuple):
    """A paragraph with all that is known of who says something in it."""

    start: int
    end: int
    paragraph: Paragraph
    attributions: list[Attribution]
    places: list[int]  # of the attributions' verbs, in order
    stretches: Sequence[Stretch]
    only_quoted: bool  # no word stands outside the marks


def scene(body: str, start: int, end: int, stretches: Sequence[Stretch]) -> Scene:
    """What `body[start:end]`, a paragraph with these stretches in marks, says about its sources."""
    paragraph = read(body, start, end, stretches)
    found = attributions(paragraph)
    only_quoted = all(word.low[0] == QUOTED or not word.low[0].isalnum() for word in paragraph.words)
    return Scene(start, end, paragraph, found, [a.place for a in found], stretches, only_quoted)


def speaker_of(
    body: str, here: Scene, number: int, before: Scene | None, last: Speaker | None
) -> Speaker | None:
    """Who speaks stretch `number` of the paragraph `here`; None where nothing says so.

    `before` is the paragraph before it; `last` the speaker of the quotation before, if any.
    """
    return (
        _relayed(here, number)
        or _right_behind(body, here, number)
        or _in_front(here, number)
        or _behind(here, number)
        or _announced(here, number, before)
        or _going_on(here, number, last)
        or _nearby(here, number)
    )


def announcing(before: Scene) -> Speaker | None:
    """The source of a paragraph that ends in a colon: its last sentence's."""
    words = before.paragraph.words
    sentence = words[-1].sentence
    hits = [a for a in before.attributions[-1:] if a.sentence == sentence]
    if hits:
        return _of_attribution(hits[0], ANNOUNCED)
    subject = sentence_subject(words, before.paragraph.sentences[-1], len(words))
    return _of_phrase(before, subject, ANNOUNCED)


def _of_attribution(attribution: Attribution, rule: str) -> Speaker:
    return Speaker(attribution.source, attribution.verb, rule, attribution.plain)


def _of_phrase(here: Scene, phrase: tuple[int, int] | None, rule: str) -> Speaker | None:
    words = here.paragraph.words
    return Speaker(Span(words[phrase[0]].start, words[phrase[1]].end), None, rule) if phrase else None


def _behind_place(here: Scene, place: int) -> Iterator[Attribution]:
    """The attributions whose verbs stand within reach behind a place among the words."""
    for index in range(bisect_left(here.places, place), len(here.places)):
        if here.places[index] > place + _REACH:
            return
        yield here.attributions[index]


def _relayed(here: Scene, number: int) -> Speaker | None:
    """Allawi said: "...," reports Reuters. Who only passes the words on does not speak them."""
    words, place = here.paragraph.words, here.paragraph.quoted[number]
    if place == 0 or words[place - 1].low not in {",", ":"}:
        return None
    if any(word.low in lexicon().relaying for word in words[place + 1 : place + 4]):
        return _in_front(here, number)
    return None


def _right_behind(body: str, here: Scene, number: int) -> Speaker | None:
    """ "...," Allawi said / said Allawi / according to Allawi."""
    words, place = here.paragraph.words, here.paragraph.quoted[number]
    hands_over = body[here.stretches[number].inner.end - 1] in _HANDS_OVER
    index = place + 1
    while index < len(words) and words[index].low in _PAUSES:
        index, hands_over = index + 1, True
    for attribution in _behind_place(here, index):
        if attribution.first != index or attribution.how is How.LEANING:
            continue
        unmistakable = attribution.how in (How.ACCORDING, How.INVERTED)
        if hands_over or (unmistakable and attribution.sentence == words[place].sentence):
            return _of_attribution(attribution, RIGHT_BEHIND)
    return None


def _in_front(here: Scene, number: int) -> Speaker | None:
    """Allawi said that "..." """
    place = here.paragraph.quoted[number]
    sentence = here.paragraph.words[place].sentence
    for index in range(bisect_left(here.places, place) - 1, -1, -1):
        attribution = here.attributions[index]
        if attribution.sentence != sentence:
            return None
        if attribution.last < place:
            return _of_attribution(attribution, BEFORE)
    return None


def _behind(here: Scene, number: int) -> Speaker | None:
    """ "..." was what Allawi called it."""
    place = here.paragraph.quoted[number]
    sentence = here.paragraph.words[place].sentence
    for attribution in _behind_place(here, place):
        leans = attribution.how is How.LEANING
        if attribution.sentence == sentence and attribution.first > place and not leans:
            return _of_attribution(attribution, BEHIND)
    return None


def _announced(here: Scene, number: int, before: Scene | None) -> Speaker | None:
    """A source before a colon: in this paragraph, or at the end of the one before."""
    words, place = here.paragraph.words, here.paragraph.quoted[number]
    if place and words[place - 1].low == ":":
        return _of_phrase(here, noun_phrase_before(words, place - 2), COLON)
    if place == 0 and before and before.paragraph.words and before.paragraph.words[-1].low == ":":
        return announcing(before)
    return None


def _going_on(here: Scene, number: int, last: Speaker | None) -> Speaker | None:
    """An earlier quotation of the same paragraph has a speaker, or this one fills a paragraph."""
    if last is None or not (number or here.only_quoted):
        return None
    return Speaker(last.source, None, SAME_PARAGRAPH if number else OWN_PARAGRAPH)


def _nearby(here: Scene, number: int) -> Speaker | None:
    """A source in the sentence before, or later in the paragraph, or the subject of the sentence."""
    words, place = here.paragraph.words, here.paragraph.quoted[number]
    sentence = words[place].sentence
    behind = bisect_left(here.places, place)
    if behind and here.attributions[behind - 1].sentence == sentence - 1:
        return _of_attribution(here.attributions[behind - 1], SENTENCE_BEFORE)
    later = next((a for a in _behind_place(here, place) if a.first > place), None)
    if later:
        return _of_attribution(later, LATER)
    return _of_phrase(here, sentence_subject(words, here.paragraph.sentences[sentence], place), SUBJECT)
