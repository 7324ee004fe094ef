"""How well quotations and their speakers are found, against articles that people have annotated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from archive.text.quotes import quotations
from archive.text.types import QuoteKind

# The annotation knows pieces in double marks only: what stands in single marks, in two apostrophes typed
# for a double mark or, in a block quotation, without marks can be neither right nor wrong there.
_SINGLE = frozenset("'’‘`")
_SHARED_LETTERS = 0.5  # Jaccard of the letters of two pieces from which they are the same piece

Row = Mapping[str, Any]
Piece = tuple[int, int, tuple[int, int] | None]  # start, end, both marks included, and the speaker's span


def predict(row: Row) -> list[dict[str, Any]]:
    """One prediction row for an annotated article: `doc_id`, and `quotes` with `start`, `end` (marks
    included), `speaker_start`, `speaker_end` (None where no speaker is sure), as character offsets."""
    quotes = []
    for quote in quotations(row["text"]):
        edges = {row["text"][quote.start], row["text"][quote.end - 1]}
        if quote.kind is QuoteKind.BLOCK or edges & _SINGLE:
            continue
        source = quote.speaker or (None, None)
        quotes.append(
            {"start": quote.start, "end": quote.end, "speaker_start": source[0], "speaker_end": source[1]}
        )
    return [{"doc_id": row["doc_id"], "quotes": quotes}]


def score(rows: Sequence[Row], predictions: Iterable[Row]) -> dict[str, float]:
    """Precision, recall and F1 of the pieces of direct and mixed quotations, and `speaker`: the share of
    the found pieces with an annotated speaker whose predicted speaker overlaps it.

    A prediction takes the best free piece of its article, if they share half of their letters. All values
    lie between 0 and 1, except `pieces`, the number of annotated ones.
    """
    predicted = {prediction["doc_id"]: prediction["quotes"] for prediction in predictions}
    pieces = found = guesses = spoken = right = 0
    for row in rows:
        gold, guessed = _annotated(row), predicted.get(row["doc_id"], [])
        pieces, guesses = pieces + len(gold), guesses + len(guessed)
        for guess, piece in _matched(guessed, gold):
            found += 1
            if piece[2] is not None:
                spoken += 1
                right += _overlaps(guess["speaker_start"], guess["speaker_end"], piece[2])
    precision, recall = found / max(1, guesses), found / max(1, pieces)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / ((precision + recall) or 1),
        "speaker": right / max(1, spoken),
        "pieces": float(pieces),
    }


def _annotated(row: Row) -> list[Piece]:
    pieces: list[Piece] = []
    for quote in row["quotes"]:
        if quote["kind"] not in ("direct", "mixed"):
            continue
        start, end = quote["speaker_start"], quote["speaker_end"]
        speaker = None if start is None else (start, end)
        pieces += [(a - 1, min(b + 1, len(row["text"])), speaker) for a, b in quote["quoted_spans"]]
    return pieces


def _matched(guessed: Sequence[Row], gold: Sequence[Piece]) -> list[tuple[Row, Piece]]:
    free = list(gold)
    pairs = []
    for guess in guessed:
        best = max(free, key=lambda piece: _shared(guess, piece), default=None)
        if best is not None and _shared(guess, best) >= _SHARED_LETTERS:
            free.remove(best)
            pairs.append((guess, best))
    return pairs


def _shared(guess: Row, piece: Piece) -> float:
    start, end = int(guess["start"]), int(guess["end"])
    common = min(end, piece[1]) - max(start, piece[0])
    return max(0, common) / (max(end, piece[1]) - min(start, piece[0]))


def _overlaps(start: int | None, end: int | None, other: tuple[int, int]) -> bool:
    return start is not None and end is not None and start < other[1] and other[0] < end
