"""The similar articles of a state, worked out for what is new in it and carried on from the state before.

A segment never changes, so pairs within and between segments that stay are found once; a commit only compares
the articles of its new segments. Deleted articles keep their pairs until their segment is merged away.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.signatures import SIGNATURE_BYTES
from indexer.similarity import Pairs, similar_pairs

from .contents import SegmentContents
from .packing import boundaries
from .schema import DATE, NUMBER


class SimilarPairs(NamedTuple):
    """All pairs of similar articles of some segments, as ordinals; ``starts`` is where a segment's begin."""

    segments: Sequence[str]
    starts: NDArray[np.int64]
    pairs: Pairs

    @classmethod
    def of(cls, segments: Sequence[SegmentContents], known: "SimilarPairs | None") -> "SimilarPairs":
        """Find the pairs of some segments; those between segments of ``known`` are taken from there."""
        signatures, days, names = [], [], [segment.name for segment in segments]
        for segment in segments:
            signatures.append(segment.signatures)
            days.append(segment.column(DATE)[segment.column(NUMBER) == 1])
        starts = boundaries(np.array([len(each) for each in signatures], np.int64))
        carried = cls([], np.zeros(1, np.int64), np.zeros((0, 2), np.int64)) if known is None else known
        moved = np.full(int(carried.starts[-1]), -1, np.int64)
        fresh = np.ones(int(starts[-1]), np.bool_)
        for at, name in enumerate(names):
            if name in carried.segments:
                before = carried.segments.index(name)
                own = slice(int(starts[at]), int(starts[at + 1]))
                moved[carried.starts[before] : carried.starts[before + 1]] = np.arange(own.start, own.stop)
                fresh[own] = False
        stayed = moved[carried.pairs]
        found = similar_pairs(
            np.concatenate([*signatures, np.zeros((0, SIGNATURE_BYTES), np.uint8)]),
            np.concatenate([*days, np.zeros(0, np.int32)]),
            fresh,
        )
        return cls(names, starts, np.concatenate([stayed[(stayed >= 0).all(axis=1)], found]))
