"""The life of a process that prepares texts for another one. Imports no model: Django is not set up yet."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from typing import Any

import django


def begin() -> None:
    """Be ready to prepare; leave Ctrl-C to the first process, and end when it has ended, however that was."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_first, daemon=True).start()
    django.setup()


def prepare(wanted: Sequence[Any], names: Any) -> list[Any]:
    """What `archive.pipeline.preparing` makes of each text."""
    from archive.pipeline import preparing  # its models need Django to be set up

    prepared = [preparing.prepare(one, names) for one in wanted]
    if multiprocessing.parent_process() and not gc.get_freeze_count():
        _settle()
    return prepared


def _settle() -> None:
    """The word lists are read: the collector of garbage need not look through them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _end_with_the_first() -> None:
    first = multiprocessing.parent_process()
    if first:
        first.join()
        os._exit(1)
