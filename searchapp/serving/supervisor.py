"""Serves with several processes that share one index in memory and one listening socket.

For each group of workers a process opens the index, forks into them and is gone, so that what was opened
lies in memory once, and nobody keeps a copy of what they change by counting references. The supervisor opens
nothing and stays small. What was rebuilt, what is prepared and a worker that died are taken over in one way:
a new group begins beside the old one, which then finishes, so that no request waits.
"""

import ctypes
import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, NoReturn, Self

import click
import msgspec

from analyzers.errors import RasadError
from indexer.generations import Generations
from indexer.settings import Settings
from searchapp.serving.crowd import Crowd

if TYPE_CHECKING:
    from searchapp.serving.server import Server
    from searchapp.serving.worker import Worker

# How often to look for a new generation, in seconds.
_LOOK = 0.5
# How soon at most to fork again for what was committed within a generation, which workers find by themselves.
_SELDOM = 600.0
# How long a group has to live for the next to follow at once, and the pauses before it otherwise.
_STEADY = 10.0
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.1, 30.0
# How long the workers may take to end.
_ENDING = 10.0
# Beyond these, memory would go to what few readers need; whoever has many says so in the settings.
_MOST_BY_ITSELF = 4
# Groups at once, those that are being replaced included.
_GROUPS = 4
# More than a report takes, and what a pipe holds.
_LONGEST_REPORT = 4096
_PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


def process_count(wanted: int) -> int:
    """Say how many processes are to answer: as many as asked for, or as processors at 0, up to four.

    Where processes cannot be forked safely (Windows, macOS) it is one.
    """
    if sys.platform != "linux":
        return 1
    return wanted or min(len(os.sched_getaffinity(0)), _MOST_BY_ITSELF)


class _Report(msgspec.Struct):
    """What became of opening: the state of the index, each worker's place by its process, what is wrong."""

    state: tuple[int, int] | None = None
    workers: dict[int, int] = msgspec.field(default_factory=dict)
    problem: str = ""


class _Opening(NamedTuple):
    """A process that opens the index, where it reports, and whether it prepares what may be asked."""

    process: int
    report: int
    prepares: bool


