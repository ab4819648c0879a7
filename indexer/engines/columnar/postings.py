"""Which documents hold a term, how often and where: the arrays that every query reads.

All postings of a field lie one after another in term order. A rare term's documents are an array of their
numbers; a term that stands in more than one document of 64 keeps the gaps between them, which nearly always
fit a byte. Frequencies take two bits, positions a byte (see :mod:`.packing`).
"""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .format import AnyArray, SectionFile, SectionWriter
from .packing import PackedArray, boundaries, ragged, write_packed
from .terms import TermDictionary, write_terms

_GAP_DENSITY = 64
_GAP_BITS = 8
_FREQUENCY_BITS = 2
_POSITION_BITS = 8

DocumentNumbers = npt.NDArray[np.intp]


@dataclass
class InvertedField:
    """A field's postings in memory, in term order and within a term in document order.

    ``documents`` and ``frequencies`` have one entry a posting, ``positions`` one an occurrence;
    ``weights`` differ from the frequencies only where a boost was given when indexing, and are ``None``
    where none was. ``positions`` is ``None`` for a field without them.
    """

    terms: list[bytes]
    document_counts: AnyArray
    documents: AnyArray
    frequencies: AnyArray
    positions: AnyArray | None = None
    weights: AnyArray | None = None


def write_postings(writer: SectionWriter, field: str, inverted: InvertedField, document_count: int) -> None:
    """Write a field's terms and postings for a segment of ``document_count`` documents."""
    counts = np.asarray(inverted.document_counts, np.int64)
    starts = boundaries(counts)
    occurrences = _sum_runs(inverted.frequencies, starts)
    write_terms(writer, field, inverted.terms, counts, occurrences)

    dense_terms = counts * _GAP_DENSITY > document_count
    dense = np.repeat(dense_terms, counts)
    documents = np.asarray(inverted.documents, np.int64)
    gaps = np.diff(documents, prepend=0)
    first = starts[:-1][counts > 0]
    gaps[first] = documents[first]
    width = np.min_scalar_type(max(document_count - 1, 0))
    writer.add(f"{field}/documents", documents[~dense].astype(width))
    write_packed(writer, f"{field}/gaps", gaps[dense], _GAP_BITS)
    write_packed(writer, f"{field}/frequencies", np.asarray(inverted.frequencies) - 1, _FREQUENCY_BITS)
    if inverted.positions is not None:
        write_packed(writer, f"{field}/positions", np.asarray(inverted.positions), _POSITION_BITS)
    if inverted.weights is not None:
        writer.add(f"{field}/weights", np.asarray(inverted.weights, np.float32))


