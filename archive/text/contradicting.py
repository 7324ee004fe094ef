"""What speaks against one event in what two articles print: other days, other results, older news."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection

from archive.text.numbered import AGAIN
from archive.text.profiles import Profile, Weights
from archive.text.told_days import far_apart

_WEEKDAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")  # the first ordinal is a Monday
_MAGNITUDES_APART = 0.45  # by which two measures of one earthquake seldom differ
_NEWER = 0.1  # share by which an article recalls the other's headline more than its own


def clash(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both have something, and nothing in common."""
    return bool(one and other) and one.isdisjoint(other)


def same_weekday(one: Profile, other: Profile) -> bool:
    """Whether both mean one day by the weekday that they name: the last before publication, where known."""
    if one.weekday != other.weekday or one.day is None or other.day is None or not one.weekday:
        return one.weekday == other.weekday
    weekday = _WEEKDAYS.index(one.weekday)
    return (one.day - 1 - weekday) // 7 == (other.day - 1 - weekday) // 7


def results(one: Profile, other: Profile) -> tuple[float, float, float, float, float]:
    """Whether results are the same, or clash; of how many units figures are shared, or clash; whether exact
    numbers clash.
    """
    here, there = _by_unit(one.figures), _by_unit(other.figures)
    agree = sum(not here[unit].isdisjoint(there[unit]) for unit in here.keys() & there.keys())
    return (
        float(not one.tallies.isdisjoint(other.tallies)),
        float(clash(one.tallies, other.tallies)),
        math.log1p(agree),
        math.log1p(len(here.keys() & there.keys()) - agree),
        float(clash(one.precise, other.precise)),
    )


def _by_unit(figures: frozenset[str]) -> dict[str, set[str]]:
    """Values by kind and unit."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for figure in figures:
        kind, value, *unit = figure.split(" ", 2)
        found[" ".join([kind, *unit])].add(value)
    return found


def recalls(one: Profile, other: Profile) -> float:
    """How much of the headline of one the other tells as something of weeks before; 0 where it tells its own
    headline so, as reports of an anniversary do.
    """
    return max(_recalls(one.recalled, other, one), _recalls(other.recalled, one, other))


def _recalls(recalled: Weights, older: Profile, newer: Profile) -> float:
    told = _held(older.title, recalled)
    return told if told > _held(newer.title, recalled) + _NEWER else 0.0


def _held(title: Weights, terms: Collection[str]) -> float:
    """The share of the weight of a headline whose terms are among these."""
    total = math.fsum(title.values())
    return math.fsum(value for term, value in title.items() if term in terms) / total if total else 0.0


def of_a_series(one: Profile, other: Profile) -> tuple[float, float, float, float, float]:
    """Whether two articles tell of two of a kind: days that they print as their own, magnitudes or numbered
    names; results that one tells and the other does not know; stages of a case; what one calls a second one.
    """
    return (
        float(far_apart(one.told_day, other.told_day)),
        float(_other_magnitude(one, other) or _other_number(one, other)),
        float(_other_result(one, other)),
        float(clash(one.stages, other.stages)),
        float(_calls_second(one, other) or _calls_second(other, one)),
    )


def _other_magnitude(one: Profile, other: Profile) -> bool:
    apart = abs(one.magnitude - other.magnitude)
    return bool(one.magnitude and other.magnitude) and apart > _MAGNITUDES_APART


def _other_number(one: Profile, other: Profile) -> bool:
    """Whether both print a name with numbers, and none in common: "Crew-1" and "Crew-2"."""
    here, there = _by_name(one.numbered), _by_name(other.numbered)
    return any(here[name].isdisjoint(there[name]) for name in here.keys() & there.keys())


def _by_name(numbered: frozenset[str]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in numbered:
        name, number = one.rsplit(" ", 1)
        found[name].add(number)
    return found


def _other_result(one: Profile, other: Profile) -> bool:
    """Whether both print results, and one tells a result that the other does not print."""
    known = one.own_results <= other.tallies and other.own_results <= one.tallies
    return bool(one.tallies and other.tallies) and not known


def _calls_second(later: Profile, earlier: Profile) -> bool:
    """Whether one calls a second one what the other tells as if it were the first."""
    return not earlier.not_first and (AGAIN in later.repeats or not later.repeats.isdisjoint(earlier.lead))
