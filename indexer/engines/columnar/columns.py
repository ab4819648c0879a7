"""One value a paragraph over all segments: numbers, days and facet values as arrays."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engine import FACETS
from indexer.strings import Strings

from .contents import SegmentContents
from .facets import FacetColumn, FacetValues, Holders, Periods
from .format import smallest
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
    def number(self) -> NDArray[np.unsignedinteger[Any]]:
        """The paragraph's number in its article, from 1."""
        return smallest(joined([segment.column(NUMBER) for segment in self._segments], np.int32))

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

    @cached_property
    def article_sizes(self) -> NDArray[np.int64]:
        """How many paragraphs every article has."""
        return np.diff(self.article_starts)

    def documents_of(self, articles: NDArray[np.intp]) -> NDArray[np.int64]:
        """All paragraphs of some articles."""
        return ragged(self.article_starts[articles], self.article_sizes[articles])

    def facet(self, name: str) -> FacetColumn:
        """The values of a facet, with one ordinal an id over all segments."""
        if name not in self._facets:
            self._facets[name] = self._facet(name)
        return self._facets[name]

    def facet_values(self, name: str) -> FacetValues:
        """The values of a facet, both ways."""
        if name not in self._facet_values:
            column = self.facet(name)
            values: NDArray[Any] = column.values
            documents = np.repeat(np.arange(len(self.number)), np.diff(column.offsets))
            if (whole := self._of_articles(values, documents)) is not None:
                values, articles = whole
                holders = Holders.of(values, articles, self.article_sizes[articles])
                self._facet_values[name] = FacetValues.of(column, holders, self.article_sizes)
            else:
                holders = Holders.of(values, documents, np.ones(len(documents), np.int64))
                self._facet_values[name] = FacetValues.of(column, holders, None)
        return self._facet_values[name]

    def periods(self, step: Literal["month", "year"]) -> Periods:
        """The Jalali months or years of all articles."""
        if step not in self._periods:
            dates = self.date[self.article_starts[:-1]]
            self._periods[step] = Periods.of(dates, self.article_sizes, step)
        return self._periods[step]

    def _of_articles(
        self, values: NDArray[Any], documents: NDArray[np.intp]
    ) -> tuple[NDArray[Any], NDArray[np.intp]] | None:
        """The values by article, where all paragraphs of an article hold the same, else ``None``."""
        articles = self.article[documents]
        pairs, held = np.unique(articles.astype(np.int64) << 32 | values, return_counts=True)
        articles = pairs >> 32
        if not np.array_equal(held, self.article_sizes[articles]):
            return None
        return pairs & 0xFFFFFFFF, articles

    def _facet(self, name: str) -> FacetColumn:
        ordinal_of: dict[str, int] = {}
        labels: list[str] = []
        sizes, values = [], []
        for segment in self._segments:
            own = segment_facets(segment)[name]
            for id_, label in zip(own.ids, own.labels, strict=True):
                if id_ not in ordinal_of:
                    ordinal_of[id_] = len(labels)
                    labels.append(label)
            ordinals = np.fromiter((ordinal_of[id_] for id_ in own.ids), np.uint32, len(own.ids))
            sizes.append(own.sizes)
            values.append(ordinals[own.values])
        offsets = boundaries(joined(sizes, np.int64)).astype(np.int32)
        values_of_all = smallest(joined(values, np.uint32))
        return FacetColumn(offsets, values_of_all, Strings(ordinal_of), Strings(labels))


class SegmentFacet(NamedTuple):
    """A facet's values in one segment by document, as ordinals into ``ids`` and ``labels``.

    ``sizes`` counts those of each document.
    """

    sizes: NDArray[np.unsignedinteger[Any]]
    values: NDArray[np.unsignedinteger[Any]]
    ids: Strings
    labels: Strings


def segment_facets(segment: SegmentContents) -> Mapping[str, SegmentFacet]:
    """Invert the postings of all facets, once for as long as the segment is open.

    All at once because their labels are kept in one piece.
    """
    if "facets" not in segment.kept:
        known = segment.facts(LABELS)
        segment.kept["facets"] = {name: _segment_facet(segment, name, known) for name in FACETS}
    facets: Mapping[str, SegmentFacet] = segment.kept["facets"]
    return facets


def _segment_facet(segment: SegmentContents, name: str, labels: Mapping[str, str]) -> SegmentFacet:
    field = segment.field(name)
    if field is None:
        nothing = np.zeros(0, np.uint8)
        return SegmentFacet(np.zeros(segment.document_count, np.uint8), nothing, Strings(()), Strings(()))
    ids = [term.decode() for term in field.terms]
    documents = field.documents_between(0, len(ids))
    values = np.repeat(np.arange(len(ids), dtype=np.uint32), field.terms.document_counts)
    return SegmentFacet(
        smallest(np.bincount(documents, minlength=segment.document_count)),
        smallest(values[stable_order(documents.astype(np.uint32))]),
        Strings(ids),
        Strings(labels.get(f"{name}/{id_}", id_) for id_ in ids),
    )


def joined(arrays: Sequence[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    """Put arrays side by side, also when there are none."""
    whole: NDArray[Any] = np.concatenate([*arrays, np.zeros(0, dtype)]).astype(dtype, copy=False)
    return whole
