"""Fit archive/text/rules/relatedness.toml anew, and say what grouping reaches on events not seen.

    python -m benchmarks.refit_relatedness LABELLED.jsonl.gz... --dense ARTICLES.jsonl.gz [--write]
        [--without FIELD...]

Needs numpy (pip install numpy). Labelled rows are as `manage.py evaluate grouping` reads them; their days of
publication are hidden, and shown once more where they are the articles' own. `--dense` is an unlabelled
archive, from which come the negatives that sparse labelled sets lack: pairs that are near in time and have
little in common; pairs of running stories, alike but ten days or more apart, taken as if undated and as if of
one day; and the pairs of judged_events.csv, which one reader judged. `--without` leaves evidence out, to see
what it adds. Cross-validated by event: pairs are scored by weights that were fitted without both events.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy

from archive.evaluation import grouping as evaluation
from archive.text import crowds, grouping
from archive.text.clusters import clusters
from archive.text.nearness import LEAST_OVERLAP, indexed
from archive.text.profiles import Profile
from archive.text.relatedness import (
    Evidence,
    clashing,
    demand,
    evidence,
    most,
)
from benchmarks.logistic import fit

FOLDS = 2
RIDGE = 3.3  # pull of the standardised weights towards 0
# Importance of pairs of a set whose events have ten articles or more: they are not independent.
LARGE_EVENTS = 0.5
DENSE_PAIRS, DENSE_SHORT_PAIRS = 50_000, 20_000
SHORT = 450  # characters; beginnings of articles stand for short ones, of which the sets have too few
SHORT_IMPORTANCE = 0.5
UNALIKE = {"body": 0.25, "lead": 0.3, "names": 0.4}  # below all of these two articles are of two events
RUNNING = range(10, 61)  # days between two reports of a running story that are of two events
RUNNING_PAIRS, RUNNING_IMPORTANCE = 40_000, 0.1
ALIKE = 0.15  # cosine of the bodies from which such a pair teaches anything
JUDGED = Path(__file__).with_name("judged_events.csv")  # judged_density.csv is left to test with
JUDGED_IMPORTANCE = 2.5
# What is too rare in labelled sets to be learnt from: rules have it.
RULED = {"tallies_clash", "told_days_clash", "number_clash", "own_results_clash", "stages_clash", "repeated"}
KEPT = numpy.array([float(field not in RULED) for field in Evidence._fields])  # 0 where evidence is left out
# Logits by which less is asked where a day is not known: what was judged in crowds, with days, asks much.
UNDATED = 0.5
HIDDEN_DAYS = ("seesaw", "basil")  # sets whose days are those of the events
RULES = Path(__file__).parents[1] / "archive/text/rules/relatedness.toml"
HEAD = """\
# What speaks for and against two articles being of one event (archive/text/relatedness.py), by logistic
# regression on pairs of articles of labelled events (four sets of US, UK and agency news, {events} events)
# and on {others} other pairs of articles: dissimilar ones of the same days, reports of one running story that
# lie ten days or more apart, and pairs judged by a reader. Only these numbers were kept.
# Made by benchmarks/refit_relatedness.py.
"""


class More(NamedTuple):
    """Evidence of pairs that no labelled set has, with labels and importance."""

    values: numpy.ndarray
    labels: numpy.ndarray
    importance: float


class Pairs(NamedTuple):
    """Candidate pairs of one set: places in `profiles`, evidence, label, importance."""

    name: str
    profiles: list[Profile]
    events: list[str | None]
    places: numpy.ndarray
    values: numpy.ndarray
    labels: numpy.ndarray
    importance: float

    def folds(self) -> numpy.ndarray:
        return numpy.array([zlib.crc32((event or "").encode()) % FOLDS for event in self.events])[self.places]


def rows_of(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def labelled(path: Path, dated: bool = False, short: bool = False) -> Pairs:
    rows = [row for row in rows_of(path) if row["event_id"]]
    profiles = [profile_of(row if dated else row | {"date": None}, short) for row in rows]
    events = [row["event_id"] for row in rows]
    importance = LARGE_EVENTS if len(rows) >= 10 * len(set(events)) else 1.0
    name = f"{path.name} {'dated' if dated else 'undated'}{' beginnings' if short else ''}"
    return pairs(name, profiles, events, importance * (SHORT_IMPORTANCE if short else 1.0))


def profile_of(row: dict, short: bool) -> Profile:
    return evaluation.profile_of(row | {"text": row["text"][:SHORT]} if short else row)


def pairs(name: str, profiles: list[Profile], events: list[str | None], importance: float) -> Pairs:
    place = {one.id: number for number, one in enumerate(profiles)}
    found = [
        (place[one], place[other]) for one, other in grouping.pairs_to_compare({p.id: p for p in profiles})
    ]
    values = numpy.array([evidence(profiles[i], profiles[j]) for i, j in found])
    labels = numpy.array([events[i] is not None and events[i] == events[j] for i, j in found])
    return Pairs(name, profiles, events, numpy.array(found), values, labels, importance)


def dense(profiles: Sequence[Profile], most: int) -> numpy.ndarray:
    """Evidence of dissimilar pairs of the same weeks: a month at a time, so that memory stays small."""
    months: defaultdict[int, list[Profile]] = defaultdict(list)
    for one in profiles:
        if one.day is not None:
            months[one.day // 30].append(one)
    limits = numpy.array([UNALIKE.get(field, numpy.inf) for field in Evidence._fields])
    kept = []
    for month in sorted(months):
        values = pairs("", months[month], [None] * len(months[month]), 1.0).values
        kept.append(values[(values < limits).all(axis=1)] if len(values) else numpy.empty((0, len(limits))))
    every = numpy.concatenate(kept)
    return every[numpy.random.default_rng(1).permutation(len(every))[:most]]


def running(profiles: Sequence[Profile]) -> More:
    """Alike pairs of two events: as if their days were unknown, and as if they were of one day."""
    by_day = sorted((p for p in profiles if p.day is not None), key=lambda p: (p.day, p.id))
    holders: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    found = []
    for place, one in enumerate(by_day):
        shared: defaultdict[int, float] = defaultdict(float)
        for term, value in indexed(one).items():
            for other, value_there in reversed(holders[term]):
                if one.day - by_day[other].day >= RUNNING.stop:
                    break
                shared[other] += value * value_there
            holders[term].append((place, value))
        found += [
            (other, place)
            for other, overlap in shared.items()
            if overlap >= LEAST_OVERLAP and one.day - by_day[other].day in RUNNING
        ]
    body = Evidence._fields.index("body")
    chosen = [found[i] for i in numpy.random.default_rng(1).permutation(len(found))[: 4 * RUNNING_PAIRS]]
    of_one_day = [evidence(by_day[i]._replace(day=1), by_day[j]._replace(day=1)) for i, j in chosen]
    dated = numpy.array([values for values in of_one_day if values[body] >= ALIKE][:RUNNING_PAIRS])
    undated = dated.copy()
    undated[:, Evidence._fields.index("undated")] = 1
    values = numpy.concatenate([dated, undated])
    return More(values, numpy.zeros(len(values)), RUNNING_IMPORTANCE)


def judged(profiles: Sequence[Profile]) -> More:
    """The pairs that a reader judged, of the articles of the dense archive."""
    by_id = {one.id: one for one in profiles}
    with JUDGED.open(encoding="utf-8", newline="") as rows:
        cases = list(csv.DictReader(rows))
    values = [evidence(by_id[case["article"]], by_id[case["other_article"]]) for case in cases]
    labels = [int(case["same_event"]) for case in cases]
    return More(numpy.array(values), numpy.array(labels), JUDGED_IMPORTANCE)


def fit_all(sets: Sequence[Pairs], more: Sequence[More], without: int | None) -> numpy.ndarray:
    """Weights fitted on all sets, or on the pairs that have no article of one fold of events."""
    keep = [
        numpy.ones(len(s.labels), bool) if without is None else (s.folds() != without).all(axis=1)
        for s in sets
    ]
    taken = [More(s.values[k], s.labels[k], s.importance) for s, k in zip(sets, keep, strict=True)] + list(
        more
    )
    weights = fit(
        numpy.concatenate([one.values for one in taken]) * KEPT,
        numpy.concatenate([one.labels for one in taken]).astype(float),
        numpy.concatenate([numpy.full(len(one.labels), one.importance) for one in taken]),
        RIDGE,
    )
    weights[Evidence._fields.index("undated")] += UNDATED
    return weights


def cross_validated(sets: Sequence[Pairs], more: Sequence[More]) -> Iterator[str]:
    weights = [fit_all(sets, more, fold) for fold in range(FOLDS)]
    for one in sets:
        by_fold = numpy.array([one.values @ w[:-1] + w[-1] for w in weights])
        scores = numpy.take_along_axis(by_fold.T, one.folds(), axis=1).mean(axis=1)
        scores = numpy.minimum(scores, [most(Evidence(*values)) for values in one.values]) - demands(one)
        named = {
            (one.profiles[i].id, one.profiles[j].id): float(value)
            for (i, j), value in zip(one.places, scores, strict=True)
        }
        clashes = [pair for pair, v in zip(named, one.values, strict=True) if clashing(Evidence(*v))]
        ids = [p.id for p in one.profiles]
        groups = clusters(ids, grouping.kept(named), grouping.RULE, clashes=clashes)
        cluster = {member: group[0] for group in groups for member in group}
        rows = [{"id": p.id, "event_id": event} for p, event in zip(one.profiles, one.events, strict=True)]
        found = evaluation.score(rows, [{"id": name, "cluster": where} for name, where in cluster.items()])
        yield f"{one.name}: " + ", ".join(f"{key} {value:.3f}" for key, value in found.items())


def demands(one: Pairs) -> numpy.ndarray:
    """What crowded days ask of each pair."""
    levels = grouping.crowds_of(one.profiles)
    found = [crowds.level_of(one.profiles[i], one.profiles[j], levels) for i, j in one.places]
    return numpy.array(
        [
            level * demand(Evidence(*values)) if level else 0.0
            for level, values in zip(found, one.values, strict=True)
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", nargs="+", type=Path)
    parser.add_argument("--dense", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--without", nargs="*", default=[], choices=Evidence._fields)
    arguments = parser.parse_args()
    KEPT[[Evidence._fields.index(field) for field in arguments.without]] = 0
    sets = []
    for path in arguments.labelled:
        own_days = not any(name in path.name for name in HIDDEN_DAYS)
        if own_days and any(row["date"] for row in rows_of(path)):
            sets.append(labelled(path, dated=True))
        sets += [labelled(path), labelled(path, short=True)]
    profiles = [profile_of(row, short=False) for row in rows_of(arguments.dense)]
    short = [profile_of(row, short=True) for row in rows_of(arguments.dense)]
    unlike = numpy.concatenate([dense(profiles, DENSE_PAIRS), dense(short, DENSE_SHORT_PAIRS)])
    more = [More(unlike, numpy.zeros(len(unlike)), 1.0), running(profiles), judged(profiles)]
    for line in cross_validated(sets, more):
        print(line, flush=True)
    if arguments.write:
        write(fit_all(sets, more, None), sets, sum(len(one.labels) for one in more))


def write(weights: numpy.ndarray, sets: Sequence[Pairs], others: int) -> None:
    events = sum(len(Counter(s.events)) for s in sets if s.name.endswith(" undated"))
    lines = [f"{field} = {value:.4f}" for field, value in zip(Evidence._fields, weights, strict=False)]
    text = f"{HEAD.format(events=events, others=others)}bias = {weights[-1]:.4f}\n\n[weights]\n"
    RULES.write_text(text + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
