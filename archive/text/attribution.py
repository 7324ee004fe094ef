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
_PLURAL_PRONOUNS = frozenset({"i", "you", "we", "they", "who", "some", "many", "others", "most", "those"})
_LONGEST_BETWEEN = 40  # words between commas or brackets that describe a source
_LONGEST_SENTENCE = 80  # words that are looked back for a subject


class How(Enum):
    """How a source stands to its verb."""

    SUBJECT = "subject before the verb"
    DESCRIBED = "subject with a description before the verb"
    INVERTED = "subject behind the verb"
    ACCORDING = "named as the source"
    LEANING = "subject of the sentence"
    QUALIFIED = "noun right before a participle"
    PASSIVE = "named behind 'by'"


class Attribution(NamedTuple):
    """A source and its verb, as spans and as places among the words.

    The verb stands at `place`, the source from `source_first` to `source_last`; `first` to `last` is what
    both take up, unless the source belongs to another verb.
    """

    source: Span
    verb: Span
    how: How
    plain: bool
    place: int
    first: int
    last: int
    source_first: int
    source_last: int
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
        if word.low in table.participle and index and words[index - 1].low not in table.pronouns:
            noun = (
                noun_phrase_before(words, index - 1) if words[index - 1].sentence == word.sentence else None
            )
            if noun:
                found.append(_attribution(words, noun, index, How.QUALIFIED))
    return found


def _of_verb(words: list[Word], index: int, found: list[Attribution]) -> Attribution | None:
    table = lexicon()
    word = words[index]
    before = index - 1
    while before >= 0 and (words[before].low in table.auxiliary or is_adverb(words[before])):
        before -= 1
    if word.low in table.participle and before == index - 1:
        if index and words[index - 1].low in table.pronouns:
            return _attribution(words, (index - 1, index - 1), index, How.SUBJECT)
        return _leaning(words, index, found)
    if any(skipped.low == "to" for skipped in words[before + 1 : index]):
        return _leaning(words, index, found)
    hit = _passive(words, index) or (_before(words, before, index) if before >= 0 else None)
    if hit:
        alone = before == index - 1 and word.low in table.base
        return hit if not alone or _is_plural(words, hit.source_first, before) else None
    if word.low in table.inverted and before == index - 1:
        source = noun_phrase_after(words, index + 1)
        if source:
            return _attribution(words, source, index, How.INVERTED)
    coordinated = before < index - 1 or (index > 0 and words[before].low in table.coordinator)
    return _leaning(words, index, found) if coordinated else None


def _is_plural(words: list[Word], first: int, last: int) -> bool:
    """Whether a subject that ends at `last` takes "they say" and not "he says"."""
    low = words[last].low
    if low in _PLURAL_PRONOUNS or low in lexicon().bare or low.endswith("s") or low in {",", ")"}:
        return True
    return any(word.low == "and" for word in words[first:last])


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
        *source,
        words[verb].sentence,
    )


def _plain(words: list[Word], verb: int) -> bool:
    return words[verb].low in lexicon().plain


def _span(words: list[Word], first: int, last: int) -> Span:
    return Span(words[first].start, words[last].end)
