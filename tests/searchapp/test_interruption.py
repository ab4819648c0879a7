"""Ctrl+C typed on a real terminal, and what a terminal is shown meanwhile."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchfiles import watch

from indexer.generations import Generations
from indexer.settings import load_settings

from ..conftest import RASAD

# Runs a command on a terminal of its own; what is typed comes from stdin.
TERMINAL = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
ARTICLES = 2500
PATIENCE = 120
_ESCAPE = re.compile(r"\x1b\[[\d;?]*[A-Za-z]")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text("[corpus]\npaths = ['news.jsonl']\n[index]\nbatch = 300\n")
    with (tmp_path / "news.jsonl").open("w", encoding="utf-8") as file:
        for at in range(ARTICLES):
            text = f"وزیر امور خارجهٔ ایران در نشست {at} دربارهٔ تحریم‌ها و همکاری‌های بازرگانی سخن گفت."
            file.write(json.dumps({"id": str(at), "text": text}, ensure_ascii=False) + "\n")
    return tmp_path


class Terminal:
    """A command on a terminal."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", TERMINAL, RASAD, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={"TERM": "xterm", "COLUMNS": "120", "PATH": "/usr/bin:/bin"},
        )
        self.shown = ""

    def chunks(self) -> Iterator[str]:
        assert self.process.stdout is not None
        while chunk := self.process.stdout.read1():
            yield chunk.decode("utf-8", "replace")

    def wait_for(self, pattern: str) -> None:
        for chunk in self.chunks():
            self.shown = _ESCAPE.sub("", self.shown + chunk)
            if re.search(pattern, self.shown):
                return
        raise AssertionError(f"the command ended without showing {pattern}: {self.shown}")

    def type(self, keys: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(keys)
        self.process.stdin.flush()

    def end(self) -> int:
        self.shown = _ESCAPE.sub("", self.shown + "".join(self.chunks()))
        status = self.process.wait(PATIENCE)
        self.process.communicate()
        return status


@pytest.mark.parametrize("arguments", [["--jobs", "1"], ["--jobs", "2"]], ids=["alone", "spread"])
@pytest.mark.parametrize("stage", ["learning", "reading", r"indexing\D+\d"])
def test_ctrl_c_ends_a_run_with_one_line_and_costs_nothing(
    folder: Path, stage: str, arguments: list[str]
) -> None:
    if stage == "reading":  # a build has read its corpus when it has learned from it
        subprocess.run([RASAD, "index", "--json"], cwd=folder, capture_output=True, check=True)
    terminal = Terminal(folder, "index", *arguments)
    terminal.wait_for(stage)
    terminal.type(b"\x03")
    assert terminal.end() == 1
    assert "Traceback" not in terminal.shown
    assert terminal.shown.count("Error: ") == 1
    assert "Error: interrupted; nothing is lost, and the next `rasad index` goes on" in terminal.shown

    done = subprocess.run([RASAD, "index", "--json"], cwd=folder, capture_output=True, check=True)
    report = json.loads(done.stdout)
    assert report["new"] + report["unchanged"] == ARTICLES
    settings = load_settings(folder / "config.toml", {})
    current = Generations(settings.index.path).current()
    assert current is not None
    assert current.verify(settings) == []


def test_workers_end_with_the_run_that_was_killed(folder: Path) -> None:
    (folder / "var").mkdir()
    ticks = watch(folder / "var", step=10, debounce=20, rust_timeout=50, yield_on_timeout=True)
    next(ticks)  # the folder is being watched
    run = subprocess.Popen([RASAD, "index", "--jobs", "2"], cwd=folder, stdout=subprocess.PIPE)
    while not any(name.endswith(".postings") for _, name in next(ticks)):
        assert run.poll() is None
    ticks.close()
    run.kill()
    run.communicate(timeout=PATIENCE)  # which ends when the last process that could write there has ended


def test_a_terminal_is_shown_the_stage_the_count_the_rate_and_the_time_left(folder: Path) -> None:
    terminal = Terminal(folder, "index", "--jobs", "1")
    terminal.wait_for(r"indexing .*/2500 .*\d articles/s .*\d:\d\d:\d\d left")
    assert terminal.end() == 0
    assert "2,500 new" in terminal.shown


def test_without_a_terminal_nothing_is_drawn(folder: Path) -> None:
    done = subprocess.run([RASAD, "index"], cwd=folder, capture_output=True, check=True, encoding="utf-8")
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1
