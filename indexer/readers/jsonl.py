"""Reads JSON lines, one article a line; a broken line costs that line and no other."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from indexer.article import Article
from indexer.readers.encoding import UTF_8, UTF_16, EncodingError, decode, is_utf_16
from indexer.readers.fields import FieldError, taken
from indexer.readers.problem import ReadProblem

_decoder = msgspec.json.Decoder()


def read_jsonl(path: Path, base: Path) -> Iterator[Article | ReadProblem]:
    """Read the articles of a ``.jsonl`` file, naming every line that holds none."""
    empty = True
    encodings = {UTF_8}
    for number, line in _lines(path):
        if (values := _object(line)) is not None:
            empty = False
            yield from taken(values, path, base, alone=False, line=number)
            continue
        try:
            text, encoding = decode(line) if isinstance(line, bytes) else (line, UTF_16)
            if not text.strip():
                continue
            empty = False
            if encoding not in encodings:
                encodings.add(encoding)
                yield ReadProblem("noticed", str(path), f"read as {encoding} from here on", number)
            values = json.loads(text.rstrip("\r\n"))  # after an end of line columns begin anew
            if not isinstance(values, dict):
                raise FieldError("a line must be a JSON object, {…}")
        except EncodingError as error:
            empty = False
            yield ReadProblem("failed", str(path), str(error), number)
        except json.JSONDecodeError as error:
            message = f"not valid JSON: {error.msg}, column {error.colno}"
            yield ReadProblem("failed", str(path), message, number)
        except (ValueError, RecursionError) as error:
            yield ReadProblem("failed", str(path), str(error), number)
        else:
            yield from taken(values, path, base, alone=False, line=number)
    if empty:
        yield ReadProblem("failed", str(path), "the file is empty")


def _object(line: str | bytes) -> dict[str, Any] | None:
    """Read a line that is an object in UTF-8, as nearly all are; ``None`` for one to be looked into.

    msgspec takes half the time of :mod:`json`; it refuses some of what that takes (NaN, half a surrogate
    pair), and does not say in which column an error is.
    """
    if isinstance(line, str):
        return None
    try:
        values = _decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def _lines(path: Path) -> Iterator[tuple[int, str | bytes]]:
    """Number the lines; those of UTF-16 are text, because their ends cannot be told from their bytes."""
    with path.open("rb") as file:
        wide = is_utf_16(file.read(2))
        file.seek(0)
        if not wide:
            yield from enumerate(file, 1)
            return
    with path.open(encoding="utf-16", newline="\n") as text:
        yield from enumerate(text, 1)
