"""Narrows what matches by a request's filters, and counts what each facet's values would leave.

A facet's counts leave its own selection out, so that a reader sees what choosing another value would give:
a paragraph that fails just one facet's selection still counts for that facet.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.engine import FacetCount, Filters

from .columns import ColumnarColumns
from .marked import Marked

Mask = NDArray[np.bool_]


class Narrowing:
    """One request's filters over all matching paragraphs; ``kept`` are those that pass all filters."""

    def __init__(self, matching: Mask, columns: ColumnarColumns, filters: Filters) -> None:
        self._columns = columns
        self._filters = filters
        self._matching = _within(matching, columns.date, filters)
        self._passing: dict[str, Mask] = {}
        for name in sorted(filters.include.keys() | filters.exclude.keys()):
            passing = np.ones(len(matching), np.bool_)
            if included := filters.include.get(name):
                passing &= columns.facet_values(name).marked(included)
            if excluded := filters.exclude.get(name):
                passing &= ~columns.facet_values(name).marked(excluded)
            self._passing[name] = passing
        self.kept = self._all_but("")

    def counts(self, name: str, size: int) -> Sequence[FacetCount]:
        """Count a facet's values: the ``size`` commonest, and every selected or excluded one in any case."""
        facet = self._columns.facet_values(name)
        found = self._all_but(name) if name in self._passing else self.kept
        included = self._filters.include.get(name, frozenset())
        excluded = self._filters.exclude.get(name, frozenset())
        chosen = {id_: facet.ordinal(id_) for id_ in included | excluded}
        known = [ordinal for ordinal in chosen.values() if ordinal is not None]
        ids, labels = facet.column.ids, facet.column.labels
        shown = [
            FacetCount(id_ := ids[at], labels[at], count, id_ in included, id_ in excluded)
            for at, count in facet.counts(found, size, known).items()
        ]
        unknown = [id_ for id_, ordinal in chosen.items() if ordinal is None]
        shown += [FacetCount(id_, id_, 0, id_ in included, id_ in excluded) for id_ in unknown]
        return sorted(shown, key=lambda value: (-value.count, value.label, value.id))

    def _all_but(self, name: str) -> Marked:
        mask = self._matching
        for facet, passing in self._passing.items():
            if facet != name:
                mask = mask & passing
        return Marked(mask, self._columns)


def _within(matching: Mask, dates: NDArray[np.int32], filters: Filters) -> Mask:
    mask = matching
    if filters.date_from is not None:
        mask = mask & (dates >= filters.date_from.toordinal())
    if filters.date_to is not None:
        mask = mask & (dates <= filters.date_to.toordinal()) & (dates > 0)
    return mask
