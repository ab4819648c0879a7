"""A segment as one state of the index sees it: its files, its deletions, and what scoring keeps of it."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .contents import SegmentContents
from .scoring import Bm25

if TYPE_CHECKING:
    from .snapshot import ColumnarSnapshot

Mask = NDArray[np.bool_]


class SegmentView:
    """One segment of one state; ``base`` is the number that its first document has in the whole state."""

    def __init__(
        self, snapshot: "ColumnarSnapshot", at: int, contents: SegmentContents, deleted: Mask | None
    ) -> None:
        self._snapshot = snapshot
        self.at = at
        self.base = snapshot.bases[at]
        self.contents = contents
        self.schema = snapshot.index.schema
        self.size = contents.document_count
        self.deleted = deleted
        self._norms: dict[tuple[object, ...], NDArray[np.float32]] = {}

    def norms(self, scoring: Bm25, field: str) -> NDArray[np.float32]:
        """What BM25 measures a frequency against, by document."""
        key = (*scoring.key, field)
        if (norms := self._norms.get(key)) is None:
            norms = scoring.norms(self._snapshot, field, self.contents.lengths(field))
            self._norms[key] = norms
        return norms

    def encoded(self, field: str, text: Any) -> bytes:
        """A term as the dictionary holds it; what UTF-8 cannot say is replaced as it was when indexed."""
        if isinstance(text, bytes):
            return text
        if isinstance(text, str):
            return text.encode("utf-8", "replace")
        encoded: bytes = self.schema[field].to_bytes(text)
        return encoded

    @cached_property
    def live(self) -> Mask:
        """Which documents are not deleted."""
        return np.ones(self.size, np.bool_) if self.deleted is None else ~self.deleted
