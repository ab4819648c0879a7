"""Keeps what is worked out from a whole index, and works it out again behind the readers' backs.

Reading all words of an index takes tenths of a second, so no question may wait for it after every commit: the
old state answers until a thread has made the new one.
"""

import time
from collections.abc import Callable
from threading import Lock, Thread
from typing import Generic, TypeVar

from analyzers.errors import RasadError

Value = TypeVar("Value")

REFRESH_SECONDS = 10.0


class Fresh(Generic[Value]):
    """One value made from an index; safe from several threads.

    ``make`` makes it and ``revision`` names the state that the index is in. The first that asks waits; later
    on a newer value is made aside when the index has changed, at most every ``seconds``.
    """

    def __init__(
        self, make: Callable[[], Value], revision: Callable[[], int], seconds: float = REFRESH_SECONDS
    ) -> None:
        self._make = make
        self._revision = revision
        self._seconds = seconds
        self._lock = Lock()
        self._kept: tuple[int, Value] | None = None
        self._due = 0.0
        self._remaking: Thread | None = None

    def __call__(self) -> Value:
        """Return the value, at most a little behind the index."""
        with self._lock:
            if self._kept is None:
                self._kept = self._made()
            elif self._remaking is None and time.monotonic() >= self._due:
                self._due = time.monotonic() + self._seconds
                if self._revision() != self._kept[0]:
                    self._remaking = Thread(target=self._remake, name="freshness", daemon=True)
                    self._remaking.start()
            return self._kept[1]

    def _made(self) -> tuple[int, Value]:
        revision = self._revision()
        made = revision, self._make()
        self._due = time.monotonic() + self._seconds
        return made

    def _remake(self) -> None:
        try:
            self._kept = self._made()
        except RasadError:
            # The index was closed or swapped meanwhile; whoever asks then asks another one.
            return
        finally:
            self._remaking = None
