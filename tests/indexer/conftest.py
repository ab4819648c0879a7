from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.settings import CorpusSettings, IndexSettings, Settings

SENTENCE = (
    "هیئت‌های دو کشور درباره همکاری‌های مرزی و بازرگانی گفت‌وگو کردند و قرار شد نشست بعدی در پایتخت برگزار شود."
)


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
        file = corpus / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{SENTENCE} {word}", encoding="utf-8")
        return file

    return put
