"""What the table of contents knows of a segment: its name, its size and which documents are deleted.

Whoosh hands one of these to the codec to find the segment's files, and marks deletions on it.
"""

import base64
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from whoosh.codec.base import Segment
from whoosh.util import random_name

from .format import Storage

if TYPE_CHECKING:
    from .codec import ColumnarCodec


class ColumnarSegment(Segment):
    """A segment in the sense of Whoosh, kept as JSON instead of a pickle."""

    def __init__(
        self,
        indexname: str,
        document_count: int = 0,
        segment_id: str | None = None,
        deleted: npt.NDArray[np.bool_] | None = None,
    ) -> None:
        self.indexname = indexname
        self.segid: str = segment_id or random_name()
        self.compound = False
        self._document_count = document_count
        self._deleted = deleted

    def codec(self) -> "ColumnarCodec":
        """The codec that reads this segment."""
        from .codec import ColumnarCodec  # noqa: PLC0415 - the codec makes segments

        return ColumnarCodec()

    def should_assemble(self) -> bool:
        """Never: a segment is two files already, and a compound one could not be mapped by section."""
        return False

    def segment_id(self) -> str:
        """The name that the segment's files begin with."""
        return f"{self.indexname}_{self.segid}"

    def create_file(self, storage: Storage, ext: str, **options: Any) -> Any:
        """Create one of the segment's files."""
        return storage.create_file(self.segment_id() + ext, **options)

    def doc_count(self) -> int:
        """Count the documents that are not deleted."""
        return self._document_count - self.deleted_count()

    def set_doc_count(self, count: int) -> None:
        """Say how many documents the segment holds, once it is written."""
        self._document_count = count

    def doc_count_all(self) -> int:
        """Count the documents, deleted ones included."""
        return self._document_count

    def deleted_count(self) -> int:
        """Count the deleted documents."""
        return 0 if self._deleted is None else int(np.count_nonzero(self._deleted))

    def deleted_docs(self) -> Iterator[int]:
        """Yield the deleted documents' numbers."""
        return iter(() if self._deleted is None else np.flatnonzero(self._deleted).tolist())

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted; Whoosh also asks about the number after the last."""
        return self._deleted is not None and docnum < len(self._deleted) and bool(self._deleted[docnum])

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete a document, or bring it back."""
        self.mark_deleted(np.array([docnum]), delete=delete)

    def mark_deleted(self, documents: npt.NDArray[Any], *, delete: bool = True) -> None:
        """Delete several documents, or bring them back; readers that are open keep what they saw."""
        deleted = np.zeros(self._document_count, np.bool_) if self._deleted is None else self._deleted.copy()
        deleted[documents] = delete
        self._deleted = deleted

    @property
    def deleted(self) -> npt.NDArray[np.bool_] | None:
        """Which documents are deleted, ``None`` when none is; never written to."""
        return self._deleted if self.deleted_count() else None

    def copy(self) -> "ColumnarSegment":
        """A segment of the same files whose deletions are its own."""
        return ColumnarSegment(self.indexname, self._document_count, self.segid, self._deleted)

    def to_json(self) -> dict[str, Any]:
        """What the table of contents keeps."""
        row: dict[str, Any] = {"id": self.segid, "documents": self._document_count}
        if (deleted := self.deleted) is not None:
            row["deleted"] = base64.b64encode(zlib.compress(np.packbits(deleted).tobytes())).decode()
        return row

    @classmethod
    def from_json(cls, indexname: str, row: dict[str, Any]) -> "ColumnarSegment":
        """Read what :meth:`to_json` wrote."""
        count = int(row["documents"])
        deleted = None
        if "deleted" in row:
            bits = np.frombuffer(zlib.decompress(base64.b64decode(row["deleted"])), np.uint8)
            deleted = np.unpackbits(bits, count=count).astype(np.bool_)
        return cls(indexname, count, str(row["id"]), deleted)
