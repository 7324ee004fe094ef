"""Names joined across texts: all those of the seeds are listed and were read; an unread one is told."""

import json
from pathlib import Path

from archive.evaluation import joins
from archive.text.cleaning import clean
from archive.text.reading import read
from archive.text.types import Facts, RawFile

ROOT = Path(__file__).parents[2]


def seeds() -> list[dict[str, str]]:
    """The seeds as rows, cleaned as an import cleans them."""
    rows = []
    for file in sorted((ROOT / "seeds").glob("*.txt")):
        raw = read(RawFile(file.name, file.read_bytes())).articles[0].text
        rows.append({"doc_id": file.name, "text": clean(raw, Facts()).body})
    return rows


def test_the_joins_of_the_seeds_are_exactly_those_that_were_read() -> None:
    golden = json.loads((ROOT / "tests/golden/joins.json").read_text(encoding="utf-8"))
    assert joins.predict_all(seeds()) == golden["joins"]


TEXTS = [
    {"doc_id": "1", "text": "Marta Lindqvist, who leads the union, left. Lindqvist came back."},
    {"doc_id": "2", "text": "It was Marta Lindqvist who said so. Jonas Lindqvist agreed."},
    {"doc_id": "3", "text": "Mr Lindqvist said so."},
]


def test_a_surname_joins_nobody_and_a_full_name_does() -> None:
    assert joins.predict_all(TEXTS) == [
        {"key": "marta lindqvist", "forms": ["Lindqvist", "Marta Lindqvist"], "texts": ["1", "2"]}
    ]


def test_a_join_that_nobody_read_is_told(tmp_path: Path, monkeypatch) -> None:
    found = joins.predict_all(TEXTS)
    read = tmp_path / "read.txt"
    monkeypatch.setattr(joins, "READ", read)
    for verdict, measures in (("right", (1.0, 1.0)), ("wrong", (1.0, 0.0)), ("", (0.0, 0.0))):
        read.write_text(f"# list\n{joins.digest(found[0])} {verdict}\n" if verdict else "", encoding="utf-8")
        scored = joins.score(TEXTS, found)
        assert (scored["joins"], scored["read"], scored["right"]) == (1.0, *measures)


def test_a_digest_changes_with_every_form_and_repeats_no_word() -> None:
    (join,) = joins.predict_all(TEXTS)
    assert joins.digest(join) != joins.digest({**join, "forms": ["Marta Lindqvist"]})
    assert "lindqvist" not in joins.digest(join)
