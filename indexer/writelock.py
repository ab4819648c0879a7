"""Lets one process at a time write to an index or fetch feeds, and tells the others who it is."""

import fcntl
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.engine import IndexProblemError

_POLL_SECONDS = 0.1


class BusyError(IndexProblemError):
    """Another process is writing; trying again in a while will do."""


@contextmanager
def writing(folder: Path, wait: float) -> Iterator[None]:
    """Hold a folder's write lock, waiting ``wait`` seconds for another process to let it go.

    The lock is the operating system's, so it ends with the process that holds it, however that ends. Raises
    :class:`BusyError` naming the holder, and :class:`IndexProblemError` for what the operating system has
    against writing: a full disk leaves the last commit standing.
    """
    try:
        with _held(folder, wait):
            yield
    except OSError as error:
        raise IndexProblemError(
            f"{folder} cannot be written ({error.strerror}); what it holds stays as it was, and"
            " the next run goes on from there"
        ) from error


@contextmanager
def _held(folder: Path, wait: float) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "write.lock").open("a+", encoding="utf-8") as file:
        deadline = time.monotonic() + wait
        while not _acquired(file.fileno()):
            if time.monotonic() >= deadline:
                file.seek(0)
                holder = file.read().strip() or "another process"
                raise BusyError(f"{folder} is being written to by {holder}; try again later")
            time.sleep(_POLL_SECONDS)
        file.truncate(0)
        started = time.strftime("%H:%M:%S")
        file.write(
            f"process {os.getpid()} on {socket.gethostname()} ({Path(sys.argv[0]).name}, since {started})"
        )
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)
            fcntl.flock(file, fcntl.LOCK_UN)


def _acquired(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
