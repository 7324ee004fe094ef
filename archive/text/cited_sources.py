"""Whom an article leans on: agencies, other media, officials, people it does not name.

A source is who is said to say something, outside quotation marks ("a diplomat said", "according to"), whom
the article cites ("citing regional officials"), and the agency or outlet that was told. Each place is kept:
the words are the evidence. This describes; a kind says nothing about how good a source is.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from archive.text import words
from archive.text.attribution import How, attributions
from archive.text.bylines import agencies_cited, agencies_printed
from archive.text.descriptions import description_after, description_before
from archive.text.marks import stretches
from archive.text.passages import Text
from archive.text.phrases import QUOTED, Paragraph, Word, lexicon, noun_phrase_after, read
from archive.text.sentences import sentences
from archive.text.types import Span

_PARAGRAPH = re.compile(r"[^\n]+")
_LONGEST_PARAGRAPH = 20_000  # characters that are read of a line
_LONGEST_CITED = 12  # words behind "citing"
_NOBODY = re.compile(r"(?:its|their|this|that|these|those|no|nothing)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_LOOK_BEHIND = 160  # characters in which an article may say that a source is not to be named
_SUBJECT = re.compile(
    r"(?:An?|One|Two|Three|Four|Five|Several|Some|Another)\s[^,.;]{2,60}?(?=,| who\b| said\b)"
)
_STOPS = frozenset({",", ".", ";", ":", "(", ")", "-", "–", "—", "that", "who", "which", "said", "saying"})


class SourceKind(StrEnum):
    """What a source is, as its own words say."""

    AGENCY = "news agency"
    MEDIA = "other media"
    OFFICIAL = "official"
    UNNAMED = "not named"
    DOCUMENT = "document"
    NAMED = "others named"


class Cited(NamedTuple):
    """A source of an article: its kind, what it is known by across articles, and where it is cited."""

    kind: SourceKind
    key: str
    places: tuple[Span, ...]


class SourceRow(NamedTuple):
    """A source and where each text cites it, in the order of the texts."""

    kind: SourceKind
    key: str
    cells: tuple[tuple[Span, ...], ...]


class _Rules(NamedTuple):
    cites: frozenset[str]
    gives: frozenset[str]
    carriers: frozenset[str]
    told: frozenset[str]
    media: frozenset[str]
    officials: frozenset[str]
    weak: frozenset[str]
    bodies: frozenset[str]
    private: frozenset[str]
    nameless: frozenset[str]
    unnamed: frozenset[str]
    trailing: frozenset[str]
    documents: frozenset[str]
    withheld: tuple[str, ...]


def source_rows(texts: Sequence[Text]) -> tuple[SourceRow, ...]:
    """Who is cited by which text: by kind, those of most texts first, then in the order of the first text."""
    found: dict[tuple[SourceKind, str], list[tuple[Span, ...]]] = {}
    for column, text in enumerate(texts):
        for one in cited_sources(text):
            cells = found.setdefault((one.kind, one.key), [() for _ in texts])
            cells[column] = one.places
    kinds = list(SourceKind)
    rows = [SourceRow(kind, key, tuple(cells)) for (kind, key), cells in found.items()]
    return tuple(sorted(rows, key=lambda row: (kinds.index(row.kind), -sum(map(bool, row.cells)))))


@lru_cache(64)
def cited_sources(text: Text) -> tuple[Cited, ...]:
    """The sources of a text in the order in which they are first cited."""
    places: defaultdict[tuple[SourceKind, str], set[Span]] = defaultdict(set)
    offices = _holders(text)
    for printed in (*_cited(text.body), *_speakers(text)):
        agencies = agencies_printed(text.body, *printed)
        for at, name in agencies:
            places[SourceKind.AGENCY, f"agency:{name}"].add(at)
        if agencies:
            continue
        span = _to_the_name(text, printed)
        kind, key = _known_as(text, span, offices)
        if kind is not SourceKind.NAMED or not _NOBODY.match(text.body, *span):
            places[kind, key].add(span)
    for key, span in _pronouns(text):
        kind = SourceKind.OFFICIAL if key in offices else SourceKind.NAMED
        places[kind, f"name:{key}"].add(span)
    found = [Cited(kind, key, tuple(_apart(sorted(spans)))) for (kind, key), spans in places.items()]
    return tuple(sorted(found, key=lambda one: one.places[0]))


def _to_the_name(text: Text, span: Span) -> Span:
    """The span up to its last name where only small letters follow; with a name behind it in commas."""
    behind = bisect_left(text.mention_keys, span.end, key=lambda named: named[0].start)
    named = next((at for at, key in text.mention_keys[behind : behind + 1] if key), None)
    if named and text.body[span.end : named.start] == ", " and text.body[named.end : named.end + 1] == ",":
        return Span(span.start, named.end)
    end = max((at.end for at, key in _named_in(text, span) if key), default=span.end)
    return Span(span.start, end) if text.body[end : span.end].islower() else span


def _named_in(text: Text, span: Span) -> Sequence[tuple[Span, str]]:
    """The names that lie in a span, in order."""
    first = bisect_left(text.mention_keys, span.start, key=lambda named: named[0].start)
    last = bisect_left(text.mention_keys, span.end, key=lambda named: named[0].start)
    return [named for named in text.mention_keys[first:last] if named[0].end <= span.end]


def _apart(spans: Sequence[Span]) -> Iterator[Span]:
    """Spans that two rules found in one place are one place."""
    last = -1
    for span in spans:
        if span.start >= last:
            yield span
            last = span.end


def _speakers(text: Text) -> Iterator[Span]:
    """Who is quoted, as printed; a pronoun says nothing by itself."""
    for quote in text.quotes:
        if quote.speaker and text.body[slice(*quote.speaker)].lower() not in lexicon().pronouns:
            yield quote.speaker


def _pronouns(text: Text) -> Iterator[tuple[str, Span]]:
    """Who is meant by "she said" beside a quotation."""
    for quote in text.quotes:
        if quote.speaker and quote.speaker_mention is not None:
            key = text.mention_keys[quote.speaker_mention][1]
            if key and text.body[slice(*quote.speaker)].lower() in lexicon().pronouns:
                yield key, quote.speaker


# --- where somebody is cited ------------------------------------------------------------------------


def _cited(body: str) -> Iterator[Span]:
    """Each source as printed."""
    marked = stretches(body)
    starts = [stretch.start for stretch in marked]
    for match in _PARAGRAPH.finditer(body):
        start, end = match.start(), min(match.end(), match.start() + _LONGEST_PARAGRAPH)
        inside = marked[bisect_left(starts, start) : bisect_left(starts, end)]
        withheld = list(_withheld(body, start, end))
        yield from (subject for subject, _ in withheld)
        for span in _in_paragraph(read(body, start, end, inside)):
            if not any(subject.start <= span.start < last for subject, last in withheld):
                yield span
        for span in _agencies(body, start, end):
            place = bisect_left(starts, span.end) - 1
            if place < 0 or marked[place].end <= span.start:
                yield span


def _withheld(body: str, start: int, end: int) -> Iterator[tuple[Span, int]]:
    """Who does not want to be named, as the subject of the sentence that says so, and where that ends."""
    for sentence in sentences(body, start, end):
        printed = body[slice(*sentence)]
        said = next((at for phrase in _rules().withheld if (at := printed.lower().find(phrase)) >= 0), -1)
        subject = _SUBJECT.match(printed) if said > 0 else None
        if subject:
            yield Span(sentence.start, sentence.start + subject.end()), sentence.start + said


def _in_paragraph(paragraph: Paragraph) -> Iterator[Span]:
    for found in attributions(paragraph):
        source = paragraph.words[found.source_first : found.source_last + 1]
        if (found.plain or found.how is How.ACCORDING) and source[-1].low not in lexicon().pronouns:
            yield found.source
    for index, word in enumerate(paragraph.words):
        if word.low in _rules().cites:
            yield from _behind(paragraph.words, index + 1)
        elif word.low in _rules().gives and _follows(paragraph.words, index, "from"):
            yield from _behind(paragraph.words, index + 2)
        elif word.low in _rules().told:
            yield from _hearer(paragraph.words, index + 1)


def _behind(line: Sequence[Word], first: int) -> Iterator[Span]:
    """The source behind "citing": up to the next comma or verb, without what it was given as."""
    while first < len(line) and line[first].low in _rules().carriers:
        first += 1
    last = first
    while last < len(line) and last - first < _LONGEST_CITED and not _ends(line[last]):
        last += 1
    if last > first and line[first].sentence == line[last - 1].sentence:
        yield Span(line[first].start, line[last - 1].end)


def _follows(line: Sequence[Word], index: int, low: str) -> bool:
    return index + 1 < len(line) and line[index + 1].low == low


def _ends(word: Word) -> bool:
    return word.low in _STOPS or word.low[0] == QUOTED


def _hearer(line: list[Word], first: int) -> Iterator[Span]:
    """Who was told, if that is an outlet: reporters and courts are told things too."""
    phrase = noun_phrase_after(line, first)
    if phrase:
        heard = line[phrase[0] : phrase[1] + 1]
        if any(word.capital for word in heard) and any(word.low in _rules().media for word in heard):
            yield Span(heard[0].start, heard[-1].end)


def _agencies(body: str, start: int, end: int) -> Iterator[Span]:
    """The places of agencies that a sentence says were told something, or report it."""
    for sentence in sentences(body, start, end):
        cited = set(agencies_cited(body[slice(*sentence)]))
        for span, name in agencies_printed(body, *sentence) if cited else ():
            if name in cited:
                yield span


# --- who it is --------------------------------------------------------------------------------------


def _known_as(text: Text, span: Span, offices: frozenset[str]) -> tuple[SourceKind, str]:
    """The kind of a source, and what it is known by across articles."""
    printed = text.body[span.start : span.end]
    low = [word for word, _, _ in words.every_word(words.fold(printed))]
    key = next((key for at, key in reversed(_named_in(text, span)) if key), "")
    kind = _kind(text.body, span, low, key)
    if kind is SourceKind.NAMED and (key in offices):
        kind = SourceKind.OFFICIAL
    named = key and kind in (SourceKind.NAMED, SourceKind.OFFICIAL, SourceKind.MEDIA)
    plain = [word for word in low if word not in lexicon().determiner]
    return kind, f"name:{key}" if named else " ".join(plain or low)


def _kind(body: str, span: Span, low: Sequence[str], key: str) -> SourceKind:
    rules, printed = _rules(), body[slice(*span)]
    behind = _SENTENCE_END.split(body[span.end : span.end + _LOOK_BEHIND])[0].lower()
    withheld = any(phrase in behind for phrase in rules.withheld)
    if not rules.unnamed.isdisjoint(low) or (withheld and not key):
        return SourceKind.UNNAMED
    if low and low[-1] in rules.documents:
        return SourceKind.DOCUMENT
    if not rules.media.isdisjoint(low) and any(letter.isupper() for letter in printed):
        return SourceKind.MEDIA
    if _is_nameless(_head(low)) if key else _is_nameless(low):
        return SourceKind.UNNAMED
    return SourceKind.OFFICIAL if _holds_office(low) else SourceKind.NAMED


def _head(low: Sequence[str]) -> Sequence[str]:
    """The words before what somebody belongs to: "an engineer" of the State Water Board; () without such."""
    links = [place for place, word in enumerate(low) if word in lexicon().link]
    return low[: links[0]] if links and low[0] in lexicon().determiner and low[0] != "the" else ()


def _is_nameless(low: Sequence[str]) -> bool:
    """Whether somebody is cited without a name: "two diplomats", "an army general"; not "the mayor"."""
    rules = _rules()
    if len(low) > 1 and low[-1] in rules.trailing:
        low = low[:-1]
    if not low:
        return False
    if not {"sources", "contacts"}.isdisjoint(low) or low[:2] in (["a", "source"], ["one", "source"]):
        return True
    one_of_many = low[0] in ("a", "an", "one", "another") and low[-1] in rules.officials
    known_by_office = low[0] in ("the", "his", "her", "its") and _holds_office(low)
    return one_of_many or (low[-1] in rules.nameless and not known_by_office)


def _holds_office(low: Sequence[str]) -> bool:
    """Whether words name an office or a public body: "a union secretary" holds none."""
    rules, said = _rules(), set(low)
    public = bool(said & rules.bodies)
    if said & rules.private and not said & (rules.officials - rules.weak):
        return False
    return public or bool(said & (rules.officials - rules.weak)) or {"vice", "president"} <= said


def _holders(text: Text) -> frozenset[str]:
    """The keys of those whose office the text says beside their name, somewhere."""
    found = set()
    for at, key in text.mention_keys:
        if key and key not in found:
            start = text.body.rfind("\n", 0, at.start) + 1
            described = (
                description_before(text.body, start, at.start),
                description_after(text.body, at.end),
            )
            said = [
                word
                for span in described
                if span
                for word, _, _ in words.every_word(words.fold(text.body[slice(*span)]))
            ]
            if _holds_office(said):
                found.add(key)
    return frozenset(found)


@cache
def _rules() -> _Rules:
    source = resources.files("archive.text.rules").joinpath("cited.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)
    withheld = tuple(" ".join(phrase.split()) for phrase in table.pop("withheld").split("|"))
    return _Rules(**{name: frozenset(entry.split()) for name, entry in table.items()}, withheld=withheld)
