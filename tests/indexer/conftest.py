from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from analyzers import PersianAnalyzer
from analyzers.entities import EntityFinder
from analyzers.topics import TopicFinder
from indexer.engine import Engine
from indexer.enrichment import Enrichment
from indexer.generations import open_current
from indexer.settings import CorpusSettings, IndexSettings, Settings
from indexer.update import UpdateReport

Value = TypeVar("Value")

SENTENCE = (
    "هیئت‌های دو کشور درباره همکاری‌های مرزی و بازرگانی گفت‌وگو کردند و قرار شد نشست بعدی در پایتخت برگزار شود."
)


def write(folder: Path, name: str, text: str = SENTENCE) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def counts(report: UpdateReport) -> dict[str, int]:
    found = {name: getattr(report, name) for name in ("new", "changed", "moved", "gone", "unchanged")}
    return {name: count for name, count in found.items() if count}


def asked(config: Settings, ask: Callable[[Engine], Value]) -> Value:
    opened = open_current(config)
    try:
        return ask(opened.engine)
    finally:
        opened.engine.close()


def texts(config: Settings) -> list[str]:
    return asked(
        config,
        lambda engine: sorted(
            " ".join(paragraph.text for paragraph in engine.article(id_)) for id_ in engine.manifest()
        ),
    )


@pytest.fixture(scope="session")
def enrichment(analyzer: PersianAnalyzer, finder: EntityFinder) -> Enrichment:
    return Enrichment(analyzer, finder, TopicFinder(analyzer), 180)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    return folder


@pytest.fixture
def config(tmp_path: Path, corpus: Path) -> Settings:
    """Settings that index the folder ``corpus``, and never wait for a lock."""
    return Settings(
        corpus=CorpusSettings(paths=(corpus,)),
        index=IndexSettings(path=tmp_path / "index", lock_wait=0),
        base=tmp_path,
    )


@pytest.fixture
def put(corpus: Path) -> Callable[..., Path]:
    """Put an article into the corpus: a sentence with a word of its own at its end."""

    def put(name: str, word: str = "") -> Path:
        return write(corpus, name, f"{SENTENCE} {word}")

    return put
