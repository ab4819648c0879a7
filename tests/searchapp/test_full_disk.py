"""Runs of `rasad index` on a disk that is full, or where no file may be as large as is wanted."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ..conftest import RASAD

WORDS = ["تحریم", "ایران", "روسیه", "مذاکره", "نفت", "توافق", "نشست", "سفیر", "وزیر", "بندر", "دریا"]

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def article(number: int) -> str:
    """A text of words that no other has, so that an index of many of them is large."""
    words = [WORDS[(number * 7 + at) % len(WORDS)] + f" {number * 1009 + at * 13}" for at in range(150)]
    return " ".join(words) + "."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "first.txt").write_text("قزوین میزبان نشست شد.", encoding="utf-8")
    return folder


@pytest.fixture
def index_path(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def rasad(corpus: Path, index_path: Path) -> Run:
    (corpus.parent / "config.toml").write_text(
        f"[corpus]\npaths = ['corpus']\n[index]\npath = '{index_path}'\nbatch = 200\n", encoding="utf-8"
    )

    def run(*arguments: str, status: int = 0, largest: int = 0) -> "subprocess.CompletedProcess[str]":
        limit = f"ulimit -f {largest // 1024}; " if largest else ""
        done = subprocess.run(
            ["bash", "-c", f'{limit}exec "$0" "$@"', RASAD, *arguments],
            cwd=corpus.parent,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == status, done.stderr
        return done

    return run


@pytest.fixture
def small_disk(index_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A file system of its own for the index, with the options that the test asks for."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small file system needs root")
    index_path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", request.param, "tmpfs", str(index_path)]
    if (done := subprocess.run(mount, capture_output=True, encoding="utf-8", check=False)).returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
    yield index_path
    subprocess.run(["umount", str(index_path)], check=True)


def found(rasad: Run, query: str) -> bool:
    return "چیزی پیدا نشد" not in rasad("search", query).stdout


def answers_as_before(rasad: Run) -> bool:
    return found(rasad, "قزوین") and "is sound" in rasad("check").stdout


def more(corpus: Path, count: int) -> None:
    for number in range(count):
        (corpus / f"{number}.txt").write_text(article(number), encoding="utf-8")


def refused(done: "subprocess.CompletedProcess[str]", why: str) -> None:
    assert done.stderr.count("\n") == 1, done.stderr
    assert "cannot be written" in done.stderr
    assert why in done.stderr


def resize(disk: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


@pytest.mark.parametrize("arguments", [[], ["--rebuild"]])
def test_where_files_may_not_grow_the_index_answers_as_before(
    rasad: Run, corpus: Path, arguments: list[str]
) -> None:
    rasad("index")
    more(corpus, 150)
    refused(rasad("index", *arguments, status=1, largest=100 * 1024), "File too large")
    assert answers_as_before(rasad)
    assert "150 new" in rasad("index").stdout
    assert answers_as_before(rasad)


def test_before_the_first_index_too_the_error_is_one_line(rasad: Run, corpus: Path) -> None:
    more(corpus, 150)
    refused(rasad("index", status=1, largest=100 * 1024), "File too large")
    assert "151 new" in rasad("index").stdout


@pytest.mark.parametrize("small_disk", ["size=100m"], indirect=True)
@pytest.mark.parametrize("arguments", [[], ["--rebuild"]])
def test_on_a_full_disk_the_index_answers_as_before(
    rasad: Run, corpus: Path, small_disk: Path, arguments: list[str]
) -> None:
    rasad("index")
    more(corpus, 150)
    held = os.statvfs(small_disk)
    resize(small_disk, (held.f_blocks - held.f_bfree) * held.f_frsize + 100 * 1024)
    refused(rasad("index", *arguments, status=1), "No space left on device")
    assert answers_as_before(rasad)
    resize(small_disk, 100 * 1024 * 1024)
    rasad("index", *arguments)
    assert answers_as_before(rasad)
    assert found(rasad, "سفیر")


@pytest.mark.parametrize("small_disk", ["nr_inodes=60"], indirect=True)
@pytest.mark.parametrize("arguments", [[], ["--rebuild"]])
def test_where_no_more_files_can_be_made_the_index_answers_as_before(
    rasad: Run, corpus: Path, small_disk: Path, arguments: list[str]
) -> None:
    rasad("index")
    more(corpus, 5)
    filling = []
    try:
        while True:
            filling.append(small_disk / f"filling{len(filling)}")
            filling[-1].touch()
    except OSError:
        pass
    refused(rasad("index", *arguments, status=1), "No space left on device")
    assert answers_as_before(rasad)
    for file in filling[:-1]:
        file.unlink()
    rasad("index", *arguments)
    assert answers_as_before(rasad)
    assert found(rasad, "سفیر")
