"""Counts facet values and periods over many matches in a few passes over arrays."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import jdatetime
import numpy as np
from numpy.typing import NDArray

from indexer.engine import FacetCount, TimelineCount
from indexer.strings import Strings

from .inversion import stable_order
from .packing import boundaries, ragged

if TYPE_CHECKING:
    from .marked import Marked

Mask = NDArray[np.bool_]
Counts = NDArray[np.integer[Any]]

# With fewer matches than one paragraph in 32, their values are gathered one by one.
_SPARSE_SHARE = 32
# Where a value has fewer paragraphs than this on average, a running count of all beats a sum for each value.
_SHORT_RUN = 16


class FacetColumn(NamedTuple):
    """A facet's values by paragraph: those of paragraph ``d`` are ``values[offsets[d]:offsets[d + 1]]``.

    ``values`` are ordinals into ``ids`` and ``labels``; ``offsets`` has one entry more than the documents.
    """

    offsets: NDArray[np.int32]
    values: NDArray[np.unsignedinteger[Any]]
    ids: Strings
    labels: Strings


class Holders(NamedTuple):
    """The paragraphs, or the articles, that hold a value: the value of most paragraphs first.

    ``values`` are the ordinals in that order, those without any left out; ``most`` counts their paragraphs.
    ``starts`` is where the holders of each begin in ``units``, with the end.
    """

    units: NDArray[np.intp]
    starts: NDArray[np.int64]
    values: NDArray[np.intp]
    most: NDArray[np.int64]

    @classmethod
    def of(cls, values: NDArray[Any], units: NDArray[np.intp], sizes: NDArray[np.int64]) -> "Holders":
        """Sort holders by their values, which are ordinals; ``sizes`` counts the paragraphs of a holder."""
        held = np.bincount(values)
        most = np.bincount(values, sizes).astype(np.int64)
        ranking = np.argsort(-most, kind="stable")[: np.count_nonzero(held)]
        rank = np.zeros(len(held), np.uint32)
        rank[ranking] = np.arange(len(ranking))
        order = stable_order(rank[values])
        return cls(units[order], boundaries(held[ranking]), ranking, most[ranking])

    def of_value(self, value: int) -> NDArray[np.intp]:
        """The holders of one value."""
        rank = np.flatnonzero(self.values == value)
        return (
            self.units[:0] if not len(rank) else self.units[self.starts[rank[0]] : self.starts[rank[0] + 1]]
        )

    def counts(self, marks: NDArray[Any], first: int = 0, last: int | None = None) -> Counts:
        """Add up the marks of the holders of values, from one rank to another; ``marks`` has one a unit."""
        starts = self.starts[first : len(self.values) + 1 if last is None else last + 1]
        marked = marks[self.units[starts[0] : starts[-1]]]
        starts = starts - starts[0]
        if len(starts) * _SHORT_RUN > len(marked):
            return np.diff(boundaries(marked)[starts])
        return np.add.reduceat(marked, starts[:-1], dtype=np.int32)

    def leading(self, marks: NDArray[Any], size: int) -> Counts:
        """As :meth:`counts`, of as many values as can be among the ``size`` of the highest counts.

        A value counts at most what it counts over all, so that whoever has less than the last of the first
        few counts is not looked at.
        """
        if not 0 < size < len(self.values):
            return self.counts(marks)
        counts = self.counts(marks, 0, size)
        reaching = int(np.searchsorted(-self.most, -max(1, int(counts.min())), side="right"))
        if reaching <= size:
            return counts
        return np.concatenate([counts, self.counts(marks, size, reaching)])


class FacetValues(NamedTuple):
    """A facet's values by paragraph, their ordinals in the order of their ids, and who holds a value.

    Holders are articles, of ``sizes`` paragraphs, where all paragraphs of an article hold the same values.
    """

    column: FacetColumn
    by_id: NDArray[np.unsignedinteger[Any]]
    holders: Holders
    sizes: NDArray[np.int64] | None

    @classmethod
    def of(cls, column: FacetColumn, holders: Holders, sizes: NDArray[np.int64] | None) -> "FacetValues":
        """Order the ids."""
        ids = list(column.ids)
        by_id = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.uint32)
        return cls(column, by_id, holders, sizes)

    def ordinal(self, id_: str) -> int | None:
        """Find a value by its id; None where no paragraph has it."""
        at = bisect_left(self.by_id, id_, key=self.column.ids.__getitem__)
        if at == len(self.by_id) or self.column.ids[ordinal := int(self.by_id[at])] != id_:
            return None
        return ordinal

    def marked(self, ids: frozenset[str]) -> Mask:
        """Mark the paragraphs that hold any of some values."""
        units = len(self.column.offsets) - 1 if self.sizes is None else len(self.sizes)
        mask = np.zeros(units, np.bool_)
        for id_ in ids:
            if (ordinal := self.ordinal(id_)) is not None:
                mask[self.holders.of_value(ordinal)] = True
        return mask if self.sizes is None else np.repeat(mask, self.sizes)

    def all_of(self, found: "Marked") -> Iterator[FacetCount]:
        """Yield every value of the marked paragraphs, the commonest first."""
        ids, labels = self.column.ids, self.column.labels
        for ordinal, count in self.counts(found, len(ids), ()).items():
            yield FacetCount(ids[ordinal], labels[ordinal], count)

    def counts(self, found: "Marked", size: int, chosen: Sequence[int]) -> dict[int, int]:
        """Count the marked paragraphs of the ``size`` commonest values, and of ``chosen`` ones."""
        if found.total * _SPARSE_SHARE > len(found.mask):
            marks = found.mask.view(np.uint8) if self.sizes is None else found.by_article
            counts = self.holders.leading(marks, size)
            ordinals = self.holders.values[: len(counts)]
            rest = {at: int(marks[self.holders.of_value(at)].sum(dtype=np.int64)) for at in chosen}
        else:
            documents, offsets = found.documents, self.column.offsets
            places = ragged(offsets[documents], offsets[documents + 1] - offsets[documents])
            counts = np.bincount(self.column.values[places], minlength=len(self.column.ids))
            ordinals = np.arange(len(counts))
            rest = {at: int(counts[at]) for at in chosen}
        return _commonest(ordinals, counts, size) | rest


def _commonest(ordinals: NDArray[np.intp], counts: Counts, size: int) -> dict[int, int]:
    """The ``size`` values with the highest counts, at least 1, sorting only those that can be among them."""
    least = 1
    if 0 < size < len(counts):
        least = max(1, int(np.partition(counts, len(counts) - size)[len(counts) - size]))
    reaching = np.flatnonzero(counts >= least)
    ordinals, counts = ordinals[reaching], counts[reaching]
    order = np.lexsort((ordinals, -counts))[:size]
    return dict(zip(ordinals[order].tolist(), counts[order].tolist(), strict=True))


class Periods(NamedTuple):
    """The articles of every Jalali month or year, by its place in ``keys``; those without come last."""

    keys: Sequence[str]
    holders: Holders

    @classmethod
    def of(
        cls, dates: NDArray[np.int32], sizes: NDArray[np.int64], step: Literal["month", "year"]
    ) -> "Periods":
        """Find every article's period in one table of days; ``sizes`` counts its paragraphs."""
        known = dates[dates > 0]
        first, last = (int(known.min()), int(known.max())) if len(known) else (1, 0)
        starts, keys = _periods(_jalali_year(first), _jalali_year(last), step) if len(known) else ([], [])
        table = np.searchsorted(starts, np.arange(first, last + 1), side="right") - 1
        ordinals = np.full(len(dates), len(keys), np.intp)
        ordinals[dates > 0] = table[known - first]
        return cls(keys, Holders.of(ordinals, np.arange(len(dates)), sizes))

    def counts(self, by_article: NDArray[np.int32]) -> Sequence[TimelineCount]:
        """Count paragraphs, given by article, by period: oldest first, those without any left out."""
        counts = np.zeros(len(self.keys) + 1, np.int64)
        counts[self.holders.values] = self.holders.counts(by_article)
        periods = np.flatnonzero(counts[:-1])
        found = zip(periods.tolist(), counts[periods].tolist(), strict=True)
        return [TimelineCount(self.keys[period], count) for period, count in found]


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