class Supervisor:
    """Keeps a group of worker processes alive, with the newest generation of the index.

    To be used with ``with``, which ends them. No thread may run in this process, because a fork copies none.
    """

    def __init__(self, settings: Settings, listener: socket.socket, processes: int) -> None:
        self._settings = settings
        self._listener = listener
        self._processes = processes
        self._generations = Generations(settings.index.path)
        self._crowd = Crowd(_GROUPS * processes)
        self._counts = os.memfd_create("rasad-counts")
        # What this process waits for, and what is held back until one is ready for it.
        self._awaited = {signal.SIGTERM, signal.SIGINT, signal.SIGCHLD}
        self._held = {*self._awaited, signal.SIGUSR1}
        # Processes, with their places.
        self._working: dict[int, int] = {}
        self._retired: dict[int, int] = {}
        self._opening: _Opening | None = None
        self._state: tuple[int, int] | None = None
        self._prepared = False
        self._born = self._looked = self._pause = self._resume_at = 0.0
        self._problem = self._told = ""
        # Nothing is ever written: that its other end is closed tells the workers that this process is gone.
        self._alive, self._living = os.pipe()

    def __enter__(self) -> Self:
        """Adopt what those who open the index leave, and take signals when they are waited for."""
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._unheld = signal.pthread_sigmask(signal.SIG_BLOCK, self._held)
        return self

    def start(self, *, anyway: bool) -> None:
        """Let the first workers begin.

        Raises :class:`RasadError` when the index cannot be opened, unless they are to begin ``anyway``.
        """
        self._open(anyway=anyway, prepares=False)
        while self._opening is not None:
            self._wait()
        if not self._working:
            raise RasadError(self._problem)

    def run(self) -> NoReturn:
        """Serve until a signal, which raises :class:`KeyboardInterrupt`."""
        while True:
            if self._due():
                self._open(anyway=not self._working, prepares=True)
            self._wait()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the workers, which finish what they were asked; also those that begin only now."""
        os.close(self._living)
        left = [*self._working, *self._retired]
        if self._opening is not None:
            os.kill(self._opening.process, signal.SIGKILL)
            left.append(self._opening.process)
        ends = time.monotonic() + _ENDING
        while (left := list(filter(_lives, left))) and (seconds := ends - time.monotonic()) > 0:
            signal.sigtimedwait({signal.SIGCHLD}, seconds)
        for process in left:
            os.kill(process, signal.SIGKILL)
        signal.pthread_sigmask(signal.SIG_SETMASK, self._unheld)

    def _due(self) -> bool:
        """Tell whether a new group should begin now."""
        now = time.monotonic()
        room = self._crowd.places - len(self._working) - len(self._retired)
        if self._opening is not None or now < self._resume_at or room < self._processes:
            return False
        if len(self._working) < self._processes or not self._prepared or now > self._looked + _SELDOM:
            return True
        return self._generations.last_current() != (self._state and self._state[0])

    def _open(self, *, anyway: bool, prepares: bool) -> None:
        """Let a process open the index and fork into a group, unless the workers have all that already."""
        known = self._state if self._prepared and len(self._working) == self._processes else None
        reading, writing = os.pipe()
        process = _fork(partial(self._begin, known, writing, anyway=anyway, prepares=prepares))
        os.close(writing)
        self._opening = _Opening(process, reading, prepares)

    def _wait(self) -> None:
        """Wait until a process ends or it is time to look for something new."""
        paused = self._resume_at - time.monotonic()
        if (got := signal.sigtimedwait(self._awaited, paused if 0 < paused < _LOOK else _LOOK)) is not None:
            if got.si_signo != signal.SIGCHLD:
                raise KeyboardInterrupt
            self._bury()

    def _bury(self) -> None:
        """Take note of all processes that have ended."""
        if self._opening is not None and (status := _status(self._opening.process)) is not None:
            opening, self._opening = self._opening, None
            self._take(opening, status)
        for process, place in (self._working | self._retired).items():
            if (status := _status(process)) is None:
                continue
            self._crowd.leave(place)
            if self._retired.pop(process, None) is None:
                del self._working[process]
                said = f"process {process} ended with status {status}; another takes its place"
                click.echo(f"Error: {said}", err=True)
                self._rest(steady=time.monotonic() - self._born > _STEADY)

    def _take(self, opening: _Opening, status: int) -> None:
        """Let a new group answer from now on, and the one before finish."""
        content = os.read(opening.report, _LONGEST_REPORT)
        os.close(opening.report)
        died = f"process {opening.process}, which opened the index, ended with status {status}"
        report = msgspec.json.decode(content, type=_Report) if content else _Report(problem=died)
        self._problem, self._looked = report.problem, time.monotonic()
        if report.problem:
            self._rest(steady=False)
            if self._working and report.problem != self._told:
                self._told = report.problem
                click.echo(f"Error: {report.problem}", err=True)
        else:
            self._told = ""
        if report.workers:
            for process in self._working:
                os.kill(process, signal.SIGUSR1)
            self._retired |= self._working
            self._working, self._born, self._state = report.workers, self._looked, report.state
            self._prepared = opening.prepares and not report.problem

    def _rest(self, *, steady: bool) -> None:
        """Put off what follows something that went wrong, the longer the oftener, unless it had been well."""
        self._pause = 0 if steady else min(max(2 * self._pause, _SHORTEST_PAUSE), _LONGEST_PAUSE)
        self._resume_at = time.monotonic() + self._pause

    def _begin(self, known: tuple[int, int] | None, writing: int, *, anyway: bool, prepares: bool) -> None:
        """Open the index, fork into workers and report."""
        from searchapp.serving.server import Server  # noqa: PLC0415  (without all that, the supervisor is small)

        os.close(self._living)
        report = _Report()
        server = Server(self._settings, self._listener, self._crowd, self._counts)
        try:
            report.state = server.open()
            wanted = report.state is None or report.state != known
            if wanted and prepares:
                server.prepare()
        except RasadError as error:
            report.problem, wanted = str(error), anyway
        if wanted:
            taken = {*self._working.values(), *self._retired.values()}
            places = [place for place in range(self._crowd.places) if place not in taken]
            for place in places[: self._processes]:
                report.workers[_fork(partial(self._work, server, place, writing))] = place
        os.write(writing, msgspec.json.encode(report))

    def _work(self, server: "Server", place: int, writing: int) -> None:
        """Be a worker."""
        os.close(writing)
        worker = server.worker(place)
        # Ctrl+C in a terminal reaches every process; this one ends when the supervisor says so.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda _number, _frame: worker.stop())
        signal.signal(signal.SIGUSR1, lambda _number, _frame: worker.retire())
        signal.pthread_sigmask(signal.SIG_UNBLOCK, self._held)
        Thread(target=self._stop_alone, args=(worker,), daemon=True).start()
        worker.run()

    def _stop_alone(self, worker: "Worker") -> None:
        """End a worker when the supervisor ends, or is killed."""
        os.read(self._alive, 1)
        worker.stop()


def _fork(work: Callable[[], None]) -> int:
    """Do something in a new process, and give its number."""
    if process := os.fork():
        return process
    status = 1
    try:
        work()
        status = 0
    except Exception:  # noqa: BLE001  (nothing else would tell of it)
        traceback.print_exc()
    finally:
        os._exit(status)


def _status(process: int) -> int | None:
    """Give what a child ended with, None while it lives."""
    ended, status = os.waitpid(process, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None


def _lives(process: int) -> bool:
    return _status(process) is None
