"""One reader for the tables of ``analyzers/data``, so that comments and columns mean the same everywhere."""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from analyzers.errors import RasadError

DATA = Path(__file__).parent / "data"

_KEY = re.compile(rb"^(?!#)([^\t\n]+)", re.MULTILINE)


class TableError(RasadError):
    """A row of a data table does not have the columns its header promises."""


class Table:
    """A table that knows its rows by their first cell, so that a program need not keep them all as objects.

    What it keeps, once a row is asked for, is the files' bytes and where in them each row begins.
    """

    def __init__(self, *names: str, columns: int, optional: int = 0) -> None:
        self._paths = [DATA / f"{name}.tsv" for name in names]
        self._columns, self._optional = columns, optional

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield the rows, as :func:`read_rows` does."""
        for path in self._paths:
            yield from read_rows(path, columns=self._columns, optional=self._optional)

    def row(self, key: str) -> tuple[str, ...] | None:
        """Return the row that begins with a cell, None where no row does.

        >>> Table("nisba", columns=2).row("ایران")
        ('ایران', 'ایرانی')
        """
        start = self._starts.get(key)
        if start is None:
            return None
        line = self._content[start : self._content.index(b"\n", start)].decode().rstrip("\r")
        return _whole(line.split("\t"), self._columns)

    @cached_property
    def _content(self) -> bytes:
        return b"".join(path.read_bytes() + b"\n" for path in self._paths)

    @cached_property
    def _starts(self) -> dict[str, int]:
        return {match[1].decode(): match.start() for match in _KEY.finditer(self._content)}


def read_rows(path: Path, *, columns: int, optional: int = 0) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a tab-separated table; lines that are empty or start with ``#`` are comments.

    A row has ``columns`` cells, the last ``optional`` of which may be left out and are then empty.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            row = line.rstrip("\n")
            if not row or row.startswith("#"):
                continue
            cells = row.split("\t")
            if not columns - optional <= len(cells) <= columns:
                message = f"{path}:{number}: {len(cells)} cells, wanted {columns}; mend the row"
                raise TableError(message)
            yield _whole(cells, columns)


def _whole(cells: list[str], columns: int) -> tuple[str, ...]:
    return (*cells, *[""] * (columns - len(cells)))
