"""Fit archive/text/rules/relatedness.toml anew, and say what grouping reaches on events not seen.

    python -m benchmarks.refit_relatedness LABELLED.jsonl.gz... --dated LABELLED.jsonl.gz \\
        --dense ARTICLES.jsonl.gz [--write]

Needs numpy (pip install numpy). Labelled rows are as `manage.py evaluate grouping` reads them; their days of
publication are hidden, but for the sets that `--dated` names again. `--dense` is an unlabelled archive: pairs
of its articles that are near in time and have little in common are the negatives that sparse labelled sets
lack. Cross-validated by event: pairs are scored by weights that were fitted without both events.
"""

from __future__ import annotations

import argparse
import gzip
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy

from archive.evaluation import grouping as evaluation
from archive.text import grouping
from archive.text.clusters import clusters
from archive.text.profiles import Profile
from archive.text.relatedness import LEAST_MATTER, UNLINKED, Evidence, evidence
from benchmarks.logistic import fit

FOLDS = 2
RIDGE = 3.3  # pull of the standardised weights towards 0
# Importance of pairs of a set whose events have ten articles or more: they are not independent.
LARGE_EVENTS = 0.5
DENSE_PAIRS, DENSE_SHORT_PAIRS = 50_000, 20_000
SHORT = 450  # characters; beginnings of articles stand for short ones, of which the sets have too few
SHORT_IMPORTANCE = 0.5
UNALIKE = {"body": 0.25, "lead": 0.3, "names": 0.4}  # below all of these two articles are of two events
MATTER = Evidence._fields.index("matter")
RULES = Path(__file__).parents[1] / "archive/text/rules/relatedness.toml"
HEAD = """\
# What speaks for and against two articles being of one event (archive/text/relatedness.py), by logistic
# regression on pairs of articles of labelled events (four sets of US, UK and agency news, {events} events)
# and on {dense} dissimilar pairs of articles published within 30 days. Only these numbers were kept.
# Made by benchmarks/refit_relatedness.py.
"""


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


def dense(path: Path, short: bool, most: int) -> numpy.ndarray:
    """Evidence of dissimilar pairs of the same weeks: a month at a time, so that memory stays small."""
    months: defaultdict[int, list[Profile]] = defaultdict(list)
    for row in rows_of(path):
        if row["date"]:
            months[date.fromisoformat(row["date"][:10]).toordinal() // 30].append(profile_of(row, short))
    limits = numpy.array([UNALIKE.get(field, numpy.inf) for field in Evidence._fields])
    kept = []
    for month in sorted(months):
        values = pairs("", months[month], [None] * len(months[month]), 1.0).values
        kept.append(values[(values < limits).all(axis=1)] if len(values) else numpy.empty((0, len(limits))))
    every = numpy.concatenate(kept)
    return every[numpy.random.default_rng(1).permutation(len(every))[:most]]


def fit_all(sets: Sequence[Pairs], negatives: numpy.ndarray, without: int | None) -> numpy.ndarray:
    """Weights fitted on all sets, or on the pairs that have no article of one fold of events."""
    keep = [
        numpy.ones(len(s.labels), bool) if without is None else (s.folds() != without).all(axis=1)
        for s in sets
    ]
    values = numpy.concatenate([*(s.values[k] for s, k in zip(sets, keep, strict=True)), negatives])
    labels = numpy.concatenate(
        [*(s.labels[k] for s, k in zip(sets, keep, strict=True)), numpy.zeros(len(negatives))]
    )
    importance = numpy.concatenate(
        [
            *(numpy.full(k.sum(), s.importance) for s, k in zip(sets, keep, strict=True)),
            numpy.ones(len(negatives)),
        ]
    )
    return fit(values, labels, importance, RIDGE)


def cross_validated(sets: Sequence[Pairs], negatives: numpy.ndarray) -> Iterator[str]:
    weights = [fit_all(sets, negatives, fold) for fold in range(FOLDS)]
    for one in sets:
        by_fold = numpy.array([one.values @ w[:-1] + w[-1] for w in weights])
        scores = numpy.take_along_axis(by_fold.T, one.folds(), axis=1).mean(axis=1)
        scores = numpy.where(one.values[:, MATTER] < LEAST_MATTER, numpy.minimum(scores, UNLINKED), scores)
        named = {
            (one.profiles[i].id, one.profiles[j].id): float(value)
            for (i, j), value in zip(one.places, scores, strict=True)
        }
        groups = clusters([p.id for p in one.profiles], grouping.kept(named), grouping.RULE)
        cluster = {member: group[0] for group in groups for member in group}
        rows = [{"id": p.id, "event_id": event} for p, event in zip(one.profiles, one.events, strict=True)]
        found = evaluation.score(rows, [{"id": name, "cluster": where} for name, where in cluster.items()])
        yield f"{one.name}: " + ", ".join(f"{key} {value:.3f}" for key, value in found.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", nargs="+", type=Path)
    parser.add_argument(
        "--dated", nargs="*", type=Path, default=[], help="sets whose days are the articles' own"
    )
    parser.add_argument("--dense", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    sets = []
    for path in arguments.labelled:
        if (
            sum(bool(row["date"]) for row in rows_of(path))
            and "seesaw" not in path.name
            and "basil" not in path.name
        ):
            sets.append(labelled(path, dated=True))
        sets += [labelled(path), labelled(path, short=True)]
    negatives = numpy.concatenate(
        [dense(arguments.dense, False, DENSE_PAIRS), dense(arguments.dense, True, DENSE_SHORT_PAIRS)]
    )
    for line in cross_validated(sets, negatives):
        print(line)
    if arguments.write:
        weights = fit_all(sets, negatives, None)
        events = sum(len(Counter(s.events)) for s in sets if s.name.endswith(" undated"))
        lines = [f"{field} = {value:.4f}" for field, value in zip(Evidence._fields, weights, strict=False)]
        head = HEAD.format(events=events, dense=len(negatives))
        RULES.write_text(
            f"{head}bias = {weights[-1]:.4f}\n\n[weights]\n" + "\n".join(lines) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
