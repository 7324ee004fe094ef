"""Which articles report the same event.

    profiles = [profile(story) for story in stories]      # once, at import
    related(profiles[0], profiles[1]).reasons             # why two belong together
    group(profiles)                                       # the events, as sets of ids

Everything depends on the articles alone: any order of import gives the same events.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from archive.text import crowds
from archive.text.clusters import Rule, clusters
from archive.text.event_titles import title
from archive.text.nearness import (
    candidates,
    days_near,
    indexed,
    least_overlap,
)
from archive.text.profiles import Profile, Story, profile
from archive.text.reasons import as_name, says_something
from archive.text.relatedness import (
    CEILING,
    FLOOR,
    Compared,
    Evidence,
    compare,
    evidence,
    score,
)

__all__ = ["Pair", "Profile", "Story", "candidates", "group", "profile", "related", "title"]

CUT = -3.0  # logit at which two groups become one event: precision .97 on dated labelled articles
_WORST = 0.7  # weight of the least likely pair across two groups; the rest is that of their mean
_GAP = 2.0  # logits; two summits of the same leaders resemble one another less than either's own reports
RULE = Rule(CUT, FLOOR, _WORST, _GAP)
_KEPT = -5.0  # logit; a pair below it counts as FLOOR
_NAMED = 4  # names listed in a reason


class Pair(NamedTuple):
    """How two articles go together: the logit of their being of one event, and reasons in words."""

    score: float
    reasons: tuple[str, ...]


def related(one: Profile, other: Profile, level: int = 0) -> Pair:
    """How likely two articles report one event, and why. Symmetric; a score of CUT or more speaks for it.

    `level` says how crowded their days are (archive.text.crowds).
    """
    found = evidence(one, other)
    value = score(found, level) if candidates(one, other, level) else FLOOR
    return Pair(value, tuple(_reasons(one, other, found)))


def group(
    profiles: Sequence[Profile],
    together: Collection[tuple[str, str]] = (),
    apart: Collection[tuple[str, str]] = (),
    copies: Collection[tuple[str, str]] = (),
    levels: Mapping[int, int] | None = None,
) -> list[frozenset[str]]:
    """Partition articles into events.

    Args: `profiles`, each with a different id; pairs of ids that people judged to be of one event
    (`together`) or of two (`apart`), and that print one text (`copies`): pairs of other ids are ignored;
    how crowded each day is (archive.text.crowds), by default what the profiles themselves tell.
    Returns the events in the order of their smallest ids; an article alone is an event of its own.
    """
    by_id = {one.id: one for one in profiles}
    crowded = crowds_of(profiles) if levels is None else levels
    pairs = pairs_to_compare(by_id, crowded)
    compared = {(one, other): compare(by_id[one], by_id[other]) for one, other in pairs}
    days = {name: one.day for name, one in by_id.items()}
    return partition(days, compared, together, apart, copies, crowded)


def partition(
    days: Mapping[str, int | None],
    compared: Mapping[tuple[str, str], Compared],
    together: Collection[tuple[str, str]],
    apart: Collection[tuple[str, str]],
    copies: Iterable[tuple[str, str]],
    levels: Mapping[int, int],
) -> list[frozenset[str]]:
    """As `group`, of articles that were compared before: their days by id, and every pair of `candidates`."""
    scores = {
        (one, other): found.score(crowds.level_between(days[one], days[other], levels))
        for (one, other), found in compared.items()
    }
    scores |= dict.fromkeys(_of_one_text(days, copies), CEILING)
    clashes = [pair for pair, found in compared.items() if found.clash]
    known = [pair for pair in together if days.keys() >= {*pair}]
    return [frozenset(found) for found in clusters(days, kept(scores), RULE, apart, known, clashes)]


def _of_one_text(
    days: Mapping[str, int | None], copies: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """The pairs that print one text within days: one event, however little else speaks for it."""
    for one, other in copies:
        if one in days and other in days and days_near(days[one], days[other]):
            yield min(one, other), max(one, other)


def crowds_of(profiles: Sequence[Profile]) -> dict[int, int]:
    """How crowded the days of these articles are, if there are no others."""
    days = Counter(one.day for one in profiles if one.day is not None)
    return crowds.levels(days, days)


def kept(scores: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """The scores that can matter, clipped; a pair without one counts as FLOOR."""
    return {pair: max(FLOOR, min(CEILING, value)) for pair, value in scores.items() if value > _KEPT}


# --- candidates -------------------------------------------------------------------------------------


def pairs_to_compare(
    by_id: Mapping[str, Profile], levels: Mapping[int, int] = MappingProxyType({})
) -> Iterator[tuple[str, str]]:
    """Pairs of ids worth comparing closely: the same that `candidates` tells, found by an index.

    `levels` says how crowded each day is, by default not at all.
    """
    holders: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for one in sorted(by_id):
        shared: defaultdict[str, float] = defaultdict(float)
        for term, value in sorted(indexed(by_id[one]).items()):
            for other, value_there in holders[term]:
                shared[other] += value * value_there
            holders[term].append((one, value))
        for other, overlap in sorted(shared.items()):
            days = by_id[one].day, by_id[other].day
            level = crowds.level_between(*days, levels)
            enough = overlap >= least_overlap(*days, level)  # most are not, which is soon told
            if enough and candidates(by_id[one], by_id[other], level):
                yield other, one


# --- reasons ----------------------------------------------------------------------------------------


def _reasons(one: Profile, other: Profile, found: Evidence) -> Iterator[str]:
    """What two articles share, in words for a reader, the plainest first."""
    if one.quotes & other.quotes:
        yield "they quote the same words"
    if names := _shared_names(one, other):
        yield "both name " + _listed(names)
    if found.runs_share >= 0.5:
        yield "much of their text is the same"
    elif found.runs:
        yield "some of their sentences are the same"
    if numbers := sorted(one.numbers & other.numbers, key=lambda number: (-len(number), number)):
        yield f"both give the figure{'s' if len(numbers) > 1 else ''} " + _listed(numbers[:_NAMED])
    if terms := _shared_terms(one, other):
        yield "both speak of " + _listed(terms)
    if one.day is not None and other.day is not None:
        yield _days_apart(abs(one.day - other.day))


def _shared_names(one: Profile, other: Profile) -> list[str]:
    """The names that both have, the rarest first."""
    shared = sorted(one.keys.keys() & other.keys.keys(), key=lambda key: (-one.keys[key], key))
    printed = sorted({*one.printed.values(), *other.printed.values()})  # "McLund" behind "MCLUND"
    capitals = {word.lower(): word for word in printed if word[:1].isupper()}
    return [as_name(key, capitals) for key in shared[:_NAMED]]


def _shared_terms(one: Profile, other: Profile) -> list[str]:
    """The words that weigh most in both beginnings, as one of the two prints them; those of names apart."""
    named = {word for key in one.keys.keys() & other.keys.keys() for word in key.split()}
    shared = {term: value * other.lead[term] for term, value in one.lead.items() if term in other.lead}
    heaviest = sorted(shared, key=lambda term: (-shared[term], term))
    printed = [
        min(p.printed[term] for p in (one, other) if term in p.printed)
        for term in heaviest
        if term in one.printed or term in other.printed
    ]
    return [word for word in printed if word.lower() not in named and says_something(word)][:_NAMED]


def _days_apart(days: int) -> str:
    if days == 0:
        return "published on the same day"
    return "published a day apart" if days == 1 else f"published {days} days apart"


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
