"""Words and noun phrases of a paragraph, as far as finding the source of a quotation needs them.

A paragraph is read as words; every stretch in marks counts as one word, so that nothing said inside marks
is mistaken for the report around it. No dictionary of nouns is needed: what is no function word can be part
of a noun phrase.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from archive.text.marks import Stretch

# Begins the word that stands for a stretch in marks; the last letter follows. No other word holds it.
QUOTED = "\x00"
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’&/.-][^\W_]+)*['’]?|--|[^\w\s\x00]")
_ENDS = frozenset(".?!…")
_LONGEST_PHRASE = 14  # words
_SHORTEST_PAST = 4  # letters; longer words in -ed may be verbs
_LONGEST_OPENING = 25  # words before the subject of a sentence
_VERBAL = ("s", "ed", "ing")  # a small-letter word with such an ending before a name is the verb before it


class Word(NamedTuple):
    """A word of a paragraph in small letters, with its place, its sentence and whether it is a capital."""

    low: str
    start: int
    end: int
    capital: bool
    sentence: int


class Paragraph(NamedTuple):
    """A paragraph's words, the place of each sentence's first word, and that of each stretch in marks."""

    words: list[Word]
    sentences: list[int]
    quoted: list[int]


def read(body: str, start: int, end: int, stretches: Sequence[Stretch]) -> Paragraph:
    """The words of `body[start:end]`; `stretches` are those that stand in it, in order."""
    words: list[Word] = []
    quoted: list[int] = []
    sentence = 0
    at = start
    for stretch in (*stretches, None):
        limit = stretch.start if stretch else end
        sentence = _read_plain(body, at, limit, words, sentence)
        if stretch:
            sentence += _ends_sentence(words, body, stretch.start)
            quoted.append(len(words))
            words.append(
                Word(QUOTED + body[stretch.inner.end - 1], stretch.start, stretch.end, False, sentence)
            )
            at = stretch.end
    sentences = [i for i, word in enumerate(words) if i == 0 or words[i - 1].sentence != word.sentence]
    return Paragraph(words, sentences, quoted)


def _read_plain(body: str, start: int, end: int, words: list[Word], sentence: int) -> int:
    abbreviations, pronouns = lexicon().abbreviations, lexicon().pronouns
    new = tuple.__new__  # a named tuple's own constructor takes twice as long
    for match in _WORD.finditer(body, start, end):
        printed = match.group()
        at, behind = match.span()
        low = printed.lower().replace("’", "'")
        if "'" in low and low.partition("'")[0] in pronouns:
            low = low.partition("'")[0]  # "he's" is "he", here and where it is shown
        if low == "." and words and words[-1].end == at and _is_short(words, abbreviations):
            words[-1] = words[-1]._replace(end=behind)
            continue
        capital = printed[0].isupper()
        if capital or printed[0].isdigit():
            sentence += _ends_sentence(words, body, at)
        words.append(new(Word, (low, at, at + len(low) if low in pronouns else behind, capital, sentence)))
    return sentence


def _is_short(words: list[Word], abbreviations: frozenset[str]) -> bool:
    """Whether the last word takes a full stop: a title, or the initial of a name, "Ada B. Lund"."""
    last = words[-1]
    if last.low in abbreviations:
        return True
    named = len(words) > 1 and words[-2].capital and words[-2].sentence == last.sentence
    return named and last.capital and len(last.low) == 1 and last.low != "i"


def _ends_sentence(words: list[Word], body: str, at: int) -> bool:
    """Whether the last word ends a sentence, seen from a capital or a mark that follows at `at`."""
    if not words:
        return False
    last = words[-1]
    if last.low[0] == QUOTED:
        return last.low[1] in ".…"
    return last.low in _ENDS and body[last.end : at] != ""


def sentence_subject(words: list[Word], start: int, end: int) -> tuple[int, int] | None:
    """The first noun phrase between `start` and `end` that can be a subject, as places of its words.

    What is set off in front of it by a comma ("In May 2015, ...") is passed over.
    """
    table = lexicon()
    for index in range(start, min(end, start + _LONGEST_OPENING)):
        opens = (
            index == start
            or words[index - 1].low in {",", QUOTED}
            or words[index - 1].low in table.conjunction
        )
        low = words[index].low
        if not opens or low in table.conjunction or low in table.preposition or low in table.participle:
            continue
        subject = _without_verb(words, noun_phrase_after(words, index))
        if subject and not (index > start and words[index].low[0].isdigit()):
            return subject
    return None


def _without_verb(words: list[Word], phrase: tuple[int, int] | None) -> tuple[int, int] | None:
    """A noun phrase without the verb that looks like its part: "Lund opposed it", "the clerk disagreed"."""
    if phrase is None:
        return None
    first, last = phrase
    for place in range(first + 1, last + 1):
        if is_past(words[place].low, words[place - 1].capital, place == last) and not words[place].capital:
            return first, place - 1
    return phrase


def is_past(low: str, after_name: bool, closes: bool) -> bool:
    """Whether a word of a noun phrase is a verb: in -ed at the end or behind a name, or a known past form."""
    if after_name and low in lexicon().pasts:
        return True
    return low.endswith("ed") and len(low) > _SHORTEST_PAST and (after_name or closes)


def noun_phrase_before(words: list[Word], last: int, lowest: int | None = None) -> tuple[int, int] | None:
    """The noun phrase whose last word stands at `last`, as places of its first and last word.

    It begins no earlier than `lowest`, or a fixed number of words back.
    """
    last = _before_brackets(words, last)
    lowest = max(0, last - _LONGEST_PHRASE) if lowest is None else lowest
    if last < lowest:
        return None
    word, table = words[last], lexicon()
    if word.low in table.pronouns:
        return last, last
    if not _nominal(word) or (word.low in table.finite and not word.capital) or _possessive(word):
        return None
    first = last
    while first > lowest and _joins(words, first - 1, word.sentence):
        first -= 1
        if words[first].low in table.determiner and not words[first].capital:
            break
    first = _trimmed(words, first, last)
    if first > last:
        return None
    linked = _linked(words, first, lowest)
    return (linked, last) if linked is not None else _believable(words, first, last)


def _before_brackets(words: list[Word], last: int) -> int:
    """`last`, or the place before the brackets that end there."""
    if last >= 0 and words[last].low == ")":
        for index in range(last - 1, max(-1, last - _LONGEST_PHRASE), -1):
            if words[index].low == "(":
                return index - 1
    return last


def _joins(words: list[Word], index: int, sentence: int) -> bool:
    word = words[index]
    if word.sentence != sentence:
        return False
    table = lexicon()
    if word.low in table.finite and word.low not in table.base and not word.capital:
        return False
    nickname = word.low[0] == QUOTED and index > 0 and words[index - 1].capital and words[index + 1].capital
    return nickname or _nominal(word) or word.low in table.determiner


def _trimmed(words: list[Word], first: int, last: int) -> int:
    """Leaves out words at the beginning that cannot begin a source: adverbs, small-letter words before
    an article or a name, and capital words that only begin the sentence."""
    table = lexicon()
    for index in range(last, first - 1, -1):
        if words[index].low in table.determiner:
            return index
    while first < last and (words[first].low in table.opener or is_adverb(words[first])):
        first += 1
    while first < last and not words[first].capital and words[first].low.endswith(_VERBAL):
        first += 1
    return first


def _possessive(word: Word) -> bool:
    return word.low.endswith(("'s", "'", "’"))


def _linked(words: list[Word], first: int, lowest: int) -> int | None:
    """Where the phrase begins of which this one is a part: "the head" for "of the council"."""
    if first - 2 < lowest or words[first - 1].sentence != words[first].sentence:
        return None
    if words[first - 1].low not in lexicon().link:
        return None
    if words[first - 1].low in {"and", "or", "&"} and not words[first - 2].capital:
        return None
    before = noun_phrase_before(words, first - 2, lowest)
    return before[0] if before else None


def _believable(words: list[Word], first: int, last: int) -> tuple[int, int] | None:
    table = lexicon()
    if words[first].low in table.determiner or words[first].low[0].isdigit():
        return first, last
    if any(word.capital for word in words[first : last + 1]):
        return first, last
    if words[last].low in table.bare:
        return first, last
    return None


def noun_phrase_after(words: list[Word], first: int) -> tuple[int, int] | None:
    """The noun phrase whose first word stands at `first`, as places of its first and last word."""
    if first >= len(words):
        return None
    word, table = words[first], lexicon()
    if word.low in table.pronouns and not (word.low in table.determiner and _follows_noun(words, first)):
        return first, first
    if not (_nominal(word) or word.low in table.determiner):
        return None
    last = first
    highest = min(len(words), first + _LONGEST_PHRASE)
    while last + 1 < highest and _goes_on(words, last + 1, word.sentence):
        last += 1
    if words[last].low in table.link:
        last -= 1
    if last < first or not _nominal(words[last]):
        return None
    return _believable(words, first, last)


def _follows_noun(words: list[Word], index: int) -> bool:
    return (
        index + 1 < len(words) and _nominal(words[index + 1]) and words[index + 1].low not in lexicon().finite
    )


def _goes_on(words: list[Word], index: int, sentence: int) -> bool:
    word, table = words[index], lexicon()
    if word.sentence != sentence:
        return False
    if word.low in table.finite and not word.capital:
        return word.low in table.base and not words[index - 1].capital
    if _nominal(word):
        return True
    if word.low == "of":
        return True
    return word.low in table.determiner and words[index - 1].low == "of"


def _nominal(word: Word) -> bool:
    """Whether the word can be part of a noun phrase: a name, a noun, an adjective."""
    table = lexicon()
    return (word.low[0].isalnum() and word.low not in table.closed and not is_adverb(word)) or word.low == "&"


def is_adverb(word: Word) -> bool:
    """Whether the word is an adverb in -ly, which may stand between a subject and its verb."""
    return word.low.endswith("ly") and len(word.low) > 4 and not word.capital


# --- the word lists ----------------------------------------------------------------------------------


class _Lexicon(NamedTuple):
    base: frozenset[str]
    finite: frozenset[str]
    participle: frozenset[str]
    inverted: frozenset[str]
    plain: frozenset[str]
    describing: frozenset[str]
    coordinator: frozenset[str]
    relaying: frozenset[str]
    pronouns: frozenset[str]
    bare: frozenset[str]
    abbreviations: frozenset[str]
    determiner: frozenset[str]
    link: frozenset[str]
    preposition: frozenset[str]
    conjunction: frozenset[str]
    auxiliary: frozenset[str]
    opener: frozenset[str]
    pasts: frozenset[str]
    stating: frozenset[str]
    closed: frozenset[str]
    leads: tuple[tuple[str, ...], ...]
    lead_first: frozenset[str]


@cache
def lexicon() -> _Lexicon:
    """The word lists of `rules/speech.toml`."""
    source = resources.files("archive.text.rules").joinpath("speech.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)
    verbs, sources, classes = (
        {name: frozenset(entry.split()) for name, entry in table[part].items()}
        for part in ("verbs", "sources", "classes")
    )
    leads = tuple(tuple(phrase.split()) for phrase in table["sources"]["lead"].split("|"))
    closed = [classes[name] for name in ("determiner", "preposition", "conjunction", "auxiliary", "other")]
    return _Lexicon(
        base=frozenset(
            verb for verb in verbs["finite"] - verbs["past"] if {verb + "s", verb + "es"} & verbs["finite"]
        ),
        finite=verbs["finite"],
        participle=verbs["participle"],
        inverted=verbs["inverted"],
        plain=verbs["plain"],
        describing=verbs["describing"],
        coordinator=classes["coordinator"],
        relaying=verbs["relaying"],
        pronouns=sources["pronouns"],
        bare=sources["bare"],
        abbreviations=sources["abbreviations"],
        determiner=classes["determiner"],
        link=classes["link"],
        preposition=classes["preposition"],
        conjunction=classes["conjunction"],
        auxiliary=classes["auxiliary"],
        opener=classes["opener"],
        pasts=classes["pasts"],
        stating=classes["stating"],
        closed=frozenset().union(*closed, sources["pronouns"]),
        leads=leads,
        lead_first=frozenset(phrase[0] for phrase in leads),
    )
