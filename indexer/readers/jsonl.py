"""Reads JSON lines, one article a line; a broken line costs that line and no other."""

import json
from collections.abc import Iterator
from pathlib import Path

from indexer.article import Article
from indexer.readers.fields import FieldError, article
from indexer.readers.problem import ReadProblem


def read_jsonl(path: Path, base: Path) -> Iterator[Article | ReadProblem]:
    """Read the articles of a ``.jsonl`` file, naming every line that holds none."""
    empty = True
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            stripped = line.removeprefix(b"\xef\xbb\xbf").strip()
            if not stripped:
                continue
            empty = False
            try:
                values = json.loads(stripped.decode("utf-8"))
                if not isinstance(values, dict):
                    raise FieldError("a line must be a JSON object, {…}")
                found, notices = article(values, path, base, alone=False)
            except UnicodeDecodeError:
                yield ReadProblem("failed", str(path), "the line is not UTF-8", number)
            except json.JSONDecodeError as error:
                message = f"not valid JSON: {error.msg}, column {error.colno}"
                yield ReadProblem("failed", str(path), message, number)
            except (ValueError, RecursionError) as error:
                yield ReadProblem("failed", str(path), str(error), number)
            else:
                for notice in notices:
                    yield ReadProblem("noticed", str(path), notice, number)
                yield found
    if empty:
        yield ReadProblem("failed", str(path), "the file is empty")
