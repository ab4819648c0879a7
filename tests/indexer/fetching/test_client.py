import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from msgspec.structs import replace

from indexer.fetching.addresses import FetchError
from indexer.fetching.client import Client
from indexer.settings import FetchSettings


def refused(client: Client, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        client.get(url)
    return caught.value


def test_a_page_comes_as_it_is(site: Any, fetching: FetchSettings) -> None:
    site.reply("/a?b=1", "خبر".encode(), ETag='"1"', Content_Type="text/html")
    found = Client(fetching).get(f"{site.address}/a?b=1#c")
    assert (found.status, found.content.decode()) == (200, "خبر")
    assert (found.headers["etag"], found.url) == ('"1"', f"{site.address}/a?b=1")


def test_a_request_says_who_asks(site: Any, fetching: FetchSettings) -> None:
    site.reply("/a", b"x")
    Client(replace(fetching, contact="https://example.org/rasad")).get(f"{site.address}/a")
    (request,) = site.asked("/a")
    assert request.headers["user-agent"].startswith("Rasad/")
    assert "+https://example.org/rasad" in request.headers["user-agent"]
    assert request.headers["host"] == site.address.removeprefix("http://")


@pytest.mark.parametrize(
    ("coding", "packed"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("identity", bytes)]
)
def test_packed_pages_are_unpacked(
    site: Any, fetching: FetchSettings, coding: str, packed: Callable[[bytes], bytes]
) -> None:
    text = "خبر تازه ".encode() * 1000
    site.reply("/a", packed(text), Content_Encoding=coding)
    assert Client(fetching).get(f"{site.address}/a").content == text


@pytest.mark.parametrize("rounds", [1, 2])
def test_what_unpacks_to_more_than_is_allowed_is_left(
    site: Any, fetching: FetchSettings, rounds: int
) -> None:
    bomb = bytes(300_000_000)
    for _ in range(rounds):
        bomb = gzip.compress(bomb)
    site.reply("/bomb", bomb, Content_Encoding=", ".join(["gzip"] * rounds))
    error = refused(Client(fetching), f"{site.address}/bomb")
    assert "larger than 200,000 bytes" in str(error)
    assert error.lasting


def test_a_body_without_end_is_left(site: Any, fetching: FetchSettings) -> None:
    def pour(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while not site.closing.is_set():
                handler.wfile.write(bytes(50_000))
        except OSError:
            pass

    site.pages["/endless"] = pour
    assert "larger than" in str(refused(Client(fetching), f"{site.address}/endless"))


def drip(site: Any, start: bytes, drop: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """Write some bytes, then a drop of more as long as somebody listens."""

    def dripping(handler: BaseHTTPRequestHandler) -> None:
        try:
            handler.wfile.write(start)
            while not site.closing.wait(0.02):
                handler.wfile.write(drop)
                handler.wfile.flush()
        except OSError:
            pass

    return dripping


@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"HTTP/1.0 200 OK\r\n\r\n", b"x"),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.0 200 OK\r\nX: ", b"x"),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 100000\r\n\r\n", b""),
        (b"", b""),
    ],
)
def test_what_comes_too_slowly_is_cut_off(
    site: Any, fetching: FetchSettings, start: bytes, drop: bytes
) -> None:
    site.pages["/slow"] = drip(site, start, drop)
    site.reply("/robots.txt")
    client = Client(replace(fetching, timeout=0.5))
    error = refused(client, f"{site.address}/slow")
    assert not error.lasting
    assert "longer than 0.5 seconds" in str(error) or "cannot be reached" in str(error)


def test_a_site_that_is_not_there_may_be_back_later(fetching: FetchSettings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    error = refused(Client(fetching), f"http://127.0.0.1:{port}/")
    assert "cannot be reached" in str(error)
    assert not error.lasting


@pytest.mark.parametrize("answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n"])
def test_what_is_no_answer_is_said(site: Any, fetching: FetchSettings, answer: bytes) -> None:
    site.pages["/a"] = lambda handler: handler.wfile.write(answer) and None
    assert "cannot be reached" in str(refused(Client(fetching), f"{site.address}/a"))


@pytest.mark.parametrize(
    ("status", "lasting"), [(404, True), (410, True), (403, True), (429, False), (500, False), (503, False)]
)
def test_a_refusal_is_said_with_its_status(
    site: Any, fetching: FetchSettings, status: int, *, lasting: bool
) -> None:
    site.reply("/a", status=status)
    error = refused(Client(fetching), f"{site.address}/a")
    assert f"status {status}" in str(error)
    assert error.lasting is lasting


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site: Any, fetching: FetchSettings, status: int) -> None:
    site.reply("/old", status=status, Location="new?x=1")
    site.reply("/new?x=1", b"here")
    found = Client(fetching).get(f"{site.address}/old")
    assert (found.content, found.url) == (b"here", f"{site.address}/new?x=1")


