"""Tells which articles are copies of one another, from their signatures and dates, whatever keeps the index.

Articles whose signatures agree in any of twelve bands of four bytes are compared (locality-sensitive
hashing: A. Gionis, P. Indyk and R. Motwani, Similarity search in high dimensions via hashing, 1999); those
that agree in enough of all bytes are a pair, and what pairs join is a group. A group depends on the articles
alone, not on their order, and is worked out for a state of the index, so that it loses what the index loses.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.signatures import SIGNATURE_BYTES

Signatures = NDArray[np.uint8]
Ordinals = NDArray[np.intp]
Pairs = NDArray[np.int64]
Mask = NDArray[np.bool_]

# Bytes that agree in a pair: about seven tenths of all runs are shared. docs/duplicates.md has the figures.
_AGREEING = 34
# A story is reprinted within days; later the same sentences tell of the next price, quake or siren.
_MOST_DAYS = 3
_BAND_BYTES = 4
_BANDS = SIGNATURE_BYTES // _BAND_BYTES
# A band that very many articles share is a template's: each is compared with so many neighbours at most.
_NEIGHBOURS = 32


class Groups:
    """The articles of a state by what they say; an article that no other resembles is a group of its own.

    ``first`` gives for every article's ordinal the smallest ordinal of its group.
    """

    def __init__(self, first: Ordinals) -> None:
        self.first = first

    @classmethod
    def of(cls, pairs: Pairs, live: Mask) -> "Groups":
        """Join what pairs of live articles connect."""
        first = np.arange(len(live))
        left, right = pairs[live[pairs].all(axis=1)].T
        while len(left):
            smaller = np.minimum(first[left], first[right])
            np.minimum.at(first, first[left], smaller)
            np.minimum.at(first, first[right], smaller)
            first = first[first]
            apart = first[left] != first[right]
            left, right = left[apart], right[apart]
        while not np.array_equal(first, shorter := first[first]):
            first = shorter
        return cls(first)

    @cached_property
    def members(self) -> Ordinals:
        """The articles of all groups of more than one, group after group, ascending within each."""
        sizes = np.bincount(self.first, minlength=len(self.first))
        grouped = np.flatnonzero(sizes[self.first] > 1)
        return grouped[np.argsort(self.first[grouped], kind="stable")]

    @cached_property
    def _firsts(self) -> Ordinals:
        return self.first[self.members]

    def group(self, article: int) -> Ordinals:
        """All articles of an article's group, itself included."""
        start, stop = np.searchsorted(self._firsts, [self.first[article], self.first[article] + 1])
        return self.members[start:stop] if stop > start else np.array([article])


def similar_pairs(signatures: Signatures, days: NDArray[np.int32], fresh: Mask | None = None) -> Pairs:
    """Find all pairs of similar articles, as rows of two ordinals, the smaller first.

    ``signatures`` has a row an article, all zero where it says nothing; ``days`` are ``date.toordinal()``, 0
    where unknown. With ``fresh`` only pairs that hold one of these articles are looked for.
    """
    count = len(signatures)
    fresh = signatures.any(axis=1) if fresh is None else fresh & signatures.any(axis=1)
    bands = np.ascontiguousarray(signatures).view(np.uint32)
    found = [_neighbours(bands, band, fresh) for band in range(_BANDS)] if fresh.any() else []
    codes = np.unique(np.concatenate([np.zeros(0, np.int64), *found]))
    left, right = np.divmod(codes, max(count, 1))
    agreeing = (signatures[left] == signatures[right]).sum(axis=1)
    apart = (np.abs(days[left] - days[right]) > _MOST_DAYS) & (days[left] > 0) & (days[right] > 0)
    similar = (agreeing >= _AGREEING) & (~apart | (agreeing == SIGNATURE_BYTES))
    return np.stack([left[similar], right[similar]], axis=1)


def _neighbours(bands: NDArray[np.uint32], band: int, fresh: Mask) -> NDArray[np.int64]:
    """The pairs that share a band, each as a number: the smaller ordinal times the count, plus the other."""
    count = len(bands)
    keys = bands[:, band]
    # Most keys of the others are no fresh article's; a table of half the bits tells so at once.
    table = np.zeros(1 << 16, np.bool_)
    table[keys[fresh] & np.uint32(0xFFFF)] = True
    rows = np.flatnonzero(table[keys & np.uint32(0xFFFF)])
    # Within a band the next one orders, so that a template's neighbours are those most alike.
    order = keys[rows].astype(np.uint64) << np.uint64(32) | bands[rows, (band + 1) % _BANDS]
    rows = rows[np.argsort(order, kind="stable")]
    keys, fresh = keys[rows], fresh[rows]
    found = []
    places = np.arange(len(rows))
    for distance in range(1, _NEIGHBOURS + 1):
        places = places[: np.searchsorted(places, len(rows) - distance)]
        places = places[keys[places] == keys[places + distance]]
        if not len(places):
            break
        wanted = places[fresh[places] | fresh[places + distance]]
        one, other = rows[wanted], rows[wanted + distance]
        found.append(np.minimum(one, other) * count + np.maximum(one, other))
    return np.concatenate([np.zeros(0, np.int64), *found])
