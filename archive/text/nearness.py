"""Which articles are worth comparing closely: those near in time that share enough of their heaviest terms.

A test of pairs, never "the best few", so that any order of import gives the same pairs. The more a crowd asks
of two articles (archive.text.crowds), the more they must share: so that few are compared in a large archive.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from archive.text.profiles import Profile
from archive.text.relatedness import demand_of_days, dot

WINDOW = 7  # days; of 1,027 pairs of one labelled event 1,024 lie no further apart
INDEXED = 40  # terms of an article that propose pairs
# Of the indexed terms' weights that two articles must share to be compared closely: where nothing is crowded,
# at most, and how fast it grows between with the square of what a crowd asks more of a pair.
LEAST_OVERLAP, _MOST_OVERLAP, _STEEPNESS = 0.05, 0.3, 1 / 550
FOREMOST = 10  # the heaviest terms of an article, by which an undated one finds those of crowded days
_OF_FOREMOST, _BESIDE = 0.75, 0.1  # of what two articles must share, that beyond so much is of the foremost


def candidates(one: Profile, other: Profile, level: int = 0) -> bool:
    """Whether two profiles are near enough in time and words to be compared closely. Symmetric.

    `level` says how crowded their days are (archive.text.crowds).
    """
    return near_in_time(one, other) and share_enough(one.day, other.day, level, shared(one, other))


class Shared(NamedTuple):
    """What two articles share of their weights: over all indexed terms, and over the foremost of either, the
    lesser of both ways.
    """

    whole: float
    foremost: float


def shared(one: Profile, other: Profile) -> Shared:
    """What two articles share. Symmetric."""
    here, there = indexed(one), indexed(other)
    return Shared(dot(here, there), min(dot(_foremost(here), there), dot(_foremost(there), here)))


def _foremost(terms: Mapping[str, float]) -> dict[str, float]:
    return dict(list(terms.items())[:FOREMOST])


def share_enough(one: int | None, other: int | None, level: int, found: Shared) -> bool:
    """Whether two articles of some days share enough to be compared closely."""
    least = least_overlap(one, other, level)
    if found.whole < least:
        return False
    return (one is not None and other is not None) or found.foremost >= least_foremost(least)


def least_foremost(least: float) -> float:
    """What pairs of which a day is not known must share of the foremost terms, if `least` of all."""
    return max(0.0, _OF_FOREMOST * (least - _BESIDE))


def least_overlap(one: int | None, other: int | None, level: int) -> float:
    """What two articles of some days must share to be compared closely: the more, the more is asked of them.

    Pairs that share less are hardly ever so likely of one event that they would be linked in such a crowd
    (docs/decisions/0033). It never falls as `level` rises, and is the least for articles of one day.
    """
    asked = level * demand_of_days(None if one is None or other is None else abs(one - other))
    return min(_MOST_OVERLAP, LEAST_OVERLAP + _STEEPNESS * asked * asked)


def near_in_time(one: Profile, other: Profile) -> bool:
    """Whether two articles were published within WINDOW days of one another, or may have been."""
    return days_near(one.day, other.day)


def days_near(one: int | None, other: int | None) -> bool:
    """As `near_in_time`, by the days of two articles."""
    return one is None or other is None or abs(one - other) <= WINDOW


def indexed(one: Profile) -> dict[str, float]:
    """The heaviest terms of an article, by which others find it."""
    return dict(list(one.body.items())[:INDEXED])
