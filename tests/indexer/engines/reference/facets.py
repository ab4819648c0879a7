"""Narrows matches by facet values and dates, and counts what each value would leave.

A facet's counts leave its own selection out, so that a reader sees what choosing another value would give.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.engine import FacetCount, Filters

from .snapshot import Documents, FacetColumn, WhooshColumns

Mask = NDArray[np.bool_]


class Narrowing:
    """One request's filters over one set of matching paragraphs; each filter is worked out once.

    ``kept`` marks the paragraphs that pass all filters.
    """

    def __init__(self, documents: Documents, columns: WhooshColumns, filters: Filters) -> None:
        self._documents = documents
        self._columns = columns
        self._filters = filters
        self._dates = _within(columns.date[documents], filters)
        self._masks: Mapping[str, Mask] = {
            name: self._facet_mask(name) for name in sorted(filters.include.keys() | filters.exclude.keys())
        }
        self.kept = self._all_but("")

    def counts(self, name: str, size: int) -> Sequence[FacetCount]:
        """Count a facet's values: the ``size`` commonest, and every selected or excluded one in any case."""
        column = self._columns.facet(name)
        _, values = _values(column, self._documents[self._all_but(name)])
        counts = np.bincount(values, minlength=len(column.ids))
        included = self._filters.include.get(name, frozenset())
        excluded = self._filters.exclude.get(name, frozenset())
        shown = np.argsort(-counts, kind="stable")[:size]
        ordinals = {column.ids[place]: int(place) for place in shown if counts[place]}
        chosen = {id_: int(place) for id_, place in _ordinals(column, included | excluded).items()}
        found = [
            FacetCount(id_, column.labels[place], int(counts[place]), id_ in included, id_ in excluded)
            for id_, place in (ordinals | chosen).items()
        ]
        unknown = (included | excluded) - chosen.keys()
        found += [FacetCount(id_, id_, 0, id_ in included, id_ in excluded) for id_ in unknown]
        return sorted(found, key=lambda value: (-value.count, value.label, value.id))

    def _all_but(self, name: str) -> Mask:
        mask = self._dates
        for facet, passing in self._masks.items():
            if facet != name:
                mask = mask & passing
        return mask

    def _facet_mask(self, name: str) -> Mask:
        column = self._columns.facet(name)
        mask = np.ones(len(self._documents), bool)
        if included := self._filters.include.get(name):
            mask &= _holding(column, self._documents, included)
        if excluded := self._filters.exclude.get(name):
            mask &= ~_holding(column, self._documents, excluded)
        return mask


def _within(dates: NDArray[np.int32], filters: Filters) -> Mask:
    mask = np.ones(len(dates), bool)
    if filters.date_from is not None:
        mask &= dates >= filters.date_from.toordinal()
    if filters.date_to is not None:
        mask &= (dates <= filters.date_to.toordinal()) & (dates > 0)
    return mask


def _values(column: FacetColumn, documents: Documents) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The values of the given paragraphs in one array, beside the place of the paragraph each belongs to."""
    starts = column.offsets[documents]
    sizes = column.offsets[documents + 1] - starts
    places = np.repeat(np.arange(len(documents)), sizes)
    within = np.arange(len(places)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return places, column.values[starts[places] + within]


def _holding(column: FacetColumn, documents: Documents, ids: frozenset[str]) -> Mask:
    places, values = _values(column, documents)
    mask = np.zeros(len(documents), bool)
    mask[places[np.isin(values, list(_ordinals(column, ids).values()))]] = True
    return mask


def _ordinals(column: FacetColumn, ids: frozenset[str]) -> Mapping[str, int]:
    return {id_: place for place, id_ in enumerate(column.ids) if id_ in ids}