class FieldPostings:
    """The postings of one field of one segment, by the numbers of its terms.

    Document numbers come as ``intp`` arrays, ascending and without repetition within a term, so that they
    can index other arrays as they are. ``document_count`` counts the segment's documents.
    """

    def __init__(self, file: SectionFile, field: str, document_count: int) -> None:
        self.document_count = document_count
        self.terms = TermDictionary(file, field)
        self._documents = file.array(f"{field}/documents")
        self._gaps = PackedArray(file, f"{field}/gaps", _GAP_BITS)
        self._frequencies = PackedArray(file, f"{field}/frequencies", _FREQUENCY_BITS)
        self._weights = file.array(f"{field}/weights") if f"{field}/weights" in file else None
        self._file = file
        self._field = field
        # Few terms keep gaps: their numbers, and where the gaps of each begin, with the end of the last.
        counts = self.terms.document_counts
        dense = np.flatnonzero(counts > document_count // _GAP_DENSITY)
        self._dense = array("I", dense.astype(np.uint32).tobytes())
        self._gap_starts = array("I", boundaries(counts[dense]).astype(np.uint32).tobytes())

    @property
    def has_positions(self) -> bool:
        """Whether the field keeps positions."""
        return f"{self._field}/positions.low" in self._file

    @cached_property
    def _positions(self) -> PackedArray:
        return PackedArray(self._file, f"{self._field}/positions", _POSITION_BITS)

    def count(self, term: int) -> int:
        """Count the documents that hold a term."""
        return int(self.terms.document_counts[term])

    def documents(self, term: int) -> DocumentNumbers:
        """List the documents that hold a term."""
        at = bisect_left(self._dense, term)
        before = self._gap_starts[at]
        if at < len(self._dense) and self._dense[at] == term:
            gaps = self._gaps.read(before, self._gap_starts[at + 1])
            return np.add.accumulate(gaps, dtype=np.intp)
        start, stop = int(self.terms.posting_starts[term]), int(self.terms.posting_starts[term + 1])
        return self._documents[start - before : stop - before].astype(np.intp)

    def documents_between(self, first: int, last: int) -> DocumentNumbers:
        """List the documents of the terms numbered [first, last), term after term."""
        parts, at = [], first
        for term in self._dense[bisect_left(self._dense, first) : bisect_left(self._dense, last)]:
            parts += [self._rare_between(at, term), self.documents(term)]
            at = term + 1
        parts.append(self._rare_between(at, last))
        return np.concatenate(parts) if len(parts) > 1 else parts[0]

    def _rare_between(self, first: int, last: int) -> DocumentNumbers:
        starts = self.terms.posting_starts
        before = self._gap_starts[bisect_left(self._dense, first)]
        return self._documents[int(starts[first]) - before : int(starts[last]) - before].astype(np.intp)

    def frequencies(self, term: int) -> AnyArray:
        """How often a term stands in each of its documents, less one (as stored; zero is once)."""
        starts = self.terms.posting_starts
        return self._frequencies.read(int(starts[term]), int(starts[term + 1]))

    def frequencies_between(self, first: int, last: int) -> npt.NDArray[np.float32]:
        """How often the terms numbered [first, last) stand in their documents, term after term."""
        starts = self.terms.posting_starts
        return self._frequencies.read_counts(int(starts[first]), int(starts[last]))

    def frequencies_at(self, term: int, postings: npt.NDArray[np.intp]) -> AnyArray:
        """As :meth:`frequencies`, for some of the term's postings, counted from its first and ascending."""
        return self._frequencies.take(postings + int(self.terms.posting_starts[term]))

    def weights(self, term: int) -> npt.NDArray[np.float32] | None:
        """The weights of a term's postings, ``None`` where they are the frequencies."""
        if self._weights is None:
            return None
        starts = self.terms.posting_starts
        return self._weights[int(starts[term]) : int(starts[term + 1])]

    def occurrences(self, term: int) -> int:
        """Count how often a term stands in the field over all documents."""
        starts = self.terms.occurrence_starts
        return int(starts[term + 1]) - int(starts[term])

    def positions(self, term: int) -> AnyArray:
        """All positions of a term, document after document."""
        starts = self.terms.occurrence_starts
        return self._positions.read(int(starts[term]), int(starts[term + 1]))

    def positions_at(
        self, terms: Sequence[int], postings: Sequence[npt.NDArray[np.intp]]
    ) -> tuple[AnyArray, npt.NDArray[np.int64]]:
        """The positions of some postings of each of some terms, and how many each posting has.

        Terms ascend, and so do the places of a term's postings, which are counted from its first.
        """
        starts = self.terms.occurrence_starts
        ends, counts = [], []
        for term, places in zip(terms, postings, strict=True):
            less_one = self.frequencies(term)
            before = int(starts[term]) + 1
            ends.append(np.cumsum(less_one, dtype=np.int64)[places] + (places + before))
            counts.append(less_one[places])
        held = np.concatenate(counts).astype(np.int64) + 1
        at = ragged(np.concatenate(ends) - held, held)
        return self._positions.take(at), held

    def inverted(self) -> InvertedField:
        """Read the whole field back into memory, as merging needs it."""
        total = int(self.terms.posting_starts[-1])
        return InvertedField(
            terms=list(self.terms),
            document_counts=self.terms.document_counts,
            documents=self.documents_between(0, len(self.terms)),
            frequencies=self._frequencies.read(0, total).astype(np.uint32) + np.uint32(1),
            positions=(
                self._positions.read(0, int(self.terms.occurrence_starts[-1])) if self.has_positions else None
            ),
            weights=self._weights,
        )


def _sum_runs(values: AnyArray, starts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Add up runs that begin at ``starts`` (with the end appended)."""
    return np.diff(boundaries(values)[starts])
