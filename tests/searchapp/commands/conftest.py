import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ...conftest import RASAD

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def corpus_in(folder: Path) -> Path:
    """A folder with one article, and a configuration beside it that indexes the folder."""
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "one.txt").write_text("روسیه و ایران دربارهٔ تحریم‌ها رایزنی کردند.\n", encoding="utf-8")
    (folder / "config.toml").write_text('[corpus]\npaths = ["corpus"]\n', encoding="utf-8")
    return corpus


def command_in(folder: Path) -> Run:
    """What runs the installed command in this folder."""

    def run(*arguments: str, stdin: str = "", status: int = 0) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [RASAD, *arguments],
            cwd=folder,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert done.returncode == status, done.stderr
        return done

    return run


def summary(done: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    row: dict[str, Any] = json.loads(done.stdout)
    return row


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return corpus_in(tmp_path)


@pytest.fixture
def rasad(corpus: Path) -> Run:
    """Run the installed command where the configuration lies."""
    return command_in(corpus.parent)


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the installed command where the article is indexed, for tests that change nothing there."""
    run = command_in(corpus_in(tmp_path_factory.mktemp("indexed")).parent)
    run("index")
    return run
