"""Who says something in a paragraph: verbs and phrases of speech with their printed source.

English word order finds it: the source stands before the verb, with what describes it between commas, or
right behind a verb that may be turned round, or behind "according to".
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from archive.text.phrases import (
    QUOTED,
    Paragraph,
    Word,
    is_adverb,
    lexicon,
    noun_phrase_after,
    noun_phrase_before,
    sentence_subject,
)
from archive.text.types import Span

_DASHES = frozenset({"-", "–", "—", "―", "--"})
_LONGEST_BETWEEN = 40  # words between commas or brackets that describe a source
_LONGEST_SENTENCE = 80  # words that are looked back for a subject


class How(Enum):
    """How a source stands to its verb."""

    SUBJECT = "subject before the verb"
    DESCRIBED = "subject with a description before the verb"
    INVERTED = "subject behind the verb"
    ACCORDING = "named as the source"
    LEANING = "subject of the sentence"
    PASSIVE = "named behind 'by'"


class Attribution(NamedTuple):
    """A source and its verb, which stands at `place` among the words; both take up `first` to `last`."""

    source: Span
    verb: Span
    how: How
    plain: bool
    place: int
    first: int
    last: int
    sentence: int


def attributions(paragraph: Paragraph) -> list[Attribution]:
    """All sources with a verb or phrase of speech, in order of the verb."""
    found: list[Attribution] = []
    words, table = paragraph.words, lexicon()
    for index, word in enumerate(words):
        if word.low in table.finite or word.low in table.participle:
            if word.capital and index and words[index - 1].sentence == word.sentence:
                continue  # part of a name: the United States
            hit = _of_verb(words, index, found)
        elif word.low in table.lead_first:
            hit = _of_lead(words, index)
        else:
            continue
        if hit:
            found.append(hit)
    return found


def _of_verb(words: list[Word], index: int, found: list[Attribution]) -> Attribution | None:
    table = lexicon()
    word = words[index]
    before = index - 1
    while before >= 0 and (words[before].low in table.auxiliary or is_adverb(words[before])):
        before -= 1
    if word.low in table.participle and before == index - 1:
        return _leaning(words, index, found)
    passive = _passive(words, index)
    if passive:
        return passive
    hit = _before(words, before, index) if before >= 0 else None
    if hit:
        return hit
    if word.low in table.inverted and before == index - 1:
        source = noun_phrase_after(words, index + 1)
        if source:
            return _attribution(words, source, index, How.INVERTED)
    return _leaning(words, index, found)


def _before(words: list[Word], last: int, verb: int) -> Attribution | None:
    """The subject that ends at `last` or stands before a description that ends there."""
    if words[last].sentence != words[verb].sentence:
        return None
    if words[last].low in {",", ")"} or words[last].low in _DASHES:
        source = _described(words, last)
        return _attribution(words, source, verb, How.DESCRIBED) if source else None
    source = noun_phrase_before(words, last)
    return _attribution(words, source, verb, How.SUBJECT) if source else None


def _described(words: list[Word], last: int) -> tuple[int, int] | None:
    """The source before a description in commas, brackets or dashes whose last sign stands at `last`."""
    sign = "(" if words[last].low == ")" else words[last].low
    lowest = max(0, last - _LONGEST_BETWEEN)
    best: tuple[int, int] | None = None
    for index in range(last - 1, lowest, -1):
        if words[index].sentence != words[last].sentence or words[index].low[0] == QUOTED:
            break
        if words[index].low != sign:
            continue
        source = noun_phrase_before(words, index - 1)
        if source is None:
            continue
        if sign == "(":
            return source
        if _begins_clause(words, source[0]):
            return source
        best = best or source
    return best


def _begins_clause(words: list[Word], index: int) -> bool:
    """Whether nothing that belongs to the same clause stands before `index`."""
    if index == 0 or words[index - 1].sentence != words[index].sentence:
        return True
    before = words[index - 1].low
    return before in lexicon().conjunction or before[0] == QUOTED or before in {";", ":"}


def _passive(words: list[Word], index: int) -> Attribution | None:
    """ "was described by Kelly as": the source behind "by"."""
    if index + 2 < len(words) and words[index + 1].low == "by":
        source = noun_phrase_after(words, index + 2)
        if source:
            return _attribution(words, source, index, How.PASSIVE)
    return None


def _leaning(words: list[Word], index: int, found: list[Attribution]) -> Attribution | None:
    """A verb without a subject of its own takes that of the verb before it, or of its sentence."""
    sentence = words[index].sentence
    if found and found[-1].sentence == sentence:
        return found[-1]._replace(
            verb=_span(words, index, index),
            how=How.LEANING,
            plain=_plain(words, index),
            place=index,
            first=index,
            last=index,
        )
    start, lowest = index, max(0, index - _LONGEST_SENTENCE)
    while start > lowest and words[start - 1].sentence == sentence:
        start -= 1
    subject = sentence_subject(words, start, index)
    return _attribution(words, subject, index, How.LEANING, alone=True) if subject else None


def _of_lead(words: list[Word], index: int) -> Attribution | None:
    for phrase in lexicon().leads:
        if tuple(w.low for w in words[index : index + len(phrase)]) == phrase:
            source = noun_phrase_after(words, index + len(phrase))
            if source:
                return _attribution(words, source, index, How.ACCORDING)
    return None


def _attribution(
    words: list[Word], source: tuple[int, int], verb: int, how: How, *, alone: bool = False
) -> Attribution:
    first, last = (verb, verb) if alone else (min(source[0], verb), max(source[1], verb))
    return Attribution(
        _span(words, *source),
        _span(words, verb, verb),
        how,
        _plain(words, verb),
        verb,
        first,
        last,
        words[verb].sentence,
    )


def _plain(words: list[Word], verb: int) -> bool:
    return words[verb].low in lexicon().plain


def _span(words: list[Word], first: int, last: int) -> Span:
    return Span(words[first].start, words[last].end)
