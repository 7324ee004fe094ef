"""Fit archive/text/rules/paraphrase.toml anew, and say what it reaches on pairs not seen.

    python -m benchmarks.refit_paraphrase PAIRS.jsonl.gz... [--write]

Needs numpy (pip install numpy). Rows hold `text1`, `text2` and `label`, as `manage.py evaluate alignment`
reads them. Cross-validated in ten parts, three times.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

import numpy

from archive.text.paraphrase import Evidence, evidence
from benchmarks.logistic import fit

FOLDS = 10
REPEATS = 3
RIDGE = 3.3  # of 1, 3.3, 10, 33, 100 the best on pairs not seen, by little
RULES = Path(__file__).parents[1] / "archive/text/rules/paraphrase.toml"
HEAD = """\
# What speaks for and against two sentences saying the same (archive/text/paraphrase.py), by logistic
# regression on {count} pairs of news sentences of the training part of the Microsoft Research Paraphrase
# Corpus (Dolan and Brockett, 2005). Only these numbers were kept of it.
# Made by benchmarks/refit_paraphrase.py.
"""


def cross_validated(values: numpy.ndarray, labels: numpy.ndarray) -> tuple[float, float]:
    """Accuracy and F1 of label 1, means over the repeats."""
    measures = []
    for repeat in range(REPEATS):
        fold = numpy.random.default_rng(repeat).permutation(len(labels)) % FOLDS
        guessed = numpy.zeros(len(labels), bool)
        for number in range(FOLDS):
            seen = fold != number
            weights = fit(values[seen], labels[seen], numpy.ones(seen.sum()), RIDGE)
            guessed[~seen] = values[~seen] @ weights[:-1] + weights[-1] > 0
        right = (guessed & (labels == 1)).sum()
        measures.append(((guessed == labels).mean(), 2 * right / (guessed.sum() + labels.sum())))
    accuracy, f1 = numpy.mean(measures, axis=0)
    return accuracy, f1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    rows = []
    for path in arguments.pairs:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines]
    values = numpy.array([evidence(row["text1"], row["text2"]) for row in rows])
    labels = numpy.array([row["label"] for row in rows])
    print("pairs not seen: accuracy {:.4f}, F1 {:.4f}".format(*cross_validated(values, labels)))
    if arguments.write:
        weights = fit(values, labels, numpy.ones(len(labels)), RIDGE)
        lines = [f"{field} = {value:.4f}" for field, value in zip(Evidence._fields, weights, strict=False)]
        text = (
            f"{HEAD.format(count=len(rows))}bias = {weights[-1]:.4f}\n\n[weights]\n" + "\n".join(lines) + "\n"
        )
        RULES.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
