"""What an article says of something that happened before, and which earlier event it means.

    said = looks_back(body, date(2031, 5, 13))  # "two days after the fire at ...", "last Friday's attack"
    followed([said], here, earlier)             # the earlier event that the texts follow, if they say so

An event is followed only if it lies in the days meant, its articles have the words that say what happened,
and both events share names or rare words beside these.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from archive.text import words
from archive.text.profiles import Profile, says_what
from archive.text.weights import weight

Key = TypeVar("Key")

READ = 2500  # characters that tell what an article is about; what stands later is background
FARTHEST = 62  # days that an article looks back; older events are history

_MOST_WEIGHT = 7.0  # what any one word may weigh
_LEAST_TOLD = 0.75  # share of the weight of the words that say what happened, that an event must have
_LEAST_TITLED = 7.5  # weight of those that stand in its headlines: two words, for one is no happening
_LEAST_SHARED = 22.0  # weight of those that it has, with what both events share beside
_MOST_WORDS = 9  # content words beside the words of time that say what happened
_LEAST_SAID = 8.0  # weight of these words: "days since police in Ferrow" does not say what happened there

_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_COUNTS, 1)} | {"a": 1, "an": 1}
_UNITS = {"day": 1, "week": 7, "month": 30}
# What "days after", "weeks after" and "hours after" mean, in days.
_VAGUE = {"days": (1, 8), "weeks": (7, 28), "hours": (1, 1)}
_BEFORE = 120  # characters before "two weeks ago" that may say what happened
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept(?:ember|\.)"
    r"|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_THEN = r"(?:after|since|following|in the wake of|in response to|despite)"
_SAID = re.compile(
    rf"\b(?P<bound>less than |more than |barely |just over )?(?P<count>an?|{'|'.join(_COUNTS)}|\d{{1,2}})"
    r" (?P<unit>day|week|month)s? (?:after|since)\b"
    r"|\b(?P<named>(?:recent|coming|past|last|next|these|final|the) )?(?P<vague>days|weeks|hours)"
    r" (?:after|since)\b"
    rf"|\b(?P<past>an?|{'|'.join(_COUNTS)}|\d{{1,2}}) (?P<past_unit>day|week|month)s? (?:ago|earlier)\b"
    r"|\b(?P<this>earlier this week|this week's)\b"
    rf"|\b(?:(?:last|this past) |{_THEN} (?:the )?)(?P<weekday>{_WEEKDAY})'s?(?!\w)"
    r"|\blast (?P<near>week|weekend)'s\b"
    rf"|\b(?:the|{_THEN}(?: the)?) (?P<month>{_MONTH}) (?P<day>\d{{1,2}})\b(?!,? \d{{4}}|[\d:-])",
    re.IGNORECASE,
)
_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")
_CLAUSE = re.compile(r"[^,;:.!?\n\"()]{0,160}")
_CLAUSE_BEFORE = re.compile(r"[^,;:.!?\n\"()]*$")
_DEED = re.compile(r" (?P<deed>\w{2,}ing)\b")
_OWN_DAY = re.compile(rf"\b(?P<month>{_MONTH}) (?P<day>\d{{1,2}})\b")


class LookBack(NamedTuple):
    """Something that an article says happened before, on a day from `first` to `last` (ordinals).

    `terms` are the words that tell what, with their weights; `said` are the words as printed; `deed` is what
    somebody did, where the words say it first ("after quitting").
    """

    first: int
    last: int
    terms: Mapping[str, float]
    said: str
    deed: str = ""


class Subject(NamedTuple):
    """What an event is about: its first day, words and names of most of its articles, with their weights,
    and the words of its headlines.
    """

    day: int
    terms: Mapping[str, float]
    titles: frozenset[str]


def looks_back(body: str, published: date) -> list[LookBack]:
    """What the beginning of an article says happened on earlier days, in the order of the text."""
    folded = _LINE_END.sub(" ", words.fold(body[:READ]))
    found = []
    for match in _SAID.finditer(folded):
        start, end = _clause(folded, match)
        days = _days(match, folded[start:end], published)
        tells_after = start >= match.end()
        terms = _terms(folded[start:end], tells_after)
        if days and math.fsum(terms.values()) >= _LEAST_SAID:
            printed = body[min(start, match.start()) : max(end, match.end())]
            deed = _DEED.match(folded, start) if tells_after else None
            stem = words.comparable(deed["deed"]) if deed else ""
            found.append(LookBack(*days, terms, " ".join(printed.split()), stem))
    return found


def _clause(folded: str, match: re.Match[str]) -> tuple[int, int]:
    """Where it is told what happened: behind words of time, or before "two weeks ago" if anything is."""
    if match["past"] or (match["this"] or "").lower().startswith("earlier"):
        first = max(0, match.start() - _BEFORE)
        before = _CLAUSE_BEFORE.search(folded, first, match.start())
        if before and before.group().strip():
            return before.start(), match.start()
    clause = _CLAUSE.match(folded, match.end())
    return match.end(), clause.end() if clause else match.end()


def _terms(clause: str, tells_after: bool) -> dict[str, float]:
    stems = [token.stem for token in words.tokens(clause) if says_what(token.stem)]
    near = stems[:_MOST_WORDS] if tells_after else stems[-_MOST_WORDS:]
    return {stem: min(_MOST_WEIGHT, weight(stem)) for stem in near}


# --- the days meant ---------------------------------------------------------------------------------


def _days(match: re.Match[str], clause: str, published: date) -> tuple[int, int] | None:
    """The first and the last day that are meant. What happened is often first printed the day after.

    "Days after the May 9 fire" is told of something else than this article: the fire was on May 9.
    """
    today = published.toordinal()
    found: tuple[int, int] | None
    own = _OWN_DAY.search(clause) if match["unit"] or match["vague"] else None
    if match["named"]:  # "in recent weeks after": not the weeks that have passed since
        return None
    if own:
        found = _dated(own["month"], int(own["day"]), published)
    elif match["unit"] or match["past"]:
        found = _counted(match, today)
    elif match["vague"]:
        nearest, farthest = _VAGUE[match["vague"].lower()]
        found = today - farthest, today - nearest
    elif match["this"]:
        found = today - published.weekday() - 1, today
    elif match["weekday"]:
        back = (published.weekday() - _WEEKDAYS.index(match["weekday"][:3].lower()) - 1) % 7 + 1
        found = today - back, today - back + 1
    elif match["near"]:
        found = _near(match["near"].lower(), published)
    else:
        found = _dated(match["month"], int(match["day"]), published)
    if found is None or today - found[0] > FARTHEST + 10:
        return None
    return found[0], min(found[1], today - 1)


def _counted(match: re.Match[str], today: int) -> tuple[int, int]:
    printed = (match["count"] or match["past"]).lower()
    unit = _UNITS[(match["unit"] or match["past_unit"]).lower()]
    count = (_NUMBERS.get(printed) or int(printed)) * unit
    bound = (match["bound"] or "").lower()
    slack = {1: 1, 7: 3, 30: 8}[unit]
    first = today - count - (count if bound in ("more than ", "just over ") else slack)
    last = today - 1 if bound in ("less than ", "barely ") else today - count + slack
    return first, last


def _near(unit: str, published: date) -> tuple[int, int]:
    monday = published.toordinal() - published.weekday()
    return (monday - 7 if unit == "week" else monday - 3), monday


def _dated(month: str, day: int, published: date) -> tuple[int, int] | None:
    """The last such day before the day of publication."""
    number = _MONTHS.index(month[:3].lower()) + 1
    year = published.year - ((number, day) >= (published.month, published.day))
    try:
        meant = date(year, number, day).toordinal()
    except ValueError:
        return None
    return meant, meant + 1


# --- which event is meant ---------------------------------------------------------------------------


def subject(profiles: Sequence[Profile]) -> Subject | None:
    """What the articles of an event tell in headline and beginning; None if no day is known."""
    days = [one.day for one in profiles if one.day is not None]
    told = Counter(term for one in profiles for term in {*one.lead, *one.title, *one.leading})
    enough = len(profiles) // 2 + 1
    terms = {term: min(_MOST_WEIGHT, weight(term)) for term, times in told.items() if times >= enough}
    return Subject(min(days), terms, frozenset().union(*(one.title for one in profiles))) if days else None


def followed(
    said: Iterable[Collection[LookBack]], here: Subject, earlier: Mapping[Key, Subject]
) -> tuple[Key, str] | None:
    """Which of some earlier events the articles of an event follow, and the words that say so.

    Args: `said`, what each article says; `here`, their event; `earlier`, other events in any order.
    Of several the one that most articles mean, then the one that has most of the words.
    """
    found: dict[Key, list[tuple[float, str]]] = {}
    for backward in said:
        for key, meant in _meant(backward, here, earlier).items():
            found.setdefault(key, []).append(meant)
    if not found:
        return None
    best = max(found, key=lambda key: (len(found[key]), max(found[key])[0], _order(earlier[key])))
    return best, max(found[best])[1]


def _order(one: Subject) -> tuple[int, list[str]]:
    """An order of events that depends on their articles alone."""
    return -one.day, sorted(one.terms)


def _meant(
    backward: Collection[LookBack], here: Subject, earlier: Mapping[Key, Subject]
) -> dict[Key, tuple[float, str]]:
    """The earlier events that an article means, how surely, and with which words."""
    sure = {
        key: max((_sureness(one, here, there), one.said) for one in backward)
        for key, there in earlier.items()
        if backward
    }
    return {key: meant for key, meant in sure.items() if meant[0] > 0}


def _sureness(one: LookBack, here: Subject, there: Subject) -> float:
    """The weight of what an article says happened in the headlines and beginnings of an event; 0 if it is
    another day, or too little.
    """
    if not one.first <= there.day <= one.last or there.day >= here.day:
        return 0.0
    if one.deed and one.deed not in there.titles and one.deed not in there.terms:
        return 0.0
    told = _weight_in(one.terms, {*there.terms, *there.titles})
    in_titles = _weight_in(one.terms, there.titles)
    enough = in_titles >= _LEAST_TITLED and told >= _LEAST_TOLD * math.fsum(one.terms.values())
    shared = _weight_in(here.terms, there.terms.keys() - one.terms.keys())
    return round(told + in_titles, 6) if enough and told + shared >= _LEAST_SHARED else 0.0


def _weight_in(terms: Mapping[str, float], there: Collection[str]) -> float:
    return math.fsum(value for term, value in terms.items() if term in there)
