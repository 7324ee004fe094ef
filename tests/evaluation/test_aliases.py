"""The measures of aliases: invented articles and pairs with known answers."""

from typing import Any

from archive.evaluation.aliases import predict, score


def entity(type: str, *mentions: tuple[int, str]) -> dict[str, Any]:
    return {
        "type": type,
        "forms": sorted({text for _, text in mentions}),
        "mentions": [{"begin": start, "end": start + len(text), "text": text} for start, text in mentions],
    }


ARTICLE = {
    "doc_id": "1",
    "entities": [
        entity("PERSON", (0, "Maria Stone"), (40, "Stone")),
        entity("PERSON", (60, "Karim Haddadi")),
        entity("ORGANISATION", (80, "Harbour Party")),
    ],
}


def test_a_surname_joins_its_full_name_and_nobody_else() -> None:
    (row,) = predict(ARTICLE)
    assert ["Maria Stone", "Stone"] in row["clusters"]
    assert ["Karim Haddadi"] in row["clusters"]
    assert score([ARTICLE], [row])["f1"] == 1


def test_a_wrong_cluster_costs_precision() -> None:
    wrong = {"doc_id": "1", "clusters": [["Maria Stone", "Stone", "Karim Haddadi"]]}
    found = score([ARTICLE], [wrong])
    assert found["recall"] == 1
    assert found["precision"] == 1 / 3


def test_pairs_of_names_are_scored_as_matches() -> None:
    rows = [
        {"name1": "Maria Stone", "name2": "Stone, Maria", "type": "PERSON", "match": True},
        {"name1": "Maria Stone", "name2": "Karim Haddadi", "type": "PERSON", "match": False},
    ]
    predictions = [predict(row)[0] for row in rows]
    assert [prediction["match"] for prediction in predictions] == [True, False]
    assert score(rows, predictions) == {"precision": 1, "recall": 1, "f1": 1, "pairs": 1}
