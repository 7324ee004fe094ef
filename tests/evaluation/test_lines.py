"""The measure of how lines are told apart: what must not score; and the invented pages hold their floors."""

import json
from pathlib import Path

import pytest

from archive.evaluation.lines import LABELS, kind_of, predict, score, unlabelled
from archive.evaluation.several import score as score_cuts
from archive.evaluation.several import unmarked
from archive.management.evaluating import hold
from archive.text.cleaning import clean

FLOORS = json.loads((Path(__file__).parents[2] / "benchmarks/floors.json").read_text("utf-8"))["floors"]
GOLDEN = [entry for entry in FLOORS if entry["file"].startswith("tests/golden/")]
PAGE = "menu\tHome\ntitle\tHarbour opens\n\nbody\tThe harbour opened.\ndeck\tAt last\nother\t88\n"


def test_labels_are_taken_off_and_remembered() -> None:
    raw, lines = unlabelled(PAGE)
    assert raw == "Home\nHarbour opens\n\nThe harbour opened.\nAt last\n88\n"
    assert [(line.label, raw[line.start : line.end]) for line in lines][1] == ("title", "Harbour opens")


def test_a_missing_prediction_scores_nothing() -> None:
    assert set(score([{"id": "1", "text": PAGE}], []).values()) == {0.0}


def test_what_is_nothing_is_wrong_only_as_a_part_of_the_article() -> None:
    row = {"id": "1", "text": PAGE}
    kinds = [str(LABELS.get(line.label, "")) for line in unlabelled(PAGE)[1]]
    perfect = score([row], [{"id": "1", "kinds": kinds}])
    assert set(perfect.values()) == {1.0}
    as_menu = score([row], [{"id": "1", "kinds": [*kinds[:-1], "menu"]}])
    as_body = score([row], [{"id": "1", "kinds": [*kinds[:-1], "paragraph"]}])
    assert as_menu["menu_precision"] == 1.0
    assert as_body["body_precision"] == 0.5


def test_every_line_has_a_kind() -> None:
    raw, lines = unlabelled(PAGE)
    assert all(kind_of(clean(raw), line) for line in lines)
    assert len(predict({"id": "1", "text": PAGE})[0]["kinds"]) == len(lines)


def test_a_cut_in_the_wrong_place_is_no_cut() -> None:
    text = "@Harbour opens\nIt opened.\n^L\n@Fire in Marbeck\nIt burned.\n"
    dump, starts = unmarked(text)
    assert dump[starts[1] :].startswith("Fire") and "\f" in dump
    row = {"id": "1", "text": text}
    assert score_cuts([row], [{"id": "1", "starts": [0, starts[1]]}])["whole"] == 1.0
    assert score_cuts([row], [{"id": "1", "starts": [0, starts[1] + 5]}])["recall"] == 0.0
    assert score_cuts([row], [{"id": "1", "starts": [0, 3, starts[1]]}])["precision"] == 0.5


@pytest.mark.parametrize("entry", GOLDEN, ids=lambda entry: entry["file"])
def test_the_invented_pages_hold_their_floors(entry: dict[str, object]) -> None:
    measures, fallen = hold(entry, Path("nowhere"))
    assert measures and fallen == []
