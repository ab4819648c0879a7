"""The installed command and a web site of the test's own."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from ...conftest import RASAD
from .conftest import Run, command_in, summary

TEXT = "ترکیه میزبان نشست منطقه‌ای شد و نمایندگان ده کشور دربارهٔ آب و بازرگانی گفت‌وگو کردند. " * 4


@pytest.fixture
def folder(tmp_path: Path, site: Any) -> Path:
    """A configuration that names one feed, whose one article is on the site."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "one.txt").write_text("روسیه و ایران رایزنی کردند.\n", encoding="utf-8")
    lines = (
        f'[corpus]\npaths = ["corpus"]\nfeeds = ["{site.address}/feed"]\n[fetch]\nprivate = true\npause = 0\n'
    )
    (tmp_path / "config.toml").write_text(lines, encoding="utf-8")
    item = f"<item><title>نشست</title><link>{site.address}/1</link></item>"
    site.reply("/feed", f"<rss version='2.0'><channel><title>منبع</title>{item}</channel></rss>".encode())
    site.reply("/1", f"<html><body><article><p>{TEXT}</p></article></body></html>".encode())
    return tmp_path


@pytest.fixture
def rasad(folder: Path) -> Run:
    return command_in(folder)


def total(rasad: Run, query: str) -> int:
    found: int = summary(rasad("search", query, "--json"))["total"]
    return found


def test_indexing_fetches_first(rasad: Run, site: Any) -> None:
    assert "2 new" in rasad("index").stdout
    assert total(rasad, "ترکیه") == 1
    assert "0 new, 0 changed, 0 removed, 2 unchanged" in rasad("index").stdout
    site.reply("/feed", b"", 503)
    again = rasad("index", "--rebuild")
    assert "status 503" in again.stderr
    assert "2 new" in again.stdout
    assert len(site.asked("/1")) == 1


def test_the_address_of_a_feed_is_a_path_too(rasad: Run, site: Any) -> None:
    assert "1 new" in rasad("index", "corpus").stdout
    assert site.requests == []
    assert "1 new" in rasad("index", f"{site.address}/feed").stdout
    assert total(rasad, "ترکیه") == 1


def test_what_is_fetched_while_watching_is_indexed(rasad: Run, folder: Path) -> None:
    with subprocess.Popen([RASAD, "watch"], stdout=subprocess.PIPE, cwd=folder, encoding="utf-8") as watching:
        assert watching.stdout is not None
        indexed = 0
        while indexed < 2:
            indexed += int(watching.stdout.readline().split()[0])
        watching.terminate()
    assert total(rasad, "ترکیه") == 1
