"""Imports in processes of their own, on the database of the test, that can be killed at any moment."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from tests.places import ROOT

PATIENCE = 120  # seconds

_BEGIN = """
import sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from pathlib import Path
from archive.pipeline import intake, queueing, river
intake.BATCH_ITEMS = 2
queueing.HEARTBEAT, queueing.SILENT = 0.5, 2.0
"""
IMPORT = (
    _BEGIN
    + """
river.import_paths([Path(sys.argv[2])], workers=int(sys.argv[3]))
"""
)
WORKER = (
    _BEGIN
    + """
queueing.work(wait=False)
"""
)
# A worker that never comes to the end of its first job: it stops before or after the batch is stored.
STUCK = (
    _BEGIN
    + """
import time
take = river.take_batch
def stuck(*arguments):
    if sys.argv[2] == "after":
        take(*arguments)
    print("stuck", flush=True)
    time.sleep(600)
river.take_batch = stuck
queueing.work(wait=False)
"""
)


@contextmanager
def started(script: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """A Python process on the test's database; it is killed at the latest when the block ends."""
    name = connection.settings_dict["NAME"]
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(name), *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def finished(script: str, *arguments: object) -> None:
    """Run a process to its end, which must be a good one."""
    with started(script, *arguments) as process:
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    give_up = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < give_up, "waited in vain"
        time.sleep(0.01)
