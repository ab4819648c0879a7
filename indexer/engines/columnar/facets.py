"""Counts facet values and periods over many matches in a few passes over arrays.

A facet's counts leave its own selection out, so that a reader sees what choosing another value would give:
a paragraph that fails just one facet's selection still counts for that facet.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import jdatetime
import numpy as np
from numpy.typing import NDArray

from indexer.engine import FacetCount, Filters, TimelineCount

from .inversion import stable_order
from .packing import boundaries, ragged

Mask = NDArray[np.bool_]

# With fewer matches than one paragraph in 32, their values are gathered one by one.
_SPARSE_SHARE = 32
# Where a value has fewer paragraphs than this on average, a running count of all beats a sum for each value.
_SHORT_RUN = 16


class FacetColumn(NamedTuple):
    """A facet's values by paragraph: those of paragraph ``d`` are ``values[offsets[d]:offsets[d + 1]]``.

    ``values`` are ordinals into ``ids`` and ``labels``; ``offsets`` has one entry more than the documents.
    """

    offsets: NDArray[np.int64]
    values: NDArray[np.int32]
    ids: Sequence[str]
    labels: Sequence[str]


class Holders(NamedTuple):
    """The paragraphs that hold a value, value by value; ``starts`` is where a value's begin, with the end."""

    documents: NDArray[np.intp]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, values: NDArray[Any], documents: NDArray[np.intp], count: int) -> "Holders":
        """Sort paragraphs by their value, an ordinal below ``count``."""
        order = stable_order(values.astype(np.uint32))
        return cls(documents[order], boundaries(np.bincount(values, minlength=count)))

    def counts(self, mask: Mask) -> NDArray[np.int64]:
        """Count the marked paragraphs of every value."""
        marked = mask[self.documents].view(np.uint8)
        if len(self.starts) * _SHORT_RUN > len(marked):
            return np.diff(boundaries(marked)[self.starts])
        counts = np.zeros(len(self.starts) - 1, np.int64)
        held = np.flatnonzero(np.diff(self.starts))
        counts[held] = np.add.reduceat(marked, self.starts[held], dtype=np.uint32)
        return counts


class FacetValues(NamedTuple):
    """A facet's values by paragraph, the ordinal of every id, and the paragraphs by value."""

    column: FacetColumn
    ordinals: Mapping[str, int]
    holders: Holders

    def marked(self, ids: frozenset[str]) -> Mask:
        """Mark the paragraphs that hold any of some values."""
        mask = np.zeros(len(self.column.offsets) - 1, np.bool_)
        documents, starts = self.holders
        for id_ in ids:
            if (ordinal := self.ordinals.get(id_)) is not None:
                mask[documents[starts[ordinal] : starts[ordinal + 1]]] = True
        return mask

    def counts(self, mask: Mask, marked: int) -> NDArray[np.int64]:
        """Count the marked paragraphs, of which there are ``marked``, for every value."""
        if marked * _SPARSE_SHARE > len(mask):
            return self.holders.counts(mask)
        documents, offsets = np.flatnonzero(mask), self.column.offsets
        places = ragged(offsets[documents], offsets[documents + 1] - offsets[documents])
        return np.bincount(self.column.values[places], minlength=len(self.column.ids))


class Narrowing:
    """One request's filters over all matching paragraphs.

    ``kept`` marks the paragraphs that match and pass all filters, ``total`` counts them.
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
        self.total = int(np.count_nonzero(self.kept))

    def counts(self, name: str, size: int) -> Sequence[FacetCount]:
        """Count a facet's values: the ``size`` commonest, and every selected or excluded one in any case."""
        facet = self._facets[name]
        mask, marked = self.kept, self.total
        if name in self._passing:
            mask = self._all_but(name)
            marked = int(np.count_nonzero(mask))
        counts = facet.counts(mask, marked)
        included = self._filters.include.get(name, frozenset())
        excluded = self._filters.exclude.get(name, frozenset())
        shown = _commonest(counts, size)
        # Asked one by one: what a set does with a view of keys may walk through all of a facet's values.
        chosen = [facet.ordinals[id_] for id_ in included | excluded if id_ in facet.ordinals]
        ids, labels = facet.column.ids, facet.column.labels
        found = [
            FacetCount(ids[at], labels[at], int(counts[at]), ids[at] in included, ids[at] in excluded)
            for at in dict.fromkeys(shown + chosen)
        ]
        unknown = [id_ for id_ in included | excluded if id_ not in facet.ordinals]
        found += [FacetCount(id_, id_, 0, id_ in included, id_ in excluded) for id_ in unknown]
        return sorted(found, key=lambda value: (-value.count, value.label, value.id))

    def _all_but(self, name: str) -> Mask:
        mask = self._matching
        for facet, passing in self._passing.items():
            if facet != name:
                mask = mask & passing
        return mask


def _commonest(counts: NDArray[np.int64], size: int) -> list[int]:
    """The ``size`` values with the highest counts, at least 1, sorting only those that can be among them."""
    least = 1
    if 0 < size < len(counts):
        least = max(1, int(np.partition(counts, len(counts) - size)[len(counts) - size]))
    reaching = np.flatnonzero(counts >= least)
    order: list[int] = reaching[np.argsort(-counts[reaching], kind="stable")][:size].tolist()
    return order


class Periods(NamedTuple):
    """The paragraphs of every Jalali month or year, in the order of ``keys``; those without come last."""

    keys: Sequence[str]
    holders: Holders

    @classmethod
    def of(cls, dates: NDArray[np.int32], step: Literal["month", "year"]) -> "Periods":
        """Find every paragraph's period in one table of days."""
        known = dates[dates > 0]
        first, last = (int(known.min()), int(known.max())) if len(known) else (1, 0)
        starts, keys = _periods(_jalali_year(first), _jalali_year(last), step) if len(known) else ([], [])
        table = np.searchsorted(starts, np.arange(first, last + 1), side="right") - 1
        ordinals = np.full(len(dates), len(keys), np.intp)
        ordinals[dates > 0] = table[known - first]
        return cls(keys, Holders.of(ordinals, np.arange(len(dates)), len(keys) + 1))

    def counts(self, mask: Mask) -> Sequence[TimelineCount]:
        """Count the marked paragraphs by period, oldest first, leaving out the periods without any."""
        counts = self.holders.counts(mask)[: len(self.keys)]
        return [TimelineCount(self.keys[period], int(counts[period])) for period in np.flatnonzero(counts)]


@lru_cache(maxsize=16)
def _periods(first: int, last: int, step: Literal["month", "year"]) -> tuple[list[int], list[str]]:
    """The first day and the key of every period from one Jalali year to another."""
    months = range(1, 13) if step == "month" else range(1, 2)
    periods = [(year, month) for year in range(first, last + 1) for month in months]
    starts = [jdatetime.date(year, month, 1).togregorian().toordinal() for year, month in periods]
    keys = [f"{year:04}-{month:02}" if step == "month" else f"{year:04}" for year, month in periods]
    return starts, keys


def _jalali_year(day: int) -> int:
    year: int = jdatetime.date.fromgregorian(date=dt.date.fromordinal(day)).year
    return year


def _within(matching: Mask, dates: NDArray[np.int32], filters: Filters) -> Mask:
    mask = matching
    if filters.date_from is not None:
        mask = mask & (dates >= filters.date_from.toordinal())
    if filters.date_to is not None:
        mask = mask & (dates <= filters.date_to.toordinal()) & (dates > 0)
    return mask
