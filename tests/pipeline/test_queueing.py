"""An import by way of the queue: several workers, any of which may be killed."""

from collections import Counter

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from archive.models import Article, Entry, Run, SearchRow, Source
from archive.pipeline import intake, queueing
from tests.pipeline.processes import STUCK, WORKER, finished, started
from tests.stories import HARBOUR, HARBOUR_ELSEWHERE, ORCHARD, put, put_sources

POST = "a.txt,The Varnholm Post,https://post.example/ferry,2019-03-12,its site"


@pytest.fixture
def files(tmp_path, monkeypatch, transactional_db):
    """Seven inputs in four jobs, and an empty queue."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
    monkeypatch.setattr(intake, "BATCH_ITEMS", 2)
    late = ORCHARD.replace("Late frost ruins", "Hail destroys")
    put(tmp_path, a=HARBOUR, b=HARBOUR_ELSEWHERE, c=ORCHARD, d=HARBOUR, e=b"", f=late)
    return put_sources(tmp_path, POST, "gone.txt,,,,")


def assert_whole(run: Run) -> None:
    """Every input stands in the run's ledger once, and is stored once."""
    paths = Counter(run.entries.values_list("path", flat=True))
    assert paths == dict.fromkeys(["a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "f.txt", "sources.csv"], 1)
    assert run.queued == 7
    assert run.ended_at is not None
    assert Article.objects.count() == SearchRow.objects.count() == 4


def test_what_is_put_in_is_kept_and_not_yet_imported(files):
    report = queueing.put([files])
    assert report.counts == {"pieces": 7, "jobs": 4}
    assert Source.objects.count() == 4
    assert not Article.objects.exists()
    assert Run.objects.get().ended_at is None


def test_a_job_is_data(files):
    queueing.put([files])
    for job in ProcrastinateJob.objects.all():
        batch = queueing._unpacked(job.args["batch"])
        assert queueing._packed(batch) == job.args["batch"]
        assert all(one.pieces for one in batch.inputs)


def test_a_job_done_twice_doubles_nothing(files):
    queueing.put([files])
    jobs = list(ProcrastinateJob.objects.order_by("pk"))
    for job in [*jobs, *jobs]:
        queueing.import_batch(**job.args)
    assert_whole(Run.objects.get())


@pytest.mark.parametrize("moment", ["before", "after"])
def test_two_workers_one_of_them_killed(files, moment):
    queueing.put([files])
    with started(STUCK, moment) as killed:
        assert killed.stdout.readline() == "stuck\n"
        assert ProcrastinateJob.objects.filter(status="doing").count() == 1
        with started(WORKER) as other:
            killed.kill()
            _, said = other.communicate(timeout=120)
            assert other.returncode == 0, said
    assert_whole(Run.objects.get())
    assert not ProcrastinateJob.objects.exists()


def test_an_import_put_in_again_is_unchanged(files):
    queueing.put([files])
    finished(WORKER)
    queueing.put([files])
    finished(WORKER)
    first, second = Run.objects.order_by("pk")
    assert_whole(first)
    assert not second.entries.filter(outcome__in=["created", "new version", "near copy"]).exists()
    assert Entry.objects.filter(run=second).count() == 7
