"""The measures of names: invented annotations with known answers."""

from archive.evaluation.names import predict, score


def mention(start: int, end: int, type: str = "PERSON", named: bool = True) -> dict[str, object]:
    return {"start": start, "end": end, "type": type, "named": named}


def measured(gold: list[dict[str, object]], guessed: list[dict[str, object]]) -> dict[str, float]:
    return score([{"doc_id": "1", "mentions": gold}], [{"doc_id": "1", "mentions": guessed}])


def test_a_guess_on_what_is_not_named_is_ignored() -> None:
    found = measured([mention(0, 5), mention(10, 15, named=False)], [mention(0, 5), mention(10, 15)])
    assert found["precision"] == found["recall"] == found["f1"] == 1


def test_a_guess_that_also_overlaps_a_name_counts() -> None:
    found = measured([mention(0, 5), mention(4, 9, "OTHER")], [mention(3, 9)])
    assert found["precision"] == 0
    assert found["overlap_f1"] == 1


def test_a_wrong_kind_is_wrong_for_both_kinds() -> None:
    found = measured([mention(0, 5)], [mention(0, 5, "ORGANISATION")])
    assert found["person_recall"] == found["organisation_precision"] == found["overlap_f1"] == 0


def test_one_guess_overlaps_one_name_only() -> None:
    found = measured([mention(0, 5), mention(6, 9)], [mention(0, 9)])
    assert found["overlap_recall"] == 0.5
    assert found["names"] == 2


def test_predictions_are_rows_with_offsets_and_types() -> None:
    (row,) = predict({"doc_id": "7", "text": "Prime Minister Maria Stone spoke."})
    assert row == {"doc_id": "7", "mentions": [{"start": 15, "end": 26, "type": "PERSON"}]}


def test_a_missing_prediction_is_an_empty_one() -> None:
    assert score([{"doc_id": "1", "mentions": [mention(0, 5)]}], [])["recall"] == 0
