"""The measures of sentence pairs, on cases whose values follow from their definitions."""

import pytest

from archive.evaluation import alignment

ROWS = [
    {"id": name, "text1": "", "text2": "", "label": label}
    for name, label in zip("abcd", (1, 1, 1, 0), strict=True)
]


def predictions(*labels):
    return [{"id": name, "label": label} for name, label in zip("abcd", labels, strict=True)]


def test_all_right_scores_one():
    found = alignment.score(ROWS, predictions(1, 1, 1, 0))
    assert found == {"accuracy": 1.0, "f1": 1.0, "macro_f1": 1.0, "pairs": 4.0}


def test_saying_yes_to_all_is_no_skill():
    found = alignment.score(ROWS, predictions(1, 1, 1, 1))
    assert found["accuracy"] == 0.75
    assert found["f1"] == pytest.approx(6 / 7)
    assert found["macro_f1"] == pytest.approx(3 / 7)


def test_predictions_keep_the_keys_of_their_row():
    row = {"event_id": "e", "article1": "x", "sentence1": 3, "article2": "y", "sentence2": 4}
    texts = {"text1": "The dam broke on Monday.", "text2": "On Monday the dam broke."}
    (found,) = alignment.predict(row | texts | {"label": 1})
    assert {key: found[key] for key in row} == row
    assert found["label"] == 1
    assert 0.5 < found["score"] <= 1
