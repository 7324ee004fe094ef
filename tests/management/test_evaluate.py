"""`manage.py evaluate`: measures, predictions, floors; data that is not the same is not held against them."""

import gzip
import hashlib
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive.management import evaluating

FLOORS = Path(__file__).resolve().parents[2] / "benchmarks/floors.json"
ROW = {
    "doc_id": "1",
    "text": "Mayor Ada Moss opened the new pier in Varnholm. Moss thanked the dock workers.",
    "mentions": [
        {"start": 6, "end": 14, "type": "PERSON", "named": True},
        {"start": 48, "end": 52, "type": "PERSON", "named": True},
    ],
}


@pytest.fixture
def data(tmp_path):
    (tmp_path / "names.jsonl").write_text(
        json.dumps(ROW) + "\n\n" + json.dumps({**ROW, "doc_id": "2"}) + "\n"
    )
    return tmp_path


def run(*arguments, **options) -> str:
    out = StringIO()
    call_command("evaluate", *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def floors(data, **floor) -> None:
    file = data / "names.jsonl"
    entry = {"task": "names", "file": file.name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    (data / "floors.json").write_text(json.dumps({"floors": [{**entry, "floors": floor}]}))


def test_measures_are_printed(data):
    out = run("names", data / "names.jsonl")
    assert "names: 2 rows" in out
    assert "person_f1" in out


def test_gzip_and_plain_give_the_same(data):
    packed = data / "names.jsonl.gz"
    packed.write_bytes(gzip.compress((data / "names.jsonl").read_bytes()))
    assert run("names", packed) == run("names", data / "names.jsonl")


def test_a_limit_and_a_hidden_key(data):
    assert evaluating.read_rows([data / "names.jsonl"], limit=1, without=["mentions"]) == [
        {"doc_id": "1", "text": ROW["text"]}
    ]


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
def test_predictions_are_written_one_a_row(data, name):
    run("names", data / "names.jsonl", predictions=data / name)
    rows = evaluating.read_rows([data / name])
    assert [row["doc_id"] for row in rows] == ["1", "2"]
    assert rows[0]["mentions"]


@pytest.mark.parametrize("task", [None, "cooking"])
def test_an_unknown_task_names_the_known(data, task):
    with pytest.raises(CommandError, match=r"Name a task: .*names.*quotes"):
        run(*filter(None, [task]))


@pytest.mark.parametrize("content", [b"{broken\n", b"\x1f\x8bnot gzip", b"\xff\xfe"])
def test_data_that_cannot_be_read_is_named_with_its_line(data, content):
    (data / "names.jsonl").write_bytes(content)
    with pytest.raises(CommandError, match=r"names\.jsonl cannot be read as JSON lines at line 1"):
        run("names", data / "names.jsonl")


def test_above_its_floor_all_is_well(data):
    floors(data, person_recall=0.0)
    assert "(at least 0.0000)" in run(floors=data / "floors.json", data=data)


def test_below_its_floor_it_fails(data):
    floors(data, person_recall=1.01)
    with pytest.raises(CommandError, match=r"person_recall is .*, below 1\.0100"):
        run(floors=data / "floors.json", data=data)


def test_other_data_is_not_measured(data):
    floors(data, person_recall=0.0)
    with (data / "names.jsonl").open("a") as file:
        file.write("\n")
    with pytest.raises(CommandError, match="is other data"):
        run(floors=data / "floors.json", data=data)


def test_data_that_is_not_there_fails(data):
    floors(data, person_recall=0.0)
    with pytest.raises(CommandError, match="is not in"):
        run(floors=data / "floors.json", data=data / "elsewhere")


def test_every_shipped_floor_names_a_task_and_measures():
    for entry in evaluating.read_floors(FLOORS):
        assert entry["task"] in evaluating.tasks()
        assert len(entry["sha256"]) == 64
        assert entry["floors"]
        assert all(0 < floor <= 1 for floor in entry["floors"].values())
