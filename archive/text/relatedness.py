"""How likely it is that two articles report the same event, and why.

The weights were fitted on labelled events and on dissimilar articles of the same days. A common day of
publication never speaks for a link, only distance in time against one: labelled sets are sparse, a real
archive has hundreds of articles a day.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from archive.text.contradicting import clash, of_a_series, recalls, results, same_weekday
from archive.text.profiles import Profile

FLOOR, CEILING = -7.0, 5.0  # logits: what is less or more likely changes no group
UNLINKED = -3.5  # a logit that links nothing by itself and does not keep apart what others join
# Logits of undated pairs of which one recalls what the other reports, or tells a later stage or another
# result, whose exact numbers clash, or of which one calls a second one what the other tells: they link, but
# only once nothing surer is left.
_IF_LATER, _IF_PRECISE_CLASH, _IF_REPEATED = 0.0, 2.0, 3.0
_RECALLED = 0.4  # of a headline, that another article tells as something of weeks before
LEAST_MATTER = 0.02  # cosine of the terms that are no names; 99 of 100 pairs of one event have more
_ONE_DAY = math.log1p(1)
_SAME_TEXT = 0.7  # root of the share of runs of words, from which two articles print one text
# What each level of a crowd asks more of a pair (archive.text.crowds): of one day, a day apart, later, at
# unknown times. Of 69 links of two days or more in a crowd one reader found 29 right.
_SAME_DAY, _NEXT_DAY, _LATER, _UNDATED = 2.5, 3.0, 5.75, 3.45


class Evidence(NamedTuple):
    """What speaks for or against two articles being of one event, each a number of the order of 1."""

    body: float
    title: float
    lead: float
    title_in_lead: float
    title_in_lead_least: float
    names: float
    rare_best: float
    rare_all: float
    rare_share: float
    numbers: float
    runs: float
    runs_share: float
    size: float
    size_ratio: float
    title_in_body: float
    title_in_body_least: float
    leading_names: float
    leading_names_least: float
    title_names: float
    title_names_least: float
    dates_shared: float
    dates_clash: float
    years_clash: float
    weekday_shared: float
    weekday_clash: float
    title_numbers_clash: float
    body_root: float
    title_root: float
    lead_root: float
    names_root: float
    lead_and_size: float
    body_and_size: float
    names_and_lead: float
    matter: float
    matter_root: float
    matter_and_names: float
    keys: float
    keys_weight: float
    keys_known: float
    quotes: float
    undated: float
    days: float
    days_over_3: float
    days_over_10: float
    days_and_lead: float
    days_and_body: float
    same_outlet: float
    opening: float
    opening_root: float
    opening_least: float
    title_pairs: float
    lead_pairs: float
    figures: float
    lead_figures: float
    days_over_1: float
    over_1_and_runs: float
    days_and_runs: float
    outlet_and_runs: float
    outlet_and_days: float
    tallies_shared: float
    tallies_clash: float
    units_agree: float
    units_clash: float
    precise_clash: float
    recalled: float
    told_days_clash: float
    number_clash: float
    own_results_clash: float
    stages_clash: float
    repeated: float


def evidence(one: Profile, other: Profile) -> Evidence:
    """Compare two profiles. Symmetric."""
    body, title = dot(one.body, other.body), dot(one.title, other.title)
    lead, names = dot(one.lead, other.lead), dot(one.names, other.names)
    matter = dot(one.matter, other.matter)
    title_in_lead = _both_ways(_covered(one.title, other.lead), _covered(other.title, one.lead))
    title_in_body = _both_ways(_covered(one.title, other.body), _covered(other.title, one.body))
    leading = _both_ways(_covered(one.leading, other.names), _covered(other.leading, one.names))
    title_names = _both_ways(_covered(one.title_names, other.body), _covered(other.title_names, one.body))
    rare = sorted((value for term, value in one.rare.items() if term in other.rare), reverse=True)
    runs = len(one.runs & other.runs)
    size = math.log1p(min(one.size, other.size))
    days = math.log1p(abs(one.day - other.day)) if one.day is not None and other.day is not None else 0.0
    runs_share = math.sqrt(runs / max(1, min(len(one.runs), len(other.runs))))
    same_outlet = float(bool(one.outlet) and one.outlet == other.outlet)
    keys = math.fsum(value for key, value in one.keys.items() if key in other.keys)
    fewest_keys = min(math.fsum(one.keys.values()), math.fsum(other.keys.values()))
    return Evidence(
        body,
        title,
        lead,
        *title_in_lead,
        names,
        sum(rare[:3]) / 10,
        math.log1p(sum(rare)),
        sum(rare) / (1 + min(sum(one.rare.values()), sum(other.rare.values()))),
        math.log1p(sum(min(len(number), 4) for number in one.numbers & other.numbers)),
        math.log1p(runs),
        runs_share,
        size,
        abs(math.log((one.size + 5) / (other.size + 5))),
        *title_in_body,
        *leading,
        *title_names,
        *_times(one, other),
        float(clash(one.title_numbers, other.title_numbers)),
        math.sqrt(body),
        math.sqrt(title),
        math.sqrt(lead),
        math.sqrt(names),
        lead * size,
        body * size,
        leading[1] * lead,
        matter,
        math.sqrt(matter),
        math.sqrt(matter * names),
        keys / (fewest_keys or 1.0),
        math.log1p(keys),
        float(bool(one.keys and other.keys)),
        min(len(one.quotes & other.quotes), 4) / 4,
        float(one.day is None or other.day is None),
        *_apart(days, lead, body),
        same_outlet,
        *_openings(one, other),
        *_shared_prints(one, other),
        *_apart_and_alike(days, runs_share, same_outlet),
        *results(one, other),
        recalls(one, other),
        *of_a_series(one, other),
    )


def _apart(days: float, lead: float, body: float) -> tuple[float, float, float, float, float]:
    """How far apart in time two articles are, alone and with how alike they are."""
    return days, float(days > math.log1p(3)), float(days > math.log1p(10)), days * lead, days * body


def _apart_and_alike(
    days: float, runs_share: float, same_outlet: float
) -> tuple[float, float, float, float, float]:
    """The same with runs of words that both print, and with one outlet."""
    later = float(days > _ONE_DAY)
    over = later * runs_share, days * runs_share, same_outlet * runs_share
    return later, *over, same_outlet * float(days > 0)


def _times(one: Profile, other: Profile) -> tuple[float, float, float, float, float]:
    """Whether dates, years and weekdays in two texts are the same, or clash.

    Of two that were published days apart, "Saturday" in each is two days.
    """
    same_day = same_weekday(one, other)
    return (
        min(len(one.dates & other.dates), 3),
        float(clash(one.dates, other.dates)),
        float(clash(one.years, other.years)),
        float(bool(one.weekday) and same_day),
        float(bool(one.weekday and other.weekday) and not same_day),
    )


def _shared_prints(one: Profile, other: Profile) -> tuple[float, float, float, float]:
    """How many pairs of words and figures both print, in headline, beginning and body."""
    return (
        math.log1p(len(one.title_pairs & other.title_pairs)),
        math.log1p(len(one.lead_pairs & other.lead_pairs)),
        math.log1p(len(one.figures & other.figures)),
        math.log1p(len(one.lead_figures & other.lead_figures)),
    )


def _openings(one: Profile, other: Profile) -> tuple[float, float, float]:
    """How alike the first two sentences are, and the lesser of what each body holds of the other's."""
    alike = dot(one.opening, other.opening)
    least = min(_covered(one.opening, other.body), _covered(other.opening, one.body))
    return alike, math.sqrt(alike), least


