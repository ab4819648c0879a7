"""One value a paragraph over all segments: numbers, days and facet values as arrays."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.snapshot import FacetColumn

from .contents import SegmentContents
from .facets import FacetValues, Holders, Periods
from .packing import boundaries, ragged
from .schema import DATE, LABELS, NUMBER


class ColumnarColumns:
    """The columns of all segments, side by side; see :class:`indexer.engines.snapshot.Columns`."""

    def __init__(self, segments: Sequence[SegmentContents]) -> None:
        self._segments = segments
        self._facets: dict[str, FacetColumn] = {}
        self._facet_values: dict[str, FacetValues] = {}
        self._periods: dict[str, Periods] = {}

    @cached_property
    def number(self) -> NDArray[np.int32]:
        """The paragraph's number in its article, from 1."""
        return joined([segment.column(NUMBER) for segment in self._segments], np.int32)

    @cached_property
    def date(self) -> NDArray[np.int32]:
        """The article's day as ``date.toordinal()`` counts, 0 where it has none."""
        return joined([segment.column(DATE) for segment in self._segments], np.int32)

    @cached_property
    def article(self) -> NDArray[np.int32]:
        """The article's ordinal, ascending with the document number."""
        ordinals: NDArray[np.int32] = (np.cumsum(self.number == 1) - 1).astype(np.int32)
        return ordinals

    @property
    def article_count(self) -> int:
        """How many articles there are, deleted ones included."""
        return len(self.article_starts) - 1

    @cached_property
    def article_starts(self) -> NDArray[np.intp]:
        """Where every article's paragraphs begin, with the end of the last one appended."""
        return np.append(np.flatnonzero(self.number == 1), len(self.number))

    def documents_of(self, articles: NDArray[np.intp]) -> NDArray[np.int64]:
        """All paragraphs of some articles."""
        starts = self.article_starts[articles]
        return ragged(starts, self.article_starts[articles + 1] - starts)

    def any_of_articles(self, mask: NDArray[np.bool_], articles: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Which of some articles have any marked paragraph."""
        documents = self.documents_of(articles)
        sizes = self.article_starts[articles + 1] - self.article_starts[articles]
        held: NDArray[np.bool_] = np.logical_or.reduceat(mask[documents], np.cumsum(sizes) - sizes)
        return held

    def count_articles(self, mask: NDArray[np.bool_]) -> int:
        """Count the articles that have any marked paragraph."""
        marked = np.cumsum(mask.view(np.uint8), dtype=np.int32)
        by_article = marked[self.article_starts[1:] - 1]
        return int(np.count_nonzero(np.diff(by_article, prepend=0)))

    def facet(self, name: str) -> FacetColumn:
        """The values of a facet, with one ordinal an id over all segments."""
        if name not in self._facets:
            self._facets[name] = self._facet(name)
        return self._facets[name]

    def facet_values(self, name: str) -> FacetValues:
        """The values of a facet, both ways."""
        if name not in self._facet_values:
            column = self.facet(name)
            documents = np.repeat(np.arange(len(column.offsets) - 1), np.diff(column.offsets))
            holders = Holders.of(column.values, documents, len(column.ids))
            ordinals = {id_: ordinal for ordinal, id_ in enumerate(column.ids)}
            self._facet_values[name] = FacetValues(column, ordinals, holders)
        return self._facet_values[name]

    def periods(self, step: str) -> Periods:
        """The Jalali months or years of all paragraphs."""
        if step not in self._periods:
            self._periods[step] = Periods.of(self.date, step)
        return self._periods[step]

    def _facet(self, name: str) -> FacetColumn:
        labels: dict[str, str] = {}
        documents, values, base = [], [], 0
        for segment in self._segments:
            if (field := segment.field(name)) is not None:
                ids = [term.decode() for term in field.terms]
                known = segment.facts(LABELS)
                for id_ in ids:
                    labels.setdefault(id_, known.get(f"{name}/{id_}", id_))
                ordinal_of = {id_: ordinal for ordinal, id_ in enumerate(labels)}
                ordinals = np.fromiter((ordinal_of[id_] for id_ in ids), np.int32, len(ids))
                documents.append(field.documents_between(0, len(ids)) + base)
                values.append(np.repeat(ordinals, field.terms.document_counts))
            base += segment.document_count
        holders = joined(documents, np.int64)
        order = np.argsort(holders, kind="stable")
        counts = np.bincount(holders, minlength=base)
        return FacetColumn(
            boundaries(counts), joined(values, np.int32)[order], list(labels), list(labels.values())
        )


def joined(arrays: Sequence[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    """Put arrays side by side, also when there are none."""
    whole: NDArray[Any] = np.concatenate([*arrays, np.zeros(0, dtype)]).astype(dtype, copy=False)
    return whole
