"""An import by way of the queue: several workers, any of which may be killed."""

from collections import Counter

import pytest
from django.db import OperationalError, connection
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from archive.models import Article, Entry, Run, SearchRow, Source
from archive.pipeline import importing, intake, queueing
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
        attempt(job)
    assert_whole(Run.objects.get())


def attempt(job: ProcrastinateJob, attempts: int = 0) -> None:
    """Do a job as a worker does that has tried it so often before."""
    found = Job(
        id=job.pk, queue=queueing.QUEUE, task_name=job.task_name, lock=None, queueing_lock=None,
        attempts=attempts,
    )  # fmt: skip
    context = JobContext(start_timestamp=0.0, app=app, job=found, abort_reason=lambda: None)
    queueing.import_batch(context, **job.args)


def test_a_job_that_fails_for_good_does_not_leave_its_run_open(files, monkeypatch):
    queueing.put([files])
    first, *others = ProcrastinateJob.objects.order_by("pk")
    with monkeypatch.context() as full:
        full.setattr(importing, "run", broken_disk)
        for attempts in range(queueing.RETRIES):
            with pytest.raises(OperationalError):
                attempt(first, attempts)
        assert not Entry.objects.exists()
        attempt(first, queueing.RETRIES)
    for job in others:
        attempt(job)
    run = Run.objects.get()
    assert run.ended_at is not None
    assert run.entries.count() == run.queued
    lost = run.entries.filter(reason__contains="No space left")
    assert {entry.outcome for entry in lost} == {"rejected"}
    assert "a.txt" in lost.values_list("path", flat=True)
    queueing.put([files])
    for job in ProcrastinateJob.objects.filter(pk__gt=others[-1].pk):
        attempt(job)
    assert Article.objects.count() == 4


def broken_disk(*_: object, **__: object) -> None:
    raise OperationalError("No space left on device")


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