def _both_ways(there: float, back: float) -> tuple[float, float]:
    """The mean and the lesser of what each of two texts holds of the other."""
    return (there + back) / 2, min(there, back)


def dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The sum of the products of what both have."""
    shared = one.keys() & other.keys()
    return math.fsum([one[term] * other[term] for term in shared]) if shared else 0.0


def _covered(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Share of the weight of `one` whose terms stand in `other`; a half where there is nothing to cover."""
    total = math.fsum(one.values())
    if not total:
        return 0.5
    shared = one.keys() & other.keys()
    return math.fsum([one[term] for term in shared]) / total if shared else 0.0


def score(found: Evidence, level: int = 0) -> float:
    """The logit of two articles being of one event, clipped to FLOOR and CEILING.

    Articles that share names and hardly a word beside them (two things in one town) have UNLINKED at most.
    `level` says how crowded their days are (archive.text.crowds).
    """
    return Compared(_logit(found), demand(found), False).score(level)


class Compared(NamedTuple):
    """What is kept of a comparison: the logit where nothing is crowded, what each level of a crowd takes from
    it, and whether the days that both print say that they are of two events.
    """

    logit: float
    demand: float
    clash: bool

    def score(self, level: int) -> float:
        """As `score` of the evidence."""
        return max(FLOOR, min(CEILING, self.logit - level * self.demand))


def compare(one: Profile, other: Profile) -> Compared:
    """Compare two profiles, for groups of them. Symmetric."""
    found = evidence(one, other)
    return Compared(_logit(found), demand(found), clashing(found))


def clashing(found: Evidence) -> bool:
    """Whether what both print says that they are of two events: days, results, or what one recalls."""
    if found.years_clash or _of_a_series(found) or found.own_results_clash or found.stages_clash:
        return True
    other_time = found.weekday_clash or found.recalled >= _RECALLED
    return bool((other_time or found.tallies_clash or found.precise_clash) and not found.dates_shared)


def _of_a_series(found: Evidence) -> bool:
    return bool(found.told_days_clash or found.number_clash or found.repeated)


def _logit(found: Evidence) -> float:
    weights, bias = _model()
    total = bias + math.fsum([weight * value for weight, value in zip(weights, found, strict=True)])
    return min(most(found), total)


def most(found: Evidence) -> float:
    """The most that the logit of a pair may be, however much speaks for it."""
    if found.matter < LEAST_MATTER or found.tallies_clash or found.told_days_clash or found.number_clash:
        return UNLINKED
    if not found.undated:
        return math.inf
    if found.stages_clash or found.own_results_clash:
        return _IF_LATER
    most_if_repeated = _IF_REPEATED if found.repeated else math.inf
    if found.dates_shared:
        return most_if_repeated
    if found.recalled >= _RECALLED:
        return _IF_LATER
    return _IF_PRECISE_CLASH if found.precise_clash else most_if_repeated


def demand(found: Evidence) -> float:
    """What each level of a crowd asks more of a pair."""
    if found.undated:
        return _UNDATED
    if found.days == 0 or (found.days_over_1 and found.runs_share >= _SAME_TEXT):
        return _SAME_DAY
    return _LATER if found.days_over_1 else _NEXT_DAY


def demand_of_days(apart: int | None) -> float:
    """As `demand`, of articles so many days apart that do not print one text."""
    if apart is None:
        return _UNDATED
    return (_SAME_DAY, _NEXT_DAY)[apart] if apart < 2 else _LATER


@cache
def _model() -> tuple[tuple[float, ...], float]:
    source = resources.files("archive.text.rules").joinpath("relatedness.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return tuple(float(table["weights"][name]) for name in Evidence._fields), float(table["bias"])
