"""An import that is killed, loses its database or fills the disk: what is stored is whole, and it goes on."""

import random
import subprocess
import time
from collections import Counter
from functools import partial

import pytest
from django.core.management import CommandError, call_command
from django.db import InterfaceError, OperationalError, connection, connections

from archive.models import Article, Entry, Mention, Run, SearchRow, Source
from archive.pipeline import intake, river
from benchmarks.archive_state import state
from tests.pipeline.processes import IMPORT, finished, started, wait_for
from tests.stories import HARBOUR, HARBOUR_ELSEWHERE, ORCHARD, put, put_sources

pytestmark = pytest.mark.django_db(transaction=True)

POST = "a.txt,The Varnholm Post,https://post.example/ferry,2019-03-12,its site"


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Nine inputs in five batches."""
    monkeypatch.setattr(intake, "BATCH_ITEMS", 2)
    put(tmp_path, a=HARBOUR, b=HARBOUR_ELSEWHERE, c=ORCHARD, d=HARBOUR, e=b"")
    for name, place in (("f", "Eskaby"), ("g", "Sundvik"), ("h", "Halden")):
        put(tmp_path, **{name: HARBOUR.replace("Varnholm", place).replace("340", "512")})
    return put_sources(tmp_path, POST, "gone.txt,,,,")


@pytest.fixture
def empty_again():
    """A function that takes everything out of the archive."""
    return lambda: call_command("flush", interactive=False, verbosity=0)


def assert_half_is_nothing() -> None:
    """Whatever is stored has gone the whole way."""
    newest = Article.objects.newest_versions()
    assert set(newest.values_list("pk", flat=True)) == set(SearchRow.objects.values_list("pk", flat=True))
    assert not newest.exclude(pk__in=Mention.objects.values("article")).exists()
    assert not Article.objects.exclude(pk__in=Entry.objects.values("article")).exists()
    assert not Source.objects.exclude(pk__in=Entry.objects.exclude(source=None).values("source")).exists()


@pytest.mark.parametrize(("workers", "kills"), [(0, 3), (1, 1)])
def test_killed_at_random_it_comes_to_what_an_undisturbed_one_does(files, empty_again, workers, kills):
    finished(IMPORT, files, workers)
    undisturbed = state()
    empty_again()
    broken = 0
    for _ in range(kills):
        stored = Article.objects.count()
        with started(IMPORT, files, workers) as process:
            wait_for(partial(_goes_on, process, stored))
            time.sleep(random.uniform(0, 0.3))
            process.kill()
        assert_half_is_nothing()
        broken = Run.objects.filter(ended_at=None).count()
    assert broken
    finished(IMPORT, files, workers)
    assert state() == undisturbed
    last = Run.objects.latest("pk")
    assert set(Counter(last.entries.values_list("path", "block")).values()) == {1}


def test_two_imports_at_once_double_nothing(files, empty_again):
    finished(IMPORT, files, 0)
    alone = state()
    empty_again()
    with started(IMPORT, files, 0) as one, started(IMPORT, files, 0) as other:
        assert [process.wait(120) for process in (one, other)] == [0, 0]
    assert state() == alone
    assert Run.objects.exclude(ended_at=None).count() == 2
    assert_half_is_nothing()


def _goes_on(process: subprocess.Popen[str], stored: int) -> bool:
    """Whether an import has ended or stored more than so many articles."""
    return process.poll() is not None or Article.objects.count() > stored


def _full(table: str) -> None:
    """Let the server say that its disk is full whenever a row is added to a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
            " 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$"
        )
        cursor.execute(f"CREATE TRIGGER full_disk BEFORE INSERT ON {table} EXECUTE FUNCTION pg_temp.full()")


@pytest.mark.parametrize(
    "table", ["archive_source", "archive_article", "archive_mention", "archive_searchrow"]
)
def test_a_full_disk_ends_with_one_sentence(files, table):
    _full(table)
    try:
        with pytest.raises(CommandError) as told:
            call_command("import_articles", str(files))
        assert "no room left (could not extend file: No space left on device)" in str(told.value)
        assert len(str(told.value).splitlines()) == 1
        assert not Article.objects.exists()
        assert not Source.objects.exists()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER full_disk ON {table}")
            cursor.execute("DROP FUNCTION pg_temp.full()")
    call_command("import_articles", str(files))
    assert_half_is_nothing()
    assert Article.objects.count() == 6


@pytest.mark.parametrize("stage", ["importing", "resolving", "searching"])
def test_a_lost_connection_ends_with_one_sentence(files, monkeypatch, stage):
    original = getattr(river, stage).run
    times = []

    def cut(*arguments, **options):
        times.append(1)
        if len(times) == 2:
            other = connections.create_connection("default")
            other.settings_dict = connection.settings_dict
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
            other.close()
        return original(*arguments, **options)

    with monkeypatch.context() as broken:
        broken.setattr(getattr(river, stage), "run", cut)
        with pytest.raises(CommandError, match="The database stopped answering") as told:
            call_command("import_articles", str(files))
    assert len(str(told.value).splitlines()) == 1
    assert isinstance(told.value.__cause__, (OperationalError, InterfaceError))
    connection.close()
    assert_half_is_nothing()
    call_command("import_articles", str(files))
    assert_half_is_nothing()
    assert Article.objects.count() == 6
