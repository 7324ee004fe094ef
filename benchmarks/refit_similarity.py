"""Fit the weights of archive/text/similarity.py anew to judged pairs of passages, and say what they reach.

    python -m benchmarks.refit_similarity EVENTS.jsonl.gz...

Needs numpy (pip install numpy). Events are as `manage.py evaluate grouping` reads them. The judgements stand
in judged_links.csv: two articles by id, where a unit begins in each, and whether one reader took them for the
same thing told; they were drawn between the plain cases, so figures on them are those of the doubtful middle.
Plain pairs of the same events are added by rule, so that the weights know the rest. Cross-validated by event.
Prints the weights; what was changed by hand afterwards is said in similarity.py.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy

from archive.text.figures import figures
from archive.text.mentions import recognise
from archive.text.passages import Text, units
from archive.text.quotes import quotations
from archive.text.resolving import resolve
from archive.text.similarity import Event, Evidence, evidence
from archive.text.types import Span
from benchmarks.logistic import fit

FOLDS = 10
RIDGE = 16.0  # of 1, 3, 10, 16, 30 the best on events not seen, by little
READ = 9000  # characters of an article
PLAIN_SAME, PLAIN_OTHER = 0.75, 0.08  # share of the longer unit's weight that both have
PLAIN_EACH = 3  # plain pairs of an event that are taken of each sort
JUDGED = Path(__file__).with_name("judged_links.csv")


class Case(NamedTuple):
    """Two units, compared; the event they are of; whether they tell the same; whether a reader said so."""

    event: str
    values: Evidence
    same: bool
    judged: bool


def text_of(row: dict) -> Text:
    body = row["text"][:READ]
    mentions = recognise(body)
    keys = tuple((Span(*link.mention[:2]), link.key) for link in resolve(body, mentions) if link.key)
    day = date.fromisoformat(row["date"][:10]) if row.get("date") else None
    return Text(row["id"], body, (), tuple(quotations(body, mentions)), tuple(figures(body)), keys, day)


def cases_of(event_id: str, rows: list[dict], judged: Iterable[dict]) -> list[Case]:
    texts = sorted(map(text_of, rows), key=lambda text: (text.body, text.id))
    event = Event([units(text) for text in texts])
    place = {(texts[side.text].id, side.unit.start): side for side in event.sides}
    found = []
    for row in judged:
        one = place.get((row["article"], int(row["start"])))
        other = place.get((row["other_article"], int(row["other_start"])))
        if one and other:
            found.append(Case(event_id, evidence(one, other, event), row["same_thing"] == "1", True))
    plain: dict[bool, list[Case]] = {True: [], False: []}
    for one, other in combinations(event.sides, 2):
        if one.text != other.text and min(len(one.bag), len(other.bag)) > 3 and one.bag & other.bag:
            values = evidence(one, other, event)
            if not PLAIN_OTHER <= values.words_of_longer <= PLAIN_SAME:
                same = values.words_of_longer > PLAIN_SAME
                plain[same].append(Case(event_id, values, same, False))
    return found + plain[True][:PLAIN_EACH] + plain[False][:: max(1, len(plain[False]) // PLAIN_EACH)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("events", nargs="+", type=Path)
    arguments = parser.parse_args()
    with JUDGED.open(encoding="utf-8") as lines:
        judged = list(csv.DictReader(lines))
    wanted = {row["article"] for row in judged}
    of_event: defaultdict[str, list[dict]] = defaultdict(list)
    for path in arguments.events:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if row["event_id"]:
                    of_event[row["event_id"]].append(row)
    cases: list[Case] = []
    for event_id, rows in sorted(of_event.items()):
        if any(row["id"] in wanted for row in rows):
            ids = {row["id"] for row in rows}
            cases += cases_of(event_id, rows, [row for row in judged if row["article"] in ids])
    report(cases)


def report(cases: list[Case]) -> None:
    values = numpy.array([case.values for case in cases])
    labels = numpy.array([case.same for case in cases], dtype=float)
    judged = numpy.array([case.judged for case in cases])
    events = sorted({case.event for case in cases})
    fold = numpy.array([events.index(case.event) % FOLDS for case in cases])
    scores = numpy.zeros(len(cases))
    for number in range(FOLDS):
        seen = fold != number
        weights = fit(values[seen], labels[seen], numpy.ones(seen.sum()), RIDGE)
        scores[~seen] = values[~seen] @ weights[:-1] + weights[-1]
    print(f"{len(cases)} pairs of {len(events)} events, {judged.sum()} judged")
    for least in (0.4, 0.5, 0.6, 0.7):
        said = (scores >= numpy.log(least / (1 - least))) & judged
        right = (said & (labels == 1)).sum()
        of_judged = (labels[judged] == 1).sum()
        precision, recall = right / max(1, said.sum()), right / of_judged
        print(f"judged, from {least}: precision {precision:.3f}, recall {recall:.3f}")
    weights = fit(values, labels, numpy.ones(len(labels)), RIDGE)
    for field, value in zip((*Evidence._fields, "bias"), weights, strict=True):
        print(f"{field} = {value:.2f}")


if __name__ == "__main__":
    main()
