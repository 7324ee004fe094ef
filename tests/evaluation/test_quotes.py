"""The measure of quotations: what counts as found, what as wrong, and whose speaker is asked for."""

from __future__ import annotations

import pytest

from archive.evaluation.quotes import predict, score

TEXT = "Dunmore said “the pier is safe.” She called it “sound” and “old.”"


def row(**changes) -> dict:
    first, second, third = (TEXT.index(words) for words in ("the pier is safe.", "sound", "old."))
    quotes = [
        {"kind": "direct", "quoted_spans": [[first, first + 17]], "speaker_start": 0, "speaker_end": 7},
        {
            "kind": "mixed",
            "quoted_spans": [[second, second + 5], [third, third + 4]],
            "speaker_start": 33,
            "speaker_end": 36,
        },
        {"kind": "indirect", "quoted_spans": [], "speaker_start": 0, "speaker_end": 7},
    ]
    return {"doc_id": "a", "text": TEXT, "quotes": quotes, **changes}


def guess(words: str, speaker: str | None) -> dict:
    start = TEXT.index(words)
    at = None if speaker is None else TEXT.index(speaker)
    end = None if speaker is None or at is None else at + len(speaker)
    return {"start": start, "end": start + len(words), "speaker_start": at, "speaker_end": end}


def scored(*guesses: dict) -> dict[str, float]:
    return score([row()], [{"doc_id": "a", "quotes": list(guesses)}])


def test_nothing_predicted_scores_nothing() -> None:
    assert scored() == {"precision": 0, "recall": 0, "f1": 0, "speaker": 0, "pieces": 3}
    assert score([row()], []) == scored()


def test_all_predicted_scores_one() -> None:
    measured = scored(
        guess("“the pier is safe.”", "Dunmore"), guess("“sound”", "She"), guess("“old.”", "She")
    )
    assert measured == {"precision": 1, "recall": 1, "f1": 1, "speaker": 1, "pieces": 3}


def test_a_piece_is_found_only_once() -> None:
    measured = scored(guess("“sound”", "She"), guess("“sound", "She"))
    assert measured["precision"] == 0.5
    assert measured["recall"] == pytest.approx(1 / 3)


def test_less_than_half_of_the_letters_is_no_hit() -> None:
    assert scored(guess("pier", "Dunmore"))["precision"] == 0


def test_a_missing_and_a_wrong_speaker_both_count_against() -> None:
    assert scored(guess("“sound”", None), guess("“old.”", "She"))["speaker"] == 0.5
    assert scored(guess("“sound”", "Dunmore"), guess("“old.”", "She"))["speaker"] == 0.5


def test_a_piece_without_an_annotated_speaker_asks_for_none() -> None:
    bare = row()
    bare["quotes"] = [{**bare["quotes"][0], "speaker_start": None, "speaker_end": None}]
    measured = score([bare], [{"doc_id": "a", "quotes": [guess("“the pier is safe.”", "Dunmore")]}])
    assert (measured["f1"], measured["speaker"]) == (1, 0)


def test_predictions_are_what_the_rules_find() -> None:
    (prediction,) = predict(row())
    assert prediction["doc_id"] == "a"
    assert [TEXT[q["start"] : q["end"]] for q in prediction["quotes"]] == [
        "“the pier is safe.”",
        "“sound”",
        "“old.”",
    ]
    assert score([row()], [prediction])["speaker"] == 1


def test_what_the_annotation_cannot_know_is_not_predicted() -> None:
    block = "The pier was built a hundred years ago and nobody has looked at its feet since then."
    text = f"'It is safe now,' Dunmore said.\n\nDunmore said:\n\n{block}"
    (prediction,) = predict(row(text=text, quotes=[]))
    assert prediction["quotes"] == []
