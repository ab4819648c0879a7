"""Turns documents' terms into terms' documents by sorting arrays, so that no posting is ever an object.

Terms get numbers as they come; documents are appended as runs of numbers. Inverting ranks the terms by
their bytes and sorts the runs by rank with a stable sort of 16-bit halves, which numpy does by counting.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, count

import numpy as np
import numpy.typing as npt

from indexer.preparation import PreparedField

from .format import AnyArray
from .packing import boundaries
from .postings import InvertedField

# A term of more code points than this is no word that anybody types; it is left out of the index.
LONGEST_TERM = 100


class FieldAccumulator:
    """Collects one field of documents; ``positional`` fields take positions with their terms.

    Memory is 4 bytes an occurrence, 1 or 2 more with positions, and the distinct terms.
    """

    def __init__(self, *, positional: bool) -> None:
        self._positional = positional
        self._numbers: defaultdict[bytes, int] = defaultdict(count().__next__)
        self._terms: list[AnyArray] = []
        self._counts: list[AnyArray] = []
        self._positions: list[AnyArray] = []
        self._lengths: list[AnyArray] = []
        self._occurrences = 0

    def add(self, field: PreparedField) -> None:
        """Append the next documents, as many as ``field`` has counts."""
        if self._positional:
            field = _without_overlong(field)
        self._terms.append(self._numbered(field.terms)[field.numbers])
        self._counts.append(field.counts)
        self._occurrences += len(field.numbers)
        if self._positional and field.positions is not None:
            self._positions.append(field.positions)
            self._lengths.append(_distinct_positions(field.positions, field.counts))

    def __len__(self) -> int:
        """Count the occurrences taken in, for bounding memory."""
        return self._occurrences

    @property
    def lengths(self) -> AnyArray:
        """The field's length in positions, one a document; empty where there are no positions."""
        return _joined(self._lengths)

    def invert(self) -> InvertedField:
        """Sort everything by term; the same term at the same place counts once."""
        terms = sorted(self._numbers)
        ranks = np.zeros(len(terms), np.uint32)
        ranks[self._numbered(terms)] = np.arange(len(terms), dtype=np.uint32)
        counts = _joined(self._counts)
        term_ranks = ranks[_joined(self._terms)]
        documents = np.repeat(np.arange(len(counts), dtype=np.uint32), counts)
        order = stable_order(term_ranks)
        term_ranks, documents = term_ranks[order], documents[order]
        positions = _joined(self._positions)[order] if self._positional else None
        return _group(terms, term_ranks, documents, positions)

    def _numbered(self, terms: Sequence[bytes]) -> npt.NDArray[np.uint32]:
        """Give the numbers of terms, the next ones to those that are new."""
        return np.fromiter(map(self._numbers.__getitem__, terms), np.uint32, len(terms))


def _joined(arrays: Sequence[AnyArray]) -> AnyArray:
    return np.concatenate([np.zeros(0, np.uint8), *arrays])


def _without_overlong(field: PreparedField) -> PreparedField:
    """Leave terms of too many code points out, and where they stood."""
    if field.positions is None or max(map(len, field.terms), default=0) <= LONGEST_TERM:
        return field
    overlong = [number for number, term in enumerate(field.terms) if len(term.decode()) > LONGEST_TERM]
    kept = ~np.isin(field.numbers, overlong)
    counts = np.diff(boundaries(kept)[boundaries(field.counts)])
    return field._replace(numbers=field.numbers[kept], counts=counts, positions=field.positions[kept])


def _distinct_positions(positions: AnyArray, counts: AnyArray) -> AnyArray:
    """Count each document's positions, those that terms share once."""
    starts = boundaries(counts)
    new = np.ones(len(positions), np.bool_)
    np.not_equal(positions[1:], positions[:-1], out=new[1:])
    new[starts[:-1][counts > 0]] = True
    return np.diff(boundaries(new)[starts]).astype(np.uint32)


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
    # Lists that are sorted are merged by sorting them; a set would have to be sorted from the start.
    terms = list(dict.fromkeys(sorted(chain.from_iterable(field.terms for field in fields))))
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
