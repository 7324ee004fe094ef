"""How crowded the days are on which articles were published.

The more articles a week has, the less likely are any two of them of one event, and the more alike are those
that are not: reports of one running story. So more is asked of a link in a crowd (archive.text.relatedness).
Levels are few, so that one more article seldom changes what is asked of others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from archive.text.profiles import Profile

AROUND = 3  # days before and after that make the crowd of a day
# Articles in these days from which each level begins. Half of the labelled events have 8; from 17 to 69 what
# readers judged is as often right in denser weeks as in others; what is denser still, nobody has judged.
STEPS = (13, 17, 97)


def level(articles: int) -> int:
    """How crowded it is where so many articles lie within AROUND days of one, from 0 to one for each step."""
    return bisect_right(STEPS, articles)


def levels(counts: Mapping[int, int], days: Iterable[int]) -> dict[int, int]:
    """The level of each of some days, from how many articles every day has."""
    return {
        day: level(sum(counts.get(day + shift, 0) for shift in range(-AROUND, AROUND + 1)))
        for day in set(days)
    }


def level_of(one: Profile, other: Profile, found: Mapping[int, int]) -> int:
    """How crowded it is around the more crowded of two articles; 0 if neither day is known."""
    return level_between(one.day, other.day, found)


def level_between(one: int | None, other: int | None, found: Mapping[int, int]) -> int:
    """As `level_of`, by the days of two articles."""
    return max((found.get(day, 0) for day in (one, other) if day is not None), default=0)
