"""Logistic regression for the scripts that fit the weights of archive/text/rules. Needs numpy."""

from __future__ import annotations

import numpy


def fit(
    values: numpy.ndarray, labels: numpy.ndarray, importance: numpy.ndarray, ridge: float
) -> numpy.ndarray:
    """Weights and, last, the bias of a logistic regression, by Newton's method.

    `values` has a row for each case; `labels` are 0 and 1; `importance` says how often a case counts; `ridge`
    pulls the weights of the standardised values towards 0.
    """
    spread = values.std(axis=0) + 1e-9
    scaled = numpy.hstack([values / spread, numpy.ones((len(values), 1))])
    pull = numpy.append(numpy.full(len(spread), ridge), 0.0)
    weights = numpy.zeros(scaled.shape[1])
    for _ in range(40):
        likely = 1 / (1 + numpy.exp(-numpy.clip(scaled @ weights, -30, 30)))
        slope = scaled.T @ (importance * (labels - likely)) - pull * weights
        curve = (scaled.T * (importance * likely * (1 - likely))) @ scaled + numpy.diag(pull + 1e-9)
        step = numpy.linalg.solve(curve, slope)
        weights += step
        if abs(step).max() < 1e-6:
            break
    return numpy.append(weights[:-1] / spread, weights[-1])
