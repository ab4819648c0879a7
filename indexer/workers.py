"""Spreads what takes long over processes, in order and with bounded memory."""

import atexit
import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from threading import Thread
from typing import ParamSpec, TypeVar

# Tasks that are under way for each process, so that none waits while this one is busy with a commit.
_AHEAD = 8
# Objects made, and collections of the younger ones, before the garbage collector looks at the next older.
_SELDOM = (100_000, 50, 100)

Task = TypeVar("Task")
Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")


class Workers:
    """At most ``jobs`` processes of one run, which begin when the first task needs them and end with it.

    They stay for whatever comes next, so that what a task has to load is loaded once. One job is no process
    at all. Raises ``BrokenProcessPool`` where a process ends by itself.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def close(self) -> None:
        """Drop what no process has begun with, and let them end, while this one goes on."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def limit(self, jobs: int) -> None:
        """Begin no more processes than these, where none has begun yet."""
        if self._pool is None:
            self.jobs = min(self.jobs, jobs)

    def submit(
        self, function: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> "Future[Result]":
        """Let a process call a function, which must be a module's own."""
        if self._pool is None:
            # Not forked: the process may have threads. What is large is sent with a task and not when a
            # process begins: one that died before it took that would leave this one waiting for ever.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.jobs, context, initializer=_begin)
        with _undisturbed():
            return self._pool.submit(function, *args, **kwargs)

    def in_order(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Generator[Result, None, None]:
        """Give the results in the order of their tasks, of which only some are under way at a time."""
        waiting: deque[Future[Result]] = deque()
        try:
            for task in tasks:
                waiting.append(self.submit(function, task))
                if len(waiting) >= self.jobs * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def processors() -> int:
    """Count the processors that this process may use, which is not always all of them."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Keep the garbage collector from walking through millions of words again and again.

    Indexing makes many objects and no cycles among them; at its usual pace the collector takes a third of
    the time.
    """
    thresholds = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back Ctrl+C, for ever in the processes that are started here: this one alone answers to it."""
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _begin() -> None:
    atexit.register(os._exit, 0)  # without freeing object by object what goes with the process
    Thread(target=_end_with_parent, daemon=True).start()
    gc.set_threshold(*_SELDOM)


def _end_with_parent() -> None:
    """Leave no worker waiting for work that a killed process will never send."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
