"""Walking files and folders: what must not be read, and what is said of it."""

import os
from pathlib import Path

import pytest

from archive.pipeline import files
from archive.pipeline.files import Found, Refused, Remark, read, walk
from archive.text.types import RawFile
from tests.stories import put, put_sources


def found(*roots: Path) -> list[str]:
    return [met.path for met in walk(roots) if isinstance(met, Found)]


def refused(*roots: Path) -> dict[str, str]:
    return {met.path: met.reason for met in walk(roots) if isinstance(met, Refused)}


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    secret = put(tmp_path / "elsewhere", secret="not yours")
    folder = put(tmp_path / "in", a="A text")
    (folder / "file.txt").symlink_to(secret / "secret.txt")
    (folder / "folder").symlink_to(secret)
    assert found(folder) == ["a.txt"]
    assert "leads out of the imported folder" in refused(folder)["file.txt"]
    assert "leads out of the imported folder" in refused(folder)["folder"]


def test_a_link_in_a_circle_ends(tmp_path):
    folder = put(tmp_path / "in", a="A text")
    (folder / "self").symlink_to(folder)
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "gone").symlink_to(folder / "not there")
    assert found(folder) == ["a.txt"]
    assert set(refused(folder)) == {"self", "loop", "gone"}


def test_a_link_to_a_file_inside_is_that_file(tmp_path):
    folder = put(tmp_path / "in", a="A text")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    assert found(folder) == ["a.txt", "b.txt"]


def test_a_pipe_does_not_hold_the_import(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    met = next(walk([tmp_path]))
    assert isinstance(met, Found)
    answer = read(met)
    assert isinstance(answer, Refused)
    assert "no file" in answer.reason


def test_a_folder_without_rights_does_not_stop_the_others(tmp_path, monkeypatch):
    put(tmp_path / "open", a="A text")
    closed = tmp_path / "closed"
    closed.mkdir()
    scandir = os.scandir

    def refuse(path):
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(files.os, "scandir", refuse)
    assert found(tmp_path) == ["open/a.txt"]
    assert "give this user the right to read it" in refused(tmp_path)["closed"]


def test_a_file_without_rights_is_named(tmp_path, monkeypatch):
    put(tmp_path, a="A text")
    (met,) = walk([tmp_path])

    def refuse(*arguments):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files.os, "open", refuse)
    answer = read(met)
    assert isinstance(answer, Refused)
    assert "Permission denied" in answer.reason


def test_a_huge_file_is_not_read_into_memory(tmp_path):
    with (tmp_path / "film.txt").open("wb") as film:
        film.truncate(files.LARGEST_FILE + 1)
    answer = read(Found("film.txt", tmp_path / "film.txt"))
    assert isinstance(answer, Refused)
    assert "split it" in answer.reason


def test_nothing_there_is_refused_with_its_name(tmp_path):
    assert "cannot be opened" in refused(tmp_path / "nothing")[str(tmp_path / "nothing")]


def test_names_that_are_no_text_can_be_stored(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("A text")
    (path,) = found(tmp_path)
    assert path == "caf\\xe9.txt"
    assert path.encode()  # no lone surrogate, which no database takes


def test_files_come_in_the_order_of_their_names_each_once(tmp_path):
    put(tmp_path / "b", z="1", a="2")
    put(tmp_path / "a", m="3")
    put(tmp_path, c="4")
    assert found(tmp_path) == ["a/m.txt", "b/a.txt", "b/z.txt", "c.txt"]


def test_hidden_files_are_left_out_and_counted(tmp_path):
    put(tmp_path, a="1")
    (tmp_path / ".hidden").write_text("2")
    remarks = [met.sentence for met in walk([tmp_path]) if isinstance(met, Remark)]
    assert len(remarks) == 1
    assert "1 hidden" in remarks[0]


def test_the_bytes_come_unchanged(tmp_path):
    put(tmp_path, a=b"\xff\xfeT\x00\r\n")
    (met,) = walk([tmp_path])
    assert read(met) == RawFile("a.txt", b"\xff\xfeT\x00\r\n")


def test_a_row_speaks_of_its_file_only(tmp_path):
    put(tmp_path, a="1", b="2")
    put_sources(tmp_path, "a.txt,The Varnholm Post,https://post.example/a,2019-03-12,its site")
    a, b = (met for met in walk([tmp_path]) if isinstance(met, Found))
    assert a.facts.outlet == "The Varnholm Post"
    assert a.note == ""
    assert b.facts.outlet == ""
    assert "No row of sources.csv names this file" in b.note


def test_the_nearest_sources_file_counts(tmp_path):
    put(tmp_path / "sub", a="1", b="2")
    put_sources(tmp_path, "sub/a.txt,Far,,,", "sub/b.txt,Far,,,")
    put_sources(tmp_path / "sub", "a.txt,Near,,,")
    outlets = [met.facts.outlet for met in walk([tmp_path]) if isinstance(met, Found)]
    assert outlets == ["Near", "Far"]


def test_a_file_asked_for_by_name_has_its_row_and_no_other(tmp_path):
    put(tmp_path, a="1", b="2")
    put_sources(tmp_path, "a.txt,The Varnholm Post,,,", "gone.txt,,,,")
    (met,) = walk([tmp_path / "a.txt"])
    assert isinstance(met, Found)
    assert (met.path, met.facts.outlet) == ("a.txt", "The Varnholm Post")


def test_problems_of_the_sources_file_are_refused_with_their_row(tmp_path):
    put(tmp_path, a="1")
    put_sources(tmp_path, "gone.txt,,,,", "a.txt,Post,,,")
    met = list(walk([tmp_path]))
    problems = [one for one in met if isinstance(one, Refused)]
    assert [(one.path, one.block) for one in problems] == [("sources.csv", 2)]
    assert "gone.txt, which is not there" in problems[0].reason


def test_a_sources_file_is_no_article(tmp_path):
    put_sources(tmp_path)
    (met,) = walk([tmp_path / "sources.csv"])
    assert isinstance(met, Refused)


@pytest.mark.parametrize("depth", [300])
def test_deep_folders_end(tmp_path, depth):
    place = tmp_path
    for _ in range(depth):
        place = place / "d"
    place.mkdir(parents=True)
    put(place, a="1")
    assert len(found(tmp_path)) == 1
