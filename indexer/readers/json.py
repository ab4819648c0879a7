"""Reads a JSON file, one article or an array of them, as programs export them."""

import json
from collections.abc import Iterator
from pathlib import Path

from indexer.article import Article
from indexer.readers.encoding import UTF_8, decode
from indexer.readers.fields import taken
from indexer.readers.problem import ReadProblem


def read_json(path: Path, base: Path) -> Iterator[Article | ReadProblem]:
    """Read the articles of a ``.json`` file; items of an array are counted from 1.

    Raises :class:`indexer.readers.encoding.EncodingError`.
    """
    text, encoding = decode(path.read_bytes())
    if not text.strip():
        yield ReadProblem("failed", str(path), "the file is empty")
        return
    if encoding != UTF_8:
        yield ReadProblem("noticed", str(path), f"read as {encoding}")
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"not valid JSON: {error.msg}, column {error.colno}"
        yield ReadProblem("failed", str(path), message, error.lineno)
        return
    except (ValueError, RecursionError) as error:
        yield ReadProblem("failed", str(path), str(error))
        return
    if isinstance(content, dict):
        yield from taken(content, path, base, alone=True)
    elif not isinstance(content, list):
        yield ReadProblem("failed", str(path), "the file must hold a JSON object, {…}, or an array of them")
    elif not content:
        yield ReadProblem("failed", str(path), "the array is empty")
    else:
        for number, values in enumerate(content, 1):
            if isinstance(values, dict):
                yield from taken(values, path, base, alone=False, place=f"item {number}")
            else:
                message = f"item {number}: an item must be a JSON object, {{…}}"
                yield ReadProblem("failed", str(path), message)
