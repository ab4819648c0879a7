"""One value a paragraph over all segments: numbers, days and facet values as arrays."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .contents import SegmentContents
from .facets import FacetColumn, FacetValues, Holders, Periods
from .inversion import stable_order
from .packing import boundaries, ragged
from .schema import DATE, LABELS, NUMBER


class ColumnarColumns:
    """The columns of all segments, side by side, deleted paragraphs included."""

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

    def periods(self, step: Literal["month", "year"]) -> Periods:
        """The Jalali months or years of all paragraphs."""
        if step not in self._periods:
            self._periods[step] = Periods.of(self.date, step)
        return self._periods[step]

    def _facet(self, name: str) -> FacetColumn:
        labels: dict[str, str] = {}
        sizes, values = [], []
        for segment in self._segments:
            own = segment_facet(segment, name)
            for id_, label in own.labels.items():
                labels.setdefault(id_, label)
            ordinal_of = {id_: ordinal for ordinal, id_ in enumerate(labels)}
            ordinals = np.fromiter((ordinal_of[id_] for id_ in own.labels), np.int32, len(own.labels))
            sizes.append(own.sizes)
            values.append(ordinals[own.values])
        return FacetColumn(
            boundaries(joined(sizes, np.int64)), joined(values, np.int32), list(labels), list(labels.values())
        )


class SegmentFacet(NamedTuple):
    """A facet's values in one segment by document, as ordinals into ``labels``; ``sizes`` counts them."""

    sizes: NDArray[np.int64]
    values: NDArray[np.int32]
    labels: Mapping[str, str]


def segment_facet(segment: SegmentContents, name: str) -> SegmentFacet:
    """Invert a facet's postings, once for as long as the segment is open."""
    key = f"facet/{name}"
    if key not in segment.kept:
        field = segment.field(name)
        if field is None:
            nothing = np.zeros(0, np.int32)
            segment.kept[key] = SegmentFacet(np.zeros(segment.document_count, np.int64), nothing, {})
        else:
            ids, known = [term.decode() for term in field.terms], segment.facts(LABELS)
            documents = field.documents_between(0, len(ids))
            values = np.repeat(np.arange(len(ids), dtype=np.int32), field.terms.document_counts)
            segment.kept[key] = SegmentFacet(
                np.bincount(documents, minlength=segment.document_count),
                values[stable_order(documents.astype(np.uint32))],
                {id_: known.get(f"{name}/{id_}", id_) for id_ in ids},
            )
    facet: SegmentFacet = segment.kept[key]
    return facet


def joined(arrays: Sequence[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    """Put arrays side by side, also when there are none."""
    whole: NDArray[Any] = np.concatenate([*arrays, np.zeros(0, dtype)]).astype(dtype, copy=False)
    return whole
