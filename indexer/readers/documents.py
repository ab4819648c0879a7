"""Reads Word and PDF files, where the extra ``documents`` is installed."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from indexer.article import Article
from indexer.readers.fields import taken
from indexer.readers.problem import ReadProblem
from indexer.readers.text import bare_title

_Values = dict[str, object]


def read_docx(path: Path, base: Path) -> Iterator[Article | ReadProblem]:
    """Read the one article of a ``.docx`` file: its paragraphs, those of tables left out."""
    return _read(path, base, "docx", _from_docx)


def read_pdf(path: Path, base: Path) -> Iterator[Article | ReadProblem]:
    """Read the one article of a ``.pdf`` file that holds text; one of scanned pages holds none."""
    return _read(path, base, "pypdf", _from_pdf)


def _read(
    path: Path, base: Path, library: str, values_of: Callable[[Any, Path], _Values]
) -> Iterator[Article | ReadProblem]:
    try:
        module = import_module(library)
    except ImportError:
        message = f"{path.suffix} files need the extra 'documents': pip install 'rasad[documents]'"
        yield ReadProblem("skipped", str(path), message)
        return
    try:
        values = values_of(module, path)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken file makes these libraries fail in many ways
        yield ReadProblem(
            "failed", str(path), f"not a valid {path.suffix} file: {error or type(error).__name__}"
        )
        return
    if not values.get("title"):
        values["title"], values["text"] = bare_title(str(values["text"]))
    yield from taken(values, path, base, alone=True)


def _from_docx(docx: Any, path: Path) -> _Values:
    document = docx.Document(path)
    properties = document.core_properties
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    return {"title": properties.title, "author": properties.author or None, "text": text}


def _from_pdf(pypdf: Any, path: Path) -> _Values:
    reader = pypdf.PdfReader(path)
    about = reader.metadata
    text = "\n\n".join(page.extract_text() for page in reader.pages)
    return {"title": about and about.title, "author": about and about.author, "text": text}
