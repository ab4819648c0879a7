"""Updates that are interrupted, killed or met by another, and what the next one finds."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from indexer.engine import IndexProblemError
from indexer.generations import NoIndexError, open_current
from indexer.settings import Settings
from indexer.update import Progress, update

from .conftest import SENTENCE, asked, counts, texts, write


def test_an_interrupted_build_keeps_its_batches_and_goes_on(config: Settings, corpus: Path) -> None:
    for number in range(6):
        write(corpus, f"{number}.txt", f"{SENTENCE} {number}")
    small = replace(config, index=replace(config.index, batch=2))

    def interrupt(progress: Progress) -> None:
        if progress.stage == "indexing" and progress.done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update(small, progress=interrupt)
    with pytest.raises(NoIndexError):
        open_current(small)
    report = update(small)
    assert (counts(report), report.generation) == ({"new": 2, "unchanged": 4}, 1)
    assert len(texts(small)) == 6


def test_an_interrupted_update_keeps_its_batches(config: Settings, corpus: Path) -> None:
    write(corpus, "first.txt")
    small = replace(config, index=replace(config.index, batch=2))
    update(small)
    for number in range(5):
        write(corpus, f"{number}.txt", f"{SENTENCE} {number}")

    def interrupt(progress: Progress) -> None:
        if progress.stage == "indexing" and progress.done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update(small, progress=interrupt)
    assert len(texts(small)) == 3
    assert counts(update(small)) == {"new": 3, "unchanged": 3}


UPDATE = """
import sys
from pathlib import Path
from typing import TypeVar
from msgspec.structs import replace
from indexer.settings import load_settings
from indexer.update import update
settings = load_settings(Path(sys.argv[1]))
def tell(progress):
    print(progress.stage, progress.done, flush=True)
update(settings, progress=tell)
"""


@pytest.mark.parametrize("moment", ["learning 3", "indexing 1", "indexing 7", "verifying 0"])
def test_a_killed_run_leaves_the_old_state_and_the_next_completes(
    config: Settings, corpus: Path, tmp_path: Path, moment: str
) -> None:
    write(corpus, "first.txt")
    update(config)
    for number in range(10):
        write(corpus, f"{number}.txt", f"{SENTENCE} {number}")
    file = tmp_path / "config.toml"
    file.write_text(
        "[corpus]\npaths = ['news']\n[index]\npath = 'index'\nbatch = 3\n[analysis]\nparagraph_words = 100\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", UPDATE, str(file)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == moment:
                os.kill(process.pid, signal.SIGKILL)
                break
        else:
            pytest.fail(f"the run never came to {moment}")
    assert len(texts(config)) == 1
    assert asked(config, lambda engine: list(engine.verify())) == []
    stricter = replace(config, analysis=replace(config.analysis, paragraph_words=100))
    report = update(stricter)
    assert report.new + report.unchanged == 11
    assert len(texts(stricter)) == 11


def test_two_writers_do_not_meet(config: Settings, corpus: Path) -> None:
    write(corpus, "a.txt")

    def meddle(progress: Progress) -> None:
        if progress.stage == "indexing":
            with pytest.raises(IndexProblemError, match=f"process {os.getpid()}"):
                update(config)

    assert update(config, progress=meddle).new == 1
