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
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from archive.text.attribution import Attribution, How, attributions
from archive.text.bylines import agencies_cited, agencies_printed
from archive.text.lexicon import lexicon as common
from archive.text.marks import stretches
from archive.text.passages import Text
from archive.text.phrases import QUOTED, Paragraph, Word, is_past, lexicon, noun_phrase_after, read
from archive.text.sentences import sentences
from archive.text.source_kinds import SourceKind, head_of, holders, is_outlet, known_as
from archive.text.types import Span

_PARAGRAPH = re.compile(r"[^\n]+")
_LONGEST_PARAGRAPH = 20_000  # characters that are read of a line
_LONGEST_CITED = 12  # words behind "citing"
_NOBODY = re.compile(r"(?:its|their|this|that|these|those|no|nothing)\b", re.IGNORECASE)
_SHARE = re.compile(r"\bper\s?cent\b|%|\d$")
_KNOWN = "name:"  # begins the key of a source whose name is known
_PRINTED = re.compile(r"\S+")
_BESIDE = 25  # letters between a quotation and who says it, right before or behind it
_MANY = re.compile(r"(?:[eo]rs|ists|ants|ents)$")
_MARKED = re.compile(r"[\"“”]")
_TELLING = frozenset({How.SUBJECT, How.DESCRIBED})
_OF_OUTLETS = frozenset({How.SUBJECT, How.DESCRIBED, How.INVERTED, How.PASSIVE})  # "reported by the Courier"
_DASHES = frozenset("-–—―(")
_SUBJECT = re.compile(
    r"(?:An?|One|Two|Three|Four|Five|Several|Some|Another)\s[^,.;]{2,60}?(?=,| who\b| said\b)"
)
_STOPS = frozenset({",", ".", ";", ":", "(", ")", "-", "–", "—", "that", "who", "which", "said", "saying"})


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
    silent: frozenset[str]
    nouns: frozenset[str]
    adding: frozenset[str]
    also: frozenset[str]
    owned: frozenset[str]
    denying: frozenset[str]
    withheld: tuple[str, ...]


_Cells = dict[tuple[SourceKind, str], list[tuple[Span, ...]]]


def source_rows(texts: Sequence[Text]) -> tuple[SourceRow, ...]:
    """Who is cited by which text: by kind, those of most texts first, then in the order of the first text."""
    found: _Cells = {}
    for column, text in enumerate(texts):
        for one in cited_sources(text):
            cells = found.setdefault((one.kind, one.key), [() for _ in texts])
            cells[column] = one.places
    kinds = list(SourceKind)
    rows = [SourceRow(kind, key, tuple(cells)) for (kind, key), cells in _by_office(found).items()]
    return tuple(sorted(rows, key=lambda row: (kinds.index(row.kind), -sum(map(bool, row.cells)))))


def _by_office(found: _Cells) -> _Cells:
    """The rows with one for each name: whose office one text says holds it in the others too."""
    told = {key: kind for kind, key in reversed(found) if kind is SourceKind.OFFICIAL}
    together: _Cells = {}
    for (kind, key), cells in found.items():
        known = told.get(key, kind) if kind is SourceKind.NAMED else kind
        before = together.get((known, key), [() for _ in cells])
        together[known, key] = [tuple(sorted({*a, *b})) for a, b in zip(before, cells, strict=True)]
    return together


@lru_cache(64)
def cited_sources(text: Text) -> tuple[Cited, ...]:
    """The sources of a text in the order in which they are first cited."""
    places: defaultdict[tuple[SourceKind, str], set[Span]] = defaultdict(set)
    offices = holders(text)
    for printed in (*_cited(text.body), *_speakers(text)):
        agencies = agencies_printed(text.body, *printed)
        for at, name in agencies:
            places[SourceKind.AGENCY, f"agency:{name}"].add(at)
        if agencies:
            continue
        span = _whole(text, printed)
        kind, key = known_as(text, span, offices)
        if key.startswith(_KNOWN) or not _is_none(text.body, span, kind):
            places[kind, key].add(span)
    for key, span in _pronouns(text):
        kind = SourceKind.OFFICIAL if key in offices else SourceKind.NAMED
        places[kind, f"name:{key}"].add(span)
    found = [Cited(kind, key, tuple(_apart(sorted(spans)))) for (kind, key), spans in places.items()]
    return tuple(sorted(found, key=lambda one: one.places[0]))


def _is_none(body: str, span: Span, kind: SourceKind) -> bool:
    """Whether words that look like a source are none: "their", "79 percent", the place of a dateline."""
    printed = body[slice(*span)]
    if _SHARE.search(printed) or _is_plain_word(body, span):
        return True
    place = printed.isupper() and body[span.start - 1 : span.start] in ("", "\n")
    if place and body[span.end : span.end + 3].strip()[:1] in _DASHES:
        return True
    if kind is not SourceKind.NAMED:
        return False
    return _NOBODY.match(printed) is not None or _is_thing_of_somebody(printed)


def _is_thing_of_somebody(printed: str) -> bool:
    """Whether a source is something that somebody has: "Lund's offer", and not "Lund's campaign"."""
    owner, owns, owned = printed.replace("’", "'").partition("'s ")
    last = owned.rpartition(" ")[2]
    return bool(owner and owns) and last.islower() and not (last in _rules().owned or _MANY.search(last))


