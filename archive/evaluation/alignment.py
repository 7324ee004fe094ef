"""How well it is told whether two sentences of different articles say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from archive.text.paraphrase import probability

Row = Mapping[str, Any]

_KEYS = ("id", "event_id", "article1", "sentence1", "article2", "sentence2")


def predict(row: Row) -> list[dict[str, Any]]:
    """One prediction row for a pair: the keys that name it, `label` (1: the same) and `score` from 0 to 1."""
    likely = probability(row["text1"], row["text2"])
    keys = {key: row[key] for key in _KEYS if key in row}
    return [{**keys, "label": int(likely > 0.5), "score": round(likely, 4)}]


def score(rows: Sequence[Row], predictions: Iterable[Row]) -> dict[str, float]:
    """Accuracy, F1 of label 1, and the mean F1 of both labels; `pairs` is the number of pairs."""
    guessed = {_name(row): row["label"] for row in predictions}
    labels = [(row["label"], guessed[_name(row)]) for row in rows]
    same, other = _f1(labels, 1), _f1(labels, 0)
    return {
        "accuracy": sum(gold == guess for gold, guess in labels) / max(1, len(labels)),
        "f1": same,
        "macro_f1": (same + other) / 2,
        "pairs": float(len(labels)),
    }


def _name(row: Row) -> tuple[Any, ...]:
    return tuple(row.get(key) for key in _KEYS)


def _f1(labels: Sequence[tuple[int, int]], label: int) -> float:
    right = sum(gold == guess == label for gold, guess in labels)
    return 2 * right / max(1, sum((gold == label) + (guess == label) for gold, guess in labels))
