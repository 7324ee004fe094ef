"""The measures of cleaning: what must not score, and what full marks mean."""

import pytest

from archive.evaluation.cleaning import predict, score
from archive.evaluation.shingles import overlap

TEXT = (
    "The harbour of Norby was closed on Monday after a storm tore a ferry from its ropes, the town said. "
    "Nobody was hurt, but the ferry lies across the entrance and no ship can leave before it is towed away."
)


def test_an_empty_prediction_scores_nothing() -> None:
    rows = [{"id": "1", "scraped": TEXT, "clean": TEXT}]
    measures = score(rows, [{"id": "1", "kind": "scraped", "text": ""}])
    assert measures["scraped_f1"] == measures["scraped_recall"] == measures["scraped_precision"] == 0


def test_a_missing_prediction_counts_as_empty() -> None:
    rows = [{"id": number, "scraped": TEXT, "clean": TEXT} for number in ("1", "2")]
    assert score(rows, [{"id": "1", "kind": "scraped", "text": TEXT}])["scraped_f1"] == 0.5


def test_pages_count_alike_and_kinds_apart() -> None:
    rows = [{"id": "1", "dumps": {"a": TEXT, "b": TEXT}, "clean": TEXT}]
    predictions = [{"id": "1", "kind": "a", "text": TEXT}, {"id": "1", "kind": "b", "text": "Other words."}]
    measures = score(rows, predictions)
    assert (measures["a_english_f1"], measures["b_english_f1"]) == (1.0, 0.0)


def test_pages_in_other_languages_are_left_out_of_the_english_measures() -> None:
    german = "Der Hafen ist seit Montag geschlossen, weil der Sturm eine Fähre von den Leinen gerissen hat."
    measures = score([{"id": "1", "scraped": german, "clean": german}], [])
    assert "scraped_f1" in measures and "scraped_english_f1" not in measures


def test_every_dump_gets_one_prediction() -> None:
    row = {"id": "1", "url": "https://norby.example/1", "dumps": {"a": TEXT, "b": ""}, "clean": TEXT}
    assert predict(row) == [{"id": "1", "kind": "a", "text": TEXT}, {"id": "1", "kind": "b", "text": ""}]


@pytest.mark.parametrize(
    ("gold", "given", "expected"),
    [
        ("", "", (1, 1, 1)),
        ("one two three four", "", (0, 0, 0)),
        ("one two three", "One, two; THREE!", (1, 1, 1)),
        ("a b c d e", "a b c d", (1, 0.5, 2 / 3)),
        ("a b c d", "a b c d a b c d", (0.2, 1, 1 / 3)),
    ],
)
def test_overlap_of_four_word_shingles(gold: str, given: str, expected: tuple[float, float, float]) -> None:
    assert overlap(gold, given) == pytest.approx(expected)
