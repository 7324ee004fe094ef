"""The measures of grouping, on cases whose values follow from their definitions."""

import pytest

from archive.evaluation import grouping

ROWS = [
    {"id": "a", "event_id": "one"},
    {"id": "b", "event_id": "one"},
    {"id": "c", "event_id": "two"},
    {"id": "d", "event_id": None},
]


def predictions(**clusters):
    return [{"id": name, "cluster": cluster} for name, cluster in clusters.items()]


def test_perfect_groups_score_one_whatever_the_unlabelled_do():
    found = grouping.score(ROWS, predictions(a="x", b="x", c="y", d="y"))
    assert found["b_cubed_f1"] == found["pairwise_f1"] == 1.0
    assert found["articles"] == 3


def test_everything_in_one_group_costs_precision():
    found = grouping.score(ROWS, predictions(a="x", b="x", c="x", d="x"))
    assert found["b_cubed_recall"] == 1.0
    assert found["b_cubed_precision"] == pytest.approx(5 / 9)
    assert found["pairwise_precision"] == pytest.approx(1 / 3)


def test_nothing_grouped_costs_recall():
    found = grouping.score(ROWS, predictions(a="a", b="b", c="c", d="d"))
    assert found["b_cubed_precision"] == 1.0
    assert found["b_cubed_recall"] == pytest.approx(2 / 3)
    assert found["pairwise_f1"] == 0.0


def test_predictions_have_one_row_an_article():
    text = "A ferry caught fire on Lake Orrin on Tuesday, killing seven people, the Calder Line said."
    rows = [
        {"id": "a", "title": "Ferry fire on Lake Orrin kills seven", "text": text, "date": "2019-05-07"},
        {"id": "b", "title": None, "text": "A budget passed in Ellbury.", "date": None},
    ]
    found = grouping.predict_all(rows)
    assert [row["id"] for row in found] == ["a", "b"]
    assert found[0]["cluster"] != found[1]["cluster"]