def _is_plain_word(body: str, span: Span) -> bool:
    """Whether a source is one everyday word that nobody is called by, or begins with a participle: "Close",
    "Looking for a way".
    """
    printed = body[slice(*span)]
    first, _, more = printed.partition(" ")
    opens = printed.islower() or not body[max(0, span.start - 2) : span.start].strip().isalpha()
    if not opens or first.isupper():
        return False
    low = first.lower()
    if low.endswith(("ing", "ly")) and more[:1].islower():
        return True
    everyday = low in common().common or low.endswith(("ing", "ed", "ly"))
    return not more and everyday and low not in lexicon().bare and not low.endswith("s")


def _whole(text: Text, span: Span) -> Span:
    """The span with a name that stands behind it in commas: "his brother, Jonas Berg,"."""
    behind = bisect_left(text.mention_keys, span.end, key=lambda named: named[0].start)
    named = next((at for at, key in text.mention_keys[behind : behind + 1] if key), None)
    if named and text.body[span.end : named.start] == ", " and text.body[named.end : named.end + 1] == ",":
        head = text.body[slice(*head_of(text, span))].split()[-1]
        return Span(span.start, named.end) if head.islower() else span
    marks = list(_MARKED.finditer(text.body, *span))
    start = marks[-1].end() if marks and text.body[marks[-1].start() - 1] in ",.?!" else span.start
    start += len(text.body[start : span.end]) - len(text.body[start : span.end].lstrip())
    return Span(start, start + len(_without_verb(text.body[start : span.end])))


def _without_verb(printed: str) -> str:
    """A source without the verb that looks like a part of it: "a survey published", "Lund opposed talks"."""
    found = list(_PRINTED.finditer(printed))
    for place, word in enumerate(found[1:], 1):
        named = found[place - 1].group()[0].isupper()
        if word.group().islower() and is_past(word.group(), named, place == len(found) - 1):
            return printed[: found[place - 1].end()]
    return printed


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
            beside = max(quote.start - quote.speaker.end, quote.speaker.start - quote.end) < _BESIDE
            if beside or quote.speaker_mention is not None or _is_somebody(text, quote.speaker):
                yield quote.speaker


def _is_somebody(text: Text, speaker: Span) -> bool:
    """Whether a speaker that stands far from the quotation is more than a thing of its sentence."""
    printed = text.body[slice(*speaker)].split()
    name = printed[1:] if printed[0].lower() in lexicon().determiner else printed
    return (name or printed)[0][0].isupper() or known_as(text, speaker, frozenset())[0] in (
        SourceKind.UNNAMED,
        SourceKind.OFFICIAL,
        SourceKind.DOCUMENT,
    )


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
        for span in _in_paragraph(body, read(body, start, end, inside)):
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


def _in_paragraph(body: str, paragraph: Paragraph) -> Iterator[Span]:
    line, named = paragraph.words, set()
    for found in attributions(paragraph):
        if _says(body, line, found):
            named.add(found.place)
            yield found.source
    for index, word in enumerate(line):
        if word.low in _rules().cites:
            yield from _behind(line, index + 1)
        elif (word.low in _rules().gives and _follows(line, index, "from")) or (
            word.low == "according" and index not in named and _follows(line, index, "to")
        ):
            yield from _behind(line, index + 2)
        elif word.low in _rules().told:
            yield from _hearer(body, line, index + 1)


def _says(body: str, line: Sequence[Word], found: Attribution) -> bool:
    """Whether somebody is said to say something; who asks or says nothing is no source."""
    source = line[found.source_first : found.source_last + 1]
    if source[-1].low in lexicon().pronouns or all(word.low[0].isdigit() for word in source):
        return False
    if found.how is How.ACCORDING:
        return True
    verb = line[found.place].low
    if verb in lexicon().relaying:
        return found.how in _OF_OUTLETS and is_outlet(body[slice(*found.source)])
    if not (found.plain or verb in _rules().also) or verb in _rules().silent:
        return False
    if found.how is How.INVERTED:
        return _opens(line, found.place)
    if found.how is How.LEANING:
        return verb in _rules().adding and source[-1].capital
    between = {word.low for word in line[found.source_last + 1 : found.place]}
    told = verb not in _rules().nouns or _follows(line, found.place, "that")
    return found.how in _TELLING and told and between.isdisjoint(_rules().denying)


def _opens(line: Sequence[Word], place: int) -> bool:
    """Whether nothing that could be the subject stands before a verb in its clause."""
    before = line[place - 1] if place else None
    if before is None or before.sentence != line[place].sentence:
        return True
    return before.low[0] == QUOTED or before.low in {",", "-", "–", "—"}


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


def _hearer(body: str, line: list[Word], first: int) -> Iterator[Span]:
    """Who was told, if that is an outlet: reporters and courts are told things too."""
    phrase = noun_phrase_after(line, first)
    if phrase:
        heard = line[phrase[0] : phrase[1] + 1]
        span = Span(heard[0].start, heard[-1].end)
        if is_outlet(body[slice(*span)]):
            yield span


def _agencies(body: str, start: int, end: int) -> Iterator[Span]:
    """The places of agencies that a sentence says were told something, or report it."""
    for sentence in sentences(body, start, end):
        cited = set(agencies_cited(body[slice(*sentence)]))
        for span, name in agencies_printed(body, *sentence) if cited else ():
            if name in cited:
                yield span


@cache
def _rules() -> _Rules:
    source = resources.files("archive.text.rules").joinpath("cited.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)
    withheld = tuple(" ".join(phrase.split()) for phrase in table["kinds"]["withheld"].split("|"))
    return _Rules(
        **{name: frozenset(entry.split()) for name, entry in table["places"].items()}, withheld=withheld
    )
