"""How well people and organisations are found, against texts that people have annotated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from archive.text.mentions import recognise
from archive.text.types import Kind

Row = Mapping[str, Any]

_KINDS = tuple(kind.name for kind in Kind)


class _Name(NamedTuple):
    start: int
    end: int
    type: str


def predict(row: Row) -> list[dict[str, Any]]:
    """One prediction row for an annotated text: `doc_id`, and `mentions` with `start`, `end`, `type`."""
    found = [{"start": m.start, "end": m.end, "type": m.kind.name} for m in recognise(row["text"])]
    return [{"doc_id": row["doc_id"], "mentions": found}]


def score(rows: Sequence[Row], predictions: Iterable[Row]) -> dict[str, float]:
    """Precision, recall and F1 of exact spans, and of spans of one kind that overlap, one to one.

    For people (`person_f1`, `person_overlap_f1` ...), organisations and both together (`f1`, `overlap_f1`),
    all between 0 and 1; `names` is the number of annotated names. A prediction that overlaps no annotated
    name but something marked as not named or of another type is ignored.
    """
    predicted = {row["doc_id"]: row["mentions"] for row in predictions}
    counts = {(kind, how): [0, 0, 0] for kind in _KINDS for how in ("exact", "overlap")}
    for row in rows:
        names = [_name(m) for m in row["mentions"] if _counts(m)]
        others = [_name(m) for m in row["mentions"] if not _counts(m)]
        guesses = [g for g in map(_name, predicted.get(row["doc_id"], [])) if not _ignored(g, names, others)]
        for kind in _KINDS:
            gold = {name for name in names if name.type == kind}
            guessed = {guess for guess in guesses if guess.type == kind}
            _add(counts[kind, "exact"], len(gold & guessed), len(guessed), len(gold))
            _add(counts[kind, "overlap"], _overlapping(gold, guessed), len(guessed), len(gold))
    return _measures(counts)


def _name(mention: Row) -> _Name:
    return _Name(mention["start"], mention["end"], mention["type"])


def _counts(mention: Row) -> bool:
    return mention["type"] in _KINDS and bool(mention.get("named", True))


def _ignored(guess: _Name, names: Iterable[_Name], others: Iterable[_Name]) -> bool:
    return not any(_overlap(guess, name) for name in names) and any(
        _overlap(guess, other) for other in others
    )


def _overlap(one: _Name, other: _Name) -> bool:
    return one.start < other.end and other.start < one.end


def _overlapping(gold: Iterable[_Name], guesses: Iterable[_Name]) -> int:
    free, found = sorted(guesses), 0
    for name in sorted(gold):
        partner = next((guess for guess in free if _overlap(name, guess)), None)
        if partner:
            free.remove(partner)
            found += 1
    return found


def _add(sums: list[int], *values: int) -> None:
    sums[:] = [total + value for total, value in zip(sums, values, strict=True)]


def _measures(counts: Mapping[tuple[str, str], list[int]]) -> dict[str, float]:
    measures: dict[str, float] = {}
    for how, suffix in (("exact", ""), ("overlap", "overlap_")):
        both = [sum(column) for column in zip(*(counts[kind, how] for kind in _KINDS), strict=True)]
        groups = {"": both, **{f"{kind.lower()}_": counts[kind, how] for kind in _KINDS}}
        for prefix, (found, guessed, gold) in groups.items():
            precision, recall = found / max(1, guessed), found / max(1, gold)
            measures[f"{prefix}{suffix}precision"] = precision
            measures[f"{prefix}{suffix}recall"] = recall
            measures[f"{prefix}{suffix}f1"] = 2 * precision * recall / ((precision + recall) or 1)
    measures["names"] = float(sum(counts[kind, "exact"][2] for kind in _KINDS))
    return measures
