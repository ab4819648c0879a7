"""How much a word says about a document: BM25 over whole posting arrays, in two dialects.

:class:`Bm25` is what the product ranks by (Robertson and Zaragoza 2009, with Lucene's idf, which stays above
0); :class:`WhooshBm25F` gives the very scores of Whoosh's ``BM25F``, so that the two can be compared.
"""

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from .format import AnyArray
from .lengths import rounded

if TYPE_CHECKING:
    from .snapshot import ColumnarSnapshot
    from .views import SegmentView

Scores = npt.NDArray[np.float32]


class Bm25:
    """Facet values, dates and ``Every`` narrow and score 0; a phrase or a prefix counts as one word.

    ``k1`` says how soon repeating a word stops to help, ``b`` how much a long text is held against it;
    ``unscored`` names the fields whose terms only narrow.
    """

    # What a document scores for ``Every`` and for not matching a ``Not``.
    everything = 0.0
    # Whether a term of a field without lengths scores its frequency.
    scores_frequencies = False
    # Whether several terms that stand for one (a phrase, a prefix) are weighed as one.
    as_one_word = True

    def __init__(
        self, k1: float = 1.2, b: float = 0.75, unscored: frozenset[str] = frozenset(), **field_b: float
    ) -> None:
        self.k1 = k1
        self.b = b
        self._unscored = unscored
        self._field_b = field_b
        # What distinguishes this dialect's numbers from another's, for keeping them.
        self.key: tuple[object, ...] = (type(self), k1, b, tuple(sorted(field_b.items())))

    def scores_field(self, snapshot: "ColumnarSnapshot", field: str) -> bool:  # noqa: ARG002
        """Whether the terms of a field have a score."""
        return field not in self._unscored

    def document_frequency(self, snapshot: "ColumnarSnapshot", field: str, text: bytes) -> int:
        """Count the documents that a term's rarity is judged by."""
        return snapshot.live_count(field, text)

    def idf(self, snapshot: "ColumnarSnapshot", field: str, holding: int) -> float:
        """How rare a term is that ``holding`` documents hold."""
        return self.idf_among(snapshot.statistics(field).documents, holding)

    def idf_among(self, documents: int, holding: int) -> float:
        """How rare a word is that ``holding`` of ``documents`` hold."""
        return math.log1p(max(documents - holding + 0.5, 0.5) / (holding + 0.5))

    def weights(self, view: "SegmentView", field: str, documents: AnyArray, frequencies: AnyArray) -> Scores:
        """Score a term of idf 1 in ``documents``; ``frequencies`` are counted from 1, as float32."""
        norms = view.norms(self, field)[documents]
        norms += frequencies
        scores: Scores = np.divide(frequencies, norms, out=norms)
        scores *= np.float32(self.k1 + 1)
        return scores

    def norms(self, snapshot: "ColumnarSnapshot", field: str, lengths: AnyArray) -> Scores:
        """What a frequency is measured against, by document."""
        b = self._field_b.get(field, self.b)
        mean = self._mean_length(snapshot, field) or 1.0
        norms: Scores = (self.k1 * (1 - b + b * self._lengths(lengths) / mean)).astype(np.float32)
        return norms

    def article_norms(self, field: str, lengths: AnyArray, articles: int) -> Scores:
        """What a frequency in a whole article is measured against; ``articles`` are not deleted."""
        b = self._field_b.get(field, self.b)
        mean = float(lengths.sum()) / max(articles, 1) or 1.0
        norms: Scores = (self.k1 * (1 - b + b * lengths / mean)).astype(np.float32)
        return norms

    def _mean_length(self, snapshot: "ColumnarSnapshot", field: str) -> float:
        return snapshot.statistics(field).mean_length

    def _lengths(self, lengths: AnyArray) -> AnyArray:
        return lengths


class WhooshBm25F(Bm25):
    """Whoosh's ``BM25F``: deleted documents count, lengths are rounded, a phrase scores as its words."""

    everything = 1.0
    scores_frequencies = True
    as_one_word = False

    def scores_field(self, snapshot: "ColumnarSnapshot", field: str) -> bool:
        """Whether a field keeps lengths; the terms of others score their frequency."""
        return any(view.contents.has_lengths(field) for view in snapshot.views)

    def document_frequency(self, snapshot: "ColumnarSnapshot", field: str, text: bytes) -> int:
        """Count the documents that hold a term."""
        return snapshot.term(field, text).documents

    def idf(self, snapshot: "ColumnarSnapshot", field: str, holding: int) -> float:  # noqa: ARG002
        """How rare a term is, as Whoosh has it."""
        return math.log(snapshot.document_count / (holding + 1)) + 1

    def _mean_length(self, snapshot: "ColumnarSnapshot", field: str) -> float:
        total = sum(int(view.contents.lengths(field).sum(dtype=np.int64)) for view in snapshot.views)
        mean: float = total / max(snapshot.document_count, 1)
        return mean

    def _lengths(self, lengths: AnyArray) -> AnyArray:
        return rounded(lengths)
