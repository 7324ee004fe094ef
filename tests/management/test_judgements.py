"""`manage.py judgements`, from the command line to the file and back."""

import io
import json

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from archive.curation import acts
from archive.curation.judging import judge
from archive.models import Judgement
from tests.archive_factory import make_entity

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged():
    """Judge one thing."""
    judge(acts.rename(make_entity("Ada Lund"), "Ada L. Lund"), User.objects.create_user("ben"), "“so”")


def run(*arguments):
    """Return what the command writes to its two outputs."""
    out, err = io.StringIO(), io.StringIO()
    call_command("judgements", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_file_holds_what_the_standard_output_does_and_comes_back(judged, tmp_path):
    file = tmp_path / "judgements.jsonl"
    out, said = run("export")
    run("export", str(file))
    assert file.read_text(encoding="utf-8") == out
    assert json.loads(out)["reason"] == "“so”"
    assert said == "Exported 1 judgement.\n"
    Judgement.objects.all().delete()
    assert run("import", str(file))[0] == "Judgements: 1 added\n"
    assert run("import", str(file))[0] == "Judgements: 1 known\n"
    assert run("export")[0] == out


def test_the_standard_input_is_read(judged, monkeypatch):
    exported = run("export")[0]
    Judgement.objects.all().delete()
    monkeypatch.setattr("sys.stdin", io.StringIO(exported))
    assert run("import")[0] == "Judgements: 1 added\n"


def test_bad_lines_are_told(tmp_path):
    file = tmp_path / "judgements.jsonl"
    file.write_text("{}\n", encoding="utf-8")
    assert run("import", str(file))[0] == "Judgements: 1 rejected\nLine 1: 'uid' is missing.\n"


@pytest.mark.parametrize("content", [b"\xff\xfe{\x00}\x00", b"\x89PNG\r\n"])
def test_a_file_that_is_no_text_is_told_in_one_sentence(tmp_path, content):
    file = tmp_path / "judgements.jsonl"
    file.write_bytes(content)
    with pytest.raises(CommandError, match="not UTF-8"):
        run("import", str(file))


def test_a_file_that_is_not_there_is_told_in_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="name another file"):
        run("import", str(tmp_path / "none.jsonl"))
