"""Who a printed source is: its kind, as its own words say, and what it is known by across articles.

The head of the words decides: "an aide to Mayor Ada Lund" is an aide without a name, "Ada Lund of the port
authority" is Ada Lund, "Lund's campaign" and "the Lund administration" are not she.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import NamedTuple

from archive.text import words
from archive.text.descriptions import description_after, description_before
from archive.text.passages import Text
from archive.text.phrases import lexicon
from archive.text.types import Span

_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_LOOK_BEHIND = 160  # characters in which an article may say that a source is not to be named
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_CHAMBERS = frozenset({"house", "senate", "congressional", "parliamentary"})
_ENDINGS = frozenset({"", ".", "'s", "’s"})  # between a name and the end of the words that it closes


class SourceKind(StrEnum):
    """What a source is, as its own words say."""

    AGENCY = "news agency"
    MEDIA = "other media"
    OFFICIAL = "official"
    UNNAMED = "not named"
    DOCUMENT = "document"
    NAMED = "others named"


class _Rules(NamedTuple):
    media: frozenset[str]
    outlet_words: frozenset[str]
    outlets: frozenset[str]
    staff: frozenset[str]
    officials: frozenset[str]
    weak: frozenset[str]
    before_names: frozenset[str]
    leading: frozenset[str]
    bodies: frozenset[str]
    private: frozenset[str]
    nameless: frozenset[str]
    unnamed: frozenset[str]
    trailing: frozenset[str]
    documents: frozenset[str]
    withheld: tuple[str, ...]


class _Source(NamedTuple):
    """A source as printed: its words, those of its head, both in small letters, and the name that it is."""

    printed: str
    low: list[str]
    head: list[str]
    name: Span | None
    key: str


def known_as(text: Text, span: Span, offices: frozenset[str]) -> tuple[SourceKind, str]:
    """The kind of a source, and what it is known by across articles.

    Args:
        text: the article.
        span: the source as printed in it.
        offices: `holders(text)`.
    """
    source = _read(text, span)
    kind = _kind(text.body, span, source)
    if kind is SourceKind.NAMED and source.key in offices:
        kind = SourceKind.OFFICIAL
    if kind is SourceKind.AGENCY:
        return kind, f"agency:{_last_name(source.printed)}"
    if source.key and kind in (SourceKind.NAMED, SourceKind.OFFICIAL, SourceKind.MEDIA):
        return kind, f"name:{source.key}"
    return kind, _plain(source)


def holders(text: Text) -> frozenset[str]:
    """The keys of those whose office the text says beside their name, somewhere."""
    found = set()
    for at, key in text.mention_keys:
        if key and key not in found:
            start = text.body.rfind("\n", 0, at.start) + 1
            before = description_before(text.body, start, at.start)
            after = description_after(text.body, at.end)
            if (before and _is_office(_titles(text.body[slice(*before)]))) or (
                after and _is_office(list(_up_to_link(_low(text.body[slice(*after)]))))
            ):
                found.add(key)
    return frozenset(found)


def names_in(text: Text, span: Span) -> Sequence[tuple[Span, str]]:
    """The names that lie in a span, in order."""
    first = bisect_left(text.mention_keys, span.start, key=lambda named: named[0].start)
    last = bisect_left(text.mention_keys, span.end, key=lambda named: named[0].start)
    return [named for named in text.mention_keys[first:last] if named[0].end <= span.end]


def head_of(text: Text, span: Span) -> Span:
    """A source up to the first "of", "for" and the like that is no part of a name or of its title."""
    inside = [at for at, _ in names_in(text, span)]
    if inside and inside[-1].end == span.end and _has_title(text.body[span.start : inside[-1].start]):
        return span
    for match in _WORD.finditer(text.body, span.start + 1, span.end):
        in_name = any(at.start <= match.start() < at.end for at in inside)
        if match.group() in lexicon().link and not in_name:
            return Span(span.start, span.start + len(text.body[span.start : match.start()].rstrip()))
    return span


def _has_title(before: str) -> bool:
    """Whether words right before a name are its title: "Secretary of State", not "the head of the"."""
    found = before.split()
    return bool(found) and all(word[0].isupper() or word == "of" for word in found) and found[-1] != "of"


def _read(text: Text, span: Span) -> _Source:
    head = head_of(text, span)
    named = [
        (at, key) for at, key in names_in(text, head) if key and text.body[at.end : head.end] in _ENDINGS
    ]
    name, key = named[-1] if named else (None, "")
    printed = text.body[slice(*span)]
    return _Source(printed, _low(printed), _low(text.body[slice(*head)]), name, key)


def _low(printed: str) -> list[str]:
    return [word for word, _, _ in words.every_word(words.fold(printed))]


def _plain(source: _Source) -> str:
    """A source without a known name: by its words without articles, a lone name without titles."""
    kept = [word for word in source.low if word not in lexicon().determiner]
    titles = _rules().officials | lexicon().abbreviations
    first = next((place for place, word in enumerate(kept) if word not in titles), 0)
    printed = [match.group() for match in _WORD.finditer(source.printed)]
    capital = {word.lower() for word in printed if word[0].isupper()}
    return " ".join(kept[first:] if set(kept[first:]) <= capital else kept) or " ".join(source.low)


def _last_name(printed: str) -> str:
    capital = [match.group() for match in _WORD.finditer(printed) if match.group()[0].isupper()]
    return capital[-1] if capital else printed


# --- kinds ------------------------------------------------------------------------------------------


def _kind(body: str, span: Span, source: _Source) -> SourceKind:
    rules, head = _rules(), source.head
    behind = _SENTENCE_END.split(body[span.end : span.end + _LOOK_BEHIND])[0].lower()
    withheld = any(phrase in behind for phrase in rules.withheld)
    if not rules.unnamed.isdisjoint(source.low) or (withheld and not source.key):
        return SourceKind.UNNAMED
    capital = source.printed.split()[-1][0].isupper()
    if head and head[-1] in rules.documents and not (capital and is_outlet(source.printed)):
        return SourceKind.DOCUMENT
    if "news agency" in " ".join(source.low):
        return SourceKind.AGENCY
    if _is_media(body, source):
        return SourceKind.MEDIA
    if not source.key and (_is_nameless(source.low) or (_is_nameless(head) and not _of_a_house(source))):
        return SourceKind.UNNAMED
    return SourceKind.OFFICIAL if _is_official(body, source) else SourceKind.NAMED


def _is_media(body: str, source: _Source) -> bool:
    """Whether the source is an outlet: "The Hill", but neither its host nor a woman named Fox."""
    if source.name is None:
        return is_outlet(source.printed)
    named = body[slice(*source.name)]
    if source.head == ["the", *_low(named)] and is_outlet(" ".join(("the", named))):
        return True
    surname = source.key.split()[-1] == named.lower() and " " in source.key
    return is_outlet(named) and not (surname and named.lower() in _rules().outlets)


def is_outlet(printed: str) -> bool:
    """Whether words are those of a newspaper, a broadcaster or a site: "the Times", not "the times"."""
    rules = _rules()
    found = [match.group() for match in _WORD.finditer(printed)]
    low = [word.lower() for word in found]
    bare = low[1:] if low[:1] == ["the"] and " ".join(low) not in rules.outlets else low
    capital = any(word[0].isupper() for word in found)
    if capital and (" ".join(bare) in rules.outlets or low[-1] in rules.outlet_words):
        return True
    return any(
        word[0].isupper()
        and word.lower() in rules.media
        and not {*low[place + 1 :]} & (rules.officials | rules.staff)
        for place, word in enumerate(found)
    )


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
    known_by_office = low[0] in ("the", "his", "her", "its") and _is_office(low)
    return one_of_many or (low[-1] in rules.nameless and not known_by_office)


def _of_a_house(source: _Source) -> bool:
    """Whether people without names speak for a house that is named: "Analysts at Corvin & Hale"."""
    belongs = source.low[len(source.head) :]
    house = source.printed.split()[-1][0].isupper() and belongs[:1] == ["at"]
    return house and source.head[0] not in lexicon().determiner and source.head[-1] not in _rules().officials


def _is_official(body: str, source: _Source) -> bool:
    """Whether a source holds an office or is a public body: "a union secretary" is neither."""
    if source.key and source.name:
        before = source.printed[: source.printed.find(body[slice(*source.name)])]
        return _is_office(_titles(before)) or _is_body(_low(body[slice(*source.name)]))
    titled = source.low[:1] and source.low[0] in _rules().before_names and source.printed[-1].isalpha()
    if titled and len(source.low) > 1 and source.printed.split()[-1][0].isupper():
        return True
    return _is_office(source.head) or _is_body(source.head)


def _titles(printed: str) -> list[str]:
    """The words of a description before a name; "President" alone before it is an office of state."""
    low = _low(printed)
    plain = [word for word in low if word not in _rules().leading]
    alone = len(plain) == 1 and plain[0] in _rules().before_names and printed.split()[-1][0].isupper()
    return [*low, "state"] if alone else low


def _up_to_link(low: Sequence[str]) -> Iterator[str]:
    """The words before what an office is of; "of" the state or a ministry is part of it."""
    for word in low:
        if word in lexicon().link and word != "of":
            return
        yield word


def _is_office(low: Sequence[str]) -> bool:
    """Whether words name an office: "the mayor", "a police spokesman", "the majority leader"."""
    rules, said = _rules(), set(low)
    if {"vice", "president"} <= said or said & (rules.officials - rules.weak):
        return True
    if said & rules.private:
        return False
    if low[:2] == ["the", "president"] and len(low) == 2:
        return True
    leads = "leader" in said and bool(said & {"majority", "minority", "senate", "house"})
    speaks = any(word.startswith("spokes") for word in said) and len(said & rules.officials) > 1
    public = bool(said & rules.bodies) or {"white", "house"} <= said
    return leads or speaks or bool(said & rules.weak and public)


def _is_body(low: Sequence[str]) -> bool:
    """Whether words name a public body: "the army", "Department of the Interior", "the city council"."""
    rules, said = _rules(), set(low)
    if not low or said & rules.private:
        return False
    if low[-1] == "committee":
        return not said.isdisjoint(_CHAMBERS)
    if low[-1] == "board":
        return bool(said & rules.bodies)
    return low[-1] in rules.bodies or low[:1] == ["department"] or {"white", "house"} <= said


@cache
def _rules() -> _Rules:
    source = resources.files("archive.text.rules").joinpath("cited.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)["kinds"]
    phrases = {
        name: tuple(" ".join(one.split()) for one in table.pop(name).split("|"))
        for name in ("withheld", "outlets")
    }
    lists = {name: frozenset(entry.split()) for name, entry in table.items()}
    return _Rules(**lists, outlets=frozenset(phrases["outlets"]), withheld=phrases["withheld"])
