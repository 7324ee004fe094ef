"""How well forms of one name are brought together: inside an article, and as bare pairs of names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from archive.text.names import LIKELY, compare
from archive.text.resolving import resolve
from archive.text.types import Evidence, Kind, Mention

Row = Mapping[str, Any]

_GIVEN = (Evidence("annotated", "the mention is given"),)


def predict(row: Row) -> list[dict[str, Any]]:
    """One prediction row: for a pair of names `match` and `score`; for an article `clusters` of forms.

    Of an article only the mentions are known, so its body is rebuilt with blanks between them.
    """
    if "name1" in row:
        kind = Kind.PERSON if row["type"] == Kind.PERSON.name else Kind.ORGANISATION
        value = compare(row["name1"], row["name2"], kind).score
        return [{"name1": row["name1"], "name2": row["name2"], "match": value >= LIKELY, "score": value}]
    mentions, body = _article(row)
    clusters: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for mention, link in zip(mentions, resolve(body, mentions), strict=True):
        clusters[mention.kind, link.key or link.local].add(body[mention.start : mention.end])
    return [{"doc_id": row["doc_id"], "clusters": sorted(map(sorted, clusters.values()))}]


def score(rows: Sequence[Row], predictions: Sequence[Row]) -> dict[str, float]:
    """Precision, recall and F1: of pairs of different forms in one cluster, or of matching pairs of names.

    All between 0 and 1; `pairs` is the number of pairs that belong together. Predictions are in the order
    of `rows`.
    """
    found = guessed = gold = 0
    for row, prediction in zip(rows, predictions, strict=True):
        if "name1" in row:
            is_one, guess = bool(row["match"]), bool(prediction["match"])
            found, guessed, gold = found + (is_one and guess), guessed + guess, gold + is_one
        else:
            known = _pairs(entity["forms"] for entity in row["entities"])
            guesses = _pairs(prediction["clusters"])
            found, guessed, gold = found + len(known & guesses), guessed + len(guesses), gold + len(known)
    precision, recall = found / max(1, guessed), found / max(1, gold)
    f1 = 2 * precision * recall / ((precision + recall) or 1)
    return {"precision": precision, "recall": recall, "f1": f1, "pairs": float(gold)}


def _article(row: Row) -> tuple[list[Mention], str]:
    """The mentions of an annotated article in order, without those inside others, and its body."""
    places = sorted(
        (mention["begin"], -mention["end"], mention["text"], entity["type"])
        for entity in row["entities"]
        for mention in entity["mentions"]
    )
    body, mentions = "", []
    for start, negative_end, text, kind in places:
        if start >= len(body):
            body += " " * (start - len(body)) + text
            mentions.append(Mention(start, -negative_end, Kind[kind], 1.0, _GIVEN, "annotated"))
    return mentions, body


def _pairs(clusters: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    return {pair for forms in clusters for pair in combinations(sorted(set(forms)), 2)}
