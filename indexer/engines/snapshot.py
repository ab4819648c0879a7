"""What answering a question needs of an index, so that the arithmetic of search knows no file format.

A snapshot is one committed state of an index. Documents are paragraphs, numbered from 0 over the whole
snapshot; numbers of deleted paragraphs stay unused. The paragraphs of an article lie side by side, in order.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.engine import StoredParagraph

Documents = NDArray[np.int32]
Scores = NDArray[np.float32]


class Postings(NamedTuple):
    """The paragraphs that hold a term, ascending, and how often each does; deleted ones are left out."""

    documents: Documents
    frequencies: NDArray[np.float32]


class Positions(NamedTuple):
    """Where a term stands, one entry an occurrence: its paragraph and its position, both ascending."""

    documents: Documents
    positions: NDArray[np.int32]


class FieldStatistics(NamedTuple):
    """What BM25 weighs a field by: the paragraphs that have it, and their mean length in positions."""

    documents: int
    mean_length: float


class FacetColumn(NamedTuple):
    """A facet's values by paragraph: those of paragraph ``d`` are ``values[offsets[d]:offsets[d + 1]]``.

    ``values`` are ordinals into ``ids`` and ``labels``; ``offsets`` has one entry more than the documents.
    """

    offsets: NDArray[np.int64]
    values: NDArray[np.int32]
    ids: Sequence[str]
    labels: Sequence[str]


class Columns(Protocol):
    """One value a paragraph, as arrays over all document numbers, deleted ones included."""

    @property
    def article(self) -> NDArray[np.int32]:
        """The article's ordinal, ascending with the document number."""

    @property
    def number(self) -> NDArray[np.int32]:
        """The paragraph's number in its article, from 1."""

    @property
    def date(self) -> NDArray[np.int32]:
        """The article's day as ``date.toordinal()`` counts, 0 where it has none."""

    def facet(self, name: str) -> FacetColumn:
        """The values of one of :data:`indexer.engine.FACETS`."""


class Snapshot(Protocol):
    """One committed state of an index, read-only."""

    @property
    def live(self) -> Documents:
        """Every paragraph that is not deleted, ascending."""

    @property
    def columns(self) -> Columns:
        """The columns of all paragraphs."""

    def postings(self, field: str, term: str) -> Postings:
        """The postings of a term, empty when the index does not know it."""

    def positions(self, field: str, term: str) -> Positions:
        """The occurrences of a term, for fields that keep positions."""

    def terms(self, field: str, prefix: str) -> Sequence[str]:
        """The field's terms that start with ``prefix``, in the order of their code points."""

    def lengths(self, field: str) -> NDArray[np.int32]:
        """The field's length in positions, over all document numbers."""

    def statistics(self, field: str) -> FieldStatistics:
        """The field's figures over paragraphs that are not deleted."""

    def stored(self, document: int) -> StoredParagraph:
        """The paragraph itself."""
