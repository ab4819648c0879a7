"""The table of contents: which segments make up the index, in a file that is checked and runs nothing.

Whoosh's own table is a pickle. Ours is JSON below a checksum (:mod:`indexer.sealed`): the
generation, the schema's outline and the segments. It is written aside, forced to the disk and renamed,
so that a reader finds either the old state or the new one.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh.index import EmptyIndexError

from indexer.sealed import BrokenSealError, sealed, sync_folder, unsealed

from .format import CorruptFileError, Storage, folder_of, sync
from .segment import ColumnarSegment

if TYPE_CHECKING:
    from whoosh.fields import Schema

_FORMAT = b"rasad-columnar 1"
_ASIDE = ".new"


@dataclass
class TableOfContents:
    """One committed state: its number and its segments, in the order of their documents."""

    generation: int
    segments: list[ColumnarSegment]
    outline: dict[str, str]

    def write(self, storage: Storage, indexname: str) -> None:
        """Make this the newest state."""
        rows = [segment.to_json() for segment in self.segments]
        body = json.dumps({"generation": self.generation, "schema": self.outline, "segments": rows}).encode()
        name = _filename(indexname, self.generation)
        temporary = name + _ASIDE
        with storage.create_file(temporary) as file:
            file.write(sealed(_FORMAT, body))
            file.flush()
            sync(file)
        storage.rename_file(temporary, name, safe=False)
        if (folder := folder_of(storage)) is not None:
            sync_folder(Path(folder))

    @classmethod
    def read(cls, storage: Storage, indexname: str) -> "TableOfContents":
        """Read the newest state.

        Raises :class:`CorruptFileError` when it is damaged, Whoosh's ``EmptyIndexError`` when there is none.
        """
        generation = latest_generation(storage, indexname)
        if generation < 0:
            raise EmptyIndexError(f"no index named {indexname!r} in {storage!r}")
        name = _filename(indexname, generation)
        with storage.open_file(name) as file:
            content = bytes(file.read())
        try:
            table: dict[str, Any] = json.loads(unsealed(_FORMAT, content))
        except BrokenSealError as error:
            raise CorruptFileError(f"{name} cannot be read ({error}): run `rasad index --rebuild`") from None
        segments = [ColumnarSegment.from_json(indexname, row) for row in table["segments"]]
        return cls(table["generation"], segments, table["schema"])

    def clean(self, storage: Storage, indexname: str) -> None:
        """Delete the files of other states; what a reader still maps stays readable to it."""
        ours = {segment.segment_id() for segment in self.segments}
        belongs = re.compile(rf"({re.escape(indexname)}_[0-9a-z]+)\.[a-z]+")
        for name in list(storage.list()):
            table = _pattern(indexname).fullmatch(name.removesuffix(_ASIDE))
            file = belongs.fullmatch(name)
            if (table and int(table.group(1)) != self.generation) or (file and file.group(1) not in ours):
                storage.delete_file(name)


def outline(schema: "Schema") -> dict[str, str]:
    """Describe a schema by its fields' types and formats, so that an index of another schema is refused."""
    return {
        name: f"{type(field).__name__} {type(field.format).__name__} scorable={bool(field.scorable)}"
        for name, field in schema.items()
    }


def latest_generation(storage: Storage, indexname: str) -> int:
    """Find the number of the newest state, -1 when there is none."""
    pattern = _pattern(indexname)
    found = (pattern.fullmatch(name) for name in storage.list())
    return max((int(match.group(1)) for match in found if match), default=-1)


def committed(folder: Path, indexname: str, generation: int) -> float:
    """Tell when a state was written, in seconds since 1970."""
    try:
        return (folder / _filename(indexname, generation)).stat().st_mtime
    except FileNotFoundError:
        # A newer state was committed just now.
        return folder.stat().st_mtime


def _filename(indexname: str, generation: int) -> str:
    return f"{indexname}.{generation}.toc"


def _pattern(indexname: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(indexname)}\.([0-9]+)\.toc")
