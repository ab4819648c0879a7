"""Answers requests that come to one socket, in one process, until it is told to end."""

import logging
import re
import socket
import time
from typing import TYPE_CHECKING

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer

from indexer.settings import WebSettings
from searchapp.serving.crowd import Crowd
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
# How long a new connection is left to processes with fewer, for each connection more and at most; a process
# that is making a page needs some milliseconds to look up.
_LEFT, _LEFT_AT_MOST = 0.005, 0.02
_NOT_ASCII = re.compile(b"[\x80-\xff]")


class Worker:
    """A server on a socket that listens already; other processes may listen to the same one.

    Those of them that share ``crowd``, each at its own ``place``, share the connections evenly. ``run``
    returns after ``stop`` or ``retire``, which may be called from a signal's handler or from another thread.
    """

    def __init__(
        self,
        application: "WSGIApplication",
        listener: socket.socket,
        web: WebSettings,
        crowd: Crowd,
        place: int = 0,
    ) -> None:
        # A request that waits for a thread is no event; waitress warns of each.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self._map: dict[int, wasyncore.dispatcher] = {}
        self._server = _Server(
            Turns(application),
            map=self._map,
            _sock=listener,
            sockinfo=(listener.family, listener.type, listener.proto, listener.getsockname()),
            bind_socket=False,
            threads=web.threads,
            ident="rasad",
            # The application refuses what is too large with a reason; this bounds what is received at all.
            max_request_body_size=2 * web.largest_post,
            trusted_proxy=web.proxy or None,
            trusted_proxy_headers={"x-forwarded-proto", "x-forwarded-host"} if web.proxy else set(),
            clear_untrusted_proxy_headers=True,
        )
        self._server.crowd, self._server.place = crowd, place
        self._idle_until = self._busy_until = 0.0
        self._over = False

    def run(self) -> None:
        """Answer until told to end, then finish what was asked already."""
        while not self._server.leaving:
            self._server.crowd.hold(self._server.place, len(self._server.active_channels))
            self._look(_LOOK)
        self._server.crowd.leave(self._server.place)
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


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    """Reads addresses in raw UTF-8 too, as `curl` sends what is typed, by escaping them as browsers do."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the first line and the headers."""
        line, end, headers = header_plus.partition(b"\r\n")
        escaped = _NOT_ASCII.sub(lambda byte: b"%%%02X" % byte.group()[0], line)
        super().parse_header(escaped + end + headers)


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that ends with its answer once the server is leaving, and says so to the client."""

    parser_class = _Parser

    def service(self) -> None:
        if self.server.leaving:
            self.requests[0].headers["CONNECTION"] = "close"
        super().service()


class _Server(TcpWSGIServer):  # type: ignore[misc]
    """A server that leaves new connections to processes with fewer."""

    channel_class = _Channel
    leaving = False
    crowd: Crowd
    place: int

    def handle_accept(self) -> None:
        # Nothing is lost by waiting: whoever is woken and finds the connection taken goes on.
        if surplus := self.crowd.surplus(self.place):
            time.sleep(min(surplus * _LEFT, _LEFT_AT_MOST))
        super().handle_accept()
