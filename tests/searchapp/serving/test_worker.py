"""A server in a thread of the test, asked over real connections."""

import http.client
import socket
import threading
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from indexer.settings import WebSettings
from searchapp.serving.crowd import Crowd
from searchapp.serving.worker import Worker

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PATIENCE = 60.0
BODY = b"a long answer " * 100_000


class Served:
    """A worker whose application holds every answer to ``/slow`` back until it may go on."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.crowd = Crowd(2)
        self._connections: list[http.client.HTTPConnection] = []
        self.worker, self.running = self.started()

    def started(self, place: int = 0) -> tuple[Worker, threading.Thread]:
        """Start a server on the socket, which others may share."""
        worker = Worker(self._answer, self.listener.dup(), WebSettings(), self.crowd, place)
        running = threading.Thread(target=worker.run)
        running.start()
        return worker, running

    def connection(self) -> http.client.HTTPConnection:
        host, port = self.listener.getsockname()
        self._connections.append(http.client.HTTPConnection(host, port, timeout=PATIENCE))
        return self._connections[-1]

    def close(self) -> None:
        self.may_end.set()
        self.worker.stop()
        assert self.ended()
        for connection in self._connections:
            connection.close()
        self.listener.close()

    def ended(self) -> bool:
        self.running.join(PATIENCE)
        return not self.running.is_alive()

    def _answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/slow":
            self.begun.set()
            assert self.may_end.wait(PATIENCE)
        body = (
            environ["QUERY_STRING"].encode()
            if environ["PATH_INFO"] == "/خبر".encode().decode("latin-1")
            else BODY
        )
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]


@pytest.fixture
def served() -> Iterator[Served]:
    served = Served()
    yield served
    served.close()


def test_a_server_that_stops_finishes_what_it_was_asked(served: Served) -> None:
    connection = served.connection()
    connection.request("GET", "/slow")
    assert served.begun.wait(PATIENCE)
    served.worker.stop()
    served.may_end.set()
    assert connection.getresponse().read() == BODY
    assert served.ended()


def test_an_address_in_raw_utf_8_is_read_as_an_escaped_one(served: Served) -> None:
    escaped = served.connection()
    escaped.request("GET", f"/{quote('خبر')}?q={quote('تحریم')}&page=1")
    with socket.create_connection(served.listener.getsockname(), timeout=PATIENCE) as raw:
        raw.sendall("GET /خبر?q=تحریم&page=1 HTTP/1.0\r\nHost: x\r\n\r\n".encode())
        status, answer = raw.makefile("rb").read().split(b"\r\n", 1)
    assert status == b"HTTP/1.0 200 OK"
    assert (
        answer.split(b"\r\n\r\n")[1] == escaped.getresponse().read() == f"q={quote('تحریم')}&page=1".encode()
    )


def test_a_server_that_stops_waits_for_no_idle_connection(served: Served) -> None:
    connection = served.connection()
    connection.request("GET", "/")
    response = connection.getresponse()
    assert response.read() == BODY
    assert response.getheader("Connection") is None
    served.worker.stop()
    assert served.ended()


def test_a_retired_server_answers_each_connection_once_more_and_says_that_it_is_the_last_time(
    served: Served,
) -> None:
    connections = [served.connection() for _ in range(3)]
    for connection in connections:
        connection.request("GET", "/")
        assert connection.getresponse().read() == BODY
    served.worker.retire()
    for connection in connections:
        connection.request("GET", "/")
        response = connection.getresponse()
        assert response.read() == BODY
        assert response.getheader("Connection") == "close"
    assert served.ended()


def test_a_retired_server_takes_no_new_connection(served: Served) -> None:
    served.worker.retire()
    assert served.ended()
    # The socket still listens: whoever shares it answers.
    connection = served.connection()
    connection.request("GET", "/")
    successor, running = served.started()
    assert connection.getresponse().read() == BODY
    successor.stop()
    running.join(PATIENCE)


def test_new_connections_go_to_the_server_that_holds_fewer(served: Served) -> None:
    def connect(times: int) -> None:
        for _ in range(times):
            connection = served.connection()
            connection.request("GET", "/")
            assert connection.getresponse().read() == BODY

    held = 12
    connect(held)  # while there is one server alone
    served.crowd.hold(1, 0)
    other, running = served.started(place=1)
    connect(held)
    # Taken by whoever is awake first, half would go to each, and the first would still hold as many more.
    surplus = served.crowd.surplus(0)
    other.stop()
    running.join(PATIENCE)
    assert surplus <= held // 3
