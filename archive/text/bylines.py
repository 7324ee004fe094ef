"""Who wrote a text and which agencies it credits: bylines, datelines, "told Reuters"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from archive.text.dates import find_dates
from archive.text.needles import Needles, holds, shortest
from archive.text.types import Span


class Credit(NamedTuple):
    """What a byline says: people by name, agencies by the name they are shown under."""

    authors: tuple[str, ...]
    agencies: tuple[str, ...]


class Dateline(NamedTuple):
    """The place a report was sent from, as printed, and the agency it credits there ("" for none)."""

    text: str
    agency: str


class _Words(NamedTuple):
    particles: frozenset[str]
    roles: frozenset[str]
    not_in_names: frozenset[str]


class _Agencies(NamedTuple):
    shown_name: dict[str, str]
    news: re.Pattern[str]
    any: re.Pattern[str]
    cited: re.Pattern[str]
    printed: re.Pattern[str]
    cited_forms: Needles
    dateline: re.Pattern[str]


_BY = re.compile(
    r"^\W*(?:(?:by|(?:reporting|written|posted|story|reported|words|analysis|text|report|opinion) by|from"
    r"|authors?:?)\s?:?\s+|By:?|BY:?)(?=(?-i:[A-Z]))",
    re.IGNORECASE,
)
# A job that ends a name, with whatever else describes it up to the next comma.
_ROLE = re.compile(
    r"\b(?:(?:senior|chief|staff|political|national|world|foreign|associate|contributing|deputy|managing|special"
    r"|diplomatic|business|defen[cs]e|security|white house|middle east|and) )*(?:reporters?|editors?|writers?"
    r"|correspondents?|columnists?|contributors?|bureau chief|journalists?)\b[^,;]*"
    r"|\b(?:in|for|at) [A-Z][^,;]*",
    re.IGNORECASE,
)
_DESK_WORK = re.compile(
    r"\b(?:additional )?(?:reporting|writing|compiled|written|reported) by\b", re.IGNORECASE
)
# Behind these words others than the author are named, or nobody.
_NOT_THE_AUTHOR = re.compile(
    r"\b(?:last )?(?:updated|published|posted|modified)\b|\b(?:medically |fact )?(?:reviewed|checked)\b"
    r"|\b(?:edited|editing) by\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s[|·•]\s|\d+")
_LONE_BY = re.compile(r"^\W*(?:(?:written|reported|story|words|text) )?by\W*$", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;/&|–—]|\b(?:and|with)\b", re.IGNORECASE)
_LOOSE_ENDS = re.compile(r"^(?:by|from)\s|\s(?:on|in|at|for|of)$", re.IGNORECASE)
_NAME_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ]")
_LETTERS = re.compile(r"[^\W\d_]+")
_JOBS = frozenset(
    {"reporter", "editor", "writer", "correspondent", "columnist", "contributor", "anchor", "critic"}
)
MOST_JOB_WORDS = 4
LONGEST_BYLINE = 300  # characters


def begins_like_byline(text: str) -> bool:
    """Whether `text` begins with "By" or its like and a capital."""
    return _BY.match(text) is not None


def is_names_only(text: str) -> bool:
    """Whether a short line holds nothing but capitalised words, particles of names and names of jobs."""
    words = text.split()
    if words[0].lower() in _words().roles:
        return False
    return all(_may_be_name_word(word) for word in words)


def is_job(text: str) -> bool:
    """Whether a short line names a job of the newsroom and nobody: "Senior science writer"."""
    words = _LETTERS.findall(text.lower())
    return 0 < len(words) <= MOST_JOB_WORDS and words[-1] in _JOBS and text[-1].isalpha()


def _may_be_name_word(word: str) -> bool:
    if word[:1].isupper():
        return word[-1] not in ".!?" or len(word) == 2
    bare = word.strip(",;").lower()
    return bare in _words().roles or bare in _words().particles


def is_lone_by(text: str) -> bool:
    """Whether a line holds "By" and nothing else: the name stands in the line below."""
    return _LONE_BY.match(text) is not None


def credit_of(byline: str) -> Credit:
    """Read "By Jane Roe and John Doe, AP" as (Jane Roe, John Doe), (AP)."""
    text = byline[:LONGEST_BYLINE]
    for date in reversed(find_dates(text)):
        text = f"{text[: date.start]} | {text[date.end :]}"
    parts = _PARTS.split(text)
    own = [part for part in parts if begins_like_byline(part.strip())] or parts[:1]
    authors: list[str] = []
    agencies: list[str] = []
    for part in own:
        credit = _credit_of_part(_NOT_THE_AUTHOR.split(_BY.sub("", part.strip()))[0])
        authors += credit.authors
        agencies += credit.agencies
    return Credit(tuple(dict.fromkeys(authors)), tuple(dict.fromkeys(agencies)))


def _credit_of_part(text: str) -> Credit:
    agencies: list[str] = []

    def take(match: re.Match[str]) -> str:
        agencies.append(agency_named(match.group()))
        return ","

    text = _agencies().news.sub(take, text)
    text = _DESK_WORK.sub(",", _ROLE.sub(",", text))
    authors = [name for part in _BETWEEN.split(text) if (name := _person_name(part))]
    return Credit(tuple(authors), tuple(agencies))


def _person_name(part: str) -> str:
    """The name in a part of a byline, or "" if it is none: two to four words that names are made of."""
    name = _LOOSE_ENDS.sub("", part.strip(" .-*_():\t"))
    words = name.split()
    if not 2 <= len(words) <= 4 or not _words().not_in_names.isdisjoint(words):
        return ""
    if not all(_NAME_WORD.match(word) or word in _words().particles for word in words):
        return ""
    return name.title() if name.isupper() else name


def agency_named(form: str) -> str:
    """The name that an agency is shown under."""
    return _agencies().shown_name[form]


def dateline_of(paragraph: str) -> Dateline | None:
    """The dateline that a paragraph begins with: "KABUL, Afghanistan (AP) —", "PARIS —", "(Reuters) -"."""
    match = _agencies().dateline.match(paragraph)
    if match is None:
        return None
    form = match["agency"] or match["alone"] or ""
    return Dateline(match.group().strip(" -–—"), agency_named(form) if form else "")


def is_agency(name: str) -> bool:
    """Whether an outlet of this name is a news agency."""
    return name in _agencies().shown_name


def agencies_cited(paragraph: str) -> list[str]:
    """The agencies that somebody told something, or that report it, by the words of a paragraph."""
    if not holds(paragraph, _agencies().cited_forms):
        return []
    found = (
        match["told"] or match["reports"] or match["credited"]
        for match in _agencies().cited.finditer(paragraph)
    )
    return list(dict.fromkeys(agency_named(form) for form in found))


def agencies_printed(text: str, start: int, end: int) -> list[tuple[Span, str]]:
    """Where `text[start:end]` prints an agency that texts cite, and the name it is shown under."""
    found = _agencies().printed.finditer(text, start, end)
    return [(Span(*match.span()), agency_named(match.group())) for match in found]


@cache
def _words() -> _Words:
    table = _table("bylines.toml")
    return _Words(*(frozenset(table[name].split()) for name in _Words._fields))


@cache
def _agencies() -> _Agencies:
    table = _table("agencies.toml")
    rows = [*table["agency"], *table["pictures"]]
    cited_forms = frozenset(form for row in table["agency"] if row.get("cited") for form in row["forms"])
    cited = _alternatives(cited_forms)
    news = _alternatives(form for row in table["agency"] for form in row["forms"])
    everyone = _alternatives(form for row in rows for form in row["forms"])
    return _Agencies(
        {form: row["name"] for row in rows for form in row["forms"]},
        re.compile(rf"(?<![\w./])(?:{news})(?![\w/])"),
        re.compile(rf"(?<!\w)(?:{everyone})(?!\w)"),
        _citation(cited),
        re.compile(rf"(?<![\w./])(?:{cited})(?![\w/])"),
        shortest(cited_forms),
        _dateline(news),
    )


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("archive.text.rules").joinpath(name).read_text(encoding="utf-8"))


def _alternatives(forms: Iterable[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


def _citation(forms: str) -> re.Pattern[str]:
    """Words like "told the Reuters news agency", "reports AFP", "AP reported", or "(AFP)" at the end."""
    agency_words = (
        r"(?:the )?(?:(?:[A-Z][a-z]+(?:-[a-z]+)? )?(?:state |official )?(?:news |wire )?(?:agency|service) )?"
    )
    return re.compile(
        rf"\b(?:told|tells|telling|[Aa]ccording to|reports?|reported (?:by|to|in)|quoted|quoted by|cited by"
        rf"|interview with) {agency_words}(?P<told>{forms})(?![\w/])(?!['’]s)"
        rf"|(?<![\w/])(?P<reports>{forms})(?: news agency| reporters?| correspondents?)?,?"
        rf" (?:has |have |had |also )?(?:reports?|reported|quoted|cited|contributed)\b"
        rf"|\((?:with |via )?(?P<credited>{forms})\)\s*$"
    )


def _dateline(forms: str) -> re.Pattern[str]:
    place = r"[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]{2,40}(?:, (?:[A-Z][\w.'’]{1,20} ?){1,3})?"
    named_place = r"[A-Z][\w ,.'’/-]{2,40}"
    day = r"(?:,? ?[A-Z][a-z]{2,8}\.? \d{1,2})?"
    return re.compile(
        rf"(?:(?:{place}{day}|{named_place}) ?\((?P<agency>{forms})\)|{place}{day}|\((?P<alone>{forms})\))"
        r" ?(?:[—–]|--|-(?= ))\s*"
    )
