"""One reader for the tables of ``analyzers/data``, so that comments and columns mean the same everywhere."""

from collections.abc import Iterator
from pathlib import Path

from analyzers.errors import RasadError

DATA = Path(__file__).parent / "data"


class TableError(RasadError):
    """A row of a data table does not have the columns its header promises."""


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
            yield (*cells, *[""] * (columns - len(cells)))
