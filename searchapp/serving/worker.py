"""Answers requests that come to one socket, in one process, until it is told to end."""

import logging
import socket
import time
from typing import TYPE_CHECKING

from waitress import create_server, wasyncore
from waitress.channel import HTTPChannel

from indexer.settings import WebSettings
from searchapp.serving.turns import Turns

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# How often the server looks up without an event, in seconds.
_LOOK = 1.0
# How long it goes on with answers once it is to stop.
_STOPPING = 5.0
# How long, once retired, it waits for each connection's next request, and for its longest answer, an export.
_RETIRED_IDLE = 10.0
_RETIRED_BUSY = 600.0


class Worker:
    """A server on a socket that listens already; other processes may listen to the same one.

    ``run`` returns after ``stop`` or ``retire``, which may be called from a signal's handler or from another
    thread.
    """

    def __init__(self, application: "WSGIApplication", listener: socket.socket, web: WebSettings) -> None:
        # A request that waits for a thread is no event; waitress warns of each.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self._map: dict[int, wasyncore.dispatcher] = {}
        self._server = create_server(
            Turns(application),
            map=self._map,
            sockets=[listener],
            threads=web.threads,
            ident="rasad",
            # The application refuses what is too large with a reason; this bounds what is received at all.
            max_request_body_size=2 * web.largest_post,
            trusted_proxy=web.proxy or None,
            trusted_proxy_headers={"x-forwarded-proto", "x-forwarded-host"} if web.proxy else set(),
            clear_untrusted_proxy_headers=True,
        )
        self._server.channel_class = _Channel
        self._server.leaving = False
        self._idle_until = self._busy_until = 0.0
        self._over = False

    def run(self) -> None:
        """Answer until told to end, then finish what was asked already."""
        while not self._server.leaving:
            self._look(_LOOK)
        self._server.accepting = False
        while (channels := self._awaited()) and (left := self._busy_until - time.monotonic()) > 0:
            self._look(min(left, _LOOK))
        self._server.task_dispatcher.shutdown(timeout=0 if channels else 1)
        self._over = True
        for channel in list(self._server.active_channels.values()):
            channel.handle_close()
        wasyncore.close_all(self._map)

    def stop(self) -> None:
        """End within seconds: answers that are being worked on are finished, idle connections closed."""
        self._leave(0, _STOPPING)

    def retire(self) -> None:
        """Leave what comes to other processes; every connection may still ask once and is then closed."""
        self._leave(_RETIRED_IDLE, _RETIRED_BUSY)

    def _leave(self, idle: float, busy: float) -> None:
        if self._over:
            return
        now = time.monotonic()
        self._idle_until, self._busy_until = now + idle, now + busy
        self._server.leaving = True
        self._server.pull_trigger()

    def _awaited(self) -> bool:
        """Tell whether a connection has yet to be answered, or may still ask."""
        channels = list(self._server.active_channels.values())
        if time.monotonic() < self._idle_until:
            return bool(channels)
        return any(channel.requests or channel.total_outbufs_len for channel in channels)

    def _look(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, map=self._map, count=1)


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that ends with its answer once the server is leaving, and says so to the client."""

    def service(self) -> None:
        if self.server.leaving:
            self.requests[0].headers["CONNECTION"] = "close"
        super().service()
