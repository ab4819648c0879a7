"""Tells which addresses may be fetched from: a feed is written by strangers and may name any.

A name is looked up once, and the connection goes to the very address that was looked at, so that a name that
changes its address in between (DNS rebinding) gains nothing.
"""

import ipaddress
import socket
from typing import NamedTuple

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from analyzers.errors import RasadError

_PORTS = {"http": 80, "https": 443}
# Addresses of version 6 that carry one of version 4 in their last 32 bits (RFC 6052, RFC 4291).
_CARRIERS = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::/96")))

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class FetchError(RasadError):
    """Something that could not be fetched; ``lasting`` says that trying again later would not help."""

    def __init__(self, message: str, *, lasting: bool) -> None:
        super().__init__(message)
        self.lasting = lasting


class WebAddress(NamedTuple):
    """An address of the web, taken apart; ``target`` is its path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, as robots.txt counts sites."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address."""
        return self.origin + self.target


def parse_address(url: str) -> WebAddress:
    """Take an address apart. Raises :class:`FetchError` for what is none of http or https.

    >>> parse_address("HTTP://News.example:80/خبر?id=1#top").url
    'http://news.example/%D8%AE%D8%A8%D8%B1?id=1'
    """
    try:
        parts = parse_url(url.strip())
    except LocationParseError:
        raise FetchError(f"'{url[:200]}' is not an address", lasting=True) from None
    if parts.scheme not in _PORTS or not parts.host:
        raise FetchError(f"'{url[:200]}' is not an http or https address", lasting=True)
    if parts.auth:
        raise FetchError("addresses with a user's name are not fetched from", lasting=True)
    query = "" if parts.query is None else f"?{parts.query}"
    port = parts.port or _PORTS[parts.scheme]
    return WebAddress(parts.scheme, parts.host.strip("[]"), port, (parts.path or "/") + query)


def resolve(address: WebAddress, *, private: bool) -> list[str]:
    """Look up where an address leads, as IP addresses to connect to.

    Unless ``private`` ones are allowed, one that is not of the public internet bars the whole name. Raises
    :class:`FetchError`.
    """
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchError(f"the host {address.host} is not known", lasting=False) from None
    numbers = list(dict.fromkeys(str(row[4][0]) for row in found))
    if not private and not all(is_public(ipaddress.ip_address(number)) for number in numbers):
        message = f"{address.host} is an address of a private network; [fetch] private allows those"
        raise FetchError(message, lasting=True)
    return numbers


def is_public(address: IPAddress) -> bool:
    """Tell whether an address is one of the public internet, and not one of a private network inside it.

    >>> [is_public(ipaddress.ip_address(each)) for each in ("1.1.1.1", "10.0.0.1", "::ffff:127.0.0.1")]
    [True, False, False]
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and any(address in carrier for carrier in _CARRIERS):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved
