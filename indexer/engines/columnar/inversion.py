"""Turns documents' terms into terms' documents by sorting arrays, so that no posting is ever an object.

Terms get numbers as they come; a document is appended as a run of numbers. Inverting ranks the terms by
their bytes and sorts the runs by rank with a stable sort of 16-bit halves, which numpy does by counting.
"""

from array import array
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .format import AnyArray
from .packing import boundaries
from .postings import InvertedField

# A term of more code points than this is no word that anybody types; it is left out of the index.
LONGEST_TERM = 100


class FieldAccumulator:
    """Collects one field's terms, document after document; ``positional`` fields take positions with them.

    Memory is 4 bytes an occurrence, 4 more with positions, and the distinct terms.
    """

    def __init__(self, *, positional: bool) -> None:
        self._positional = positional
        self._numbers = _Vocabulary()
        self._terms = array("I")
        self._positions = array("I")
        self._counts = array("I")
        self._lengths = array("I")

    def add(self, terms: Sequence[str], positions: Sequence[int] = ()) -> None:
        """Append the next document's terms, whose positions ascend; alternatives share one."""
        if not terms:
            self._counts.append(0)
            if self._positional:
                self._lengths.append(0)
            return
        numbers = list(map(self._numbers.__getitem__, terms))
        overlong = self._numbers.overlong
        if self._positional and overlong and not overlong.isdisjoint(numbers):
            kept = [at for at, number in enumerate(numbers) if number not in overlong]
            numbers = [numbers[at] for at in kept]
            positions = [positions[at] for at in kept]
        self._terms.extend(numbers)
        self._counts.append(len(numbers))
        if self._positional:
            self._positions.extend(positions)
            self._lengths.append(len(set(positions)))

    def __len__(self) -> int:
        """Count the occurrences taken in, for bounding memory."""
        return len(self._terms)

    @property
    def lengths(self) -> AnyArray:
        """The field's length in positions, one a document; empty where there are no positions."""
        return np.frombuffer(self._lengths, np.uint32) if self._lengths else np.zeros(0, np.uint32)

    def invert(self) -> InvertedField:
        """Sort everything by term; the same term at the same place counts once."""
        encoded = [term.encode("utf-8", "replace") for term in self._numbers]
        terms = sorted(set(encoded))
        rank_of = {term: rank for rank, term in enumerate(terms)}
        ranks = np.fromiter((rank_of[term] for term in encoded), np.uint32, len(encoded))
        counts = np.array(self._counts, np.uint32)
        term_ranks = ranks[np.array(self._terms, np.uint32)]
        documents = np.repeat(np.arange(len(counts), dtype=np.uint32), counts)
        order = stable_order(term_ranks)
        term_ranks, documents = term_ranks[order], documents[order]
        positions = np.array(self._positions, np.uint32)[order] if self._positional else None
        return _group(terms, term_ranks, documents, positions)


class _Vocabulary(dict[str, int]):
    """Numbers terms in the order of their coming."""

    def __init__(self) -> None:
        super().__init__()
        self.overlong: set[int] = set()

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        if len(term) > LONGEST_TERM:
            self.overlong.add(number)
        return number


def stable_order(keys: npt.NDArray[np.uint32]) -> npt.NDArray[np.intp]:
    """Order equal keys as they come; two counting sorts of 16 bits each are faster than one of 32."""
    order = np.argsort((keys & np.uint32(0xFFFF)).astype(np.uint16), kind="stable")
    high = (keys >> np.uint32(16)).astype(np.uint16)
    if high.any():
        order = order[np.argsort(high[order], kind="stable")]
    return order


def merge_inverted(
    fields: Sequence[InvertedField], documents: Sequence[npt.NDArray[np.int64]], *, positional: bool
) -> InvertedField:
    """Join the same field of several segments.

    ``documents`` gives each segment's documents their new numbers, -1 for one that is dropped; the new
    numbers ascend from segment to segment.
    """
    terms = sorted(set().union(*(field.terms for field in fields)))
    rank_of = {term: rank for rank, term in enumerate(terms)}
    ranks, numbers, frequencies, positions, weights = [], [], [], [], []
    for field, renumbered in zip(fields, documents, strict=True):
        own = np.fromiter((rank_of[term] for term in field.terms), np.uint32, len(field.terms))
        moved = renumbered[field.documents]
        kept = moved >= 0
        ranks.append(np.repeat(own, field.document_counts)[kept])
        numbers.append(moved[kept])
        frequencies.append(field.frequencies[kept])
        if positional and field.positions is not None:
            positions.append(field.positions[np.repeat(kept, field.frequencies)])
        weights.append(field.frequencies[kept] if field.weights is None else field.weights[kept])
    joined_ranks = np.concatenate(ranks)
    order = stable_order(joined_ranks)
    counts = np.bincount(joined_ranks, minlength=len(terms))
    joined = np.concatenate(frequencies)
    held = np.flatnonzero(counts)
    return InvertedField(
        terms=[terms[rank] for rank in held.tolist()],
        document_counts=counts[held],
        documents=np.concatenate(numbers)[order],
        frequencies=joined[order],
        positions=_gather_runs(np.concatenate(positions), joined, order) if positional else None,
        weights=np.concatenate(weights)[order]
        if any(field.weights is not None for field in fields)
        else None,
    )


def _gather_runs(values: AnyArray, sizes: AnyArray, order: npt.NDArray[np.intp]) -> AnyArray:
    """Reorder runs of ``sizes`` values, whole runs at a time."""
    starts = boundaries(sizes)[:-1]
    chosen = sizes[order].astype(np.int64)
    ends = np.cumsum(chosen)
    gathered: AnyArray = values[
        np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(starts[order] - (ends - chosen), chosen)
    ]
    return gathered


def _group(
    terms: list[bytes], ranks: AnyArray, documents: AnyArray, positions: AnyArray | None
) -> InvertedField:
    """Make postings of occurrences that are sorted by term, document and position."""
    new_posting = np.ones(len(ranks), np.bool_)
    new_posting[1:] = (ranks[1:] != ranks[:-1]) | (documents[1:] != documents[:-1])
    if positions is None:
        ranks, documents = ranks[new_posting], documents[new_posting]
        frequencies = np.ones(len(ranks), np.uint32)
    else:
        new_place = new_posting.copy()
        new_place[1:] |= positions[1:] != positions[:-1]
        positions = positions[new_place]
        starts = np.flatnonzero(new_posting[new_place])
        frequencies = np.diff(starts, append=len(positions)).astype(np.uint32)
        ranks, documents = ranks[new_posting], documents[new_posting]
    counts = np.bincount(ranks, minlength=len(terms))
    held = np.flatnonzero(counts)
    return InvertedField(
        terms=[terms[rank] for rank in held.tolist()] if len(held) < len(terms) else terms,
        document_counts=counts[held],
        documents=documents,
        frequencies=frequencies,
        positions=positions,
    )
