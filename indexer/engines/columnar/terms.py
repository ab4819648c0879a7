"""The sorted terms of a field, so that a term or a prefix is found without reading any posting.

A term's number is its rank in byte order, so a prefix or a range of terms is a range of numbers, and
their postings lie side by side. What is stored of a term is its bytes, its length, its document frequency
and its collection frequency; where its postings begin follows by adding up.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from .format import AnyArray, SectionFile, SectionWriter, smallest
from .packing import PackedArray, boundaries, join_bytes, run_starts, write_packed

_BITS = 8
# Three letters of the Arabic script in UTF-8.
_HEAD_BYTES = 6


def write_terms(
    writer: SectionWriter, field: str, terms: list[bytes], document_counts: AnyArray, frequencies: AnyArray
) -> None:
    """Write the terms of a field, which are in byte order; ``frequencies`` are summed over documents."""
    writer.add(f"{field}/terms", join_bytes(terms), compress=True)
    lengths = np.fromiter(map(len, terms), np.int64, len(terms))
    write_packed(writer, f"{field}/term_lengths", lengths, _BITS, compress=True)
    write_packed(writer, f"{field}/document_counts", document_counts, _BITS, compress=True)
    write_packed(writer, f"{field}/extra_occurrences", frequencies - document_counts, _BITS, compress=True)


class TermDictionary:
    """The terms of one field of one segment, by rank.

    ``posting_starts`` and ``occurrence_starts`` have one entry more than there are terms. A term is looked
    for among those that begin with the same bytes: a step among terms costs more than all steps to these.
    """

    def __init__(self, file: SectionFile, field: str) -> None:
        self._bytes = file.bytes(f"{field}/terms")
        lengths = PackedArray(file, f"{field}/term_lengths", _BITS)
        counts = PackedArray(file, f"{field}/document_counts", _BITS)
        extra = PackedArray(file, f"{field}/extra_occurrences", _BITS)
        self.count = len(lengths)
        self._numbers = range(self.count)
        self._starts = boundaries(lengths.read(0, self.count)).astype(np.uint32)
        self._start_of = self._starts.data
        self.document_counts = smallest(counts.read(0, self.count))
        self.posting_starts = boundaries(self.document_counts).astype(np.uint32)
        self.occurrence_starts = self.posting_starts
        if (more := extra.read(0, self.count)).any():
            occurrences = self.document_counts.astype(np.int64) + more
            self.occurrence_starts = boundaries(occurrences).astype(np.uint32)
        heads = self._heads()
        firsts = run_starts(heads)
        self._different_heads = array("Q", heads[firsts].tobytes())
        self._first_of_head = array("I", np.append(firsts, self.count).astype(np.uint32).tobytes())

    def _heads(self) -> npt.NDArray[np.uint64]:
        """Read the first bytes of every term as a number, so that numbers ascend as terms do."""
        letters = np.zeros(len(self._bytes) + _HEAD_BYTES, np.uint8)
        letters[: len(self._bytes)] = np.frombuffer(self._bytes, np.uint8)
        heads = np.zeros(self.count, np.uint64)
        for at in range(_HEAD_BYTES):
            letter = letters[self._starts[:-1] + np.uint32(at)]
            letter[self._starts[1:] - self._starts[:-1] <= at] = 0
            heads = heads << np.uint64(8) | letter
        return heads

    def __len__(self) -> int:
        """Count the terms."""
        return self.count

    def __getitem__(self, number: int) -> bytes:
        """A term by its number."""
        return self._bytes[self._start_of[number] : self._start_of[number + 1]]

    def __iter__(self) -> Iterator[bytes]:
        """Yield the terms in order."""
        return self.between(0, self.count)

    def between(self, first: int, last: int) -> Iterator[bytes]:
        """Yield the terms numbered [first, last)."""
        starts = self._starts[first : last + 1].tolist()
        return (self._bytes[a:b] for a, b in pairwise(starts))

    def first_at_least(self, key: bytes) -> int:
        """Find the number of the first term that is not before ``key``."""
        head = int.from_bytes(key[:_HEAD_BYTES].ljust(_HEAD_BYTES, b"\0"))
        at = bisect_left(self._different_heads, head)
        first = self._first_of_head[at]
        if at == len(self._different_heads) or self._different_heads[at] != head:
            return first
        return bisect_left(self._numbers, key, first, self._first_of_head[at + 1], key=self.__getitem__)

    def find(self, term: bytes) -> int:
        """Find a term's number, or -1."""
        number = self.first_at_least(term)
        return number if number < self.count and self[number] == term else -1

    def prefix_range(self, prefix: bytes) -> tuple[int, int]:
        """Find the [first, last) numbers of the terms that begin with ``prefix``."""
        first = self.first_at_least(prefix)
        if first == self.count or not self[first].startswith(prefix):
            return first, first
        length = len(prefix)
        return first, bisect_right(self._numbers, prefix, first, key=lambda number: self[number][:length])

    @cached_property
    def code_points(self) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
        """All terms' code points one after another, and where each term's begin; for comparing spellings."""
        points = np.frombuffer(self._bytes.decode("utf-8", "replace").encode("utf-32-le"), np.uint32)
        # A byte that is not 10xxxxxx begins a code point.
        begins = (np.frombuffer(self._bytes, np.uint8) & 0xC0) != 0x80
        return points, boundaries(begins)[self._starts]
