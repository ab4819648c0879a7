"""Readers, one module a format: a file in; articles out, and a word about everything that is none."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

from indexer.article import Article
from indexer.readers.encoding import EncodingError
from indexer.readers.problem import ReadProblem

__all__ = ["READERS", "ReadProblem", "read"]

Reader = Callable[[Path, Path], Iterator[Article | ReadProblem]]

# A reader is loaded when the first file of its format turns up: the libraries of some take their time.
READERS: Mapping[str, str] = {
    ".txt": "indexer.readers.text:read_text",
    ".md": "indexer.readers.markdown:read_markdown",
    ".jsonl": "indexer.readers.jsonl:read_jsonl",
    ".json": "indexer.readers.json:read_json",
    ".csv": "indexer.readers.csv:read_csv",
    ".html": "indexer.readers.html:read_html",
    ".htm": "indexer.readers.html:read_html",
    ".rss": "indexer.readers.feed:read_feed",
    ".atom": "indexer.readers.feed:read_feed",
    ".xml": "indexer.readers.feed:read_feed",
    ".docx": "indexer.readers.documents:read_docx",
    ".pdf": "indexer.readers.documents:read_pdf",
}


def read(path: Path, base: Path) -> Iterator[Article | ReadProblem]:
    """Read a file by its suffix, so that no bad file ever stops the others and none goes without a word.

    ``base`` is the folder that ids of articles are derived from (see :func:`indexer.article.locate`).
    """
    name = READERS.get(path.suffix.lower())
    if name is None:
        yield ReadProblem("skipped", str(path), f"not one of the formats {', '.join(READERS)}")
        return
    module, _, function = name.partition(":")
    reader: Reader = getattr(import_module(module), function)
    if path.exists() and not path.is_file():
        yield ReadProblem("skipped", str(path), "not a file but a device, a pipe or a folder")
        return
    accounted = False
    try:
        for found in reader(path, base):
            accounted = accounted or isinstance(found, Article) or found.kind != "noticed"
            yield found
        if not accounted:
            yield ReadProblem("failed", str(path), "there is no article in the file")
    except EncodingError as error:
        yield ReadProblem("failed", str(path), str(error), error.line)
    except UnicodeDecodeError:
        yield ReadProblem("failed", str(path), "the file is broken: its bytes are not all UTF-16")
    except OSError as error:
        yield ReadProblem("failed", str(path), f"the file cannot be read: {error.strerror}")
