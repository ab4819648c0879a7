"""Fetches one resource at a time: bounded in time, size and redirects, slowly, and only where welcome."""

import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPException
from importlib.metadata import version
from threading import Event, Timer
from typing import NamedTuple
from urllib.parse import urljoin

from protego import Protego
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from indexer.fetching.addresses import FetchError, WebAddress, parse_address, resolve
from indexer.settings import FetchSettings

PRODUCT = "Rasad"

_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536
# What RFC 9309 asks a robot to read of a robots.txt, and more than a site may reasonably slow one down by.
_LARGEST_ROBOTS = 512_000
_LONGEST_PAUSE = 30.0
# Answers that may be others in an hour: too early, too many, and whatever went wrong at the site.
_PASSING = frozenset({408, 425, 429})


class Fetched(NamedTuple):
    """A resource as it came: where it was found in the end, headers in small letters, unpacked bytes.

    ``status`` is 304 where the resource is the one that was fetched before; then there is no content.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes


class Client:
    """One run's requests, one after another, each host given a rest between two of them."""

    def __init__(self, settings: FetchSettings) -> None:
        self._settings = settings
        self._rested: dict[str, float] = {}
        self._robots: dict[str, Protego] = {}
        contact = f"; +{settings.contact}" if settings.contact else ""
        self._headers = {
            "User-Agent": f"{PRODUCT}/{version('rasad')} (Persian news search{contact})",
            "Accept-Encoding": "gzip, deflate",
        }

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Fetched:
        """Fetch a resource, with further request headers, through a few redirects at most.

        Raises :class:`FetchError`, also for every status but 200 and 304.
        """
        address = parse_address(url)
        for _ in range(_MOST_REDIRECTS + 1):
            self._ask_robots(address)
            found = self._exchange(address, headers or {}, self._settings.largest)
            if found.status not in _REDIRECTS or not found.headers.get("location"):
                break
            address = _redirected(found)
        else:
            raise FetchError(f"more than {_MOST_REDIRECTS} redirects", lasting=True)
        if found.status not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            passing = found.status in _PASSING or found.status >= HTTPStatus.INTERNAL_SERVER_ERROR
            raise FetchError(f"the site answered with status {found.status}", lasting=not passing)
        return found

    def _ask_robots(self, address: WebAddress) -> None:
        """Keep to the site's robots.txt, as RFC 9309 reads it. Raises :class:`FetchError`."""
        robots = self._robots.get(address.origin)
        if robots is None:
            robots = self._robots[address.origin] = Protego.parse(self._robots_text(address))
        if not robots.can_fetch(address.url, PRODUCT):
            raise FetchError("the site's robots.txt does not allow it", lasting=True)

    def _robots_text(self, address: WebAddress) -> str:
        place = address._replace(target="/robots.txt")
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                found = self._exchange(place, {}, _LARGEST_ROBOTS)
                if found.status not in _REDIRECTS or not found.headers.get("location"):
                    break
                place = _redirected(found)
        except FetchError as error:
            message = f"the site's robots.txt cannot be read: {error}"
            raise FetchError(message, lasting=error.lasting) from None
        if found.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            message = f"the site's robots.txt cannot be read: status {found.status}"
            raise FetchError(message, lasting=False)
        return found.content.decode("utf-8", "replace") if found.status == HTTPStatus.OK else ""

    def _exchange(self, address: WebAddress, headers: Mapping[str, str], largest: int) -> Fetched:
        """Send one request and read its answer whole. Raises :class:`FetchError`."""
        numbers = resolve(address, private=self._settings.private)
        self._rest(address)
        try:
            return self._request(address, numbers, headers, largest)
        finally:
            self._rested[address.host] = time.monotonic()

    def _rest(self, address: WebAddress) -> None:
        robots = self._robots.get(address.origin)
        asked = (robots.crawl_delay(PRODUCT) or 0) if robots else 0
        pause = max(self._settings.pause, min(asked, _LONGEST_PAUSE))
        since = time.monotonic() - self._rested.get(address.host, -pause)
        if since < pause:
            time.sleep(pause - since)

    def _request(
        self, address: WebAddress, numbers: list[str], headers: Mapping[str, str], largest: int
    ) -> Fetched:
        problem: Exception | None = None
        for number in numbers:
            connection = self._connection(address, number)
            expired = Event()
            try:
                with _connected(connection, self._settings.timeout, expired):
                    found = self._answer(connection, address, headers, largest)
                if not expired.is_set():
                    return found
            except (HTTPError, HTTPException, OSError) as error:
                problem = error
                if connection.is_connected and not expired.is_set():
                    break
            finally:
                connection.close()
            if expired.is_set():
                message = f"the site took longer than {self._settings.timeout:g} seconds"
                raise FetchError(message, lasting=False)
        said = str(problem).rpartition(": ")[2] or type(problem).__name__
        raise FetchError(f"the site cannot be reached: {said}", lasting=False)

    def _connection(self, address: WebAddress, number: str) -> HTTPConnection:
        """Make a connection to an IP address, which a certificate must still prove to be the host."""
        timeout = self._settings.timeout
        if address.scheme == "http":
            return HTTPConnection(number, address.port, timeout=timeout)
        return HTTPSConnection(
            number,
            address.port,
            timeout=timeout,
            cert_reqs="CERT_REQUIRED",
            server_hostname=address.host,
            assert_hostname=address.host,
        )

    def _answer(
        self, connection: HTTPConnection, address: WebAddress, headers: Mapping[str, str], largest: int
    ) -> Fetched:
        sent = {"Host": address.authority, **self._headers, **headers}
        connection.request("GET", address.target, headers=sent, preload_content=False)
        content = bytearray()
        with closing(connection.getresponse()) as response:
            received = {name.lower(): value for name, value in response.headers.items()}
            # Redirects and refusals are told by their status; nobody reads their text.
            while response.status == HTTPStatus.OK and (piece := response.read1(_CHUNK, decode_content=True)):
                content += piece
                if len(content) > largest:
                    raise FetchError(f"it is larger than {largest:,} bytes", lasting=True)
        return Fetched(address.url, response.status, received, bytes(content))


def _redirected(found: Fetched) -> WebAddress:
    return parse_address(urljoin(found.url, found.headers["location"]))


@contextmanager
def _connected(connection: HTTPConnection, seconds: float, expired: Event) -> Iterator[None]:
    """Connect, and end the exchange after some seconds, however slowly but steadily its bytes come."""
    sockets: list[socket.socket | None] = []

    def cut() -> None:
        expired.set()
        # The connection forgets its socket when the answer is the last one that will come.
        for each in (*sockets, connection.sock):
            if each is not None:
                with suppress(OSError):
                    # Of an encrypted connection too only the socket beneath it: another thread is reading.
                    socket.socket.shutdown(each, socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        connection.connect()
        sockets.append(connection.sock)
        yield
    finally:
        timer.cancel()
