import ipaddress
import socket

import pytest

from indexer.fetching.addresses import FetchError, is_public, parse_address, resolve


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("https://news.example/a?b=1#c", "https://news.example/a?b=1"),
        ("http://news.example", "http://news.example/"),
        ("https://news.example:443/", "https://news.example/"),
        ("https://news.example:8443/", "https://news.example:8443/"),
        ("http://[2606:4700::1111]:81/x", "http://[2606:4700::1111]:81/x"),
        (" http://NEWS.example/خبر ", "http://news.example/%D8%AE%D8%A8%D8%B1"),
        ("http://news.example/a b\r\nX: y", "http://news.example/a%20b%0D%0AX:%20y"),
    ],
)
def test_an_address_is_written_in_one_way(url: str, whole: str) -> None:
    assert parse_address(url).url == whole


@pytest.mark.parametrize(
    "url",
    [
        "news.example",
        "file:///etc/passwd",
        "ftp://a/b",
        "javascript:alert(1)",
        "http://",
        "http://a:b:c/",
        "http://a:99999/",
        "gopher://127.0.0.1/",
        "http://user:secret@news.example/",
        "//news.example/",
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError) as refused:
        parse_address(url)
    assert refused.value.lasting
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "255.255.255.255",
        "224.0.0.1",
        "192.0.2.1",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2002:c0a8:101::1",
        "2001:db8::1",
    ],
)
def test_addresses_within_a_network_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "185.143.233.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_other_addresses_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "2130706433", "0x7f.1", "127.1", "0"])
def test_this_computer_is_refused_however_it_is_written(host: str) -> None:
    with pytest.raises(FetchError, match=r"private|not known"):
        resolve(parse_address(f"http://{host}/"), private=False)


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def looked_up(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, 0, 0, "", (number, port)) for number in ("1.1.1.1", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    address = parse_address("http://news.example/")
    with pytest.raises(FetchError, match="private network"):
        resolve(address, private=False)
    assert resolve(address, private=True) == ["1.1.1.1", "10.0.0.1"]
