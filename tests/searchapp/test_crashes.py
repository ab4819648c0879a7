"""Real runs of `rasad index`, killed at random moments; each wait is for something the run does."""

import json
import os
import random
import shutil
import subprocess
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from watchfiles import watch

from indexer.generations import Generations, NoIndexError, open_current
from indexer.settings import Settings, load_settings
from indexer.update import update

from ..conftest import RASAD

MOMENTS = 17

# What the corpus holds before and after: a number for each article, which its text repeats.
OLD: Mapping[str, int] = {str(at): 1 for at in range(200)}
NEW: Mapping[str, int] = {str(at): 2 if at % 3 else 1 for at in range(40, 300)}

CONFIG = "[corpus]\npaths = ['news.jsonl']\n[index]\npath = 'index'\nbatch = 25\n"


def write(folder: Path, articles: Mapping[str, int]) -> None:
    with (folder / "news.jsonl").open("w", encoding="utf-8") as file:
        for id_, number in articles.items():
            text = f"نشست {id_} دربارهٔ بازرگانی برگزار شد.\n\nشمارهٔ {number}"
            file.write(json.dumps({"id": id_, "text": text}, ensure_ascii=False) + "\n")


def held(settings: Settings) -> dict[str, int]:
    """What the index answers, article by article, each of them whole."""
    opened = open_current(settings)
    try:
        articles = {id_: opened.engine.article(id_) for id_ in opened.engine.manifest()}
    finally:
        opened.engine.close()
    assert all([paragraph.number for paragraph in article] == [1, 2] for article in articles.values())
    return {id_: int(article[1].text.split()[-1]) for id_, article in articles.items()}


class Run:
    """A run in a folder of its own, which begins with the index that it finds there."""

    def __init__(self, folder: Path, before: Path | None, *arguments: str) -> None:
        if before is None:
            folder.mkdir()
        else:
            shutil.copytree(before, folder)
        (folder / "index").mkdir(exist_ok=True)
        (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
        write(folder, NEW)
        self.settings = load_settings(folder / "config.toml", {})
        self._folder = folder
        self._arguments = arguments

    def start(self) -> "subprocess.Popen[bytes]":
        """Start it, and wait until it has taken the index for itself."""
        ticks = watch(self._folder / "index", step=5, debounce=10, rust_timeout=50, yield_on_timeout=True)
        next(ticks)  # the folder is being watched
        process = subprocess.Popen(
            [RASAD, "index", "--jobs", "1", *self._arguments],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        while not next(ticks):
            assert process.poll() is None
        ticks.close()
        return process

    def kill(self, seconds: float) -> None:
        """Run it and kill it after so many seconds of work."""
        process = self.start()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()

    def problems(self) -> list[str]:
        generations = Generations(self.settings.index.path)
        current = generations.current()
        assert current is not None
        return current.verify(self.settings)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index of what the corpus held before."""
    folder = tmp_path_factory.mktemp("crashes") / "before"
    folder.mkdir()
    (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    write(folder, OLD)
    update(load_settings(folder / "config.toml", {}), jobs=1)
    return folder


def is_between(state: Mapping[str, int]) -> bool:
    """Whether every article is as it was or as it will be, and none that stays is missing."""
    stays = OLD.keys() & NEW.keys()
    return stays <= state.keys() and all(
        number in (OLD.get(id_), NEW.get(id_)) for id_, number in state.items()
    )


@pytest.mark.parametrize("kind", ["first build", "update", "rebuild"])
def test_a_killed_run_loses_nothing_and_the_next_completes(kind: str, before: Path, tmp_path: Path) -> None:
    arguments = ["--rebuild"] if kind == "rebuild" else []
    begins_with = None if kind == "first build" else before

    measured = Run(tmp_path / "measured", begins_with, *arguments)
    process = measured.start()
    began = time.monotonic()
    assert process.wait() == 0
    duration = time.monotonic() - began
    process.communicate()
    assert held(measured.settings) == NEW

    chance = random.Random(f"crashes {kind}")  # noqa: S311 - repeatable, not secret
    moments = [chance.uniform(0, duration) for _ in range(MOMENTS)]

    def crash(numbered: tuple[int, float]) -> str:
        number, moment = numbered
        run = Run(tmp_path / str(number), begins_with, *arguments)
        run.kill(moment)
        try:
            state = held(run.settings)
        except NoIndexError:
            assert kind == "first build"
            reached = "nothing"
        else:
            assert run.problems() == []
            reached = "old" if state == OLD else "new" if state == NEW else "between"
            assert is_between(state)
        report = update(run.settings, jobs=1)
        assert report.problems == ()
        assert held(run.settings) == NEW
        assert run.problems() == []
        assert len(list((run.settings.index.path / "generations").glob("*.new"))) == 0
        shutil.rmtree(tmp_path / str(number))
        return reached

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        reached = set(pool.map(crash, enumerate(moments)))
    allowed = {"first build": {"nothing", "new"}, "rebuild": {"old", "new"}}
    assert reached <= allowed.get(kind, {"old", "between", "new"})
