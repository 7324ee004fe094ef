"""sources.csv: every way in which a table is wrong has its sentence, and stops no other row."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.pipeline.sources import LIMITS, read_sources
from archive.text.types import Precision

HEADER = b"file,outlet,url,published\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("A")
    (tmp_path / "b.txt").write_text("B")
    return tmp_path


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b"gone.txt,,,", "not there"),
        (b",Post,,", "names no file"),
        (b"../a.txt,,,", "outside the folder"),
        (b"/etc/passwd,,,", "outside the folder"),
        (b"a.txt,,,yesterday", "date 'yesterday'"),
        (b"a.txt,,,2017-13-01", "date '2017-13-01'"),
        (b"a.txt,Post,https://x.example,2017-04-18,too,many", "6 values for 4 columns"),
        (b"a.txt," + b"x" * 201 + b",,", "more than 200 characters"),
        (b"a.txt,,https://x.example/" + b"x" * 2000 + b",", "more than 2000 characters"),
    ],
)
def test_a_bad_row_is_named_and_the_next_is_used(folder, row, said):
    found = read_sources(HEADER + row + b"\nb.txt,Post,,\n", folder)
    (problem,) = found.problems
    assert problem.row == 2
    assert said in problem.reason
    assert found.facts["b.txt"].outlet == "Post"
    assert "a.txt" not in found.facts


def test_a_file_named_twice_keeps_its_first_row(folder):
    found = read_sources(HEADER + b"a.txt,One,,\na.txt,Two,,\n", folder)
    assert found.facts["a.txt"].outlet == "One"
    assert "again; row 2 is used" in found.problems[0].reason


def test_rows_before_a_broken_quotation_mark_are_used(folder):
    found = read_sources(HEADER + b'a.txt,Post,,\nb.txt,"Unclosed,,\n', folder)
    assert found.facts["a.txt"].outlet == "Post"
    assert "not well-formed CSV from row 3 on" in found.problems[0].reason


@pytest.mark.parametrize("data", [b"", b"\n\n", b"name,outlet\na.txt,Post\n"])
def test_without_the_column_file_nothing_can_be_used(folder, data):
    found = read_sources(data, folder)
    assert found.facts == {}
    assert "no column 'file'" in found.problems[0].reason


def test_a_picture_named_sources_is_told_apart(folder):
    found = read_sources(b"\x89PNG\r\n\x1a\n\x00\x00", folder)
    assert found.facts == {}
    assert "PNG picture" in found.problems[0].reason


def test_an_unknown_column_is_left_out_and_named(folder):
    found = read_sources(b"file,outlet,mood\na.txt,Post,calm\n", folder)
    assert found.facts["a.txt"].outlet == "Post"
    assert "'mood'" in found.remarks[0]


@pytest.mark.parametrize(
    ("printed", "value", "precision"),
    [
        ("2017", datetime(2017, 1, 1), Precision.YEAR),
        ("2017-04", datetime(2017, 4, 1), Precision.MONTH),
        ("2017-04-18", datetime(2017, 4, 18), Precision.DAY),
        ("2017-04-18T09:49", datetime(2017, 4, 18, 9, 49), Precision.MINUTE),
        ("2017-04-18 09:49", datetime(2017, 4, 18, 9, 49), Precision.MINUTE),
        ("2017-04-18T09:49:00+03:00", datetime(2017, 4, 18, 9, 49), Precision.MINUTE),
    ],
)
def test_dates_are_as_exact_as_they_are_written(folder, printed, value, precision):
    moment = read_sources(HEADER + f"a.txt,,,{printed}\n".encode(), folder).facts["a.txt"].published
    assert moment is not None
    assert (moment.value, moment.precision) == (value, precision)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_of_spreadsheets_are_read(folder, encoding, delimiter):
    table = f"File{delimiter} Outlet {delimiter}url\r\na.txt{delimiter}Kvällsposten{delimiter}\r\n"
    assert read_sources(table.encode(encoding), folder).facts["a.txt"].outlet == "Kvällsposten"


@given(st.binary(max_size=300))
def test_no_bytes_raise(data):
    read_sources(HEADER + data, Path("/nowhere"))
    read_sources(data, Path("/nowhere"))


def test_the_manual_names_every_column():
    manual = (Path(__file__).resolve().parents[2] / "docs/how-to/import.md").read_text("utf-8")
    assert re.findall(r"^\| `(\w+)` \|", manual, re.M) == list(LIMITS)
