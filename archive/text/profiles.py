"""What is kept of an article to tell whether another reports the same event.

A profile is a small value made once, at import; comparing two profiles needs nothing else. It depends on the
article alone: the weights come from a frozen table.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from archive.text import numbered, recalled, words
from archive.text.proceedings import stages
from archive.text.tallies import own_results, tallies
from archive.text.time_words import time_words
from archive.text.told_days import told_day
from archive.text.types import FigureKind
from archive.text.weights import weight

_LEAD = 700  # characters of the body that tell what an article is about
READ = 4000  # characters read at all: what stands later is background
_TERMS, _LEAD_TERMS, _NAMES, _RARE = 100, 60, 30, 40  # heaviest terms kept
_FEW = 24  # numbers, times and keys kept
_RUNS = 64  # runs of words kept
_RUN = 6  # words; two articles that share so many in a row share a source
_SHORTEST_QUOTE = 4  # words
_MOST_WEIGHT = 7.0  # what any one word may weigh: a name seen nowhere else is not the whole of an article
_RARE_WEIGHT = 5.0  # a term that stands in fewer than one of 150 articles
_LEADING_NAMES = 6
_OPENING = 400  # characters; the first two sentences, at most
_FIGURES_LEAD = 900  # characters of the body whose figures are of the event, not of its background
_PRECISE = 3  # digits
_TELLING_FIGURE = 13  # smaller numbers without a unit are too common to say anything

_YEAR = re.compile(r"\b(?:19[89]\d|20[0-4]\d)\b")
_SECOND_END = re.compile(r"[.!?]\s.{0,400}?[.!?]\s", re.DOTALL)
_OPENS = re.compile(r"(?:^|[.!?:\n][\"')\]]*\s*|\"\s*)$")
_LOOK_BACK = 6  # characters before a word that show whether it opens a sentence

# Words that tell when, not what: every report of a day has them.
_CALENDAR = frozenset(
    words.comparable(word)
    for word in (
        *(
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
            "January",
            "February",
        ),
        *("March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
        *("Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec", "year", "month", "week", "day", "today", "time"),
    )
)
# Capitalised words that name the outlet, a trade or a title.
_NO_NAMES = frozenset(
    words.comparable(word) for word in ("President", "Photo", "Image", "Reuters", "AP", "News")
)


class Amount(NamedTuple):
    """A figure as grouping reads it: where it stands in the body, what kind of number, its least value."""

    start: int
    kind: str
    low: float
    unit: str


class Story(NamedTuple):
    """An article as grouping reads it.

    `keys` are those of its people and organisations, `quotes` the words quoted in it, `published` the day of
    publication where it is known; `outlet` is any name for who published it.
    """

    id: str
    title: str
    body: str
    published: date | None = None
    keys: frozenset[str] = frozenset()
    quotes: tuple[str, ...] = ()
    outlet: str = ""
    figures: tuple[Amount, ...] = ()


Weights = Mapping[str, float]


class Profile(NamedTuple):
    """What is kept of a story. Vectors have length 1; `day` is the ordinal of the day of publication.

    `keys` are the names known across articles, `matter` the terms that are no names, `rare` those that few
    articles have, `leading` the names that weigh most; `printed` gives a term of the lead as it is printed
    there; `runs` and `quotes` are checksums of runs of words, `title_pairs` and `lead_pairs` those of two
    words that follow one another; `opening` are the terms of the first two sentences, `figures` the values
    with their units; `tallies` are results ("2-1"), `precise` exact numbers of headline and lead, `recalled`
    the terms of what it tells of weeks before; `own_results` are those of headline or opening, `told_day` is
    the day of the year that it prints as its own, or 0, `stages` how far a case has come before the law;
    `numbered` names ("crew 2"), `magnitude`, `repeats` and `not_first` tell one of a series from the next.
    """

    id: str
    day: int | None
    size: int
    title: Weights
    lead: Weights
    matter: Weights
    printed: Mapping[str, str]
    body: Weights
    names: Weights
    leading: Weights
    title_names: Weights
    rare: Weights
    keys: Weights
    numbers: frozenset[str]
    title_numbers: frozenset[str]
    dates: frozenset[str]
    years: frozenset[str]
    weekday: str
    runs: frozenset[int]
    quotes: frozenset[int]
    outlet: str
    opening: Weights
    title_pairs: frozenset[int]
    lead_pairs: frozenset[int]
    figures: frozenset[str]
    lead_figures: frozenset[str]
    tallies: frozenset[str]
    precise: frozenset[str]
    recalled: Weights
    own_results: frozenset[str]
    told_day: int
    stages: frozenset[str]
    numbered: frozenset[str]
    magnitude: float
    repeats: frozenset[str]
    not_first: bool

    def to_json(self) -> dict[str, Any]:
        """The profile as values that JSON has, in a fixed order."""
        return {
            field: sorted(value) if isinstance(value, frozenset) else value
            for field, value in self._asdict().items()
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Profile:
        """The profile that `to_json` gave `values` for; what an older one did not keep is empty."""
        fields: dict[str, Any] = {
            name: frozenset(values.get(name, ())) if name in _SETS else values[name]
            for name in cls._fields
            if name in values or name not in _LATER
        }
        return cls(**{**_LATER, **fields})


# Fields that profiles stored by the first version lack.
_LATER: Mapping[str, Any] = {
    "outlet": "",
    "opening": {},
    "recalled": {},
    "told_day": 0,
    "magnitude": 0.0,
    "not_first": False,
}
_SETS = frozenset(
    {
        *("numbers", "title_numbers", "dates", "years", "runs", "quotes"),
        *("title_pairs", "lead_pairs", "figures", "lead_figures", "tallies", "precise"),
        *("own_results", "stages", "numbered", "repeats"),
    }
)


def profile(story: Story) -> Profile:
    """What is kept of a story. The same story always gives the same profile."""
    body = words.fold(story.body[:READ])
    title = words.fold(story.title or story.body.split("\n", 1)[0][:150])
    read = words.tokens(body)
    in_title = words.tokens(title)
    title_terms = [token.stem for token in in_title if says_what(token.stem)]
    telling = [token for token in read if says_what(token.stem)]
    lead_terms = [token.stem for token in telling if token.start < _LEAD]
    terms = [token.stem for token in telling]
    counts = Counter(terms + title_terms + title_terms + lead_terms)
    names = _names(body, telling, title_terms)
    whole = f"{title}\n{body}"
    title_vector = _unit({term: _weight(term) for term in title_terms})
    name_vector = _vector(names)
    times = [key for found in time_words(whole, None) for key in found.keys]
    opening = _opening(body)
    lead = _heaviest(_vector(Counter(lead_terms + title_terms)), _LEAD_TERMS)
    return Profile(
        story.id,
        story.published.toordinal() if story.published else None,
        len(terms),
        title_vector,
        lead,
        _heaviest(_vector({term: count for term, count in counts.items() if term not in names}), _TERMS),
        {token.stem: body[token.start : token.end] for token in reversed(telling) if token.stem in lead},
        _heaviest(_vector(counts), _TERMS),
        _heaviest(name_vector, _NAMES),
        _heaviest(name_vector, _LEADING_NAMES),
        {term: value for term, value in title_vector.items() if term in names},
        _heaviest({term: _weight(term) for term in counts if weight(term) > _RARE_WEIGHT}, _RARE),
        _heaviest({key: _key_weight(key) for key in story.keys}, _FEW),
        frozenset(sorted(_numbers(in_title) | _numbers(read))[:_FEW]),
        frozenset(_numbers(in_title)),
        frozenset(sorted(key for key in times if key[-1].isdigit() and not key[2:].isdigit())[:_FEW]),
        frozenset(_YEAR.findall(whole)),
        _weekday(body),
        _lowest(_runs(body, _RUN)),
        _lowest(run for quote in story.quotes for run in _runs(words.fold(quote), _SHORTEST_QUOTE)),
        story.outlet,
        _vector(Counter([token.stem for token in telling if token.start < opening])),
        _pairs(in_title),
        _pairs(token for token in read if token.start < _LEAD),
        _amounts(one for one in story.figures if one.low >= _TELLING_FIGURE or one.unit),
        _amounts(one for one in story.figures if one.start < _FIGURES_LEAD),
        tallies(f"{title}\n{body[:_LEAD]}"),
        _precise(in_title) | _precise(token for token in read if token.start < _LEAD),
        _recalled(body, telling),
        *_of_its_own(title, body[:_LEAD]),
    )


def _of_its_own(
    title: str, lead: str
) -> tuple[frozenset[str], int, frozenset[str], frozenset[str], float, frozenset[str], bool]:
    """What an article says of its own event that the next one of the kind has otherwise."""
    both = f"{title}\n{lead}"
    return (
        own_results(title, lead),
        told_day(title, lead),
        stages(title, lead),
        numbered.numbered(both),
        numbered.magnitude(both),
        numbered.repeats(title, lead),
        numbered.is_not_first(both),
    )


def says_what(stem: str) -> bool:
    """Whether a stem tells what an article is about: no letter, number or word of the calendar."""
    return len(stem) > 1 and not stem[0].isdigit() and stem not in _CALENDAR


@lru_cache(100_000)
def _weight(stem: str) -> float:
    return min(_MOST_WEIGHT, weight(stem))


def _key_weight(key: str) -> float:
    """A name is as rare as the rarest of its words."""
    return round(max((_weight(token.stem) for token in words.tokens(key)), default=0.0), 4)


# --- vectors ----------------------------------------------------------------------------------------


def _vector(counts: Mapping[str, int]) -> dict[str, float]:
    return _unit({term: (1 + math.log(count)) * _weight(term) for term, count in counts.items()})


def _unit(values: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(math.fsum([value * value for value in values.values()])) or 1.0  # in whatever order
    return {term: round(value / length, 4) for term, value in values.items()}


def _heaviest(values: Mapping[str, float], most: int) -> dict[str, float]:
    return dict(sorted(values.items(), key=lambda entry: (-entry[1], entry[0]))[:most])


# --- names, numbers, times, runs --------------------------------------------------------------------


def _names(body: str, telling: Iterable[words.Token], title_terms: Iterable[str]) -> Counter[str]:
    """Capitalised words that do not open a sentence, with how often they stand in body and title."""
    names = Counter(
        token.stem
        for token in telling
        if token.capital
        and token.stem not in _NO_NAMES
        and not _OPENS.search(body[max(0, token.start - _LOOK_BACK) : token.start])
    )
    for term in title_terms:
        if term in names:
            names[term] += 1
    return names


def _numbers(read: Iterable[words.Token]) -> set[str]:
    found = {token.stem for token in read if token.stem[0].isdigit()}
    return {number for number in found if len(number) > 1 and not _YEAR.fullmatch(number)}


def _precise(read: Iterable[words.Token]) -> frozenset[str]:
    """Numbers of three digits or more and with decimals, no years: those that seldom meet by chance."""
    found = _numbers(read)
    return frozenset(number for number in found if "." in number or len(number) >= _PRECISE)


def _weekday(body: str) -> str:
    """The weekday that the beginning names most often, "" for none."""
    days = Counter(re.findall(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", body[:1500]))
    return min(days, key=lambda day: (-days[day], day)) if days else ""


def _recalled(body: str, telling: Sequence[words.Token]) -> dict[str, float]:
    """The terms of the clauses that tell of weeks or years before."""
    stems = {
        token.stem for start, end in recalled.spans(body) for token in telling if start <= token.start < end
    }
    return _heaviest(_vector(Counter(stems)), _FEW)


def _opening(body: str) -> int:
    """Where the first two sentences end, or _OPENING."""
    found = _SECOND_END.search(body, 0, _OPENING)
    return found.end() if found else _OPENING


def _pairs(read: Iterable[words.Token]) -> frozenset[int]:
    """Checksums of every two words that follow one another."""
    return frozenset(zlib.crc32(f"{one.stem} {other.stem}".encode()) for one, other in pairwise(read))


def _amounts(figures: Iterable[Amount]) -> frozenset[str]:
    counted = (one for one in figures if one.kind != FigureKind.DATE)
    return frozenset(sorted({f"{one.kind} {one.low:g} {one.unit}".strip() for one in counted})[:_FEW])


def _runs(folded: str, length: int) -> set[int]:
    """Checksums of all runs of so many words."""
    said = [word.encode() for word in words.said(folded)]
    whole = b" ".join(said)
    starts = [0, *accumulate(len(word) + 1 for word in said)]
    ends = range(length, len(said) + 1)
    return {zlib.crc32(whole[starts[end - length] : starts[end] - 1]) for end in ends}


def _lowest(checksums: Iterable[int]) -> frozenset[int]:
    """A sample that two texts draw alike: the lowest checksums (Broder's bottom sketch, 1997)."""
    return frozenset(sorted(set(checksums))[:_RUNS])
