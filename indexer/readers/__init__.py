"""Readers, one module a format: a file in; articles out, and a word about everything that is none."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from indexer.article import Article
from indexer.readers.jsonl import read_jsonl
from indexer.readers.problem import ReadProblem
from indexer.readers.text import read_text

__all__ = ["READERS", "ReadProblem", "read"]

Reader = Callable[[Path, Path], Iterator[Article | ReadProblem]]

READERS: Mapping[str, Reader] = {".txt": read_text, ".md": read_text, ".jsonl": read_jsonl}


def read(path: Path, base: Path) -> Iterator[Article | ReadProblem]:
    """Read a file by its suffix, so that no bad file ever stops the others.

    ``base`` is the folder that ids of articles are derived from (see :func:`indexer.article.locate`).
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        yield ReadProblem("skipped", str(path), f"not one of the formats {', '.join(READERS)}")
        return
    try:
        yield from reader(path, base)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        yield ReadProblem("failed", str(path), "the file is not UTF-8; save it as UTF-8", line)
    except OSError as error:
        yield ReadProblem("failed", str(path), f"the file cannot be read: {error.strerror}")
