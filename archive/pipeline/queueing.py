"""An import by way of a queue in the database: any process that reaches it can take part.

Who puts something in reads the files, keeps their bytes and leaves a job for each batch, both in one
transaction. A worker prepares a batch, takes its turn to write and stores what the ledger of the run does not
have yet: so a job that is done twice, because its worker was killed at the wrong moment, doubles nothing.
"""

from __future__ import annotations

import asyncio
import base64
import json
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from django.db import close_old_connections, connection, transaction
from procrastinate import App, JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from archive.models import Run
from archive.pipeline import importing, intake, ledger, river
from archive.pipeline.items import Item, Refusal
from archive.pipeline.report import Report
from archive.pipeline.river import Batch, Gathered, Watch
from archive.text import reading
from archive.text.formats.fields import Columns
from archive.text.types import RawArticle

QUEUE = "imports"
RETRIES, RETRY_SECONDS = 4, 15  # after 0, 15, 30 and 45 seconds
HEARTBEAT, SILENT = 5.0, 30.0  # seconds between signs of life; without one for so long a worker is dead


def put(
    paths: Sequence[Path],
    *,
    columns: Columns = reading.NO_COLUMNS,
    watch: Watch = lambda items, size: None,
) -> Report:
    """Leave files and folders to the workers of the queue.

    Safe to repeat and to break off: what is stored already is met again as unchanged.
    """
    run = ledger.begin("import_articles", [str(path) for path in paths])
    pieces = jobs = 0
    lines: list[str] = []
    for met in intake.batches(paths, columns):
        batch = river.gathered(met)
        lines += [remark.sentence for remark in batch.remarks]
        if batch.inputs:
            with transaction.atomic():
                importing.keep_sources([one.data for one in batch.inputs if one.data])
                import_batch.defer(run=run.pk, batch=_packed(batch))
            jobs += 1
            pieces += batch.items
        watch(batch.items, batch.done)
    with transaction.atomic():
        ledger.wait_for_turn()
        Run.objects.filter(pk=run.pk).update(queued=pieces)
        _end_if_done(run.pk)
    said = f"Workers store it: manage.py worker. The ledger tells how far run {run.pk} is."
    return Report("Left to the queue", {"pieces": pieces, "jobs": jobs}, (*lines, said))


@app.task(
    name="archive.import_batch",
    queue=QUEUE,
    pass_context=True,
    retry=RetryStrategy(max_attempts=RETRIES, linear_wait=RETRY_SECONDS),
)
def import_batch(context: JobContext, run: int, batch: str) -> None:
    """Prepare and store one batch of a run.

    One that fails again and again (a disk that stays full) is entered into the ledger as rejected, so that
    the run comes to its end and says what is missing.
    """
    close_old_connections()
    found = Run.objects.get(pk=run)
    left = _without_done(found, _unpacked(batch))
    try:
        river.take_batch(found, left)
    except Exception as error:
        if context.job is None or context.job.attempts < RETRIES:
            raise
        river.reject(found, _without_done(found, left).inputs, error)
    with transaction.atomic():
        ledger.wait_for_turn()
        _end_if_done(run)


def work(*, wait: bool = True) -> None:
    """Do jobs of the queue until Ctrl-C, which lets the job in hand end; without `wait` until none is left.

    Jobs of workers that gave no sign of life for a while are done again.
    """
    connection.ensure_connection()  # starts or joins the archive's own server
    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    asyncio.run(_work(app.with_connector(connector), wait))


async def _work(worker: App, wait: bool) -> None:
    async with worker.open_async():
        watching = asyncio.create_task(_take_over_again_and_again(worker))
        try:
            while True:
                await worker.run_worker_async(
                    queues=[QUEUE],
                    wait=wait,
                    concurrency=1,
                    delete_jobs="successful",
                    fetch_job_polling_interval=2.0,
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=SILENT,
                )
                if wait or not await _jobs_left(worker):
                    return
                await asyncio.sleep(1)
        finally:
            watching.cancel()


async def _take_over_again_and_again(worker: App) -> None:
    while True:
        for job in await worker.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=SILENT):
            await worker.job_manager.retry_job(job)
        await asyncio.sleep(SILENT / 3)


async def _jobs_left(worker: App) -> bool:
    jobs = await worker.job_manager.list_jobs_async(queue=QUEUE)
    return any(job.status in ("todo", "doing") for job in jobs)


def _without_done(run: Run, batch: Batch) -> Batch:
    """Without the pieces that stand in the run's ledger: another worker stored them before it was killed."""
    paths = [one.path for one in batch.inputs]
    done = set(run.entries.filter(path__in=paths).values_list("path", "block", "byte_offset"))
    left = (
        one._replace(pieces=tuple(piece for piece in one.pieces if _where(piece) not in done))
        for one in batch.inputs
    )
    return batch._replace(inputs=tuple(one for one in left if one.pieces))


def _where(piece: Item | Refusal) -> tuple[str, int, int]:
    if isinstance(piece, Item):
        return piece.path, piece.raw.block, piece.raw.byte_start
    return piece.path, piece.block, piece.byte_offset


def _end_if_done(run: int) -> None:
    """Note the end of a run once its ledger has all that was put into the queue. Needs the turn to write."""
    found = Run.objects.get(pk=run)
    if found.queued is not None and found.ended_at is None and found.entries.count() >= found.queued:
        ledger.end(found)


# --- a batch as the text that a job keeps ----------------------------------------------------------------


def _packed(batch: Batch) -> str:
    """Bytes of files stay where they are kept; JSON, so that a job is data and nothing that runs."""
    inputs = [[one.path, [_piece_as_json(piece) for piece in one.pieces]] for one in batch.inputs]
    return base64.b85encode(zlib.compress(json.dumps(inputs).encode(), 1)).decode()


def _piece_as_json(piece: Item | Refusal) -> list[Any]:
    if isinstance(piece, Refusal):
        return ["refusal", *piece]
    raw = [piece.raw.text, piece.raw.block, piece.raw.byte_start, piece.raw.byte_end, piece.raw.encoding]
    return ["item", piece.path, raw, piece.key, piece.said, piece.source, piece.note, piece.source_start]


def _unpacked(text: str) -> Batch:
    inputs = json.loads(zlib.decompress(base64.b85decode(text)))
    found = tuple(Gathered(path, b"", tuple(map(_piece_of_json, pieces))) for path, pieces in inputs)
    return Batch(found, (), sum(len(one.pieces) for one in found), 0)


def _piece_of_json(values: list[Any]) -> Item | Refusal:
    kind, *rest = values
    if kind == "refusal":
        return Refusal(*rest)
    path, raw, *others = rest
    return Item(path, RawArticle(*raw), *others)
