"""A Whoosh index whose table of contents is ours, so that opening one unpickles nothing.

The schema is code, not data: it is given when opening, and an index made with another one is refused.
"""

from typing import TYPE_CHECKING, Any

from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from .codec import ColumnarCodec
from .format import CorruptFileError, Storage
from .toc import TableOfContents, latest_generation, outline

if TYPE_CHECKING:
    from whoosh.fields import Schema

DEFAULT_NAME = "MAIN"


class ColumnarIndex(FileIndex):
    """An index of columnar segments, for everything that Whoosh itself can do with one.

    Raises :class:`CorruptFileError` when the table of contents is damaged or of another schema, and
    Whoosh's ``EmptyIndexError`` when there is none.
    """

    storage: Storage

    def __init__(self, storage: Storage, schema: "Schema", indexname: str = DEFAULT_NAME) -> None:
        self.storage = storage
        self._schema = schema
        self.indexname = indexname
        self._read_toc()

    @classmethod
    def create(cls, storage: Storage, schema: "Schema", indexname: str = DEFAULT_NAME) -> "ColumnarIndex":
        """Start an empty index, in place of any of the same name."""
        generation = latest_generation(storage, indexname) + 1
        table = TableOfContents(generation, [], outline(schema))
        table.write(storage, indexname)
        table.clean(storage, indexname)
        return cls(storage, schema, indexname)

    def latest_generation(self) -> int:
        """The number of the newest state."""
        return latest_generation(self.storage, self.indexname)

    def last_modified(self) -> int:
        """When the newest state was written, in seconds since 1970."""
        return int(self.storage.file_modified(f"{self.indexname}.{self.latest_generation()}.toc"))

    def writer(self, procs: int = 1, **kwargs: Any) -> "ColumnarSegmentWriter":
        """Open Whoosh's own writer on our codec; it works in one process."""
        if procs > 1:
            raise ValueError("the columnar index is written by one process")
        open_writer: Any = ColumnarSegmentWriter
        writer: ColumnarSegmentWriter = open_writer(self, codec=ColumnarCodec(), **kwargs)
        return writer

    def _read_toc(self) -> "_State":
        table = TableOfContents.read(self.storage, self.indexname)
        if table.outline != outline(self._schema):
            raise CorruptFileError("the index was made with another schema: run `rasad index --rebuild`")
        return _State(table, self._schema)


class ColumnarSegmentWriter(SegmentWriter):
    """Whoosh's own writer, committing to our table of contents."""

    def _commit_toc(self, segments: list[Any]) -> None:
        table = TableOfContents(self.generation, segments, outline(self.schema))
        table.write(self.storage, self.indexname)
        table.clean(self.storage, self.indexname)


class _State:
    """The table of contents under the names that Whoosh reads it by."""

    release = (0, 0, 0)
    version = 0

    def __init__(self, table: TableOfContents, schema: "Schema") -> None:
        self.generation = table.generation
        self.segments: list[Any] = list(table.segments)
        self.schema = schema
