"""Several processes that prepare texts, while one stores what they made, in the order of the input."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import NamedTuple, TypeVar

from archive.pipeline import process
from archive.pipeline.preparing import Names, Prepared, Wanted

T = TypeVar("T")
_AT_ONCE = 25  # texts that a process is given together
_AHEAD = 2  # batches that are prepared while one is stored
_BEAT = 0.2  # seconds


class _Asked(NamedTuple):
    wanted: Sequence[Wanted]
    names: Names
    future: Future[list[Prepared]]


class Workers:
    """`count` processes beside this one; with none, this one prepares each batch when its turn comes.

    They end with this process, however it ends. If one of them is killed, what it had is done here.
    """

    def __init__(self, count: int) -> None:
        self._pool: ProcessPoolExecutor | None = None
        if count:
            context = multiprocessing.get_context("spawn")  # a fork would share the database's connection
            self._pool = ProcessPoolExecutor(count, mp_context=context, initializer=process.begin)
        self._before = set(multiprocessing.active_children())

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for nobody: what was stored is whole, what was only prepared is made again."""
        if self._pool:
            started = set(multiprocessing.active_children()) - self._before
            self._pool.shutdown(wait=False, cancel_futures=True)
            for child in started:
                child.terminate()

    def prepared(
        self, batches: Iterable[T], wanted: Callable[[T], tuple[Sequence[Wanted], Names]]
    ) -> Iterator[tuple[T, dict[Wanted, Prepared]]]:
        """Each batch in order with what was made of the texts that `wanted` says it needs."""
        waiting: deque[tuple[T, list[_Asked]]] = deque()
        for batch in batches:
            waiting.append((batch, list(self._asked(*wanted(batch)))))
            if len(waiting) > (_AHEAD if self._pool else 0):
                yield self._answered(*waiting.popleft())
        while waiting:
            yield self._answered(*waiting.popleft())

    def _asked(self, wanted: Sequence[Wanted], names: Names) -> Iterator[_Asked]:
        for first in range(0, len(wanted), _AT_ONCE):
            part = wanted[first : first + _AT_ONCE]
            try:
                future = self._pool.submit(process.prepare, part, names) if self._pool else Future()
            except BrokenProcessPool:
                future = Future()
            yield _Asked(part, names, future)

    def _answered(self, batch: T, asked: Iterable[_Asked]) -> tuple[T, dict[Wanted, Prepared]]:
        made = (zip(some.wanted, self._answer(some), strict=True) for some in asked)
        return batch, {wanted: prepared for pairs in made for wanted, prepared in pairs}

    def _answer(self, asked: _Asked) -> list[Prepared]:
        if self._pool:
            try:
                return _awaited(asked.future)
            except BrokenProcessPool:
                self._pool.shutdown(wait=False, cancel_futures=True)
                self._pool = None
        return process.prepare(asked.wanted, asked.names)


def _awaited(future: Future[list[Prepared]]) -> list[Prepared]:
    """What a process prepared, waited for in beats: Ctrl-C may reach a thread of the pool, and this one
    answers it when it runs again.
    """
    while not wait([future], timeout=_BEAT).done:
        pass
    return future.result()