def test_redirects_in_a_circle_end(site: Any, fetching: FetchSettings) -> None:
    site.reply("/round", status=302, Location="/round")
    assert "more than 5 redirects" in str(refused(Client(fetching), f"{site.address}/round"))
    assert len(site.asked("/round")) == 6


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.org/", "javascript:x", "http://a:b@127.0.0.1/"]
)
def test_redirects_lead_only_to_the_web(site: Any, fetching: FetchSettings, target: str) -> None:
    site.reply("/old", status=302, Location=target)
    assert refused(Client(fetching), f"{site.address}/old").lasting


class Names:
    """A name server of the test's own: what each name leads to, a list being what it says time after time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.addresses: dict[str, list[str]] = {}
        self.asked: list[str] = []
        self.looked_up = socket.getaddrinfo
        monkeypatch.setattr("indexer.fetching.addresses.socket.getaddrinfo", self._look_up)

    def _look_up(self, host: str, port: int, *more: int, **rest: int) -> object:
        if known := self.addresses.get(host):
            self.asked.append(host)
            host = known.pop(0) if len(known) > 1 else known[0]
        return self.looked_up(host, port, *more, **rest)


def test_a_redirect_into_the_private_network_is_refused(
    site: Any, fetching: FetchSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The site stands for one of the public internet: only its own name may lead to this computer.
    monkeypatch.setattr("indexer.fetching.addresses.is_public", lambda address: str(address) == "127.0.0.1")
    port = site.address.rpartition(":")[2]
    names = Names(monkeypatch)
    names.addresses = {"news.example": ["127.0.0.1"], "inside.example": ["127.0.0.2"]}
    site.reply("/old", status=302, Location=f"http://inside.example:{port}/secret")
    site.reply("/secret", b"secret")
    error = refused(Client(replace(fetching, private=False)), f"http://news.example:{port}/old")
    assert "private network" in str(error)
    assert error.lasting
    assert site.asked("/secret") == []


def test_a_name_that_changes_its_address_leads_nowhere(
    site: Any, fetching: FetchSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.fetching.addresses.is_public", lambda address: str(address) == "127.0.0.1")
    port = site.address.rpartition(":")[2]
    names = Names(monkeypatch)
    site.reply("/a", b"public")
    names.addresses = {"news.example": ["127.0.0.1", "127.0.0.1", "127.0.0.2"]}
    client = Client(replace(fetching, private=False))
    # Once for robots.txt and once for the page: each connection goes where the look-up led.
    assert client.get(f"http://news.example:{port}/a").content == b"public"
    assert names.asked == ["news.example", "news.example"]
    assert "private network" in str(refused(client, f"http://news.example:{port}/a"))


def test_robots_are_asked_first_and_heeded(site: Any, fetching: FetchSettings) -> None:
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: rasad\nDisallow: /private/\nDisallow: /*.pdf$\n"
    site.reply("/robots.txt", rules.encode())
    for path in ("/open", "/private/a", "/b.pdf"):
        site.reply(path, b"x")
    client = Client(fetching)
    assert client.get(f"{site.address}/open").content == b"x"
    for path in ("/private/a", "/b.pdf"):
        error = refused(client, site.address + path)
        assert "robots.txt does not allow" in str(error)
        assert error.lasting
    assert [request.path for request in site.requests] == ["/robots.txt", "/open"]


def test_robots_bar_a_redirect_too(site: Any, fetching: FetchSettings) -> None:
    site.reply("/robots.txt", b"User-agent: *\nDisallow: /private/\n")
    site.reply("/old", status=302, Location="/private/a")
    assert "robots.txt does not allow" in str(refused(Client(fetching), f"{site.address}/old"))
    assert site.asked("/private/a") == []


def test_a_site_whose_robots_cannot_be_read_is_left_alone(site: Any, fetching: FetchSettings) -> None:
    site.reply("/robots.txt", status=503)
    site.reply("/a", b"x")
    error = refused(Client(fetching), f"{site.address}/a")
    assert "robots.txt cannot be read" in str(error)
    assert not error.lasting
    assert site.asked("/a") == []


def test_a_host_is_given_a_rest(site: Any, fetching: FetchSettings) -> None:
    site.reply("/a", b"x")
    rests: list[float] = []
    client = Client(replace(fetching, pause=3))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.fetching.client.time.sleep", rests.append)
        client.get(f"{site.address}/a")
        client.get(f"{site.address}/a")
    # robots.txt came first, so that there are two pauses between the three requests.
    assert len(rests) == 2
    assert all(2 < rest <= 3 for rest in rests)


def test_a_site_may_ask_for_a_longer_rest(site: Any, fetching: FetchSettings) -> None:
    site.reply("/robots.txt", b"User-agent: *\nCrawl-delay: 7\n")
    site.reply("/a", b"x")
    rests: list[float] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.fetching.client.time.sleep", rests.append)
        Client(fetching).get(f"{site.address}/a")
    assert len(rests) == 1
    assert 6 < rests[0] <= 7


def test_no_thread_is_left_behind(site: Any, fetching: FetchSettings) -> None:
    site.reply("/a", b"x")
    Client(fetching).get(f"{site.address}/a")
    deadline = time.monotonic() + 10
    while any(isinstance(thread, threading.Timer) for thread in threading.enumerate()):
        assert time.monotonic() < deadline
