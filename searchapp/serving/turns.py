"""Lets the threads of a process work one after another, because its interpreter runs one at a time anyway.

Threads that compute pages at once take the interpreter from each other at every array operation, and a page
costs twice the processor time. Several threads are still wanted: most of what a thread does for a slow
client is to wait.
"""

from collections import deque
from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Seconds, a few pages' worth: whoever has waited so long goes on beside the slow one.
_PATIENCE = 0.1
_READING = frozenset({"GET", "HEAD"})


class Turns:
    """A WSGI application that hands reading requests to another one, one at a time.

    No slow answer keeps the others back: each waits for its turn a moment at most. What writes takes no turn,
    since it waits for the process that indexes, and the body of an export is sent outside of its turn.
    """

    def __init__(self, application: "WSGIApplication", patience: float = _PATIENCE) -> None:
        self._application = application
        self._patience = patience
        self._line = _Line()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request when its turn has come."""
        if environ["REQUEST_METHOD"] not in _READING:
            return self._application(environ, start_response)
        taken = self._line.enter(self._patience)
        try:
            return self._application(environ, start_response)
        finally:
            if taken:
                self._line.leave()


class _Line:
    """A lock that goes to whoever has waited longest, where a plain one goes to whoever is quickest."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()

    def enter(self, patience: float) -> bool:
        """Wait for one's turn at most so many seconds; tell whether it came."""
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=patience):
            return True
        with self._lock:
            # It may have come just now.
            if mine not in self._waiting:
                return True
            self._waiting.remove(mine)
            return False

    def leave(self) -> None:
        """Hand the turn to the next."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False
