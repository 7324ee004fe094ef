"""`manage.py import_articles`: what it prints, and how it ends when it cannot go on."""

import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from archive.models import Article, Run
from archive.pipeline import ledger, river
from tests.stories import HARBOUR, ORCHARD, put, put_sources

pytestmark = pytest.mark.django_db


def run(*paths, **options) -> str:
    out = StringIO()
    call_command("import_articles", *map(str, paths), stdout=out, **options)
    return out.getvalue()


def test_it_counts_every_input_and_names_what_it_rejected(tmp_path):
    put(tmp_path, a=HARBOUR, b=HARBOUR, c=b"")
    put_sources(tmp_path, "a.txt,The Varnholm Post,,,", "b.txt,The Varnholm Post,,,", "gone.txt,,,,")
    out = run(tmp_path)
    assert "1 created, 1 exact copy, 2 rejected" in out
    assert "c.txt: rejected. The file is empty" in out
    assert "sources.csv [4]: rejected. Row 4 of sources.csv names gone.txt" in out


def test_again_says_unchanged(tmp_path):
    put(tmp_path, a=HARBOUR)
    run(tmp_path)
    assert run(tmp_path) == "Imported: 1 unchanged\na.txt: taken for text; 1 unchanged.\n"


def test_it_says_what_it_took_each_file_for(tmp_path):
    put(tmp_path, a=HARBOUR, b=b"\x89PNG\r\n\x1a\n")
    (tmp_path / "rows.csv").write_text(f"title;text\nThe harbour;{' '.join(ORCHARD.split())}\n", "cp1252")
    (tmp_path / "sources.csv").write_text("file,outlet\ngone.txt,The Varnholm Post\n", "utf-8")
    foretold, out = run(tmp_path, dry_run=True), run(tmp_path)
    for said in (foretold, out):
        assert "a.txt: taken for text; 1 created." in said
        assert "b.txt: taken for text; 1 rejected." in said
        assert "rows.csv: taken for table; 1 created." in said
        assert "sources.csv: not read; 1 rejected." in said
    assert dict(Run.objects.get().entries.values_list("path", "form"))["rows.csv"] == "table"


def test_many_files_are_told_by_kind(tmp_path, monkeypatch):
    monkeypatch.setattr(ledger, "MOST_FILES", 1)
    put(tmp_path, a=HARBOUR, b=ORCHARD, c=b"")
    for out in (run(tmp_path, dry_run=True), run(tmp_path)):
        assert "Taken for: text (2), empty (1); the ledger names each file." in out
        assert "a.txt: taken for" not in out


def test_a_dry_run_tells_and_stores_nothing(tmp_path):
    put(tmp_path, a=HARBOUR, b=b"")
    out = run(tmp_path, dry_run=True)
    assert out.startswith("Would import: 1 created, 1 rejected")
    assert "b.txt: rejected. The file is empty" in out
    assert not Article.objects.exists()
    assert not Run.objects.exists()


def test_what_a_run_rejected_is_tried_again(tmp_path):
    put(tmp_path, a=HARBOUR, b="Menu\n\nHome\n")
    run(tmp_path)
    number = Run.objects.get().pk
    out = StringIO()
    call_command("import_articles", retry=number, stdout=out)
    assert out.getvalue().startswith(f"Tried again what run {number} rejected: 1 rejected")
    assert Article.objects.count() == 1


def test_a_run_that_is_not_there_is_one_sentence():
    with pytest.raises(CommandError, match="There is no run 7; the ledger"):
        call_command("import_articles", retry=7)


def test_no_path_is_one_sentence():
    with pytest.raises(CommandError, match="Name a file or a folder"):
        call_command("import_articles")


def test_nothing_at_the_path_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match=r"There is nothing at .*nowhere"):
        run(tmp_path / "nowhere")


def test_one_path_that_is_not_there_does_not_stop_another(tmp_path):
    put(tmp_path / "in", a=HARBOUR)
    out = run(tmp_path / "nowhere", tmp_path / "in")
    assert "1 created, 1 rejected" in out


def test_an_empty_folder_is_nothing(tmp_path):
    assert run(tmp_path) == "Imported: nothing\n"


def test_ctrl_c_ends_with_a_sentence(tmp_path, monkeypatch):
    put(tmp_path, a=HARBOUR)

    def interrupt(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(river, "import_paths", interrupt)
    with pytest.raises(CommandError, match="goes on from there") as stopped:
        run(tmp_path)
    assert stopped.value.returncode == 130


def test_a_lost_database_ends_with_a_sentence(tmp_path, monkeypatch):
    put(tmp_path, a=HARBOUR)

    def lose(*arguments, **options):
        raise OperationalError("could not extend file: No space left on device\nHINT: free some")

    monkeypatch.setattr(river, "import_paths", lose)
    with pytest.raises(CommandError, match="No space left on device") as stopped:
        run(tmp_path)
    assert "HINT" not in str(stopped.value)


def test_a_database_that_is_not_set_up_ends_with_a_sentence(tmp_path):
    put(tmp_path, a=HARBOUR)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE archive_article RENAME TO not_there")
    with pytest.raises(CommandError, match=r"run `manage\.py migrate`"):
        run(tmp_path, dry_run=True)


def test_on_a_terminal_there_is_a_bar(tmp_path, monkeypatch):
    put(tmp_path, a=HARBOUR, b=ORCHARD)
    terminal = StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stderr", terminal)
    assert "2 created" in run(tmp_path)
    assert Article.objects.count() == 2
