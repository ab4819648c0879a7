import json
import os
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from ...conftest import RASAD
from ...server import serving
from .conftest import Run, summary


@pytest.fixture
def server(rasad: Run, corpus: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    rasad("index")
    with serving(corpus.parent) as server:
        yield server


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as response:  # noqa: S310
        text: str = response.read().decode()
        return text


def test_a_running_server_sees_what_is_indexed_later(
    server: tuple["subprocess.Popen[str]", str], rasad: Run, corpus: Path
) -> None:
    _, address = server
    question = f"{address}/api/v1/search?q=%D8%AA%D8%B1%DA%A9%DB%8C%D9%87"
    assert json.loads(_get(question))["total"] == 0
    (corpus / "two.txt").write_text("ترکیه میزبان نشست شد.\n", encoding="utf-8")
    rasad("index")
    assert json.loads(_get(question))["total"] == 1
    rasad("index", "--rebuild")
    assert json.loads(_get(f"{address}/healthz"))["generation"] == 2
    assert json.loads(_get(question))["total"] == 1


def test_a_running_server_follows_to_other_rules_and_back(
    server: tuple["subprocess.Popen[str]", str], rasad: Run, corpus: Path
) -> None:
    _, address = server
    question = f"{address}/api/v1/search?q=%D8%AA%D8%AD%D8%B1%DB%8C%D9%85"
    (corpus.parent / "config.toml").write_text(
        '[corpus]\npaths = ["corpus"]\n[analysis]\nparagraph_words = 100\n', encoding="utf-8"
    )
    assert summary(rasad("index", "--json"))["rebuilt"] == "the rules of indexing have changed"
    assert json.loads(_get(f"{address}/healthz"))["generation"] == 2
    assert json.loads(_get(question))["total"] == 1
    assert "the next `rasad index` builds a new generation" in rasad("index", "--rollback").stdout
    assert json.loads(_get(f"{address}/healthz"))["generation"] == 1
    assert json.loads(_get(question))["total"] == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_ends_quietly(server: tuple["subprocess.Popen[str]", str], number: signal.Signals) -> None:
    process, address = server
    assert "رصد" in _get(address)
    os.kill(process.pid, number)
    assert process.wait(timeout=60) == 0


def test_a_port_in_use_is_a_clear_error(rasad: Run) -> None:
    rasad("index")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = rasad("serve", "--port", str(port), status=1)
    assert f"port {port}" in done.stderr
    assert all(words in done.stderr for words in ("in use", "--port", "[web] port", "RASAD_WEB__PORT"))
    assert done.stderr.count("\n") == 1


def test_serving_never_loads_the_libraries_the_lexicon_was_made_with(rasad: Run, corpus: Path) -> None:
    rasad("index")
    code = """
import sys
from searchapp.app import create_app
from indexer.settings import load_settings
assert create_app(load_settings()).test_client().get("/?q=a").status_code == 200
assert {"hazm", "parsivar", "gensim", "nltk"}.isdisjoint(sys.modules), sys.modules.keys()
"""
    subprocess.run([RASAD.with_name("python"), "-c", code], cwd=corpus.parent, check=True, timeout=60)
