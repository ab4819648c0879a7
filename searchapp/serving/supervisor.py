"""Serves with several processes that share one index in memory and one listening socket.

The supervisor opens the index and forks, so that what was opened lies in memory once; it answers nothing
itself. Opening again after a rebuild, and preparing what may be asked, go the same way: the supervisor does
it aside, forks new workers and lets the old ones finish, so that no request waits for it.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import wait
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

import click

from analyzers.errors import RasadError
from indexer.generations import NoIndexError
from indexer.workers import processors
from searchapp.library import Library
from searchapp.serving.crowd import Crowd
from searchapp.serving.worker import Worker

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess

# How often to look for a new generation, in seconds.
_LOOK = 0.5
# How soon at most to fork again for what was committed within a generation, which workers find by themselves.
_SELDOM = 600.0
# How long a worker has to live for the next to follow at once, and the pauses before it otherwise.
_STEADY = 10.0
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.1, 30.0
# How long the workers may take to end.
_ENDING = 10.0
# Beyond these, memory would go to what few readers need; whoever has many says so in the settings.
_MOST_BY_ITSELF = 4
# Workers at once, those that are being replaced included, for every one that is wanted.
_GENERATIONS = 4


def process_count(wanted: int) -> int:
    """Say how many processes are to answer: as many as asked for, or as processors at 0, up to four.

    Where processes cannot be forked safely (Windows, macOS) it is one.
    """
    if sys.platform != "linux":
        return 1
    return wanted or min(processors(), _MOST_BY_ITSELF)


def place_count(processes: int) -> int:
    """Say how many places workers can have at once, those that are being replaced included."""
    return _GENERATIONS * processes


class _Member(NamedTuple):
    """A worker's process, and when it was started."""

    process: "ForkProcess"
    born: float


class Supervisor:
    """Keeps a number of worker processes alive, each with the newest generation of the index.

    ``make`` makes a worker in its own process, given its place: a number below :func:`place_count` that no
    other living worker has, in ``crowd`` too. No thread may run in this process, because a fork copies none.
    """

    def __init__(self, library: Library, make: Callable[[int], Worker], processes: int, crowd: Crowd) -> None:
        self._library = library
        self._crowd = crowd
        self._make = make
        self._processes = processes
        self._working: dict[int, _Member] = {}
        self._retired: dict[int, _Member] = {}
        self._renewed = -_SELDOM
        self._pause = self._resume_at = 0.0
        self._told = ""
        # Nothing is ever written: that its other end is closed tells the workers that this process is gone.
        self._alive, self._living = os.pipe()

    def run(self) -> None:
        """Serve until interrupted; then end the workers, which finish what they were asked."""
        try:
            while True:
                self._fill()
                if self._renew():
                    self._replace()
                self._wait()
        except KeyboardInterrupt:
            pass
        finally:
            self._end()

    def _fill(self) -> None:
        """Start the workers that are missing, unless those before them died too soon."""
        if time.monotonic() < self._resume_at:
            return
        places = (at for at in range(place_count(self._processes)) if at not in self._taken())
        while len(self._working) < self._processes:
            place = next(places)
            process = get_context("fork").Process(target=self._work, args=(place,))
            with _undisturbed():
                process.start()
                self._working[place] = _Member(process, time.monotonic())

    def _renew(self) -> bool:
        """Open and prepare what the workers do not have yet; tell whether there was anything."""
        if place_count(self._processes) - len(self._taken()) < self._processes:
            return False
        try:
            if not self._library.outdated and time.monotonic() < self._renewed + _SELDOM:
                return False
            renewed = self._library.prepare()
        except NoIndexError:
            return False
        except RasadError as error:
            if str(error) != self._told:
                self._told = str(error)
                click.echo(f"Error: {error}", err=True)
            return False
        self._renewed, self._told = time.monotonic(), ""
        return renewed

    def _replace(self) -> None:
        """Let new workers answer from now on, and the old ones finish."""
        before, self._working = self._working, {}
        self._retired.update(before)
        self._pause = self._resume_at = 0.0
        self._fill()
        for member in before.values():
            if member.process.pid is not None and member.process.is_alive():
                os.kill(member.process.pid, signal.SIGUSR1)

    def _wait(self) -> None:
        """Wait until a worker ends or it is time to look for something new."""
        missing = len(self._working) < self._processes
        seconds = min(_LOOK, max(self._resume_at - time.monotonic(), 0)) if missing else _LOOK
        wait([member.process.sentinel for member in self._taken().values()], seconds)
        now = time.monotonic()
        for place, member in self._taken().items():
            if member.process.is_alive():
                continue
            self._crowd.leave(place)
            if self._retired.pop(place, None) is None:
                del self._working[place]
                steady = now - member.born > _STEADY
                self._pause = 0 if steady else min(max(2 * self._pause, _SHORTEST_PAUSE), _LONGEST_PAUSE)
                self._resume_at = now + self._pause
                ended = f"process {member.process.pid} ended with status {member.process.exitcode}"
                click.echo(f"Error: {ended}; another takes its place", err=True)
            member.process.close()

    def _taken(self) -> dict[int, _Member]:
        return self._working | self._retired

    def _end(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        members = self._taken().values()
        for member in members:
            member.process.terminate()
        ends = time.monotonic() + _ENDING
        for member in members:
            member.process.join(max(0, ends - time.monotonic()))
            member.process.kill()

    def _work(self, place: int) -> None:
        """Be a worker."""
        # Ctrl+C in a terminal reaches every process; this one ends when the supervisor says so.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD)
        os.close(self._living)
        worker = self._make(place)
        signal.signal(signal.SIGTERM, lambda _number, _frame: worker.stop())
        signal.signal(signal.SIGUSR1, lambda _number, _frame: worker.retire())
        Thread(target=self._stop_alone, args=(worker,), daemon=True).start()
        worker.run()

    def _stop_alone(self, worker: Worker) -> None:
        """Leave no worker behind when the supervisor is killed."""
        os.read(self._alive, 1)
        worker.stop()


_HELD = {signal.SIGINT, signal.SIGTERM}


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back what ends this process until it knows the one that it is starting."""
    held = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
