"""Reads tables, as spreadsheets and databases export them: the header names the keys, a row is an article."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from indexer.article import Article
from indexer.readers.encoding import UTF_8, decode
from indexer.readers.fields import taken
from indexer.readers.problem import ReadProblem

_DELIMITERS = ",;\t"
_LONGEST_CELL = 2**24


def read_csv(path: Path, base: Path) -> Iterator[Article | ReadProblem]:
    """Read the articles of a ``.csv`` file, cells parted by comma, semicolon or tab.

    A problem names the line that a row begins in. Raises :class:`indexer.readers.encoding.EncodingError`.
    """
    csv.field_size_limit(_LONGEST_CELL)
    text, encoding = decode(path.read_bytes())
    header_line = text.lstrip().partition("\n")[0]
    if not header_line:
        yield ReadProblem("failed", str(path), "the file is empty")
        return
    if encoding != UTF_8:
        yield ReadProblem("noticed", str(path), f"read as {encoding}")
    delimiter = max(_DELIMITERS, key=header_line.count)
    rows = csv.reader(io.StringIO(text.lstrip(), newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        header = [key.strip().lower() for key in next(rows)]
        if "text" not in header:
            message = f"the header names no column 'text', but {', '.join(header)}"
            yield ReadProblem("failed", str(path), message, 1)
            return
        line = rows.line_num + 1
        for cells in rows:
            if any(map(str.strip, cells)):
                if len(cells) > len(header):
                    yield ReadProblem("noticed", str(path), "more cells than the header has columns", line)
                values = {key: cell for key, cell in zip(header, cells, strict=False) if cell and key}
                yield from taken(values, path, base, alone=False, line=line)
            line = rows.line_num + 1
    except csv.Error as error:
        yield ReadProblem("failed", str(path), f"not a valid table: {error}; the rest is left out", line)
