"""Counts facet values and periods over many matches in a few passes over arrays.

What is counted, :mod:`indexer.engines.facets` and :mod:`indexer.engines.timeline` say. A facet's counts
leave its own selection out: a paragraph that fails just one facet's selection still counts for that facet.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engine import FacetCount, Filters, TimelineCount
from indexer.engines.snapshot import FacetColumn
from indexer.engines.timeline import timeline

from .packing import ragged

Mask = NDArray[np.bool_]

# With fewer matches than one paragraph in four, their values are gathered one by one.
_SPARSE_SHARE = 4


class FacetValues(NamedTuple):
    """A facet's values by paragraph and, inverted, the paragraphs by value.

    ``holders`` lists the paragraphs value by value, ``starts`` where a value's begin.
    """

    column: FacetColumn
    ordinals: Mapping[str, int]
    holders: NDArray[np.intp]
    starts: NDArray[np.int64]

    def marked(self, ids: frozenset[str]) -> Mask:
        """Mark the paragraphs that hold any of some values."""
        mask = np.zeros(len(self.column.offsets) - 1, np.bool_)
        for id_ in ids & self.ordinals.keys():
            ordinal = self.ordinals[id_]
            mask[self.holders[self.starts[ordinal] : self.starts[ordinal + 1]]] = True
        return mask

    def counts(self, mask: Mask, documents: NDArray[np.intp]) -> NDArray[np.int64]:
        """Count some paragraphs, given both ways, for every value."""
        if not len(self.holders):
            return np.zeros(len(self.column.ids), np.int64)
        if len(documents) * _SPARSE_SHARE > len(mask):
            held = mask[self.holders].view(np.uint8)
            # Every value has at least one paragraph, deleted or not, so no run is empty.
            counts: NDArray[np.int64] = np.add.reduceat(held, self.starts[:-1], dtype=np.int64)
            return counts
        offsets = self.column.offsets
        places = ragged(offsets[documents], offsets[documents + 1] - offsets[documents])
        return np.bincount(self.column.values[places], minlength=len(self.column.ids))


class Narrowing:
    """One request's filters over all matching paragraphs.

    ``kept`` marks the paragraphs that match and pass all filters, ``documents`` lists them.
    """

    def __init__(
        self, matching: Mask, dates: NDArray[np.int32], facets: Mapping[str, FacetValues], filters: Filters
    ) -> None:
        self._facets = facets
        self._filters = filters
        self._matching = _within(matching, dates, filters)
        self._passing: dict[str, Mask] = {}
        for name in sorted(filters.include.keys() | filters.exclude.keys()):
            passing = np.ones(len(matching), np.bool_)
            if included := filters.include.get(name):
                passing &= facets[name].marked(included)
            if excluded := filters.exclude.get(name):
                passing &= ~facets[name].marked(excluded)
            self._passing[name] = passing
        self.kept = self._all_but("")
        self.documents = np.flatnonzero(self.kept)

    def counts(self, name: str, size: int) -> Sequence[FacetCount]:
        """Count a facet's values: the ``size`` commonest, and every selected or excluded one in any case."""
        facet = self._facets[name]
        mask, documents = self.kept, self.documents
        if name in self._passing:
            mask = self._all_but(name)
            documents = np.flatnonzero(mask)
        counts = facet.counts(mask, documents)
        included = self._filters.include.get(name, frozenset())
        excluded = self._filters.exclude.get(name, frozenset())
        shown = [place for place in np.argsort(-counts, kind="stable")[:size].tolist() if counts[place]]
        chosen = [facet.ordinals[id_] for id_ in (included | excluded) & facet.ordinals.keys()]
        ids, labels = facet.column.ids, facet.column.labels
        found = [
            FacetCount(ids[at], labels[at], int(counts[at]), ids[at] in included, ids[at] in excluded)
            for at in dict.fromkeys(shown + chosen)
        ]
        unknown = (included | excluded) - facet.ordinals.keys()
        found += [FacetCount(id_, id_, 0, id_ in included, id_ in excluded) for id_ in unknown]
        return sorted(found, key=lambda value: (-value.count, value.label, value.id))

    def _all_but(self, name: str) -> Mask:
        mask = self._matching
        for facet, passing in self._passing.items():
            if facet != name:
                mask = mask & passing
        return mask


class Periods(NamedTuple):
    """The Jalali month or year of every paragraph: an ordinal into ``keys``, the last one for none."""

    ordinals: NDArray[np.intp]
    keys: Sequence[str]

    @classmethod
    def of(cls, dates: NDArray[np.int32], step: str) -> "Periods":
        """Work the periods out once for every day that occurs."""
        days, inverse = np.unique(dates, return_inverse=True)
        keys = [_period(int(day), step) for day in days]
        known = sorted(set(keys) - {""})
        ordinal_of = {key: ordinal for ordinal, key in enumerate(known)}
        by_day = np.array([ordinal_of.get(key, len(known)) for key in keys], np.intp)
        return cls(by_day[inverse.reshape(-1)], known)

    def counts(self, documents: NDArray[np.intp]) -> Sequence[TimelineCount]:
        """Count some paragraphs by period, oldest first, leaving out the periods without any."""
        counts = np.bincount(self.ordinals[documents], minlength=len(self.keys) + 1)[: len(self.keys)]
        return [TimelineCount(self.keys[period], int(counts[period])) for period in np.flatnonzero(counts)]


def _period(day: int, step: str) -> str:
    if not day:
        return ""
    return timeline(np.array([day], np.int32), "year" if step == "year" else "month")[0].key


def _within(matching: Mask, dates: NDArray[np.int32], filters: Filters) -> Mask:
    mask = matching
    if filters.date_from is not None:
        mask = mask & (dates >= filters.date_from.toordinal())
    if filters.date_to is not None:
        mask = mask & (dates <= filters.date_to.toordinal()) & (dates > 0)
    return mask
